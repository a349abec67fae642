"""Letters: every paragraph has its name, and nothing is sent with a gap in it."""

import re
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from small_shop import claim, small_shop, step

from retailkit.claims import Claim, StaffMember
from retailkit.customers import Customer
from retailkit.desk import open_case
from retailkit.letters import (
    LANGUAGES,
    compose,
    facts_needed,
    kinds_of_letters,
    leaks,
    letter,
    missing,
    paragraphs,
)
from retailkit.letters.printed import printed
from retailkit.markets import codes, rules_of

FACTS = {
    "name": "Ana Ruiz",
    "shop": "The corner shop",
    "reference": "CL-1",
    "received": date(2026, 3, 6),
    "product": "the kettle",
    "owner": "Eva Gil",
    "answer_by": date(2026, 4, 6),
    "market": "ES",
    "outcome": "accepted",
    "remedy": "refund",
    "amount": 24.5,
    "reasons": "The kettle is inside the guarantee.",
    "asked": "the receipt",
    "reply_by": date(2026, 3, 20),
    "standing": "investigating",
    "offer": "Ten per cent off all kettles.",
    "customer": "Ana Ruiz, ana@example.org",
    "narrative": "It leaks.",
    "reason": "defective",
    "action": "none so far",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds_of_letters())
def test_every_letter_can_be_written_in_every_language(kind, language):
    text = compose(kind, language, FACTS)
    assert "{" not in text
    assert len(text.split("\n\n")) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds_of_letters())
def test_every_language_has_the_same_paragraphs(kind, language):
    assert paragraphs(kind, language) == paragraphs(kind, "en")
    assert facts_needed(kind, language) == facts_needed(kind, "en")


def test_a_paragraph_is_left_out_by_its_name():
    whole = compose("acknowledgement", "en", FACTS).split("\n\n")
    less = compose("acknowledgement", "en", FACTS, without={"tracking"}).split("\n\n")
    assert [text for text in whole if text not in less] == [
        "To find out how it stands, just ask us for the state of the matter, at any time."
    ]


def test_a_missing_fact_is_told_in_a_sentence():
    with pytest.raises(ValueError, match=r"The letter 'status' lacks the fact 'reference'\. It n"):
        compose("status", "en", {"name": "Ana"})


def test_an_answer_without_outcome_says_which_there_are():
    with pytest.raises(ValueError, match=r"lacks the fact 'outcome'\. Choose accepted, partly"):
        compose("answer", "en", FACTS | {"outcome": None})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "anser"}, "'anser' is not a letter"),
        ({"language": "fr"}, "'fr' is not a language of our letters. Choose en, es or hi."),
        ({"without": {"trackin"}}, "'trackin' is not a paragraph of the letter 'answer'"),
    ],
)
def test_a_wrong_word_is_told_which_there_are(change, sentence):
    usual = {"kind": "answer", "language": "en", "facts": FACTS, "without": ()}
    with pytest.raises(ValueError, match=sentence):
        compose(**{**usual, **change})


def test_a_sum_is_named_only_where_money_is_given():
    assert "€24.50" in compose("answer", "en", FACTS)
    assert "24.50" not in compose("answer", "en", FACTS | {"outcome": "refused"})


def test_braces_in_what_somebody_wrote_stay_as_they_are():
    assert "Dear {reference} 🙂," in compose("status", "en", FACTS | {"name": "{reference} 🙂"})


OF_A_CASE = [kind for kind in kinds_of_letters() if kind not in ("offer", "greeting")]
EVA = StaffMember(staff_id="S-1", name="Eva Gil", function="customer_service")
ANA = Customer(
    customer_id="C-1", given_name="Ana", family_name="Ruiz", email="ana@post.example", language="es"
)


def decided_shop(outcome="accepted", market="ES", **fields):
    """A shop with one case that is decided, with a note of the desk's own."""
    steps = [
        step("CL-1", "received", "2026-04-01T09:00", staff_id="S-1"),
        step("CL-1", "acknowledged", "2026-04-01T09:05", staff_id="S-1"),
        step("CL-1", "assessed", "2026-04-01T09:10", staff_id="S-1", note="middle, act, careful"),
        step(
            "CL-1",
            "decided",
            "2026-04-02T09:00",
            staff_id="S-1",
            outcome=outcome,
            remedy="refund",
            amount=25,
            note="Boss says yes, do not argue.",
        ),
    ]
    return small_shop(
        claim(heard_by="S-1", **fields), steps=steps, market=market, customers=[ANA], staff=[EVA]
    )


@pytest.mark.parametrize("market", codes())
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_from_the_records_are_whole_and_tell_nothing(market, language):
    shop = decided_shop(market=market)
    for kind in OF_A_CASE:
        written = letter("CL-1", kind, shop, language=language)
        assert missing(written) == []
        assert leaks(written, shop) == []


def test_a_letter_is_written_in_the_customers_language():
    assert letter("CL-1", "acknowledgement", decided_shop()).language == "es"
    shop = small_shop(claim(customer_id=None, language=None), market="IN")
    assert letter("CL-1", "acknowledgement", shop).language == "hi"


