"""Which way brought which facts, counted from the tables, and drawn."""

import re

import pytest
from small_shop import ANA, claim, small_shop
from sweeps import mostly_slow

import retailkit as rk
from retailkit.customers import (
    CollectionChannel,
    Consent,
    Customer,
    Feedback,
    Signup,
    Survey,
)
from retailkit.orders import Enquiry, Order, WarrantyCard
from retailkit.ways import CustomerFact, unsigned_cards

BEN = Customer(customer_id="C-2", given_name="Ben", channel="survey")
NOBODY = Customer(customer_id="C-3", channel="survey")


def told(shop, way):
    """What a way told us of, as facts with the number of customers."""
    row = rk.facts_by_way(shop).loc[way]
    return {name: number for name, number in row.items() if number}


def test_there_is_a_row_for_each_way_and_a_column_for_each_fact():
    facts = rk.facts_by_way(small_shop())
    assert facts.index.to_list() == [way.value for way in CollectionChannel]
    assert facts.columns.to_list() == [*(fact.value for fact in CustomerFact), "customers"]


def test_who_somebody_is_counts_for_the_way_by_which_they_first_came():
    shop = small_shop(orders=(), customers=[ANA, BEN, NOBODY])
    assert told(shop, "survey") == {"person": 1, "customers": 1}


def test_a_customer_with_many_forms_counts_once():
    cards = [WarrantyCard(card_id=f"WC-{n}", customer_id="C-1", product_id="P-1") for n in (1, 2)]
    assert told(small_shop(warranty_cards=cards), "warranty_card") == {"goods": 1, "customers": 1}


def test_what_was_taken_along_at_once_needed_no_order_form():
    at_once = Order(order_id="O-1", customer_id="C-1", place="store", prepaid=False)
    ahead = Order(order_id="O-2", customer_id="C-2", place="store", prepaid=True)
    later = Order(order_id="O-3", customer_id="C-3", place="phone", promised_on="2026-03-05")
    shop = small_shop(orders=[at_once, ahead, later])
    assert told(shop, "order_form") == {"goods": 2, "customers": 2}


def test_a_guests_order_tells_of_no_customer():
    guest = Order(order_id="O-1", prepaid=True)
    assert told(small_shop(orders=[guest]), "order_form") == {}


def test_an_enquiry_tells_a_question_and_perhaps_the_goods():
    asked = [
        Enquiry(enquiry_id="EN-1", customer_id="C-1", question="When?", order_id="O-1"),
        Enquiry(enquiry_id="EN-2", customer_id="C-2", question="How?"),
    ]
    assert told(small_shop(enquiries=asked), "enquiry") == {
        "goods": 1,
        "question": 2,
        "customers": 2,
    }


def test_a_complaint_tells_trouble_and_goods():
    shop = small_shop(claim(), claim(claim_id="CL-2", customer_id=None))
    assert told(shop, "complaint") == {"goods": 1, "trouble": 1, "customers": 1}


def test_an_anonymous_card_tells_of_nobody_and_is_counted_beside():
    surveys = [
        Survey(survey_id="SV-1", about="purchase", overall=2),
        Survey(survey_id="SV-2", about="purchase", overall=4, customer_id="C-1", about_id="O-1"),
    ]
    said = [Feedback(feedback_id="F-1", topic="open", text="Nice.")]
    shop = small_shop(surveys=surveys, feedback=said)
    assert told(shop, "survey") == {"goods": 1, "opinion": 1, "customers": 1}
    assert told(shop, "feedback") == {}
    assert unsigned_cards(shop) == {"survey": 1, "feedback": 1}


def test_a_message_on_the_website_is_a_question_and_the_list_is_none():
    forms = [
        Signup(signup_id="SU-1", customer_id="C-1", form="contact", text="When?"),
        Signup(signup_id="SU-2", customer_id="C-2", form="mailing_list", text="Me, please."),
    ]
    assert told(small_shop(signups=forms), "website") == {"question": 1, "customers": 1}


@pytest.mark.parametrize(
    ("state", "purpose", "counts"),
    [
        ("given", "marketing", 1),
        ("declined", "marketing", 1),
        ("not_asked", "marketing", 0),
        ("given", "surveys", 0),
    ],
)
def test_an_answer_about_news_counts_where_they_were_asked(state, purpose, counts):
    answer = Consent(
        consent_id="CO-1", customer_id="C-1", purpose=purpose, state=state, channel="website"
    )
    facts = rk.facts_by_way(small_shop(consents=[answer]))
    assert facts["news"].to_dict() == {
        way.value: counts if way == "website" else 0 for way in CollectionChannel
    }


def test_what_comes_in_at_the_desk_counts_at_once():
    form = rk.forms.enquiry_form(small_shop())
    form.fill(given_name="Mira", family_name="Okafor", email="mira@example.com", news="no")
    form.fill(channel="phone", question="Is there a white one?", follow_up_on="2026-04-03").save()
    assert told(form.shop_now(), "enquiry") == {
        "person": 1,
        "question": 1,
        "news": 1,
        "customers": 1,
    }


# ---- the picture ----


def title_of(chart):
    return chart.get_suptitle()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_title_lies_within_the_picture(language, monkeypatch):
    monkeypatch.setenv("RETAILKIT_LANG", language)
    chart = rk.figures.ways(rk.my_shop(lesson=3))
    chart.draw_without_rendering()
    title = next(text for text in chart.texts if text.get_text() == title_of(chart))
    box = title.get_window_extent()
    assert 0 <= box.x0 < box.x1 <= chart.bbox.width


@pytest.mark.parametrize("seed", mostly_slow(range(20), 5))
def test_the_title_counts_the_customers_of_the_widest_and_the_narrowest_way(seed):
    market = ("ES", "IN", "GB", "generic")[seed % 4]
    shop = rk.make_shop(seed=seed, customers=120 + 40 * seed, market=market)
    facts = rk.facts_by_way(shop)
    title = title_of(rk.figures.ways(shop))
    most, least = re.fullmatch(
        r".+ tell of ([\d,]+) customers, .+ of ([\d,]+|none)", title
    ).groups()
    assert int(most.replace(",", "")) == facts["customers"].max()
    assert int(least.replace(",", "").replace("none", "0")) == facts["customers"].min()
    assert len(title) <= 62


@pytest.mark.parametrize("seed", mostly_slow(range(20), 5))
def test_the_words_hold_every_number_of_the_picture(seed):
    shop = rk.make_shop(seed=seed, customers=200)
    chart = rk.figures.ways(shop)
    facts = rk.facts_by_way(shop).drop(columns="customers")
    drawn = [text.get_text() for text in chart.axes[0].texts]
    assert drawn == [f"{number:,}" for number in facts.to_numpy().ravel() if number]
    for fact in facts:
        for number in facts[fact]:
            assert not number or f"{fact} {number:,}" in chart.words


def test_the_words_name_the_cards_without_a_name():
    surveys = [Survey(survey_id=f"SV-{n}", about="purchase", overall=2) for n in (1, 2)]
    words = rk.figures.ways(small_shop(surveys=surveys)).words
    assert words.endswith("Without a name: 2 survey cards.")


def test_a_way_that_told_nothing_says_so():
    words = rk.figures.ways(small_shop()).words
    assert words.startswith("Grid. Order forms tell of 1 customer, enquiries of none.")
    assert "Warranty cards: nothing." in words


def test_a_shop_that_knows_nobody_has_no_picture():
    with pytest.raises(ValueError, match="No form has told us of a customer yet"):
        rk.figures.ways(small_shop(orders=()))
