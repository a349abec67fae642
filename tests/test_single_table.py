"""A table in a file of its own: nothing in it becomes alive, and nothing is changed."""

import io
import zipfile

import pandas as pd
import pyarrow.csv
import pyarrow.parquet
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from retailkit import write_table

ALIVE = [
    "=1+1", "+34600111222", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "http://example.org",
    "mailto:ana@example.org", "internal:Sheet1!A1", "007", "#N/A", "{=1}", "<b>",
    "=cmd|' /C calc'!A0",
    "1E5", "01/02/2026", "TRUE", "_x000D_", "a\r\nb", "  x  ",
]  # fmt: skip
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1
)


def sheet_of(path):
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return pd.DataFrame(rows[1:], columns=rows[0])


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
def test_every_text_comes_back_as_it_was(tmp_path, ending):
    table = pd.DataFrame({"said": ALIVE})
    path = write_table(table, tmp_path / f"list.{ending}")
    read = {
        "xlsx": sheet_of,
        "csv": lambda path: pyarrow.csv.read_csv(
            path,
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(column_types={"said": pyarrow.string()}),
        ).to_pandas(),
        "parquet": pd.read_parquet,
    }[ending](path)
    assert read["said"].tolist() == ALIVE
    assert list(tmp_path.iterdir()) == [path]


def test_any_text_is_kept_in_a_sheet(tmp_path):
    @given(st.lists(TEXT, min_size=1, max_size=20))
    def there_and_back(texts):
        path = write_table(pd.DataFrame({"said": texts}), tmp_path / "list.xlsx")
        assert sheet_of(path)["said"].tolist() == texts

    there_and_back()


def test_a_sheet_has_no_formula_and_no_link(tmp_path):
    path = write_table(pd.DataFrame({"said": ALIVE, "=head": ALIVE}), tmp_path / "list.xlsx")
    book = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    assert not [name for name in book.namelist() if "rels" in name and "worksheets" in name]
    sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_numbers_and_days_are_numbers_and_days(tmp_path):
    table = pd.DataFrame(
        {"score": [0.875, None], "count": [1, 2], "at": pd.to_datetime(["2026-03-01 10:30", None])}
    )
    read = sheet_of(write_table(table, tmp_path / "list.xlsx"))
    assert read["score"].tolist() == [0.875, ""]
    assert read["at"].iloc[0] == pd.Timestamp("2026-03-01 10:30")


def test_an_index_with_a_name_is_a_column(tmp_path):
    table = pd.DataFrame({"may": [True]}, index=pd.Index(["C-1"], name="customer_id"))
    path = write_table(table, tmp_path / "list.csv")
    assert path.read_text() == '"customer_id","may"\n"C-1",true\n'


@pytest.mark.parametrize(
    ("table", "name", "reason"),
    [
        (pd.DataFrame({"a": [1]}), "list", "does not say in which format"),
        (pd.DataFrame({"a": [1]}), "list.doc", "does not say in which format"),
        (pd.DataFrame({"a": [1, "x"]}), "list.csv", "several kinds of value"),
        (pd.DataFrame({"a": ["x\ud800"]}, dtype=object), "list.csv", "half of a character"),
        (pd.DataFrame({"a": ["x" * 40_000]}), "list.xlsx", "no cell takes"),
        (pd.DataFrame({"a": [float("inf")]}), "list.xlsx", "a number without end"),
        (pd.DataFrame({"a": range(50_001)}), "list.xlsx", "too many for a spreadsheet"),
        (pd.DataFrame({"a": pd.to_datetime(["2026-01-01T10:00Z"])}), "list.xlsx", "time zone"),
    ],
)
def test_what_a_file_cannot_hold_is_told_and_leaves_what_was_there(tmp_path, table, name, reason):
    (tmp_path / name).write_text("what was there")
    with pytest.raises(ValueError, match=reason):
        write_table(table, tmp_path / name)
    assert (tmp_path / name).read_text() == "what was there"
    assert len(list(tmp_path.iterdir())) == 1
