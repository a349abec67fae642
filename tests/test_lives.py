"""Causes have effects: in one large shop, and beside a twin in which one thing is changed."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from shops import history

from retailkit.generate import make_shop, plan_of
from retailkit.generate.causes import bad_batch
from retailkit.procedure import Procedure
from retailkit.shop import RECORDS

MANY = 20_000


@pytest.fixture(scope="module")
def shop():
    return make_shop(seed=7, customers=MANY, market="ES", faults={})


@pytest.fixture(scope="module")
def slower():
    slow = Procedure(acknowledge_within_hours=72, answer_within_days=25)
    return make_shop(seed=7, customers=MANY, market="ES", faults={}, procedure=slow)


def marks_of_handling(shop):
    """Surveys about cases, each beside how its case was decided."""
    surveys = shop.surveys[shop.surveys["about"] == "handling"].dropna(subset=["about_id"])
    decided = shop.claim_steps[shop.claim_steps["step"] == "decided"].set_index("claim_id")
    return surveys.assign(outcome=surveys["about_id"].map(decided["outcome"]))


# ---- what people buy ----


def test_few_customers_buy_much_and_many_buy_little(shop):
    orders = shop.orders["customer_id"].value_counts()
    best = orders.head(len(shop.customers) // 5).sum() / orders.sum()
    assert 0.45 < best < 0.75
    assert 0.08 < 1 - len(orders) / len(shop.customers) < 0.16


def test_there_are_seasons_and_growth(shop):
    month = shop.orders["ordered_at"].dt.to_period("M").value_counts().sort_index()
    assert month["2025-12"] > 1.15 * month["2025-09"]
    assert month["2025-08"] < month["2025-07"]
    by_day = shop.orders["ordered_at"].dt.day_of_week.value_counts()
    assert by_day[5] > by_day[1]
    assert month["2025-07":"2026-06"].sum() > month["2023-07":"2024-06"].sum()


def test_families_share_a_home_and_a_name():
    people = make_shop(seed=7, customers=2000, market="GB", faults={}).customers
    at_home = people.groupby("household_id")["customer_id"].transform("size")
    assert 0.2 < (at_home > 1).mean() < 0.3
    families = people[at_home > 1].groupby("household_id")["family_name"]
    # the others are flatmates
    assert 0.6 < (families.nunique() < families.size()).mean() < 0.95


def test_the_middle_basket_is_near_the_middle_amount(shop):
    assert 40 <= shop.orders["total"].median() <= 80


# ---- what follows from what ----


def test_a_late_delivery_costs_about_1_7_marks(shop):
    orders = history(shop)
    late = orders["delivered"].dt.normalize() > orders["promised_on"]
    surveys = shop.surveys[shop.surveys["about"] == "purchase"].dropna(subset=["about_id"])
    mark = surveys["overall"].groupby(surveys["about_id"].map(late)).mean()
    assert 1.4 < mark[False] - mark[True] < 2.0


def test_whoever_is_refused_is_less_satisfied_with_the_handling(shop):
    mark = marks_of_handling(shop).groupby("outcome")["overall"].mean()
    assert mark["accepted"] > mark["partly"] > mark["refused"]
    assert mark["accepted"] - mark["refused"] > 1.2


def test_unhappy_customers_come_back_less(shop):
    lives = plan_of(seed=7, customers=8192, market="ES", faults={}).lives(0)[1]
    first = lives.orders.number == 1
    second = lives.orders.number == 2
    might = set(lives.orders.person[second].tolist())
    came = set(lives.orders.person[second & lives.placed].tolist())
    by_mark = pd.DataFrame({"mark": lives.satisfied[first], "person": lives.orders.person[first]})
    by_mark = by_mark[by_mark["person"].isin(might)]
    share = by_mark["person"].isin(came).groupby(by_mark["mark"]).mean()
    assert share[1] < share[2] < share[3] < share[5]
    assert share[5] - share[1] > 0.25


def test_whoever_is_satisfied_recommends_the_shop(shop):
    likely = shop.surveys.groupby("overall")["recommend"].mean()
    assert likely.is_monotonic_increasing
    assert likely[5] > 9
    assert likely[1] < 4


# ---- twins: one thing is changed ----


def test_a_slower_procedure_changes_outcomes_and_nothing_that_came_before(shop, slower):
    for name in ("customers", "products", "consents"):
        assert_frame_equal(shop.tables[name], slower.tables[name])
    both = shop.orders.merge(slower.orders, on="order_id", suffixes=("", "_twin"))
    for column in ("ordered_at", "total", "place", "customer_id", "promised_on"):
        assert both[column].equals(both[f"{column}_twin"].rename(column)), column
    assert len(both) > 0.97 * len(shop.orders)
    first = shop.orders.groupby(shop.orders["order_id"].str.rsplit("-", n=1).str[0]).first()
    assert first["order_id"].isin(slower.orders["order_id"]).all()
    told = shop.claims.merge(slower.claims, on="claim_id", suffixes=("", "_twin"))
    for column in ("received_at", "narrative", "wants", "amount", "reason", "answer_by"):
        assert told[column].equals(told[f"{column}_twin"].rename(column)), column
    assert not shop.claim_steps.equals(slower.claim_steps)


def test_a_slower_procedure_leaves_customers_less_satisfied_with_the_handling(shop, slower):
    mine, theirs = marks_of_handling(shop), marks_of_handling(slower)
    assert mine["overall"].mean() - theirs["overall"].mean() > 0.3


def test_a_procedure_that_keeps_no_promise_of_the_law_breaks_deadlines(shop):
    late = make_shop(
        seed=7, customers=2000, market="ES", faults={}, procedure=Procedure(answer_within_days=60)
    )
    assert share_answered_late(late) > 0.3
    assert 0 < share_answered_late(shop) < 0.08


def share_answered_late(shop):
    answered = shop.claim_steps[shop.claim_steps["step"] == "communicated"]
    last = answered["claim_id"].map(shop.claims.set_index("claim_id")["answer_by"])
    return (answered["at"].dt.normalize() > last).mean()


def test_acknowledgements_keep_the_promise(shop, slower):
    for one, hours in ((shop, 2), (slower, 72)):
        steps = one.claim_steps[one.claim_steps["step"] == "acknowledged"]
        received = steps["claim_id"].map(one.claims.set_index("claim_id")["received_at"])
        assert (steps["at"] > received).all()
        assert (steps["at"] - received <= pd.Timedelta(hours=hours)).all()


def test_a_late_acknowledgement_that_is_planted_is_late():
    one = make_shop(seed=7, customers=2000, market="ES", faults={"late_acknowledgement": 1})
    closed = one.claims[one.claims["status"] == "closed"].set_index("claim_id")["received_at"]
    steps = one.claim_steps[one.claim_steps["step"] == "acknowledged"].set_index("claim_id")["at"]
    assert (steps[closed.index] - closed > pd.Timedelta(hours=2)).all()


def test_where_causes_are_not_reviewed_a_bad_batch_is_complained_about_for_longer(shop):
    careless = make_shop(
        seed=7,
        customers=MANY,
        market="ES",
        faults={},
        procedure=Procedure(reviews_causes=False),
    )
    product = f"P-{bad_batch('ES', 7)[0] + 1:02d}"
    claims, more = (
        ((one.claims["product_id"] == product) & (one.claims["reason"] == "defective")).sum()
        for one in (shop, careless)
    )
    assert more > 1.5 * claims


def test_a_bad_batch_shows_itself_in_several_homes_within_a_month(shop):
    product = f"P-{bad_batch('ES', 7)[0] + 1:02d}"
    claims = shop.claims[(shop.claims["product_id"] == product)]
    months = claims["received_at"].dt.to_period("M").value_counts()
    assert months.max() > 3 * months.median()


def test_the_fee_of_the_procedure_is_on_the_first_step():
    steps = make_shop(seed=7, customers=100, procedure=Procedure(fee=2)).claim_steps
    assert (steps.loc[steps["step"] == "received", "fee"] == 2).all()
    assert steps.loc[steps["step"] != "received", "fee"].isna().all()


def test_nobody_decides_about_their_own_conduct(shop):
    decided = shop.claim_steps[shop.claim_steps["step"] == "decided"]
    about = decided["claim_id"].map(shop.claims.set_index("claim_id")["about_staff"]).dropna()
    assert len(about)
    assert (decided.loc[about.index, "staff_id"] != about).all()


def test_a_twin_has_the_same_tables(shop, slower):
    assert list(shop.tables) == list(slower.tables) == list(RECORDS)