def test_an_acknowledgement_shows_the_earlier_day_and_both_limits():
    text = letter("CL-1", "acknowledgement", decided_shop(), language="en").text
    assert "by 11 April 2026 at the latest" in text
    assert "The law gives us until 1 May 2026; our own promise runs until 11 April 2026." in text
    without_law = letter("CL-1", "acknowledgement", decided_shop(market="generic"), language="en")
    assert "The law" not in without_law.text


def test_a_refusal_of_an_unfounded_claim_accuses_nobody():
    shop = decided_shop("unfounded", reason="not_delivered")
    text = letter("CL-1", "answer", shop, language="en").text
    assert "handed over on 4 March 2026 and signed for in your name" in text
    assert not re.search("lie|false|invent|pretend|fraud|untrue", text.lower())
    for language in LANGUAGES:
        assert missing(letter("CL-1", "answer", shop, language=language)) == []


def test_where_no_sale_is_found_the_letter_says_so():
    shop = replace_orders(decided_shop("unfounded", order_id="O-404"))
    assert "we find no purchase that fits" in letter("CL-1", "answer", shop, language="en").text


def replace_orders(shop):
    tables = {**shop.tables, "orders": shop.orders.iloc[:0], "order_events": shop.order_events[:0]}
    return replace(shop, tables=tables)


def test_an_answer_before_the_decision_is_refused():
    with pytest.raises(ValueError, match="Case CL-1 is not decided yet"):
        letter("CL-1", "answer", small_shop(claim()))


def test_an_offer_is_no_letter_about_a_case():
    with pytest.raises(ValueError, match="'offer' is not a letter"):
        letter("CL-1", "offer", small_shop(claim()))


def test_a_letter_without_a_case_can_only_be_a_blank_form():
    with pytest.raises(ValueError, match="A letter 'status' is about a case"):
        letter(None, "status", small_shop())
    blank = letter(None, "claim_form", small_shop(), language="en")
    assert missing(blank) == []
    assert blank.to is None


def test_a_case_that_is_not_in_the_book_yet_can_be_acknowledged():
    case = open_case(
        Claim(claim_id="CL-9", narrative="It leaks."),
        market="ES-AN",
        at="2026-04-01T10:00",
        heard_by="S-1",
    )
    text = letter(case, "acknowledgement", small_shop(market="ES-AN"), language="en").text
    assert "CL-9" in text
    assert "A colleague at our service desk is responsible" in text


def test_the_form_takes_what_was_written_and_leaves_the_rest_open():
    form = letter("CL-1", "claim_form", decided_shop(), language="en").text
    assert "What happened: The kettle does not heat any more." in form
    assert "Solution you would like: your money back" in form
    assert "Action taken so far, if any: none so far" in form


def test_what_is_unverified_says_so_at_the_foot_of_the_letter():
    form = letter(None, "claim_form", small_shop(market="ES"), language="en")
    assert form.notes[1] == "The number of copies is unverified."
    told = letter("CL-1", "answer", decided_shop(market="GB"), language="en")
    assert "The places named outside the shop are unverified." in told.html
    assert "unverified" not in repr(letter("CL-1", "answer", decided_shop(), language="en"))


def test_a_letter_tells_which_fields_it_sends():
    fields = letter("CL-1", "status", decided_shop()).fields_sent
    assert "reference" in fields
    assert "reasons" not in fields


def test_what_a_person_wrote_is_never_taken_for_markup():
    shop = decided_shop(narrative="<b>$5 & $6</b>\n\nBoth!")
    page = letter("CL-1", "claim_form", shop, language="en").html
    assert "&lt;b&gt;$5 &amp; $6&lt;/b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize("market", codes())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_printed_once_for_everybody_who_gets_one(market, language):
    form = letter(None, "claim_form", small_shop(market=market), language=language)
    pages = re.findall(rb"/Type /Page\b", printed(form))
    assert len(pages) == rules_of(market).form_copies.value


@pytest.mark.parametrize(
    "narrative",
    [
        "word " * 4_000,
        "\u200fהקומקום דולף",
        "🔥🫖 كتري",
        "केतली से पानी टपकता है",
        "a\n\n\n\nb",
        "x" * 20_000,
    ],
    ids=["long", "hebrew", "emoji", "hindi", "empty lines", "one long word"],
)
def test_whatever_is_written_can_be_printed(narrative):
    form = letter("CL-1", "claim_form", decided_shop(narrative=narrative), language="en")
    assert printed(form).startswith(b"%PDF-")
    assert narrative.replace("\n\n\n\n", "\n").strip() in form.text


def test_the_same_letter_prints_the_same_bytes():
    answer = letter("CL-1", "answer", decided_shop(), language="hi")
    assert printed(answer) == printed(answer)


def test_a_letter_is_kept_as_a_file(tmp_path):
    path = letter("CL-1", "answer", decided_shop()).print_to(tmp_path / "answer.pdf")
    assert path.read_bytes().startswith(b"%PDF-")


def test_the_fonts_come_with_their_licence():
    licence = (resources.files("retailkit") / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_an_entry_with_empty_lines_is_still_one_entry_of_the_form():
    form = letter(None, "claim_form", decided_shop(), customer="Ana Ruiz\n\nCalle Mayor 1")
    assert "Ana Ruiz\nCalle Mayor 1" in form.text
    assert printed(form).startswith(b"%PDF")


def test_the_form_names_the_product_without_calling_it_ours():
    assert "our product" not in letter("CL-1", "claim_form", decided_shop()).text
