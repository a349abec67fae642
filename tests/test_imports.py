"""Tables from elsewhere: read exactly, or refused with every fault in its place."""

import csv
import io

import brought
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import retailkit as rk
from retailkit.imports.problems import Fault
from retailkit.records import dtype, kinds

READ = {"customers": rk.read_customers, "orders": rk.read_orders, "claims": rk.read_claims}


def read(file, folder):
    path = folder / f"table.{file.ending}"
    path.write_bytes(file.data)
    return READ[file.table](path, **file.told)


def refused(file, folder):
    with pytest.raises(rk.ImportProblems) as problems:
        read(file, folder)
    return problems.value


@pytest.mark.parametrize(
    ("file", "row", "column", "said"), brought.BROKEN, ids=[case[0].what for case in brought.BROKEN]
)
def test_a_broken_table_is_refused_with_row_and_column(file, row, column, said, tmp_path):
    problems = refused(file, tmp_path)
    first = problems.table.iloc[0]
    assert (None if pd.isna(first["row"]) else first["row"]) == row
    assert (None if pd.isna(first["column"]) else first["column"]) == column
    assert said in str(problems)
    assert first["file"].endswith(f"table.{file.ending}")


@pytest.mark.parametrize(
    ("file", "values"), brought.ODD, ids=[case[0].what for case in brought.ODD]
)
def test_an_odd_but_good_table_keeps_every_value(file, values, tmp_path):
    first = read(file, tmp_path).iloc[0]
    assert {name: first[name] for name in values} == values


def outcome(path):
    """The table that was read, or the table of what is wrong; anything else goes through."""
    try:
        return rk.read_customers(path)
    except rk.ImportProblems as problems:
        return problems.table


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=120, market="ES", faults={})


def csv_of(rows, **dialect):
    sink = io.StringIO()
    csv.writer(sink, **dialect).writerows(rows)
    return sink.getvalue()


def people(tmp_path, content, **told):
    path = tmp_path / "people.csv"
    path.write_bytes(content.encode())
    return rk.read_customers(path, **told)


def problems_of(tmp_path, content, **told):
    with pytest.raises(rk.ImportProblems) as problems:
        people(tmp_path, content, **told)
    return problems.value


def test_all_faults_come_in_one_list_from_the_first_row_to_the_last(tmp_path):
    problems = problems_of(
        tmp_path,
        "customer_id,given_name,email,birth_on,channel\n"
        "C-1,Ana,ana@example,2010-02-30,post\n"
        "C-1,,bo@example.org,,survey\n"
        "C-2,Li,li@example.org\n",
    )
    assert [(fault.row, fault.column) for fault in problems.faults] == [
        (2, "birth_on"),
        (2, "channel"),
        (2, "email"),
        (3, "customer_id"),
        (3, "given_name"),
        (4, None),
    ]
    assert list(problems.table) == ["file", "row", "column", "found", "allowed"]


def test_many_faults_of_a_kind_are_told_in_short_and_listed_whole(tmp_path):
    rows = "".join(f"C-{n},Ana,600112233\n" for n in range(200))
    problems = problems_of(tmp_path, f"customer_id,given_name,phone\n{rows}")
    assert str(problems).count("\n") == 4
    assert "The same in 197 more rows: 5-201." in str(problems)
    assert len(problems.table) == 200


def test_faults_of_many_kinds_are_told_in_short_as_well():
    faults = [Fault(row=n, found="It is odd", allowed=f"Try {n}.") for n in range(1, 31)]
    said = str(rk.ImportProblems("people.csv", faults)).splitlines()
    assert said[-1] == "And 10 more problems; the error's .table lists them all."
    assert len(said) == 22


def test_a_row_counts_as_in_a_spreadsheet_and_its_line_is_told_beside_it(tmp_path):
    problems = problems_of(tmp_path, 'given_name,email\n"A\nna",\nBo,bo@\n')
    assert "Row 3 (line 4 of the text), column 'email': 'bo@' cannot" in str(problems)


def test_notes_say_what_was_found_out_about_the_file(tmp_path):
    table = people(
        tmp_path,
        "Our people\n\nNombre;Apellidos;Zapatos;Fecha de nacimiento\nAna;Ruiz;38;1/2/2010\n;;;\n",
        date_order="day first",
    )
    assert list(rk.notes(table))[1:8] == [
        "The encoding is utf-8.",
        "Semicolons stand between the cells.",
        "The names stand in row 3.",
        "Above the names, and not read: 'Our people'.",
        "'Apellidos' is family_name, 'Fecha de nacimiento' is birth_on and 'Nombre' is given_name.",
        "Not used: 'Zapatos'.",
        "Passed over: 1 empty row.",
    ]
    assert "Dates are written day first, as you said." in rk.notes(table)


def test_what_is_read_otherwise_than_written_is_said(tmp_path):
    table = people(tmp_path, "given_name,channel,city\nAna,Order Form,  \n")
    assert "In channel, 'Order Form' was read as 'order_form'." in rk.notes(table)
    assert "In city, 1 cell with blanks alone counted as empty." in rk.notes(table)


@pytest.mark.parametrize("name", READ)
def test_a_table_of_the_kit_comes_back_as_it_was(name, shop, tmp_path):
    path = tmp_path / "table.csv"
    shop.tables[name].to_csv(path, index=False)
    pd.testing.assert_frame_equal(READ[name](path), shop.tables[name])


def test_the_columns_and_their_kinds_are_those_of_the_shop(tmp_path):
    table = people(tmp_path, "given_name\nAna\n")
    expected = {name: dtype(kind) for name, kind in kinds(rk.Customer).items()}
    assert {name: str(kind) for name, kind in table.dtypes.items()} == expected


