"""The forms through which a shop comes to know its customers, without a page and on one."""

from datetime import date

import ipywidgets as widgets
import pandas as pd
import pytest

import retailkit as rk
from retailkit.customers import CollectionChannel
from retailkit.forms.desk_form import DeskForm
from retailkit.records import kinds
from retailkit.shop import RECORDS

MIRA = {"given_name": "Mira", "family_name": "Okafor", "email": "mira@example.com"}
ENQUIRY = {"channel": "phone", "question": "Is there a white one?", "follow_up_on": "2026-07-01"}
COMPLAINT = {
    "channel": "phone",
    "reason": "late",
    "narrative": "It came five days late.",
    "heard_by": "S-1",
}
CARD = {"product_id": "P-01", "serial": "KE-4711", "purchased_on": "2026-06-29"}
SURVEY = {"about": "purchase", "staff": 5, "speed": 2, "overall": 4}
FEEDBACK = {"topic": "open", "text": "A bench at the door, please."}
MESSAGE = {"form": "contact", "text": "Do you deliver to my village?"}

FILLED = {
    "enquiry_form": (ENQUIRY, {"customers", "enquiries"}),
    "complaint_form": (COMPLAINT, {"customers", "claims", "claim_steps"}),
    "warranty_card": (CARD, {"customers", "warranty_cards"}),
    "survey_card": (SURVEY, {"customers", "surveys"}),
    "feedback_card": (FEEDBACK, {"customers", "feedback"}),
    "website_form": (MESSAGE, {"customers", "signups"}),
}
"""For each form what fills it in, and which tables grow when somebody new hands it in."""

BACKS = ["survey_card", "feedback_card"]

every_form = pytest.mark.parametrize("name", FILLED)


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=60, market="ES")


@pytest.fixture
def known(shop):
    return shop.customers["customer_id"].iloc[0]


@pytest.fixture
def blank(shop):
    return lambda name, of=shop: getattr(rk.forms, name)(of)


def filled(form, name, **answers):
    return form.fill(**{**FILLED[name][0], **MIRA, **answers})


def test_the_seven_ways_have_a_form_each(blank):
    forms = [blank(name) for name in (*FILLED, "order_form")]
    assert {form.way for form in forms} == set(CollectionChannel)
    assert all(isinstance(form, DeskForm) for form in forms)


@every_form
def test_somebody_new_becomes_a_customer_by_the_way_of_the_form(blank, name):
    form = blank(name)
    said = filled(form, name).save()
    assert said[0].startswith("Saved as ")
    assert said[1] == "New in the computer: Mira Okafor, customer number C-desk-1."
    assert form.customers[0].channel == form.way
    assert form.saved[0].customer_id == "C-desk-1"


@every_form
def test_what_is_saved_is_in_the_shop_now_and_the_shop_is_left_as_it_was(blank, shop, name):
    before = {table: len(rows) for table, rows in shop.tables.items()}
    form = blank(name)
    filled(form, name).save()
    now = form.shop_now()
    grown = {table for table, rows in now.tables.items() if len(rows) > before[table]}
    assert grown == FILLED[name][1]
    assert {table: len(rows) for table, rows in shop.tables.items()} == before
    for table in grown:
        pd.testing.assert_series_equal(now.tables[table].dtypes, shop.tables[table].dtypes)


@every_form
def test_what_the_desk_writes_down_keeps_every_rule(blank, shop, name):
    form = blank(name)
    filled(form, name).save()
    assert len(rk.broken_rules(form.shop_now())) == len(rk.broken_rules(shop))


@every_form
def test_a_known_customer_is_asked_for_nothing_more(blank, known, name):
    form = blank(name)
    form.fill(**FILLED[name][0], customer_id=known).save()
    assert form.saved[0].customer_id == known
    assert form.customers == []


@every_form
def test_a_number_and_a_name_are_one_too_many(blank, known, name):
    form = blank(name)
    said = filled(form, name, customer_id=known).save()
    assert said[1] == (
        f"{known} is known to us already: leave the number open, or else the name and the rest."
    )
    assert form.saved == []


