"""Formats: whatever a table holds comes back the same from each of them."""

import json
import sqlite3
import zipfile
from dataclasses import replace

import pandas as pd
import pyarrow.parquet
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

import retailkit as rk
from retailkit.customers import Customer
from retailkit.files import FORMATS
from retailkit.orders import Order, Product
from retailkit.records import table

NASTY = [
    "NA", "null", "007", "+34600000000", "=1+1", "@SUM(A1)", "-", '"', '""', "a,b", "a;b\tc",
    "two\nlines", "a\rb", "a\r\nb", "José", "é\u0301", "हिन्दी", "😀👩‍👩‍👧", "שלום \u202e olleh",
    "  spaces  ", " ", "\n", "_x0041_", "\x07", "\x00", "http://x.example", "<b>&amp;", "\\n", "{}",
    "'", "true", "1e5", "2026-02-28",
]  # fmt: skip


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=60, market="ES")


def with_rows(shop, **records):
    tables = {**shop.tables, **{name: table(rows, type(rows[0])) for name, rows in records.items()}}
    return replace(shop, tables=tables)


def with_texts(shop, texts):
    """The shop with customers of these first names, and one without any."""
    rows = [Customer(customer_id=f"C-{n}") for n in range(len(texts) + 1)]
    odd = with_rows(shop, customers=rows)
    odd.tables["customers"]["given_name"] = pd.Series([*texts, None], dtype="str")
    return odd


def assert_same(again, shop):
    for name, frame in shop.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], frame, obj=name)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_shop_comes_back_the_same(shop, tmp_path, format_):
    again = rk.read_dataset(rk.write_dataset(shop, tmp_path / "shop", [format_]))
    assert_same(again, shop)
    assert repr(again) == repr(shop)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_text_is_changed(shop, tmp_path, format_):
    odd = with_texts(shop, NASTY)
    assert_same(rk.read_dataset(rk.write_dataset(odd, tmp_path / "shop", [format_])), odd)


@pytest.mark.parametrize("format_", ["csv", "parquet", "sqlite", "jsonl"])
def test_an_empty_text_is_not_the_same_as_none(shop, tmp_path, format_):
    odd = with_texts(shop, ["", "x"])
    again = rk.read_dataset(rk.write_dataset(odd, tmp_path / "shop", [format_]))
    assert again.customers["given_name"].isna().tolist() == [False, False, True]


@settings(max_examples=10)  # each writes a whole shop
@given(texts=st.lists(st.text(min_size=1), min_size=1, max_size=5))
@pytest.mark.parametrize("format_", ["csv", "parquet", "sqlite", "jsonl"])
def test_any_text_comes_back(shop, tmp_path_factory, format_, texts):
    odd = with_texts(shop, texts)
    folder = rk.write_dataset(odd, tmp_path_factory.mktemp("any") / "shop", [format_])
    assert rk.read_dataset(folder).customers["given_name"].tolist()[:-1] == texts


@pytest.mark.parametrize("format_", FORMATS)
def test_days_sums_and_answers_come_back(shop, tmp_path, format_):
    odd = with_rows(
        shop,
        customers=[
            Customer(customer_id="C-1", birth_on="1899-12-31", joined_at="2026-02-28T23:59:59"),
            Customer(customer_id="C-2", birth_on="1900-01-01", joined_at="1970-01-01"),
        ],
        orders=[
            Order(order_id="O-1", prepaid=False, total=999_999_999_999.99),
            Order(order_id="O"),
        ],
        products=[Product(product_id="P-1", price=0.07, essential=True, guarantee_months=-3)],
    )
    assert_same(rk.read_dataset(rk.write_dataset(odd, tmp_path / "shop", [format_])), odd)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_shop_gives_the_same_bytes_in_every_format(shop, tmp_path, format_):
    one, two = (rk.write_dataset(shop, tmp_path / name, [format_]) for name in ("one", "two"))
    for file in one.iterdir():
        assert file.read_bytes() == (two / file.name).read_bytes(), file.name


def test_all_formats_lie_side_by_side_and_the_best_one_is_read(shop, tmp_path):
    folder = rk.write_dataset(shop, tmp_path / "shop", FORMATS)
    names = {file.name for file in folder.iterdir()}
    assert {"claims.csv", "claims.parquet", "claims.jsonl", "shop.sqlite", "shop.xlsx"} <= names
    (folder / "shop.xlsx").unlink()
    assert_same(rk.read_dataset(folder), shop)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_was_changed_is_not_believed_in_any_format(shop, tmp_path, format_):
    folder = rk.write_dataset(shop, tmp_path / "shop", [format_])
    file = next(file for file in folder.iterdir() if file.name.startswith(("claims.", "shop.")))
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ValueError, match="has been changed since it was written"):
        rk.read_dataset(folder)


