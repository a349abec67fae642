"""Hostile text: kept as it is by every form, store and file, or refused with the reason."""

import html
import re
import shutil
import subprocess
import unicodedata
import warnings
from dataclasses import replace

import pandas as pd
import pytest
from hostile import HALF, HOSTILE, LONG, NOT_FOR_SHEETS, NUL, WORST
from sweeps import one_in

import retailkit as rk
from retailkit import figures
from retailkit.claims import Claim
from retailkit.customers import Customer, Feedback
from retailkit.files import FORMATS
from retailkit.letters.printed import printed
from retailkit.records import is_nothing, records_in, table
from retailkit.text import Sentences, escaped

TEXTS = [text for text in HOSTILE if not is_nothing(text)]
"""Blank text is no answer: a record reads it as nothing."""

SHORT = [text for text in TEXTS if len(text) < 1000]
REFUSED = [(NUL, "the character NUL"), (HALF, "half of a character")]


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=20, market="ES")


# ---- records and forms ----


def test_a_record_keeps_text_as_it_is():
    assert [Customer(given_name=text).given_name for text in TEXTS] == TEXTS


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_record_refuses_what_no_store_can_hold(text, reason):
    with pytest.raises(ValueError, match=f"given_name: the text holds {reason}"):
        Customer(given_name=text)


@pytest.mark.parametrize("name", ["claim_form", "order_form", "visit_sheet"])
def test_a_form_takes_text_as_it_is(shop, name):
    form = rk.forms.visit_sheet() if name == "visit_sheet" else getattr(rk.forms, name)(shop)
    question = next(q.name for q in form.questions if q.answer is str and not form.options[q.name])
    for text in TEXTS:
        form.fill(**{question: text})
        assert form.answers[question] == text
        assert text in repr(form)
        assert "<script" not in form._static_html()


@pytest.mark.parametrize("name", ["claim_form", "order_form", "visit_sheet"])
@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_form_says_beside_the_question_what_it_refuses(shop, name, text, reason):
    form = rk.forms.visit_sheet() if name == "visit_sheet" else getattr(rk.forms, name)(shop)
    question = next(q.name for q in form.questions if q.answer is str and not form.options[q.name])
    assert reason in form.fill(**{question: text}).problems[question]
    assert reason in repr(form.save())


def test_a_saved_claim_holds_every_hostile_text(shop):
    narrative = "\n".join(SHORT)
    form = rk.forms.claim_form(shop)
    form.fill(channel="desk", event_on="2026-06-29", reason="defective", narrative=narrative)
    assert narrative in repr(form.save())
    assert form.claims[0].narrative == narrative


def test_a_saved_order_holds_every_hostile_name(shop):
    form = rk.forms.order_form(shop)
    usual = {"product_id": "P-13", "quantity": 1, "in_stock": "no", "commits": "yes"}
    for text in WORST:
        form.fill(**usual, prepaid="no", phone="+34600000000", family_name="x", given_name=text)
        assert f"New in the computer: {text} x" in repr(form.save())
    assert [customer.given_name for customer in form.customers] == WORST