@every_form
def test_a_number_that_we_do_not_have_is_not_taken(blank, name):
    form = blank(name)
    said = form.fill(**FILLED[name][0], customer_id="C-404").save()
    assert said[1].startswith("Our records hold no customer C-404. For somebody new, leave")


@pytest.mark.parametrize("name", [name for name in FILLED if name not in BACKS])
def test_who_it_is_has_to_be_said(blank, name):
    form = blank(name)
    said = form.fill(**FILLED[name][0]).save()
    assert "No customer number? Then the computer needs a first name." in said
    assert any(line.startswith("Neither e-mail nor telephone.") for line in said)
    assert form.saved == []


@every_form
def test_an_empty_form_says_what_is_missing_and_keeps_nothing(blank, name):
    form = blank(name)
    said = form.save()
    asked = [question.text for question in form.questions if not question.optional]
    assert said[0] == "Not saved yet."
    assert {f"Please answer: {text}" for text in asked} <= set(said)
    assert form.saved == []


@every_form
def test_the_plain_form_lists_questions_and_answers(blank, name):
    form = blank(name)
    text = repr(form.fill(given_name="Mira"))
    assert all(f"{question.text} ({question.name})" in text for question in form.questions)
    assert "[Mira]" in text


@every_form
def test_undo_takes_back_all_that_was_saved(blank, name):
    form = blank(name)
    filled(form, name).save()
    assert form.undo()[0].endswith("-desk-1 is taken back.")
    assert form.customers == []
    assert all(form.shop_now().tables[table] is form.shop.tables[table] for table in RECORDS)
    assert form.undo() == ["There is nothing to take back."]


@every_form
def test_no_number_is_given_out_twice_whichever_form_comes_next(blank, name):
    first = blank("enquiry_form")
    filled(first, "enquiry_form", news="yes").save()
    second = blank(name, first.shop_now())
    filled(second, name, news="yes") if name == "enquiry_form" else filled(second, name)
    second.save()
    for table, rows in second.shop_now().tables.items():
        assert rows[next(iter(kinds(RECORDS[table])))].is_unique


@every_form
def test_a_form_filled_in_on_the_page_is_saved(blank, name):
    form = blank(name)
    form._repr_mimebundle_()
    for question, answer in {**FILLED[name][0], **MIRA}.items():
        field = form._page.fields[question]
        picker = isinstance(field, widgets.DatePicker)
        field.value = date.fromisoformat(answer) if picker else answer
    assert form.save()[0].startswith("Saved as ")
    assert all(not field.value for field in form._page.fields.values())


def test_what_is_filled_in_by_name_is_shown_on_the_page(blank):
    form = blank("survey_card")
    form._repr_mimebundle_()
    form.fill(overall=4)
    assert form._page.fields["overall"].value == 4


# ---- the enquiry ----


def test_an_enquiry_is_followed_up_and_the_shop_is_mentioned(blank):
    said = filled(blank("enquiry_form"), "enquiry_form").save()
    assert said[2] == "We come back to them by 1 July 2026."
    assert "our website and our social pages, and our mailing list" in said[3]
    assert said[4] == "Whether they want our news, nobody asked: then we send none."


@pytest.mark.parametrize(("answer", "state"), [("yes", "given"), ("no", "declined")])
def test_the_answer_about_news_is_kept(blank, answer, state):
    form = blank("enquiry_form")
    filled(form, "enquiry_form", news=answer).save()
    kept = form.shop_now().consents.iloc[-1]
    assert (kept["customer_id"], kept["state"], kept["channel"]) == ("C-desk-1", state, "enquiry")
    assert kept["purpose"] == "marketing"


def test_whoever_said_yes_to_news_may_be_written_to(blank):
    form = blank("enquiry_form")
    filled(form, "enquiry_form", news="yes").save()
    assert rk.may_contact(form.shop_now(), "C-desk-1", at="2026-07-01").may


def test_news_needs_an_address(blank):
    form = blank("enquiry_form")
    said = filled(form, "enquiry_form", news="yes", email=None, phone="+34 600 000 000").save()
    assert said[1:] == ["News comes by e-mail, and we have no address. Ask for one."]


