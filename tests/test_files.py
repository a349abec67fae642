"""Data sets on disk: written whole, read back the same, and never half believed."""

import hashlib
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

import retailkit as rk
from retailkit.files import DESCRIPTION
from retailkit.shop import RECORDS

# The bytes of a shop are the same on every Python, on every day and in every time zone. If a
# change to the generator is meant to change them, this is the place to say so.
FINGERPRINTS = {"ES": "7cfb588157b3bf16", "generic": "eb03ddeca073c5a5"}


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=60, market="ES")


@pytest.fixture
def dataset(shop, tmp_path):
    return rk.write_dataset(shop, tmp_path / "shop")


def fingerprint(folder) -> str:
    """One hash over the bytes of all tables."""
    whole = hashlib.sha256()
    for file in sorted(folder.glob("*.csv")):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


@pytest.mark.parametrize("market", FINGERPRINTS)
def test_the_same_seed_gives_the_same_bytes_as_ever(market, tmp_path):
    shop = rk.make_shop(seed=7, market=market)
    assert fingerprint(rk.write_dataset(shop, tmp_path / "shop")) == FINGERPRINTS[market]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_another_process_in_another_time_zone_writes_the_same_bytes(zone, dataset, tmp_path):
    code = (
        "import sys, retailkit as rk;"
        "rk.write_dataset(rk.make_shop(seed=7, customers=60, market='ES'), sys.argv[1])"
    )
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": "5", "LC_ALL": "C"}
    there = tmp_path / "there"
    subprocess.run([sys.executable, "-c", code, there], env=environment, check=True)
    assert fingerprint(there) == fingerprint(dataset)


def test_a_data_set_has_one_file_for_each_table_a_description_and_a_card(dataset):
    names = {file.name for file in dataset.iterdir()}
    assert names == {f"{name}.csv" for name in RECORDS} | {DESCRIPTION, "README.md"}


def test_what_is_read_is_what_was_written(shop, dataset):
    again = rk.read_dataset(dataset)
    for name, table in shop.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
    assert repr(again) == repr(shop)
    assert again.procedure == shop.procedure


def test_the_description_counts_rows_and_names_keys(shop, dataset):
    description = json.loads((dataset / DESCRIPTION).read_text(encoding="utf-8"))
    claims = next(part for part in description["resources"] if part["name"] == "claims")
    assert claims["rows"] == len(shop.claims)
    assert claims["schema"]["primaryKey"] == "claim_id"
    received = next(one for one in claims["schema"]["fields"] if one["name"] == "received_at")
    assert (received["type"], received["format"]) == ("datetime", "%Y-%m-%d %H:%M:%S")


NASTY = [
    "NA",
    "null",
    '"',
    "a,b",
    "two\nlines",
    "a\rb",
    "=1+1",
    "José",
    "007",
    "  spaces  ",
    "é\u0301",
]


@pytest.mark.parametrize("text", NASTY, ids=repr)
def test_no_text_is_changed_on_the_way(shop, tmp_path, text):
    odd = changed(shop, "customers", given_name=text)
    again = rk.read_dataset(rk.write_dataset(odd, tmp_path / "shop"))
    assert set(again.customers["given_name"]) == {text}


def test_money_has_two_decimals(dataset):
    header, first, *_ = (dataset / "products.csv").read_text(encoding="utf-8").splitlines()
    price = first.split(",")[header.split(",").index('"price"')]
    assert price[-3] == "."


def test_an_older_data_set_is_replaced(dataset):
    rk.write_dataset(rk.make_shop(seed=8, customers=5), dataset)
    assert rk.read_dataset(dataset).seed == 8


