"""After-sales service: who may be contacted, what is planned, and where a request belongs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from served_shop import bought, card, consent, customer, served_shop, service

import retailkit as rk
from retailkit.services import SUPPORT, TERMS, AfterSalesBenefit, SupportActivity, service_type_of

ON = "2026-06-30"
BIRTHDAY = customer(birth_on="1990-07-10")
QUIET = bought("P-1", "2025-06-01T10:00", "O-1"), bought("P-1", "2025-09-01T10:00", "O-2")


def plan(*parts, on=ON, budget=None, **rows):
    return rk.plan_after_sales(served_shop(*parts, **rows), on=on, budget=budget)


# ---- who may be contacted ----


def may(*consents, at=ON):
    return rk.may_contact(served_shop(consents=consents), "C-1", "marketing", at)


def test_only_a_yes_is_a_yes():
    assert may(consent("given"))
    assert not may()
    assert not may(consent("declined"))
    assert not may(consent("not_asked", at=None))
    assert not may(consent("given", purpose="surveys"))


def test_the_latest_answer_before_the_moment_decides():
    answers = consent("given", "2024-01-02T09:00"), consent("withdrawn", "2025-03-01T12:00")
    assert not may(*answers)
    assert may(*answers, at="2025-03-01T11:59")
    assert not may(*answers, at="2025-03-01T12:00")
    assert not may(*answers, at="2024-01-02T08:59")
    assert may(*answers, consent("given", "2026-01-01T09:00"))


def test_of_two_answers_of_one_moment_the_no_holds():
    assert not may(consent("declined"), consent("given"))
    assert not may(consent("given"), consent("declined"))


def test_a_yes_on_a_complaint_form_counts_for_nothing_and_a_no_there_holds():
    assert not may(consent("given", channel="complaint"))
    assert not may(consent("given"), consent("withdrawn", "2025-03-01T12:00", channel="complaint"))


def test_a_yes_without_a_date_is_none_and_a_no_without_a_date_holds():
    assert not may(consent("given", at=None))
    assert not may(consent("given"), consent("declined", at=None))
    assert may(consent("not_asked", at=None), consent("given"))


def test_a_permission_names_its_consent_and_says_why():
    yes = may(consent("given", consent_id="CO-7"))
    assert (yes.consent_id, str(yes)) == ("CO-7", "Yes: said yes to marketing on 2 January 2024.")
    no = may(consent("given"), consent("withdrawn", "2025-03-01T12:00"))
    assert (no.consent_id, str(no)) == (None, "No: took the yes to marketing back on 1 March 2025.")
    assert str(may()) == "No: has not answered about marketing by then."


def test_all_customers_at_once_get_the_same_answers_as_one_by_one():
    shop = rk.make_shop(seed=3, customers=60)
    everybody = rk.may_contact(shop, at="2025-06-01")
    assert everybody["may"].nunique() == 2
    for number, row in everybody.iterrows():
        assert bool(rk.may_contact(shop, number, at="2025-06-01")) == row["may"]


def test_a_wrong_customer_purpose_or_moment_is_told_in_a_sentence():
    shop = served_shop()
    with pytest.raises(ValueError, match="The list of customers has no 'C-2'. Did you mean 'C-1'"):
        rk.may_contact(shop, "C-2")
    with pytest.raises(ValueError, match="'offers' is not a purpose. Choose marketing"):
        rk.may_contact(shop, "C-1", "offers")
    with pytest.raises(ValueError, match="at: 'soon' is not a date"):
        rk.may_contact(shop, "C-1", at="soon")


# ---- the plan ----


def test_a_guarantee_about_to_end_is_told_without_a_consent():
    [row] = plan(bought("P-1", "2024-07-10T10:00"), warranty_cards=[card("2026-07-09")]).to_dict(
        "records"
    )
    assert (row["service_type"], row["activity"]) == ("security", "warranty")
    assert row["why"] == "The guarantee of the kettle ends on 9 July 2026."
    assert (row["when"], row["cost"]) == (pd.Timestamp(ON), 1.2)
    assert pd.isna(row["by_consent"])


def test_a_guarantee_is_told_thirty_days_before_and_not_after_its_end():
    mine = bought("P-1", "2024-07-10T10:00")
    [when] = plan(mine, warranty_cards=[card("2026-08-10")])["when"]
    assert when == pd.Timestamp("2026-07-11")
    assert plan(mine, warranty_cards=[card("2026-06-29")]).empty
    assert plan(mine, warranty_cards=[card("2026-09-30")]).empty


def test_goods_that_went_back_have_no_guarantee_to_tell_of():
    back = bought("P-1", "2024-07-10T10:00", returned_at="2024-07-15T10:00")
    assert plan(back, warranty_cards=[card("2026-07-09")]).empty


@pytest.mark.parametrize(
    ("product_id", "activity", "support_type"),
    [("P-2", "training", "training"), ("P-3", "installation", None)],
)
def test_goods_that_need_something_get_it_once(product_id, activity, support_type):
    goods = bought(product_id, "2026-06-20T10:00")
    [row] = plan(goods).to_dict("records")
    assert (row["service_type"], row["activity"]) == ("maintenance", activity)
    assert row["support_type"] == support_type or pd.isna(row["support_type"])
    done = service(activity, "2026-06-21T10:00", order_id="O-1", product_id=product_id)
    assert plan(goods, services=[done], on="2026-07-25").empty
    for_another = replace(done, product_id="P-1", at="2026-05-01T10:00")
    assert len(plan(goods, services=[for_another])) == 1


def test_goods_that_came_long_ago_or_go_to_a_guest_are_left_alone():
    assert plan(bought("P-2", "2026-01-20T10:00")).empty
    assert plan(bought("P-2", "2026-06-20T10:00", customer_id=None)).empty


def test_a_birthday_card_goes_out_on_the_day_by_a_consent():
    rows = {"customers": [BIRTHDAY]}
    [row] = plan(**rows, consents=[consent(consent_id="CO-7")]).to_dict("records")
    assert (row["service_type"], row["when"]) == ("psychological", pd.Timestamp("2026-07-10"))
    assert (row["by_consent"], row["why"]) == ("CO-7", "The birthday is on 10 July.")
    assert plan(**rows).empty
    assert plan(**rows, consents=[consent()], on="2026-07-11").empty


def test_a_birthday_at_the_turn_of_the_year_is_found():
    rows = {"customers": [customer(birth_on="1990-01-03")], "consents": [consent()]}
    [when] = plan(**rows, on="2026-12-20")["when"]
    assert when == pd.Timestamp("2027-01-03")


def test_quiet_customers_get_an_offer_if_they_said_yes():
    [row] = plan(*QUIET, consents=[consent()]).to_dict("records")
    assert (row["service_type"], row["activity"]) == ("promotional", "offer")
    assert row["why"] == "Bought on 2 days, and not since 1 September 2025."
    assert plan(*QUIET).empty
    assert plan(QUIET[0], consents=[consent()]).empty
    assert plan(*QUIET, consents=[consent()], on="2025-10-01").empty


def test_nobody_is_contacted_twice_and_the_most_important_occasion_counts():
    rows = {"customers": [BIRTHDAY], "consents": [consent()]}
    made = plan(*QUIET, bought("P-2", "2026-06-20T10:00", "O-3"), **rows)
    assert made["activity"].to_list() == ["training"]
    assert "1 occasion of customers who are contacted for something more" in str(rk.notes(made))


def test_whoever_was_contacted_less_than_a_month_ago_is_left_in_peace_so_long():
    goods = bought("P-2", "2026-06-20T10:00")
    lately = service("offer", "2026-06-15T10:00")
    [when] = plan(goods, services=[lately])["when"]
    assert when == pd.Timestamp("2026-07-15")
    rows = {"customers": [BIRTHDAY], "consents": [consent()]}
    assert plan(**rows, services=[lately]).empty


def test_whoever_cannot_be_reached_is_not_in_the_plan():
    nobody = customer(birth_on="1990-07-10", email=None)
    assert plan(customers=[nobody], consents=[consent()]).empty


def test_a_budget_is_spent_by_importance():
    two = [customer(), customer("C-2", birth_on="1990-07-10")]
    rows = {"customers": two, "consents": [consent(customer_id="C-2")]}
    goods = bought("P-2", "2026-06-20T10:00")
    assert plan(goods, **rows)["activity"].to_list() == ["training", "greeting"]
    assert plan(goods, **rows, budget=22)["activity"].to_list() == ["training"]
    assert plan(goods, **rows, budget=2)["activity"].to_list() == ["greeting"]
    assert plan(goods, **rows, budget=0).empty


def test_what_comes_later_is_not_known_yet():
    assert plan(bought("P-2", "2026-06-20T10:00"), on="2026-06-20").empty
    assert plan(customers=[customer(birth_on="1990-07-10", joined_at="2026-07-01")]).empty


@pytest.mark.parametrize("on", ["soon", "2026-02-30", 7, None])
def test_a_day_that_is_no_date_is_told_in_a_sentence(on):
    with pytest.raises(ValueError, match=r"on is .*'2026-0\d-\d\d'"):
        plan(on=on)


@pytest.mark.parametrize("budget", [-1, float("nan"), "much", True])
def test_a_budget_that_is_no_amount_is_told_in_a_sentence(budget):
    with pytest.raises(ValueError, match="which is no amount. Give 0 or more, like 250"):
        plan(budget=budget)


def test_a_shop_without_records_has_an_empty_plan_with_every_column():
    full = list(plan(bought("P-2", "2026-06-20T10:00")).columns)
    for empty in (plan(), plan(customers=[])):
        assert empty.empty
        assert list(empty.columns) == full


def test_a_plan_reads_nothing_but_records():
    shop = rk.make_shop(seed=7, customers=300)
    made = rk.plan_after_sales(shop, on=ON)
    again = rk.plan_after_sales(replace(shop, origin=None, seed=99), on=ON)
    pd.testing.assert_frame_equal(made, again)
    assert made["customer_id"].is_unique
    assert len(made)


HISTORIES = 10_000
STATES = np.array(["given", "declined", "not_asked", "withdrawn"])


def random_answers(lot):
    """Up to four answers of each of 10,000 customers, some without a date, some at one moment."""
    who = np.repeat(np.arange(HISTORIES), lot.integers(0, 5, HISTORIES))
    hours = lot.integers(0, 60, len(who)) * 12
    at = np.datetime64("2026-06-20T00:00:00") + hours.astype("timedelta64[h]")
    channels = np.array(["website", "complaint", "survey"])
    return pd.DataFrame(
        {
            "consent_id": pd.Series(np.arange(len(who))).map("CO-{}".format).astype("str"),
            "customer_id": pd.Series(who).map("C-{}".format).astype("str"),
            "purpose": lot.choice(["marketing", "surveys"], len(who), p=[0.9, 0.1]),
            "state": lot.choice(STATES, len(who), p=[0.7, 0.1, 0.1, 0.1]),
            "at": pd.Series(np.where(lot.random(len(who)) < 0.05, np.datetime64("NaT", "s"), at)),
            "channel": lot.choice(channels, len(who), p=[0.85, 0.1, 0.05]),
            "wording": None,
        }
    ).astype({"at": "datetime64[s]"})


def is_alive(answers, moment):
    """Whether the yes is alive, worked out answer by answer."""
    holds = None
    for state, at, channel in sorted(answers, key=lambda a: (a[1], a[0] != "given")):
        if at <= moment and state != "not_asked" and (state, channel) != ("given", "complaint"):
            holds = state
    return holds == "given"


@pytest.mark.slow
def test_over_ten_thousand_histories_no_card_or_offer_goes_out_without_a_living_consent():
    lot = np.random.default_rng(6)
    numbers = [f"C-{number}" for number in range(HISTORIES)]
    days = pd.Timestamp("1990-06-20") + pd.to_timedelta(lot.integers(0, 45, HISTORIES), unit="D")
    people = [customer(name, birth_on=day) for name, day in zip(numbers, days, strict=True)]
    some = served_shop(customers=people)
    answers = random_answers(lot)
    shop = replace(some, tables={**some.tables, "consents": answers})
    known = answers[(answers["purpose"] == "marketing") & answers["at"].notna()]
    columns = ["state", "at", "channel"]
    by_customer = {name: rows[columns].to_numpy() for name, rows in known.groupby("customer_id")}
    planned = 0
    for on in ("2026-06-20", "2026-06-30", "2026-07-05"):
        made = rk.plan_after_sales(shop, on=on)
        planned += len(made)
        for name, when in zip(made["customer_id"], made["when"], strict=True):
            for hour in (0, 10, 23):
                assert is_alive(by_customer[name], when + pd.Timedelta(hours=hour)), name
    assert planned > 1500


# ---- where a request belongs ----


@pytest.mark.parametrize(
    ("request_", "support_type", "activity"),
    [
        ("My new phone will not connect to the internet.", "online_technical", "other"),
        ("The television says 'error 12' after the update.", "online_technical", "other"),
        ("I'm here at the counter, which one suits a small kitchen?", "onsite_customer", "other"),
        ("Could somebody teach my grandfather to use the tablet?", "training", "training"),
        ("Is there a workshop for beginners?", "training", "training"),
        ("The toaster is broken and still under warranty.", None, "warranty"),
        ("Please come and install the washing machine.", None, "installation"),
        ("No consigo conectar el portátil a la wifi.", "online_technical", "other"),
        ("Estoy aquí, en la tienda. ¿Cuál me conviene?", "onsite_customer", "other"),
        ("Quisiera aprender a manejar la tableta.", "training", "training"),
        ("¿Me enseñan aquí mismo cómo se abre?", "onsite_customer", "other"),
        ("¿Alguien puede enseñar a mi abuela a usar el audífono?", "training", "training"),
        ("La cafetera está averiada y tiene garantía.", None, "warranty"),
        ("¿Pueden venir a instalar la lavadora?", None, "installation"),
        ("मोबाइल वाई-फाई से कनेक्ट नहीं हो रहा है।", "online_technical", "other"),
        ("मैं दुकान में हूँ, कौन सा पंखा अच्छा रहेगा?", "onsite_customer", "other"),
        ("कौन-सा बटन दबाऊँ? स्क्रीन काली है।", "online_technical", "other"),
        ("मैं लैपटॉप चलाना सीखना चाहता हूँ।", "training", "training"),
        ("केतली खराब हो गई है, गारंटी में है।", None, "warranty"),
        ("कृपया पंखा लगवा दीजिए।", None, "installation"),
    ],
)
def test_a_request_is_read_in_three_languages(request_, support_type, activity):
    advice = rk.right_support(request_)
    assert (advice.support_type, advice.activity) == (support_type, activity)
    assert advice.provider == "retailer"


def test_the_goods_decide_where_the_words_tell_nothing():
    assert rk.right_support("Hello, a question.", "electronics").support_type == "online_technical"
    assert rk.right_support("Hello, a question.", "kitchen").support_type is None
    assert rk.right_support(None).activity is None
    assert "ask whether the customer is in the store" in str(rk.right_support("Hello."))


def test_advice_says_the_word_it_goes_by():
    advice = rk.right_support("A COURSE for the tablet, please!")
    assert str(advice) == (
        'Training by the retailer: the customer wants to learn how to use it ("course").'
    )
    assert advice.service_type == "maintenance"


@pytest.mark.parametrize("market", ["generic", "ES", "IN"])
def test_nearly_all_requests_of_a_made_shop_are_sent_as_they_were_meant(market):
    shop = rk.make_shop(seed=11, customers=1500, market=market, faults={})
    asked = shop.services.dropna(subset="request")
    advice = [rk.right_support(text) for text in asked["request"]]
    meant = asked["support_type"].fillna("none").to_list()
    same = [(one.support_type or "none") == kind for one, kind in zip(advice, meant, strict=True)]
    assert np.mean(same) >= 0.95


def test_requests_sent_wrongly_are_found():
    shop = rk.make_shop(seed=11, customers=1500, faults={"wrong_support": 0.12})
    asked = shop.services.dropna(subset=["request", "support_type"])
    advice = [rk.right_support(text).support_type for text in asked["request"]]
    found = asked.loc[np.array(advice) != asked["support_type"].to_numpy(), "service_id"]
    planted = rk.generate.planted_faults(shop)
    assert set(found) == set(planted.loc[planted["fault"] == "wrong_support", "row"])


# ---- the words and what they need ----


def test_what_is_owed_needs_no_consent_and_carries_no_advertising():
    for kind, terms in TERMS.items():
        assert terms.may_advertise == (terms.consent is not None), kind
    assert {kind for kind in TERMS if TERMS[kind].consent} == {"promotional", "psychological"}


def test_every_activity_belongs_to_one_kind_of_service():
    assert [service_type_of(activity) for activity in SupportActivity]
    assert sum(len(terms.activities) for terms in TERMS.values()) == len(SupportActivity)


def test_every_kind_of_support_has_a_provider_and_there_are_six_benefits():
    assert set(SUPPORT) == set(rk.SupportType)
    assert all(support.providers and support.activities for support in SUPPORT.values())
    assert len(AfterSalesBenefit) == 6