def test_an_answer_given_at_once_is_noted_as_answered(blank):
    form = blank("enquiry_form")
    said = filled(form, "enquiry_form", answer="Yes, on the second floor.").save()
    assert said[2] == "We come back to them by 1 July 2026, and ask whether the answer helped."
    assert form.saved[0].answered_at is not None


def test_an_enquiry_without_an_answer_stays_open(blank):
    form = blank("enquiry_form")
    filled(form, "enquiry_form").save()
    assert form.saved[0].answered_at is None


def test_a_day_that_has_gone_by_is_no_day_to_come_back(blank):
    said = filled(blank("enquiry_form"), "enquiry_form", follow_up_on="2026-06-29").save()
    assert said[1] == "29 June 2026 has gone by: at the shop it is 30 June 2026."


def test_somebody_elses_order_is_not_found(blank, shop, known):
    orders = shop.orders
    other = orders.loc[orders["customer_id"] != known, "order_id"].iloc[0]
    said = blank("enquiry_form").fill(**ENQUIRY, customer_id=known, order_id=other).save()
    assert said[1] == f"This customer has no order {other}. Is the number right?"


# ---- the complaint ----


def test_a_complaint_tells_who_why_who_heard_it_and_what_was_done(blank, shop):
    form = blank("complaint_form")
    said = filled(form, "complaint_form", done="apology").save()
    name = shop.staff.set_index("staff_id")["name"]["S-1"]
    assert said[0] == "Saved as CL-desk-1 (late): “It came five days late.”"
    assert said[2] == f"Heard by {name}. Done so far: apology."
    now = form.shop_now()
    assert now.claim("CL-desk-1").heard_by == "S-1"
    step = now.claim_steps.iloc[-1]
    assert (step["claim_id"], step["step"], step["remedy"]) == ("CL-desk-1", "received", "apology")


def test_a_complaint_for_which_nothing_has_been_done_says_so(blank):
    said = filled(blank("complaint_form"), "complaint_form").save()
    assert said[2].endswith("Done so far: nothing yet.")
    assert len(said) == 4


def test_whoever_asks_for_something_is_given_the_claim_form(blank):
    form = blank("complaint_form")
    said = filled(form, "complaint_form", narrative="Late. I want my money back.").save()
    assert said[-1] == "The customer asks for something: hand out the claim form as well."


def test_who_heard_it_works_here(blank):
    said = filled(blank("complaint_form"), "complaint_form", heard_by="Ana").save()
    assert said[1].startswith("'Ana' is not a choice here. Choose S-1")


def test_a_case_from_the_complaint_form_goes_on_like_any_other(blank):
    form = blank("complaint_form")
    filled(form, "complaint_form").save()
    case = rk.case_of(form.shop_now(), "CL-desk-1")
    assert case.acknowledge(at="2026-06-30T13:00", by="S-1").status == "acknowledged"


def test_nobody_who_complains_is_asked_about_news(blank):
    assert "news" not in [question.name for question in blank("complaint_form").questions]


# ---- the warranty card ----


def test_the_guarantee_lasts_as_long_as_the_product_or_the_law_says(blank):
    form = blank("warranty_card")
    said = filled(form, "warranty_card", purchased_on="2024-02-29").save()
    assert said[-1] == "The guarantee lasts until 28 February 2027."
    assert form.saved[0].ends_on == date(2027, 2, 28)


def test_a_purchase_still_to_come_is_not_taken(blank):
    said = filled(blank("warranty_card"), "warranty_card", purchased_on="2026-07-01").save()
    assert said[1] == "1 July 2026 is still to come: at the shop it is 30 June 2026."


def test_one_piece_has_one_card(blank):
    form = blank("warranty_card")
    filled(form, "warranty_card").save()
    said = form.fill(**CARD, customer_id="C-desk-1").save()
    assert said[1] == "There is a card with KE-4711 already. Read the number again."


# ---- cards with a back ----


@pytest.mark.parametrize("name", BACKS)
def test_a_card_with_an_empty_back_is_anonymous(blank, name):
    form = blank(name)
    said = form.fill(**FILLED[name][0]).save()
    assert said[-1].startswith("Anonymous: nobody can tell who filled it in")
    assert form.saved[0].customer_id is None
    assert set(form.taken[0]) == {form.own}


