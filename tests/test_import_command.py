"""`retailkit import`: what it says of a good file and of a bad one, and what it takes in."""

import contextlib
import subprocess
import sys
from dataclasses import dataclass

import brought
import pytest
from typer.testing import CliRunner

import retailkit as rk
from retailkit.cli import app
from retailkit.import_command import columns_in, rows_in

pytestmark = pytest.mark.usefixtures("nobody_there")


@dataclass
class Done:
    """What a command printed, and the sentence with which it ended if it went wrong."""

    stdout: str
    stderr: str
    returncode: int


def retailkit(*words, folder):
    with contextlib.chdir(folder):
        done = CliRunner().invoke(app, ["import", *map(str, words)])
    wrong = done.exception if isinstance(done.exception, ValueError) else ""
    return Done(done.stdout, f"{wrong}{done.stderr}", done.exit_code)


def test_what_goes_wrong_is_told_without_a_traceback(tmp_path):
    (tmp_path / "people.csv").write_text("given_name,email\nAna,ana@\n")
    command = [sys.executable, "-m", "retailkit", "import", "people.csv", "--dry-run"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("'people.csv' was not read in")
    assert "Traceback" not in done.stderr


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


def test_a_name_with_an_equals_sign_in_it_can_be_given():
    assert columns_in(["a=b=email"]) == {"a=b": "email"}


def test_rows_that_stand_the_wrong_way_round_are_no_rows():
    with pytest.raises(ValueError, match="'14-12' is no row"):
        rows_in("14-12")


PEOPLE = "customer_id,given_name,email\nC-1,Ana,a@b.example\nC-2,Bo,a@b.example\n"


def test_what_is_stored_is_found_in_the_database_and_cannot_come_in_twice(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    done = retailkit("people.csv", "--into", "shop.crm", folder=tmp_path)
    assert "Stored in shop.crm: 2 rows of customers.\n" in done.stdout
    assert "C-2 has the same e-mail address as C-1." in done.stdout
    with rk.open_crm(tmp_path / "shop.crm") as crm:
        assert crm.rows("customers")["given_name"].to_list() == ["Ana", "Bo"]
    again = retailkit("people.csv", "--into", "shop.crm", folder=tmp_path)
    assert "'C-1' is among the customers already" in again.stderr


def test_orders_of_somebody_who_is_not_in_the_database_are_refused_whole(tmp_path):
    (tmp_path / "people.csv").write_text("customer_id,given_name\nC-1,Ana\n")
    (tmp_path / "orders.csv").write_text(
        "order_id,customer_id,ordered_at\nO-1,C-1,2026-03-01\nO-2,C-9,2026-03-01\n"
    )
    retailkit("people.csv", "--into", "shop.crm", folder=tmp_path)
    done = retailkit("orders.csv", "--what", "orders", "--into", "shop.crm", folder=tmp_path)
    assert "Row 3, column 'customer_id': 'C-9' is not among the customers." in done.stderr
    with rk.open_crm(tmp_path / "shop.crm") as crm:
        assert crm.count("orders") == 0


def test_rows_without_numbers_get_them_from_the_database(tmp_path):
    (tmp_path / "people.csv").write_text("given_name\nAna\nBo\n")
    retailkit("people.csv", "--into", "shop.crm", folder=tmp_path)
    with rk.open_crm(tmp_path / "shop.crm") as crm:
        assert crm.rows("customers")["customer_id"].to_list() == ["C-000001", "C-000002"]


def test_a_dry_run_makes_no_database(tmp_path):
    (tmp_path / "people.csv").write_text("given_name\nAna\n")
    retailkit("people.csv", "--into", "shop.crm", "--dry-run", folder=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_without_a_place_to_store_it_nothing_is_read(tmp_path):
    (tmp_path / "people.csv").write_text("given_name\nAna\n")
    assert "--into shop.crm" in retailkit("people.csv", folder=tmp_path).stderr