def test_a_sheet_has_no_formula_and_no_link(shop, tmp_path):
    odd = with_texts(shop, ["=1+1", "http://x.example", "mailto:a@b.example", "{=SUM(A1)}"])
    book = rk.write_dataset(odd, tmp_path / "shop", ["xlsx"]) / "shop.xlsx"
    with zipfile.ZipFile(book) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    assert not [name for name in inside if "sheet" in name and b"<f>" in inside[name]]
    assert not [name for name in inside if b"hyperlink" in inside[name]]


def test_a_number_for_calling_is_a_text_in_a_sheet(shop, tmp_path):
    book = rk.write_dataset(shop, tmp_path / "shop", ["xlsx"]) / "shop.xlsx"
    rows = python_calamine.CalamineWorkbook.from_path(book).get_sheet_by_name("customers")
    head, *customers = rows.to_python()
    phones = {row[head.index("phone")] for row in customers} - {""}
    assert all(isinstance(phone, str) and phone.startswith("+34") for phone in phones)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "an empty text"),
        ("x" * 32_768, "a text of more than 32,767"),
        ("\ufffe", "a character"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_and_not_changed(shop, tmp_path, text, what):
    with pytest.raises(ValueError, match=f"given_name of customers holds {what}.*Choose csv"):
        rk.write_dataset(with_texts(shop, [text]), tmp_path / "shop", ["xlsx"])
    assert not list(tmp_path.iterdir())


def test_a_number_that_a_cell_would_round_is_refused(shop, tmp_path):
    odd = with_rows(shop, products=[Product(product_id="P-1", guarantee_months=10**15)])
    with pytest.raises(ValueError, match="guarantee_months of products holds a number of more"):
        rk.write_dataset(odd, tmp_path / "shop", ["xlsx"])


def test_a_table_too_long_for_a_sheet_is_refused(shop, tmp_path, monkeypatch):
    monkeypatch.setattr("retailkit.files.spreadsheet.MOST_ROWS", 59)
    with pytest.raises(ValueError, match="table customers has more than 59 rows.*csv or parquet"):
        rk.write_dataset(shop, tmp_path / "shop", ["csv", "xlsx"])
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def database(shop, tmp_path_factory):
    folder = rk.write_dataset(shop, tmp_path_factory.mktemp("db") / "shop", ["sqlite"])
    connection = sqlite3.connect(folder / "shop.sqlite")
    yield connection
    connection.close()


def test_the_database_has_strict_tables_with_their_keys(database):
    tables = database.execute("PRAGMA table_list").fetchall()
    assert {name for _, name, _, _, _, strict in tables if strict} == set(rk.shop.RECORDS)
    keys = {(key[3], key[2]) for key in database.execute("PRAGMA foreign_key_list(claims)")}
    assert ("order_id", "orders") in keys
    assert ("heard_by", "staff") in keys


def test_no_row_of_the_database_points_nowhere(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_database_keeps_days_as_text_that_sqlite_counts_with(database):
    day, moment = database.execute(
        "SELECT date(answer_by), datetime(received_at) FROM claims"
    ).fetchone()
    assert len(day) == 10
    assert len(moment) == 19


def test_a_key_that_stands_twice_is_refused_by_the_database(shop, tmp_path):
    twice = with_rows(shop, products=[Product(product_id="P-1"), Product(product_id="P-1")])
    with pytest.raises(ValueError, match="The table products cannot go into a database, where"):
        rk.write_dataset(twice, tmp_path / "shop", ["sqlite"])
    assert not list(tmp_path.iterdir())


def test_a_sqlite_that_is_too_old_is_one_sentence(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(ValueError, match="needs 3.37 or newer. Choose csv or parquet instead"):
        rk.write_dataset(shop, tmp_path / "shop", ["sqlite"])
    assert not list(tmp_path.iterdir())


def test_parquet_keeps_money_exact_and_words_in_a_dictionary(shop, tmp_path):
    folder = rk.write_dataset(shop, tmp_path / "shop", ["parquet"])
    file = pyarrow.parquet.ParquetFile(folder / "claims.parquet")
    assert str(file.schema_arrow.field("amount").type) == "decimal128(14, 2)"
    group = file.metadata.row_group(0)
    columns = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}
    assert "RLE_DICTIONARY" in columns["reason"].encodings
    assert "RLE_DICTIONARY" not in columns["narrative"].encodings
    assert columns["reason"].compression == "SNAPPY"


def test_a_line_of_json_is_one_row(shop, tmp_path):
    folder = rk.write_dataset(shop, tmp_path / "shop", ["jsonl"])
    lines = (folder / "products.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    assert len(lines) == len(shop.products)
    assert first["price"] == shop.products["price"].iloc[0]


def test_a_part_of_a_cent_is_not_dropped_in_silence(shop, tmp_path):
    claims = shop.claims.assign(amount=12.345)
    with pytest.raises(ValueError, match=r"holds 12\.345, and money is written with two"):
        rk.write_dataset(replace(shop, tables={**shop.tables, "claims": claims}), tmp_path / "shop")