def everybody_says(shop, text):
    """The shop in which every customer has this name and wrote this, and nothing else."""
    people = shop.customers.assign(given_name=text, family_name=text, street=text, city=text)
    people = people.assign(city=[text, f"{text}."] * (len(people) // 2))
    tables = {
        "customers": people,
        "claims": shop.claims.assign(narrative=text),
        "services": shop.services.assign(request=text),
        "messages": shop.messages.assign(text=text),
        "enquiries": shop.enquiries.assign(question=text, answer=text),
    }
    return replace(shop, tables={**shop.tables, **tables})


@pytest.fixture(scope="module")
def larger_shop():
    return rk.make_shop(seed=7, customers=60)


DESKS = {
    "triage_deck": lambda shop: rk.forms.triage_deck(shop, 4),
    "request_desk": lambda shop: rk.forms.request_desk(shop, 4),
    "customer_desk": lambda shop: rk.forms.customer_desk(shop, 4),
    "case_board": lambda shop: rk.forms.case_board(shop, shop.claims["claim_id"].iloc[0]),
    "merge_desk": lambda shop: rk.forms.merge_desk(shop, *shop.customers["customer_id"].iloc[:2]),
    "after_sales_planner": lambda shop: rk.forms.after_sales_planner(shop, shop.today, 50, 4),
}


@pytest.mark.parametrize("desk", DESKS)
@pytest.mark.parametrize("text", one_in(4, WORST), ids=lambda text: ascii(text)[:30])
def test_a_desk_shows_what_customers_wrote_and_runs_nothing(larger_shop, desk, text):
    form = DESKS[desk](everybody_says(larger_shop, text))
    page = form.intro_page() + form._static_html()
    assert "<script" not in page
    assert "<img" not in page
    assert form.intro()
    if desk in ("triage_deck", "request_desk", "merge_desk"):
        assert html.escape(text) in page


# ---- the customer database ----


def test_the_database_keeps_and_finds_every_text(crm):
    with crm.all_or_nothing():
        people = crm.add_all([Customer(given_name=text, city=text) for text in TEXTS])
        notes = crm.add_all([Feedback(topic="open", text=text) for text in TEXTS])
        assert [crm.record("feedback", note.feedback_id).text for note in notes] == TEXTS
        for person in people:
            assert crm.record("customers", person.customer_id) == person
            assert crm.find(person.customer_id)["given_name"].tolist() == [person.given_name]
    assert crm.tables["customers"]["city"].tolist() == TEXTS
    assert crm.check_log() == []


def test_no_search_runs_what_it_is_given(crm):
    crm.add_all([Customer(given_name=text) for text in SHORT])
    with crm.all_or_nothing():
        for text in SHORT:
            found = crm.rows("customers", given_name=text)
            assert set(found["given_name"]) == {text}
            assert len(crm.find(text)) < len(SHORT)
    assert crm.count("customers") == len(SHORT)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_who_works_in_the_database_has_a_name_that_can_be_kept(crm, text, reason):
    with pytest.raises(ValueError, match=f"who: the text holds {reason}"):
        crm.as_role("trainer", who=text)


# ---- files ----


def with_texts(shop, texts):
    """The shop with customers of these first names."""
    people = table([Customer(customer_id=f"C-{n}") for n in range(len(texts))], Customer)
    people["given_name"] = pd.Series(texts, dtype="str")
    return replace(shop, tables={**shop.tables, "customers": people})


@pytest.mark.parametrize("format_", FORMATS)
def test_a_data_set_keeps_every_text(shop, tmp_path, format_):
    texts = [text for text in HOSTILE if format_ != "xlsx" or text not in NOT_FOR_SHEETS]
    folder = rk.write_dataset(with_texts(shop, texts), tmp_path / "shop", [format_])
    assert rk.read_dataset(folder).customers["given_name"].tolist() == texts


@pytest.mark.parametrize("text", NOT_FOR_SHEETS, ids=ascii)
def test_what_no_cell_holds_is_refused_for_sheets_and_kept_elsewhere(shop, tmp_path, text):
    odd = with_texts(shop, [text])
    with pytest.raises(ValueError, match="given_name of customers holds a .*Choose csv"):
        rk.write_dataset(odd, tmp_path / "shop", ["xlsx"])
    folder = rk.write_dataset(odd, tmp_path / "shop", ["csv"])
    assert rk.read_dataset(folder).customers["given_name"].tolist() == [text]


@pytest.mark.parametrize("format_", FORMATS)
def test_half_of_a_character_is_refused_by_every_format(shop, tmp_path, format_):
    odd = with_texts(shop, ["x"])
    odd.tables["customers"]["given_name"] = pd.Series([HALF], dtype=object)
    with pytest.raises(ValueError, match=r"column given_name: a text holds half of a character"):
        rk.write_dataset(odd, tmp_path / "shop", [format_])
    assert not list(tmp_path.iterdir())


# ---- the page, charts and letters ----


def test_a_page_holds_no_markup_of_a_customers():
    page = Sentences(TEXTS)._repr_html_()
    ours = r'<span class="tex2jax_ignore"( dir="auto")?( style="white-space: pre-wrap")?>'
    assert "<" not in re.sub(rf"{ours}|</span>|</?bdi>|<br>", "", page)


@pytest.mark.parametrize("text", [" a", "a ", "a  b", "a\tb", "a\nb", "a\rb"])
def test_white_space_that_a_page_would_lose_is_kept(text):
    assert 'style="white-space: pre-wrap"' in escaped(text)


def test_a_carriage_return_reaches_the_page():
    assert "a&#13;b" in escaped("a\rb")


CHARTED = [
    *WORST,
    "12345678901234567890",
    "9223372036854775808",
    "2026-02-28",
    "$$",
    "हिन्दी",
    *LONG,
]


@pytest.mark.parametrize("text", one_in(4, CHARTED), ids=lambda text: ascii(text)[:30])
def test_a_chart_is_drawn_whatever_stands_beside_its_axis(text):
    book = pd.DataFrame({"reason": [text, "late"], "level": ["serious", "middle"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = figures.level_by_reason(book)
        assert drawn.png().startswith(b"\x89PNG")
    assert text.replace("_", " ") in drawn.words
    assert "<script" not in drawn._repr_html_()


@pytest.mark.parametrize("text", one_in(4, CHARTED[:-3]), ids=lambda text: ascii(text)[:30])
def test_a_charts_title_and_labels_are_drawn_as_written(text):
    def draw(axes):
        axes.bar([0], [1])
        axes.set_title(text[:40])
        axes.annotate(text[:40], (0, 0))
        return text

    assert figures.chart(draw).png().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def addressed(shop):
    """A claim of the shop, and where its customer stands in the table."""
    claim = shop.claims[shop.claims["customer_id"].notna()].iloc[0]
    place = shop.customers.index[shop.customers["customer_id"] == claim["customer_id"]][0]
    return claim["claim_id"], place


def letter_about(shop, addressed, kind, text):
    number, place = addressed
    people, claims = shop.customers.copy(), shop.claims.copy()
    people.loc[place, "given_name"] = text
    claims.loc[claims["claim_id"] == number, "narrative"] = text
    odd = replace(shop, tables={**shop.tables, "customers": people, "claims": claims})
    return rk.letter(number, kind, odd, language="en")


@pytest.mark.parametrize(("kind", "texts"), [("acknowledgement", WORST), ("claim_form", TEXTS)])
def test_a_letter_says_every_text_as_it_is(shop, addressed, kind, texts):
    for text in texts:
        letter = letter_about(shop, addressed, kind, text)
        # on the form each entry is one paragraph
        assert (text.strip("\n") if kind == "claim_form" else text) in letter.text
        assert "<script" not in letter.html


@pytest.mark.parametrize("kind", ["acknowledgement", "claim_form"])
def test_a_letter_on_paper_runs_nothing(shop, addressed, kind):
    pages = printed(letter_about(shop, addressed, kind, "\n".join(SHORT)))
    assert pages.startswith(b"%PDF")
    for act in (b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction /S"):
        assert act not in pages


def test_a_letter_on_paper_says_what_the_customer_wrote(shop, addressed, tmp_path):
    reader = shutil.which("pdftotext")
    if not reader:
        pytest.skip("nothing here reads the text of a PDF")
    written = "It broke {nb} times, Jose\u0301: **not** [here](http://a.example)"
    path = letter_about(shop, addressed, "claim_form", written).print_to(tmp_path / "form.pdf")
    command = [reader, "-layout", path, "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert unicodedata.normalize("NFC", written) in " ".join(said.split())


def test_records_come_back_from_a_table_as_they_went_in():
    rows = [Claim(claim_id=f"CL-{n}", narrative=text) for n, text in enumerate(TEXTS)]
    assert records_in(table(rows, Claim), Claim) == rows
