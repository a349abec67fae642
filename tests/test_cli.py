"""The commands: one sentence where something is wrong, never a stack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from retailkit.cli import app, secret_in, sentence


def retailkit(*words):
    command = [sys.executable, "-m", "retailkit", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_help_names_every_command():
    said = retailkit("--help")
    assert said.returncode == 0
    for command in ("lab", "lessons", "generate", "triage", "classroom", "handin", "grade"):
        assert f"\n  {command} " in said.stdout


def test_a_wrong_code_name_is_one_sentence(tmp_path):
    said = retailkit("lab", "--codename", "ana@school.example", "--folder", tmp_path / "learner")
    assert said.returncode == 1
    assert said.stderr.startswith("'ana@school.example' cannot be a code name.")
    assert said.stderr.count("\n") == 1
    assert not (tmp_path / "learner").exists()


def test_a_file_as_folder_is_one_sentence(tmp_path):
    (tmp_path / "taken").write_text("")
    said = retailkit("lab", "--no-browser", "--folder", tmp_path / "taken")
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "is a file, not a folder" in said.stderr


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("Say when."), "Say when."),
        (OSError("No room."), "No room."),
        (
            PermissionError(13, "Permission denied", "a"),
            "'a' could not be used: permission denied.",
        ),
        (
            OSError(28, "No space left on device"),
            "A file could not be used: no space left on device.",
        ),
    ],
)
def test_every_error_is_a_sentence(error, words):
    assert sentence(error) == words


def test_a_data_set_is_made_and_its_claims_are_sorted(tmp_path):
    made = retailkit(
        "generate", tmp_path / "shop", "--customers", 60, "--seed", 7, "--market", "ES"
    )
    assert made.stdout.startswith("The corner shop (seed 7, market ES)")
    sorted_ = retailkit("triage", tmp_path / "shop")
    assert sorted_.returncode == 0
    assert sorted_.stdout.splitlines()[0].split()[:2] == ["disposition", "act"]
    assert "Still to be answered: " in sorted_.stdout
    assert sorted(file.name for file in (tmp_path / "shop-rulings").iterdir()) == [
        "report.md",
        "rulings.csv",
    ]


@pytest.mark.slow
def test_the_rulings_leave_the_data_set_as_it_was(tmp_path):
    for _ in range(2):
        assert retailkit("generate", tmp_path / "shop", "--customers", 30).returncode == 0
        assert retailkit("triage", tmp_path / "shop", "--out", tmp_path / "r").returncode == 0
    assert (tmp_path / "r" / "rulings.csv").read_text().startswith("claim_id,level,level_rule,")


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--market", "SE", "'SE' is not a market. Choose ES, ES-AN, GB, IN or generic."),
        ("--customers", "0", "customers: 0 is too few. Choose 1 or more."),
    ],
)
def test_a_shop_that_cannot_be_made_is_one_sentence(tmp_path, option, value, sentence):
    said = retailkit("generate", tmp_path / "shop", option, value)
    assert (said.returncode, said.stderr) == (1, f"{sentence}\n")
    assert not list(tmp_path.iterdir())


def said_by(*words):
    """The sentence that a command ends with, run in this process."""
    with pytest.raises((ValueError, OSError)) as error:
        app([str(word) for word in words], standalone_mode=False)
    return sentence(error.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--seed abc", "seed: 'abc' is not a whole number. Write it with digits alone, like 12."),
        ("--customers 1.5", "customers: '1.5' is not a whole number."),
        ("--customers 0", "customers: 0 is too few. Choose 1 or more."),
        ("--workers 0", "workers: 0 is too few. Choose 1 or more."),
        ("--market SE", "'SE' is not a market. Choose ES"),
        ("--format cvs", "'cvs' is not a format. Choose csv, parquet, xlsx, sqlite or jsonl. Did"),
        ("--format ,", "No format is chosen. Choose csv"),
        ("--fault late_acknowledgment=0.1", "Did you mean 'late_acknowledgement'?"),
        ("--fault late_acknowledgement=1.2", "1.2 is not a share. Choose a number from 0 to 1"),
        ("--fault late_acknowledgement=-0.1", "-0.1 is not a share."),
        ("--fault late_acknowledgement=nan", "nan is not a share."),
        ("--fault late_acknowledgement=much", "'much' is not a number. Write it like 0.1."),
        ("--fault late_acknowledgement", "has no share. Write it like late_acknowledgement=0.1."),
        ("--secret nowhere.txt", "'nowhere.txt' cannot be read as text."),
    ],
)
def test_what_was_typed_wrong_is_said_in_one_sentence(tmp_path, options, said):
    heard = said_by("generate", tmp_path / "shop", *options.split())
    assert said in heard
    assert "\n" not in heard
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has nothing in it"),
        (b"\n", "has nothing in it"),
        (b"  \n", "has nothing in it"),
        (b"two words\n", "has a blank in it"),
        (b"one\ntwo\n", "has a blank in it"),
        (b"\xff\xfe\x00", "cannot be read as text"),
    ],
)
def test_a_secret_is_one_word(tmp_path, content, said):
    (tmp_path / "secret.txt").write_bytes(content)
    assert said in said_by("generate", tmp_path / "shop", "--secret", tmp_path / "secret.txt")


@pytest.mark.parametrize("content", [b"pineapple", b"pineapple\n", b"pineapple\r\n"])
def test_the_end_of_the_line_is_no_part_of_the_secret(tmp_path, content):
    (tmp_path / "secret.txt").write_bytes(content)
    assert secret_in(tmp_path / "secret.txt") == "pineapple"


def test_a_data_set_in_several_formats_with_its_answers(tmp_path):
    (tmp_path / "secret.txt").write_text("pineapple\n", encoding="utf-8")
    words = ["generate", tmp_path / "shop", "--customers", 30, "--format", "parquet,xlsx"]
    words += ["--secret", tmp_path / "secret.txt", "--answers", tmp_path / "answers.csv"]
    app([str(word) for word in words], standalone_mode=False)
    assert (tmp_path / "shop" / "shop.xlsx").exists()
    assert (tmp_path / "answers.csv").read_text(encoding="utf-8").startswith('"fault","table"')


def test_a_folder_with_other_things_is_one_sentence(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ana")
    assert "is left alone. Choose a folder that is new" in said_by("generate", tmp_path)


def test_where_nobody_watches_there_is_no_bar(tmp_path, capsys):
    app(["generate", str(tmp_path / "shop"), "--customers", "5"], standalone_mode=False)
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("\n") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_ctrl_c_is_one_sentence_and_leaves_nothing(tmp_path):
    words = ["generate", str(tmp_path / "shop"), "--customers", "2000000"]
    with subprocess.Popen(
        [sys.executable, "-m", "retailkit", *words], stderr=subprocess.PIPE, text=True
    ) as run:
        # once it writes: while libraries are still loading, one of them may swallow the signal
        while not any(file.stat().st_size for file in tmp_path.glob(".shop.*.draft/*.csv")):
            assert run.poll() is None
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
    assert (said, run.returncode) == ("Stopped. What was there before is unchanged.\n", 130)
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_data_set_is_one_sentence(tmp_path):
    said = retailkit("triage", tmp_path)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "holds no data set of this kit" in said.stderr


def test_a_fault_named_twice_is_one_sentence(tmp_path):
    twice = ["--fault", "late_answer=0.1", "--fault", "late_answer=0.9"]
    said = retailkit("generate", tmp_path / "shop", *twice)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "named twice" in said.stderr


def test_forget_deletes_the_journal_and_says_so(tmp_path):
    journal = tmp_path / ".retailkit" / "journal" / "kestrel.jsonl"
    journal.parent.mkdir(parents=True)
    journal.write_text("{}\n")
    (tmp_path / "00_welcome.ipynb").write_text("mine")
    said = retailkit("forget", "--folder", tmp_path, "--codename", "river")
    assert said.stdout.startswith("There is no journal of river in ")
    assert (
        retailkit("forget", "--folder", tmp_path).stdout == "The journal of kestrel is deleted.\n"
    )
    assert not journal.exists()
    assert (tmp_path / "00_welcome.ipynb").read_text() == "mine"
    said = retailkit("forget", "--folder", tmp_path / "nowhere")
    assert (said.returncode, said.stdout.startswith("There is no journal in ")) == (0, True)
