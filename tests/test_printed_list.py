"""Lists to print: every value on paper, and nothing in it that acts."""

import re
import shutil
import subprocess
from datetime import date

import pandas as pd
import pytest
from hostile import HALF, HOSTILE

import retailkit as rk
from retailkit.crm import NotAllowed
from retailkit.files.arrow import arrow_of
from retailkit.files.printed_list import MOST_ROWS, list_of

ACTS = (b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction /S", b"/Annots", b"/Link")


def text_of(path):
    """What stands on the sheets, white space made one blank."""
    reader = shutil.which("pdftotext")
    if not reader:
        pytest.skip("nothing here reads the text of a PDF")
    command = [reader, "-layout", path, "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", said)


def sheets_of(path):
    return len(re.findall(rb"/Type /Page\b(?!s)", path.read_bytes()))


def test_a_list_shows_every_value_its_title_and_the_number_of_the_sheet(tmp_path):
    people = pd.DataFrame(
        {
            "given_name": ["Ana", None],
            "phone": ["+34 600 000 000", "007"],
            "birth_on": pd.to_datetime(["2008-02-29", None]),
            "agrees": [True, False],
            "amount": [24.5, 3.0],
        }
    )
    path = rk.print_table(people, tmp_path / "l.pdf", "To call", on=date(2026, 3, 1), note="Shred.")
    said = text_of(path)
    assert "To call (2 rows) given name phone birth on agrees amount" in said
    assert "Ana +34 600 000 000 2008-02-29 yes 24.5 007 no 3.0" in said
    assert "2026-03-01 Shred. Page 1 of 1" in said


def test_names_of_columns_stand_on_every_sheet(tmp_path):
    many = pd.DataFrame({"family_name": [f"Ruiz {n}" for n in range(150)]})
    path = rk.print_table(many, tmp_path / "list.pdf")
    said = text_of(path)
    assert said.count("family name") == sheets_of(path) == 3
    assert all(f"Ruiz {n} " in said for n in range(150))
    assert "Page 3 of 3" in said


def test_a_row_taller_than_a_sheet_goes_on_overleaf(tmp_path):
    words = [f"w{n}" for n in range(3000)]
    long = pd.DataFrame({"text": [" ".join(words), "after"], "more": ["x", "y"]})
    said = text_of(rk.print_table(long, tmp_path / "list.pdf"))
    assert all(f"{word} " in said for word in [*words, "after"])


def test_a_text_without_a_blank_is_wrapped_as_well(tmp_path):
    said = text_of(rk.print_table(pd.DataFrame({"text": ["x" * 5000]}), tmp_path / "list.pdf"))
    assert said.count("x") == 5000 + 1  # and the one of "text"


def test_many_columns_lie_across_and_too_many_are_refused(tmp_path):
    wide = pd.DataFrame({f"column number {n}": ["some words of a text"] for n in range(10)})
    path = rk.print_table(wide, tmp_path / "list.pdf")
    assert b"/MediaBox [0 0 841.89 595.28]" in path.read_bytes()
    twice = pd.concat([wide, wide.add_prefix("another ")], axis="columns")
    with pytest.raises(ValueError, match="20 columns do not fit beside each other on a sheet"):
        rk.print_table(twice, tmp_path / "more.pdf")
    assert not (tmp_path / "more.pdf").exists()


def test_hindi_stands_as_it_is_and_what_the_font_lacks_is_said(tmp_path):
    said = text_of(
        rk.print_table(pd.DataFrame({"name": ["हिन्दी", "Jos\u00e9", "Jose\u0301"]}), tmp_path / "a")
    )
    assert said.count("José") == 2
    assert "letter that this print does not have" not in said
    said = text_of(rk.print_table(pd.DataFrame({"name": ["سارة"]}), tmp_path / "b"))
    assert "� stands for a letter that this print does not have" in said


def test_hostile_text_stands_on_paper_and_acts_nowhere(tmp_path):
    texts = [text for text in HOSTILE if len(text) < 1000]
    table = pd.DataFrame({"text": [*texts, "{nb} **bold** [a](http://a.example)"]})
    pages = list_of(arrow_of(table), "<script> {nb}", on=None, note="")
    assert not [act for act in ACTS if act in pages]
    (tmp_path / "list.pdf").write_bytes(pages)
    said = text_of(tmp_path / "list.pdf")
    assert "<script> {nb} (" in said
    assert "{nb} **bold** [a](http://a.example)" in said
    assert "<img src=x onerror='window.hurt = 1'>" in said


def test_half_of_a_character_is_refused(tmp_path):
    with pytest.raises(ValueError, match="half of a character"):
        rk.print_table(pd.DataFrame({"text": pd.Series([HALF], dtype=object)}), tmp_path / "a.pdf")
    with pytest.raises(ValueError, match="title: the text holds half of a character"):
        rk.print_table(pd.DataFrame({"text": ["a"]}), tmp_path / "a.pdf", HALF)


def test_a_title_of_more_than_a_line_is_refused(tmp_path):
    with pytest.raises(ValueError, match="title: it does not fit on one line"):
        rk.print_table(pd.DataFrame({"text": ["a"]}), tmp_path / "a.pdf", "To call " * 30)


def test_a_list_of_nobody_says_so_and_one_without_columns_is_refused(tmp_path):
    assert "List (0 rows)" in text_of(rk.print_table(pd.DataFrame({"a": []}), tmp_path / "a.pdf"))
    with pytest.raises(ValueError, match="no columns"):
        rk.print_table(pd.DataFrame(), tmp_path / "b.pdf")


def test_a_list_that_nobody_would_read_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"2,001 rows, and a list to print at most 2,000"):
        rk.print_table(pd.DataFrame({"a": range(MOST_ROWS + 1)}), tmp_path / "a.pdf")