@pytest.mark.parametrize("name", BACKS)
@pytest.mark.parametrize("answers", [{"customer_id": "C-000001"}, MIRA])
def test_an_anonymous_card_cannot_be_named_afterwards(blank, name, answers):
    form = blank(name)
    form.fill(**FILLED[name][0]).save()
    saved = form.saved[0]
    key = next(iter(kinds(type(saved))))
    said = form.fill(**{key: getattr(saved, key)}, **answers).save()
    assert said[0] == "Not saved yet."
    assert said[-1].endswith("is never opened again: nothing can be added.")
    assert form.saved == [saved]
    # and not together with a whole new card either
    form.fill(**{key: getattr(saved, key)}, **FILLED[name][0]).save()
    assert form.saved == [saved]


def test_an_anonymous_card_says_nothing_that_leads_to_anybody(blank):
    form = blank("survey_card")
    form.fill(**SURVEY).save()
    filled(form, "survey_card").save()
    anonymous, signed = form.shop_now().surveys.tail(2).to_dict("records")
    assert pd.isna(anonymous["customer_id"])
    assert pd.isna(anonymous["about_id"])
    assert anonymous["at"] == signed["at"]
    assert len(form.shop_now().customers) == len(form.shop.customers) + 1


@pytest.mark.parametrize("name", BACKS)
def test_half_a_back_is_neither_anonymous_nor_signed(blank, name):
    said = blank(name).fill(**FILLED[name][0], birth_on="1990-05-03").save()
    assert "Leave the whole back empty, or it needs a first name." in said
    assert "Leave the whole back empty, or it needs a family name." in said


def test_the_details_on_the_back_are_kept(blank):
    form = blank("feedback_card")
    filled(form, "feedback_card", birth_on="1990-05-03").save()
    assert form.shop_now().customer("C-desk-1").birth_on == date(1990, 5, 3)


def test_a_birthday_still_to_come_is_asked_again(blank):
    said = filled(blank("feedback_card"), "feedback_card", birth_on="2030-05-03").save()
    assert "2030-05-03 is after the day we first met. Ask again." in said[1]


@pytest.mark.parametrize(("name", "mark"), [("overall", 6), ("staff", 0), ("recommend", 11)])
def test_a_mark_is_one_of_those_on_the_card(blank, name, mark):
    said = blank("survey_card").fill(**{**SURVEY, name: mark}).save()
    assert said[1].startswith(f"'{mark}' is not a choice here. Choose ")


def test_a_signed_survey_is_about_the_last_order_or_case(blank, shop):
    last = shop.orders.dropna(subset=["customer_id"]).sort_values("ordered_at").iloc[-1]
    form = blank("survey_card")
    form.fill(**SURVEY, customer_id=last["customer_id"]).save()
    assert form.saved[0].about_id == last["order_id"]
    case = shop.claims.dropna(subset=["customer_id"]).sort_values("received_at").iloc[-1]
    form.fill(**{**SURVEY, "about": "handling"}, customer_id=case["customer_id"]).save()
    assert form.saved[1].about_id == case["claim_id"]


# ---- the website ----


def test_a_place_on_the_mailing_list_is_a_yes_to_news(blank):
    form = blank("website_form")
    said = form.fill(form="mailing_list", **MIRA).save()
    assert said[0] == "Saved as SU-desk-1, a place on the mailing list."
    kept = form.shop_now().consents.iloc[-1]
    assert (kept["customer_id"], kept["state"], kept["channel"]) == ("C-desk-1", "given", "website")


def test_a_message_is_no_yes_to_news(blank):
    form = blank("website_form")
    assert filled(form, "website_form").save()[-1] == "We answer by e-mail."
    assert len(form.shop_now().consents) == len(form.shop.consents)


def test_a_message_needs_its_words(blank):
    assert blank("website_form").fill(form="contact", **MIRA).save()[1:] == [
        "A message needs its words."
    ]


def test_the_mailing_list_needs_an_address(blank, shop):
    form = blank("website_form")
    without = shop.customers.loc[shop.customers["email"].isna(), "customer_id"].iloc[0]
    said = form.fill(form="mailing_list", customer_id=without).save()
    assert said[1:] == ["News comes by e-mail: at which address?"]
