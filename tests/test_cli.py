"""The commands: one sentence where something is wrong, never a stack."""

from __future__ import annotations

import subprocess
import sys

import pytest

from retailkit.cli import sentence


def retailkit(*words):
    command = [sys.executable, "-m", "retailkit", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_help_names_every_command():
    said = retailkit("--help")
    assert said.returncode == 0
    for command in ("lab", "lessons", "generate", "triage"):
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


def test_a_folder_without_a_data_set_is_one_sentence(tmp_path):
    said = retailkit("triage", tmp_path)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "holds no data set of this kit" in said.stderr