def test_the_same_table_gives_the_same_bytes(tmp_path):
    table = pd.DataFrame({"name": ["Ana"]})
    first, second = (rk.print_table(table, tmp_path / f"{n}.pdf").read_bytes() for n in (1, 2))
    assert first == second


# ---- from the customer database ----


@pytest.fixture
def full(crm):
    ana = rk.Customer(given_name="Ana", family_name="Ruiz", phone="+34600000001", city="Bilbao")
    luis = rk.Customer(given_name="Luis", family_name="Gil", phone="+34600000002", city="Jaca")
    crm.add_all([ana, luis])
    return crm


def test_the_database_prints_the_rows_and_columns_that_are_wanted(full, tmp_path):
    columns = ["family_name", "phone"]
    path = full.print_list("customers", tmp_path / "l.pdf", columns, title="Call", city="Jaca")
    said = text_of(path)
    assert "Call (1 row) family name phone Gil +34600000002" in said
    assert "For the responsible person. Lock it away" in said
    assert "Ruiz" not in said


def test_what_a_role_does_not_see_is_not_on_its_paper(full, tmp_path):
    with full.as_role("technician") as technician:
        said = text_of(technician.print_list("customers", tmp_path / "all.pdf"))
        assert "customer id language C-000001 C-000002" in said
        with pytest.raises(NotAllowed, match="does not see phone of customers, so it cannot print"):
            technician.print_list("customers", tmp_path / "phones.pdf", ["customer_id", "phone"])
        with pytest.raises(NotAllowed, match="city of customers, so it cannot look rows up by it"):
            technician.print_list("customers", tmp_path / "city.pdf", city="Jaca")
        with pytest.raises(NotAllowed, match="the table messages"):
            technician.print_list("messages", tmp_path / "none.pdf")
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["all.pdf"]


def test_marketing_prints_only_those_who_agree(full, tmp_path):
    full.consent("C-000002", "marketing", "given", channel="website", wording="May we write?")
    with full.as_role("marketing") as marketing:
        said = text_of(marketing.print_list("customers", tmp_path / "l.pdf", ["given_name"]))
    assert "Luis" in said
    assert "Ana" not in said


def test_a_printed_list_is_noted_and_one_that_fails_is_not(full, tmp_path):
    full.print_list("customers", tmp_path / "list.pdf", ["phone"], city="Jaca")
    last = full.log().iloc[-1]
    assert (last["what"], last["rows"], last["fields"]) == ("exported", 1, '["city", "phone"]')
    with pytest.raises(OSError, match="could not be written"):
        full.print_list("customers", tmp_path / "gone" / "list.pdf")
    assert (full.log()["what"] == "exported").sum() == 1


def test_a_field_that_is_none_is_told_the_likely_one(full, tmp_path):
    with pytest.raises(ValueError, match="Did you mean 'phone'"):
        full.print_list("customers", tmp_path / "list.pdf", ["fone"])
