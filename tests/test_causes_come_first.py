"""No event comes before its cause, and nothing has happened yet on the shop's today."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from shops import (
    MARKETS,
    claims_with_history,
    history,
    moments,
    never_before,
    shop_of,
    steps_in_columns,
)

from retailkit.generate import make_shop, plan_behind
from retailkit.generate.book import STATUS_AFTER
from retailkit.generate.handling import STEPS
from retailkit.markets import answer_days


@pytest.fixture(scope="module", params=[*MARKETS, "ES with every fault"])
def shop(request):
    return shop_of(request.param)


def test_nothing_has_happened_on_or_after_today(shop):
    for name, table in shop.tables.items():
        for column in moments(table):
            assert (table[column].dropna() < pd.Timestamp(shop.today)).all(), (name, column)


def test_nothing_happens_with_a_customer_before_the_shop_knows_them(shop):
    joined = shop.customers.set_index("customer_id")["joined_at"]
    for name, table in shop.tables.items():
        for column in moments(table) if "customer_id" in table.columns else ():
            known = table.dropna(subset=["customer_id", column])
            assert (known[column] >= known["customer_id"].map(joined)).all(), (name, column)


def test_orders_of_a_customer_are_numbered_as_they_came(shop):
    owner = shop.orders["order_id"].str.rsplit("-", n=1).str[0]
    assert (shop.orders.groupby(owner)["ordered_at"].diff().dropna() >= pd.Timedelta(0)).all()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("ordered_at", "paid"),
        ("ordered_at", "shipped"),
        ("ordered_at", "delivered"),
        ("ordered_at", "cancelled"),
        ("shipped", "delivered"),
        ("delivered", "returned"),
    ],
)
def test_no_event_of_an_order_comes_before_its_cause(shop, earlier, later):
    orders = history(shop)
    assert never_before(orders[earlier], orders[later])


def test_what_must_have_happened_before_has_happened(shop):
    orders = history(shop)
    sent = orders["place"] != "store"
    assert orders.loc[sent & orders["delivered"].notna(), "shipped"].notna().all()
    assert orders.loc[orders["returned"].notna(), "delivered"].notna().all()
    assert orders.loc[orders["cancelled"].notna(), ["shipped", "delivered"]].isna().all(axis=None)


def test_the_status_of_an_order_is_what_happened_to_it(shop):
    orders = history(shop)
    steps = ("cancelled", "returned", "delivered")
    expected = np.select([orders[step].notna() for step in steps], steps, default="open")
    assert (orders["status"] == expected).all()


def test_goods_from_the_counter_are_taken_along_at_once(shop):
    store = history(shop)[lambda orders: orders["place"] == "store"]
    assert (store["delivered"] == store["ordered_at"]).all()
    assert (store["paid"] == store["ordered_at"]).all()


def test_events_steps_and_answers_stand_from_first_to_last(shop):
    for table, key in ((shop.order_events, "order_id"), (shop.consents, "customer_id")):
        gaps = table.dropna(subset=["at"]).groupby(key)["at"].diff().dropna()
        assert (gaps >= pd.Timedelta(0)).all()


def test_steps_of_a_case_follow_each_other(shop):
    for _, steps in shop.claim_steps.groupby("claim_id"):
        assert steps["step"].iloc[0] == "received"
        assert all(one < two for one, two in pairwise(steps["at"]))


def test_every_case_is_first_written_down_when_it_is_received(shop):
    steps = steps_in_columns(shop)
    assert len(steps) == len(shop.claims)
    assert (steps["received"] == steps["received_at"]).all()


def test_the_status_of_a_case_agrees_with_its_last_step(shop):
    last = shop.claim_steps.groupby("claim_id")["step"].last()
    after = {step.value: status.value for step, status in zip(STEPS, STATUS_AFTER, strict=True)}
    status = shop.claims.set_index("claim_id")["status"]
    assert (last.map(after)[status.index] == status).all()


def test_steps_come_one_after_the_other(shop):
    steps = steps_in_columns(shop)
    taken = [step.value for step in STEPS if step.value in steps]
    for earlier, later in pairwise(taken):
        assert (steps[earlier] < steps[later])[steps[[earlier, later]].notna().all(axis=1)].all()


def test_the_desk_works_while_the_shop_is_open(shop):
    at = shop.claim_steps["at"]
    assert (at.dt.day_of_week < 6).all()
    assert at.dt.hour.between(9, 19).all()


def test_the_last_day_for_the_answer_is_the_markets(shop):
    received = shop.claims["received_at"].to_numpy().astype("datetime64[D]")
    expected = answer_days(received, shop.market).astype("datetime64[D]")
    assert (shop.claims["answer_by"].to_numpy().astype("datetime64[D]") == expected).all()


def test_what_really_happened_came_before_it_was_told(shop):
    _, lives = plan_behind(shop).lives(0)
    stories = lives.stories
    assert (stories.event <= stories.received.astype("datetime64[D]").astype(int)).all()


def test_only_a_slip_of_the_pen_puts_the_day_after_the_claim(shop):
    _, lives = plan_behind(shop).lives(0)
    wrong = shop.claims["event_on"].to_numpy().astype("datetime64[D]").astype(int)
    wrong = wrong != lives.stories.event
    table = claims_with_history(shop)
    impossible = (table["event_on"] < table["ordered_at"].dt.normalize()) | (
        table["event_on"] > table["received_at"]
    )
    assert 0 < impossible.mean() < 0.03
    assert not impossible[~wrong].any()
    assert impossible[wrong].all()


def test_nobody_complains_about_goods_that_have_not_come(shop):
    about_goods = claims_with_history(shop)[
        lambda table: ~table["reason"].isin(["not_delivered", "late"]) & table["order_id"].notna()
    ]
    assert never_before(about_goods["delivered"], about_goods["received_at"])
    how_it_was_handled = about_goods["reason"] == "complaint_handling"
    assert about_goods.loc[~how_it_was_handled, "delivered"].notna().all()


def test_nobody_complains_of_lateness_before_the_promised_day_is_over(shop):
    late = claims_with_history(shop)[lambda table: table["reason"] == "late"].dropna(
        subset=["order_id"]
    )
    assert (late["promised_on"] < late["received_at"].dt.normalize()).all()


@pytest.mark.parametrize("market", MARKETS)
def test_bad_installation_is_complained_about_after_the_installation(market):
    shop = make_shop(seed=7, customers=8000, market=market)
    services = shop.services[shop.services["activity"] == "installation"]
    complaints = shop.claims[shop.claims["reason"] == "service_quality"]
    both = complaints.merge(services, on=["order_id", "product_id"])
    assert never_before(both["at"], both["received_at"])


def test_a_question_is_answered_after_it_was_asked(shop):
    asked = shop.enquiries
    assert never_before(asked["at"], asked["answered_at"])
    assert (asked["follow_up_on"] > asked["at"]).all()
    assert (asked["answer"].isna() == asked["answered_at"].isna()).all()


def test_a_question_about_an_order_is_asked_after_it_was_placed(shop):
    asked = shop.enquiries.merge(shop.orders, on="order_id")
    assert never_before(asked["ordered_at"], asked["at"])


def test_who_asks_how_to_complain_has_something_to_complain_about(shop):
    _, lives = plan_behind(shop).lives(0)
    stories = lives.stories
    numbers = [
        f"EN-{customer:06d}-{number + 100}"
        for customer, number in zip(stories.customer, stories.number, strict=True)
    ]
    event = pd.Series(stories.event.astype("datetime64[D]").astype("datetime64[s]"), numbers)
    told = pd.Series(stories.received, numbers)
    asked = shop.enquiries[shop.enquiries["enquiry_id"].isin(numbers)]
    assert (asked["at"] >= asked["enquiry_id"].map(event)).all()
    assert (asked["at"] <= asked["enquiry_id"].map(told)).all()


def test_a_survey_is_filled_in_after_what_it_is_about(shop):
    delivered = history(shop)["delivered"]
    closed = steps_in_columns(shop)["closed"]
    surveys = shop.surveys
    after = surveys["about_id"].map(pd.concat([delivered, closed]))
    assert never_before(after, surveys["at"])
    assert after[surveys["about_id"].notna()].notna().all()


def test_a_warranty_card_lies_in_what_has_come(shop):
    cards = shop.warranty_cards
    order = "O-" + cards["card_id"].str.removeprefix("WC-").str.rsplit("-", n=1).str[0]
    assert order.map(history(shop)["delivered"]).notna().all()
    assert (order.map(history(shop)["ordered_at"]).dt.normalize() == cards["purchased_on"]).all()


def test_a_consent_is_given_when_the_customer_joins_and_taken_back_later(shop):
    consents = shop.consents.merge(shop.customers, on="customer_id")
    first = consents[~consents["state"].isin(["not_asked", "withdrawn"])]
    assert (first["at"] == first["joined_at"]).all()
    taken_back = consents[consents["state"] == "withdrawn"]
    assert (taken_back["at"] > taken_back["joined_at"]).all()
    assert consents.loc[consents["state"] == "not_asked", "at"].isna().all()


def test_service_comes_with_the_purchase_or_after_it(shop):
    services = shop.services.merge(history(shop), left_on="order_id", right_index=True)
    assert never_before(services["ordered_at"], services["at"])
    at_home = services[services["activity"].isin(["installation", "training", "warranty"])]
    kept = at_home.dropna(subset=["delivered"])
    assert (kept["at"] >= kept["delivered"]).all()


def test_nobody_is_served_with_what_they_have_sent_back(shop):
    services = shop.services.merge(history(shop), left_on="order_id", right_index=True)
    assert never_before(services["at"], services["returned"])


def test_a_letter_is_written_at_its_step(shop):
    steps = steps_in_columns(shop)
    step_of = {
        "acknowledgement": "acknowledged",
        "information_request": "information_asked",
        "reply": "information_received",
        "answer": "communicated",
        "feedback_request": "closed",
    }
    letters = shop.messages.dropna(subset=["claim_id"])
    assert set(letters["kind"]) == set(step_of)
    for kind, step in step_of.items():
        mine = letters[letters["kind"] == kind]
        assert (mine["claim_id"].map(steps[step]) == mine["at"]).all(), kind


def test_customers_were_born_before_they_joined(shop):
    customers = shop.customers
    assert never_before(customers["birth_on"], customers["joined_at"])
    assert never_before(customers["joined_at"], customers["last_verified_at"])