def test_a_folder_with_something_else_in_it_is_left_alone(shop, tmp_path):
    (tmp_path / "letter.txt").write_text("dear Ana")
    with pytest.raises(ValueError, match="is left alone. Choose a folder that is new or empty."):
        rk.write_dataset(shop, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(shop, tmp_path):
    (tmp_path / "shop").write_text("not a folder")
    with pytest.raises(ValueError, match="is left alone"):
        rk.write_dataset(shop, tmp_path / "shop")


def test_an_unknown_format_is_told_which_there_are(shop, tmp_path):
    with pytest.raises(
        ValueError, match="'cvs' is not a format. Choose csv, .* Did you mean 'csv'?"
    ):
        rk.write_dataset(shop, tmp_path / "shop", formats=["cvs"])


def test_a_table_that_lacks_a_column_is_not_written(shop, tmp_path):
    tables = {**shop.tables, "claims": shop.claims.drop(columns="reason")}
    with pytest.raises(ValueError, match="The table claims has no column 'reason'"):
        rk.write_dataset(rk.Shop(**{**vars(shop), "tables": tables}), tmp_path / "shop")
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_data_set_says_how_to_make_one(tmp_path):
    with pytest.raises(ValueError, match="retailkit generate FOLDER"):
        rk.read_dataset(tmp_path)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"resources": 3}', "null"])
def test_a_damaged_description_is_said_so(dataset, damage):
    (dataset / DESCRIPTION).write_text(damage)
    with pytest.raises(ValueError, match="missing or damaged"):
        rk.read_dataset(dataset)


@pytest.mark.parametrize(
    ("part", "value"),
    [("market", "XX"), ("today", "x"), ("procedure", {"x": 1}), ("name", None), ("seed", None)],
)
def test_a_description_that_was_tampered_with_is_said_so(dataset, part, value):
    description = json.loads((dataset / DESCRIPTION).read_text(encoding="utf-8"))
    if value is None:
        del description["retailkit"][part]
    else:
        description["retailkit"][part] = value
    (dataset / DESCRIPTION).write_text(json.dumps(description))
    with pytest.raises(ValueError, match="missing or damaged"):
        rk.read_dataset(dataset)


def test_a_teachers_own_file_beside_the_tables_is_not_lost(shop, dataset):
    (dataset / "marks.xlsx").write_text("marks")
    with pytest.raises(ValueError, match="holds 'marks.xlsx' that is no part of a data set"):
        rk.write_dataset(shop, dataset)
    assert (dataset / "marks.xlsx").read_text() == "marks"


def test_somebody_elses_data_package_is_left_alone(shop, dataset):
    (dataset / DESCRIPTION).write_text('{"name": "mine", "resources": []}')
    with pytest.raises(ValueError, match="is left alone"):
        rk.write_dataset(shop, dataset)
    assert (dataset / "claims.csv").exists()


def test_the_folder_one_stands_in_is_not_replaced(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="gets a folder of its own"):
        rk.write_dataset(shop, ".")


def changed(shop, name, **columns):
    tables = {**shop.tables, name: shop.tables[name].assign(**columns)}
    return rk.Shop(**{**vars(shop), "tables": tables})


@pytest.mark.parametrize("amount", [float("inf"), 1e13])
def test_a_sum_that_does_not_fit_is_refused_and_not_changed(shop, tmp_path, amount):
    with pytest.raises(ValueError, match="The column amount cannot be written without changing"):
        rk.write_dataset(changed(shop, "claims", amount=amount), tmp_path / "shop")
    assert not list(tmp_path.iterdir())


def test_a_column_of_ones_own_is_refused_and_not_dropped(shop, tmp_path):
    with pytest.raises(ValueError, match="The table claims has columns .* does not hold: mine"):
        rk.write_dataset(changed(shop, "claims", mine=1), tmp_path / "shop")


def test_a_shop_with_other_tables_is_refused(shop, tmp_path):
    more = rk.Shop(**{**vars(shop), "tables": {**shop.tables, "mine": shop.claims}})
    with pytest.raises(ValueError, match="A data set holds exactly customers"):
        rk.write_dataset(more, tmp_path / "shop")


def test_a_file_that_was_changed_is_not_believed(dataset):
    with (dataset / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("more\n")
    with pytest.raises(ValueError, match=r"claims\.csv' has been changed since it was written"):
        rk.read_dataset(dataset)


def test_a_file_that_is_gone_is_named(dataset):
    (dataset / "claims.csv").unlink()
    with pytest.raises(ValueError, match=r"claims\.csv' is missing"):
        rk.read_dataset(dataset)
