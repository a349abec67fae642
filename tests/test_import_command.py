"""`retailkit import`: what it says of a good file and of a bad one, and what it takes in."""

import subprocess
import sys

import brought
import pytest

from retailkit.import_command import columns_in, rows_in


def retailkit(*words, folder):
    command = [sys.executable, "-m", "retailkit", "import", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, encoding="utf-8", check=False
    )


def test_a_good_file_is_described_and_nothing_is_stored(tmp_path):
    (tmp_path / "people.csv").write_text(
        "Nombre;Apellidos;Post;Nacimiento\nAna;Ruiz;ana@example.org;1/2/2010\nTotal;;;\nx\n"
    )
    done = retailkit(
        *("people.csv", "--dry-run", "--column", "Post=email", "--date-order", "day first"),
        *("--leave-out", "3-4"),
        folder=tmp_path,
    )
    assert done.stdout.startswith("Read from 'people.csv': 1 row.\n")
    assert "'Post' is email" in done.stdout
    assert done.stdout.endswith("Nothing was stored: this was a dry run.\n")
    assert not done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_a_bad_file_is_told_with_the_way_to_answer(tmp_path):
    (tmp_path / "orders.csv").write_text("order_id,ordered_at\nO-1,01/02/2026\nO-1,2026-02-01\n")
    done = retailkit("orders.csv", "--what", "orders", "--dry-run", folder=tmp_path)
    assert done.returncode == 1
    assert not done.stdout
    assert "Row 2, column 'ordered_at': '01/02/2026' is 1 February 2026" in done.stderr
    assert "Row 3, column 'order_id': 'O-1' stands in row 2 already." in done.stderr
    assert "On the command line, answer with --column" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sheet_and_a_decimal_sign_can_be_named(tmp_path):
    rows = [["order_id", "ordered_at", "total"], ["O-1", "2026-03-01", "1.234"]]
    (tmp_path / "orders.xlsx").write_bytes(brought.workbook(brought.PERSON, rows))
    done = retailkit(
        *("orders.xlsx", "--what", "orders", "--dry-run", "--sheet", "Sheet2"),
        *("--decimal", "comma"),
        folder=tmp_path,
    )
    assert "Sheet 'Sheet2', as you said." in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--what", "peopel"], "'peopel' is not a table to import"),
        (["--column", "email"], "Write it like email=email"),
        (["--leave-out", "last"], "'last' is no row"),
        (["--date-order", "US"], "is not a date order"),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_a_sentence(words, sentence, tmp_path):
    (tmp_path / "people.csv").write_text("given_name\nAna\n")
    done = retailkit("people.csv", "--dry-run", *words, folder=tmp_path)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_with_an_equals_sign_in_it_can_be_given():
    assert columns_in(["a=b=email"]) == {"a=b": "email"}


def test_rows_that_stand_the_wrong_way_round_are_no_rows():
    with pytest.raises(ValueError, match="'14-12' is no row"):
        rows_in("14-12")