def test_a_number_that_nobody_has_is_found_where_the_table_is_given(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,customer_id,ordered_at\nO-1,C-9,2026-03-01\nO-2,,2026-03-02\n")
    known = {"customers": pd.DataFrame({"customer_id": ["C-1", "C-8"]})}
    with pytest.raises(rk.ImportProblems, match="'C-9' is not among the customers"):
        rk.read_orders(path, known=known)
    assert rk.read_orders(path)["customer_id"].to_list()[0] == "C-9"


def test_a_number_that_is_there_already_is_found_where_the_table_is_given(tmp_path):
    known = {"customers": pd.DataFrame({"customer_id": ["C-1", "C-8"]})}
    content = "customer_id,given_name\nC-1,Ana\nC-2,Bo\n"
    problems = problems_of(tmp_path, content, known=known)
    assert "Row 2, column 'customer_id': 'C-1' is among the customers already." in str(problems)
    assert len(people(tmp_path, content, known=known, leave_out=[2])) == 1


def test_a_fault_in_a_row_that_is_left_out_is_no_fault(tmp_path):
    content = "given_name,email\nAna,\nBo,bo@\nTotal: 2\n"
    assert problems_of(tmp_path, content).table["row"].to_list() == [3, 4]
    assert people(tmp_path, content, leave_out=[3, 4])["given_name"].to_list() == ["Ana"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"date_order": "first day"}, "is not a date order"),
        ({"decimal": "dot"}, "is not a decimal sign"),
        ({"encoding": "base64"}, "is not an encoding"),
        ({"columns": {"Mail": "emial"}}, "Did you mean 'email'?"),
        ({"columns": ["email"]}, "columns says which name is which"),
        ({"leave_out": "7"}, "is no list of rows"),
        ({"leave_out": 7}, "is no list of rows"),
    ],
)
def test_an_answer_that_is_none_is_told_so(told, sentence, tmp_path):
    with pytest.raises(ValueError, match=sentence.replace("?", "[?]")):
        people(tmp_path, "given_name\nAna\n", **told)


@pytest.mark.parametrize("path", ["nowhere.csv", "https://example.org/a.csv", "a\0b.csv", "."])
def test_what_is_no_file_is_refused_in_a_sentence(path):
    with pytest.raises(rk.ImportProblems, match="was not read in"):
        rk.read_customers(path)


def test_a_link_that_leads_nowhere_is_called_one(tmp_path):
    link = tmp_path / "people.csv"
    link.symlink_to(tmp_path / "gone.csv")
    with pytest.raises(rk.ImportProblems, match="a link to a file that is gone"):
        rk.read_customers(link)


def test_a_file_beyond_all_measure_is_not_opened(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(rk.ImportProblems, match="more than 200 megabytes"):
        rk.read_customers(path)


def test_reading_leaves_the_csv_modules_own_limit_as_it_was(tmp_path):
    before = csv.field_size_limit()
    people(tmp_path, "given_name\nAna\n")
    assert csv.field_size_limit() == before


SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])
TEXTS = st.text(SIGNS | st.sampled_from(",;\t|\"='\n\r "), min_size=1, max_size=8).filter(
    lambda text: text.strip() and not text.startswith("#")
)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5)


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_every_text_comes_through_every_dialect_and_encoding(
    rows, delimiter, quoting, end, encoding, tmp_path_factory
):
    names = ["given_name", "family_name", "city"]
    content = csv_of([names, *rows], delimiter=delimiter, quoting=quoting, lineterminator=end)
    path = tmp_path_factory.mktemp("dialects") / "people.csv"
    path.write_bytes(content.encode(encoding))
    table = rk.read_customers(path)
    assert table[names].to_numpy().tolist() == [list(row) for row in rows]


@given(rows=ROWS)
def test_every_text_comes_through_a_workbook(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "people.xlsx"
    path.write_bytes(brought.workbook([["given_name", "family_name", "city"], *rows]))
    table = rk.read_customers(path)
    assert table[["given_name", "family_name", "city"]].to_numpy().tolist() == list(map(list, rows))


@given(content=st.binary(max_size=300))
def test_no_bytes_whatever_bring_anything_but_a_table_or_a_sentence(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("bytes") / "people.csv"
    path.write_bytes(b"given_name,email\n" + content)
    assert len(outcome(path)) > 0


@given(place=st.integers(0, 5000), byte=st.integers(0, 255))
def test_no_damage_to_a_workbook_brings_anything_but_a_table_or_a_sentence(
    place, byte, tmp_path_factory
):
    data = bytearray(brought.workbook(brought.PERSON))
    data[place % len(data)] = byte
    path = tmp_path_factory.mktemp("damage") / "people.xlsx"
    path.write_bytes(data)
    found = outcome(path)
    assert "found" in found or found["given_name"].to_list() == ["Ana"]


def test_who_wrote_no_country_is_shown_a_number_of_their_own(tmp_path):
    british = "given_name,phone\nAna,+44 20 7946 0412\nBea,2079460411\n"
    problems = refused(brought.text("numbers", british), tmp_path)
    assert "Write it like +44 7400 123456" in str(problems)


def test_problems_show_themselves_as_sentences_that_run_nothing(tmp_path):
    wrong = "given_name,phone\nAna,<script>window.hurt = 1</script>\n"
    problems = refused(brought.text("markup", wrong), tmp_path)
    assert repr(problems) == str(problems)
    assert "&lt;script&gt;" in problems._repr_html_()
    assert "<script" not in problems._repr_html_()
