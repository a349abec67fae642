"""Insight: what is counted, what is left out, what is said, and what any shop may bring."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_orders import random_orders

import retailkit as rk
from retailkit.insight.opinion import net_interval
from retailkit.insight.value import scores

ORDERS = pd.DataFrame(
    {
        "id": ["ana", "ana", "ana", "ben", None, "eva"],
        "date": [
            "2026-01-05",
            "2026-01-05",
            "2026-03-02",
            "2026-02-10",
            "2026-02-11",
            "2026-03-20",
        ],
        "amount": [30.0, 10.0, 20.0, 40.0, 500.0, 0.0],
    }
)
NAMES = {"customer": "id", "date": "date", "amount": "amount"}
WHEN = {"date": "date", "amount": "amount"}
REPORTS = [rk.rfm, rk.best_customers, rk.cohorts, rk.repeat_purchase]


def said(result):
    return " ".join(rk.notes(result))


def test_several_orders_of_one_day_are_one_purchase_and_that_is_said():
    customers = rk.rfm(ORDERS, **NAMES)
    assert customers.loc["ana", "frequency"] == 2
    assert customers.loc["ana", "money"] == 60
    assert "1 order came on top of another that day" in said(customers)


def test_recency_has_two_meanings_and_each_its_own_name():
    ana = rk.rfm(ORDERS, **NAMES, on="2026-03-12").loc["ana"]
    assert (ana["days_since_last"], ana["first_to_last"], ana["days_since_first"]) == (10, 56, 66)


def test_one_looks_back_from_the_last_day_in_the_table_if_no_other_is_named():
    assert rk.rfm(ORDERS, **NAMES).loc["eva", "days_since_last"] == 0
    assert "20 March 2026, the last day in the table" in said(rk.rfm(ORDERS, **NAMES))


def test_what_is_later_than_the_day_is_left_out_and_said():
    customers = rk.rfm(ORDERS, **NAMES, on=date(2026, 3, 1))
    assert customers.index.to_list() == ["ana", "ben"]
    assert "Left out: 2 orders later than 1 March 2026." in said(customers)


def test_a_guest_is_no_customer_and_that_is_said():
    customers = rk.rfm(ORDERS.replace({"id": {"eva": "  "}}), **NAMES)
    assert customers.index.to_list() == ["ana", "ben"]
    assert "Left out: 2 orders by guests" in said(customers)


def test_an_order_at_zero_is_a_purchase_without_money():
    customers = rk.rfm(ORDERS, **NAMES)
    assert (customers.loc["eva", "frequency"], customers.loc["eva", "money"]) == (1, 0)
    assert "1 order at 0" in said(customers)


def test_money_that_went_back_is_taken_off_and_is_no_purchase():
    back = pd.DataFrame({"id": ["ben", "uma"], "date": "2026-02-20", "amount": [-15.0, -9.0]})
    customers = rk.rfm(pd.concat([ORDERS, back]), **NAMES)
    assert (customers.loc["ben", "frequency"], customers.loc["ben", "money"]) == (1, 25)
    assert "uma" not in customers.index
    assert "2 orders with an amount below 0" in said(customers)
    assert "1 customer with money back and no purchase" in said(customers)


@pytest.mark.parametrize("column", ["status", "order_status"])
def test_a_cancelled_or_returned_order_is_no_purchase_and_that_is_said(column):
    status = ["Cancelled", "open", "returned ", None, "delivered", "delivered"]
    customers = rk.rfm(ORDERS.assign(**{column: status}), **NAMES)
    assert (customers.loc["ana", "frequency"], customers.loc["ana", "money"]) == (1, 10)
    assert "Left out: 1 order cancelled. Left out: 1 order returned." in said(customers)


def test_the_column_with_the_status_can_be_named():
    orders = ORDERS.assign(state=["void", "ok", "ok", "ok", "ok", "ok"])
    assert rk.rfm(orders, **NAMES, status="state").loc["ana", "money"] == 30


@pytest.mark.parametrize(("column", "words"), [("date", "a date"), ("amount", "an amount")])
def test_an_order_without_a_date_or_an_amount_is_left_out_and_said(column, words):
    customers = rk.rfm(
        ORDERS.assign(**{column: ORDERS[column].mask(ORDERS["id"] == "ben")}), **NAMES
    )
    assert "ben" not in customers.index
    assert f"Left out: 1 order without {words}." in said(customers)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_the_same_value_has_the_same_score_and_a_higher_one_no_lower(values):
    table = pd.DataFrame({"value": values, "score": scores(pd.Series(values))})
    by_value = table.groupby("value")["score"].agg(["min", "max"])
    assert (by_value["min"] == by_value["max"]).all()
    assert by_value["min"].is_monotonic_increasing
    assert table["score"].between(1, 5).all()


def test_without_ties_each_score_has_a_fifth_of_the_customers():
    assert scores(pd.Series(range(100))).value_counts().to_list() == [20] * 5


def test_sums_that_differ_in_the_last_bit_are_the_same_money():
    amounts = [0.1, 0.2, 0.3]
    orders = pd.DataFrame({"id": ["a", "a", "b"], "date": "2026-01-01", "amount": amounts})
    assert rk.rfm(orders, **NAMES)["money_score"].to_list() == [1, 1]


def test_a_value_that_all_share_is_said_to_tell_nobody_apart():
    orders = ORDERS.assign(date="2026-01-01")
    assert "The same for every customer: recency and frequency" in said(rk.rfm(orders, **NAMES))


@given(st.integers(0, 200))
def test_a_guest_is_never_a_best_customer(seed):
    orders = random_orders(seed)
    orders["total"] = orders["total"].mask(orders["customer_id"].isna(), 1e6)
    best = rk.best_customers(orders, share=1)
    assert best.index.notna().all()
    assert not best.index.str.strip().isin([""]).any()
    assert set(best.index) <= set(orders["customer_id"].dropna())


def test_whoever_brings_as_much_as_the_last_of_the_best_is_among_them():
    orders = pd.DataFrame({"id": range(20), "date": "2026-01-01", "amount": [9, 5, 5] + [1] * 17})
    best = rk.best_customers(orders, **NAMES)
    assert best.index.to_list() == [0, 1, 2]
    assert best["rank"].to_list() == [1, 2, 2]


def test_the_top_tenth_and_fifth_are_parts_of_all_customers_money():
    orders = pd.DataFrame({"id": range(10), "date": "2026-01-01", "amount": [50, 30] + [2.5] * 8})
    best = rk.best_customers(orders, **NAMES)
    assert (best.attrs["top_tenth"], best.attrs["top_fifth"]) == (0.5, 0.8)
    assert "The top tenth (1 customer): 50% of what all customers bring." in said(best)


def test_without_money_there_is_no_share_of_it():
    best = rk.best_customers(ORDERS.assign(amount=0), **NAMES)
    assert best["share_of_money"].isna().all()
    assert "all customers together brought no money" in said(best)


def test_a_month_without_sales_is_there_with_zero():
    months = rk.trend(ORDERS[ORDERS["date"] != "2026-02-10"].drop(index=4), **WHEN)
    assert months["orders"].to_list() == [2, 0, 2]
    assert months.loc["2026-02", "money"] == 0


def test_guests_count_in_the_trend():
    assert rk.trend(ORDERS, **WHEN).loc["2026-02", "orders"] == 2


def test_the_last_period_is_marked_until_it_is_over():
    assert not rk.trend(ORDERS, **WHEN, on="2026-03-30")["complete"].iloc[-1]
    assert "Not over on 30 March 2026" in said(rk.trend(ORDERS, **WHEN, on="2026-03-30"))
    assert rk.trend(ORDERS, **WHEN, on="2026-03-31")["complete"].iloc[-1]


def test_a_first_period_that_starts_late_may_not_be_whole():
    months = rk.trend(ORDERS, **WHEN)
    assert pd.isna(months["complete"].iloc[0])
    assert "Perhaps not whole: the first month" in said(months)


def test_a_period_stands_beside_the_same_one_of_the_year_before():
    orders = pd.DataFrame(
        {"date": ["2025-01-01", "2025-02-05", "2026-02-05"], "amount": [1, 20, 30]}
    )
    months = rk.trend(orders, **WHEN, on="2026-02-28")
    assert months.loc["2026-02", "year_before"] == 20
    assert months.loc["2026-02", "change"] == 0.5


def test_an_unfinished_period_is_not_compared():
    orders = pd.DataFrame(
        {"date": ["2025-01-01", "2025-02-05", "2026-02-05"], "amount": [1, 20, 30]}
    )
    assert pd.isna(rk.trend(orders, **WHEN)["change"].iloc[-1])


def test_months_of_different_length_are_compared_by_the_day():
    orders = pd.DataFrame({"date": ["2026-01-01", "2026-02-01"], "amount": [310, 280]})
    assert rk.trend(orders, **WHEN, on="2026-02-28")["money_per_day"].to_list() == [10, 10]


def test_what_is_not_yet_known_of_a_cohort_is_empty_and_not_zero():
    table = rk.cohorts(ORDERS, **NAMES)
    assert table["customers"].to_list() == [1, 1, 1]
    assert table.loc["2026-01", [0, 1]].to_list() == [1, 0]
    assert pd.isna(table.loc["2026-01", 2])
    assert "Not over yet: March 2026" in said(table)


def test_a_cohort_cell_is_known_once_its_month_is_over():
    table = rk.cohorts(ORDERS, **NAMES, on="2026-03-31")
    assert table.loc["2026-01", 2] == 1
    assert table.loc["2026-02", 1] == 0


def test_who_came_back_is_asked_only_of_those_who_had_the_time():
    assert rk.repeat_purchase(ORDERS, **NAMES).n == 3
    soon = rk.repeat_purchase(ORDERS, **NAMES, within_days=60)
    assert (soon.n, soon.value) == (1, 1)


def test_a_share_comes_with_its_count_and_interval():
    came_back = rk.repeat_purchase(ORDERS, **NAMES)
    assert str(came_back).startswith("1 of 3 customers bought on a second day: 33%")
    assert 0 < came_back.low < 1 / 3 < came_back.high < 1


def test_nobody_yet_is_not_known_and_not_zero():
    later = rk.repeat_purchase(ORDERS, **NAMES, within_days=400)
    assert (later.n, later.value, later.low) == (0, None, None)
    assert str(later).startswith("Not known yet")


def test_satisfaction_is_the_share_of_fours_and_fives_among_answers():
    content = rk.satisfaction(pd.DataFrame({"overall": [5, 4, 3, 1, None]}))
    assert (content.value, content.n) == (0.5, 4)
    assert content.counts.to_dict() == {1: 1, 2: 0, 3: 1, 4: 1, 5: 1}
    assert "Answered: 4 of 5 surveys." in said(content)


def test_recommendation_is_promoters_minus_detractors():
    score = rk.recommendation(pd.DataFrame({"recommend": [10, 9, 8, 7, 6, 0, None]}))
    assert (score.value, score.n) == (0, 6)
    assert score.low < 0 < score.high


def test_surveys_about_two_things_are_said_to_be_taken_together():
    surveys = pd.DataFrame({"overall": [5, 1], "about": ["purchase", "handling"]})
    assert "surveys about handling and purchase" in said(rk.satisfaction(surveys))


@pytest.mark.parametrize("truth", [(0.5, 0.2), (0.7, 0.1), (0.1, 0.6), (0.9, 0.05), (0.3, 0.3)])
@pytest.mark.parametrize("n", [15, 40])
def test_the_interval_of_the_score_holds_the_truth_in_about_95_of_100_samples(n, truth):
    from scipy.stats import multinomial

    covered = 0.0
    for plus in range(n + 1):
        for minus in range(n + 1 - plus):
            low, high = net_interval(plus, minus, n)
            if low <= truth[0] - truth[1] <= high:
                chance = multinomial.pmf(
                    [plus, minus, n - plus - minus], n, [*truth, 1 - sum(truth)]
                )
                covered += float(chance)
    assert 0.93 <= covered <= 0.99


@pytest.mark.parametrize("mark", [0, 6, 4.5])
def test_a_mark_outside_the_scale_is_refused(mark):
    with pytest.raises(ValueError, match=f"holds {mark:g}. Choose 1, 2, 3, 4 or 5."):
        rk.satisfaction(pd.DataFrame({"overall": [5, mark]}))


def test_a_column_with_another_name_is_told_the_likely_one_and_how_to_name_it():
    with pytest.raises(ValueError, match="no column 'dat'.*Did you mean 'date'.*customer='id'"):
        rk.rfm(ORDERS, customer="id", date="dat", amount="amount")


def test_a_shop_in_place_of_its_table_is_told_apart():
    with pytest.raises(ValueError, match="like shop.orders; this is a Shop"):
        rk.trend(rk.make_shop(seed=7, customers=20))


MOMENTS = {
    "dates": [date(2026, 1, day) for day in (5, 6, 7)],
    "moments": pd.to_datetime(["2026-01-05 23:59", "2026-01-06 00:00", "2026-01-07 09:30"]),
    "Madrid": pd.to_datetime(
        ["2026-01-05 23:59", "2026-01-06 00:00", "2026-01-07 09:30"]
    ).tz_localize("Europe/Madrid"),
    "offsets": ["2026-01-05T23:59:00+02:00", "2026-01-06 00:01Z", "2026-01-07"],
    "categories": pd.Categorical(["2026-01-05", "2026-01-06", "2026-01-07"]),
    "arrow": pd.array([date(2026, 1, day) for day in (5, 6, 7)], dtype="date32[pyarrow]"),
}


@pytest.mark.parametrize("kept", MOMENTS.values(), ids=MOMENTS)
def test_dates_are_understood_however_they_are_kept(kept):
    orders = pd.DataFrame({"id": list("abc"), "date": kept, "amount": 1})
    first = rk.rfm(orders, **NAMES)["first_on"]
    assert first.dt.strftime("%d %b").to_list() == ["05 Jan", "06 Jan", "07 Jan"]


@pytest.mark.parametrize(
    "written",
    [
        ["28/02/2026", "01/03/2026"],
        ["28.2.26 10:00", "1.3.26 9:30"],
        [20260228, 20260301],
        [46081, 46082],
    ],
)
def test_other_dates_are_refused_with_a_way_to_convert_them_that_works(written):
    table = pd.DataFrame({"id": ["a", "b"], "date": written, "amount": 1})
    with pytest.raises(ValueError, match="is not a date") as refused:
        rk.rfm(table, **NAMES)
    statement = str(refused.value).split(": ", 1)[1].split(". Change")[0].rstrip(".")
    exec(statement, {"pd": pd, "table": table})  # noqa: S102 - the very words a learner copies
    assert rk.rfm(table, **NAMES)["first_on"].dt.strftime("%Y-%m-%d").to_list() == [
        "2026-02-28",
        "2026-03-01",
    ]


@pytest.mark.parametrize("written", ["2026-02-30", "yesterday", "2026", "2026-02-28 late"])
def test_text_that_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=f"holds '{written}', which is not a date. Write year"):
        rk.trend(ORDERS.assign(date=written), **WHEN)


@pytest.mark.parametrize(
    ("written", "number"),
    [("12.5", 12.5), ("12,5", 12.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5)],
)
def test_amounts_that_are_text_are_refused_with_a_way_to_convert_them_that_works(written, number):
    table = ORDERS.assign(amount=written)
    with pytest.raises(ValueError, match="is text and not a number") as refused:
        rk.rfm(table, **NAMES)
    statement = str(refused.value).split(": ", 1)[1].rstrip(".")
    exec(statement, {"pd": pd, "table": table})  # noqa: S102 - the very words a learner copies
    assert rk.rfm(table, **NAMES).loc["ben", "money"] == number


@pytest.mark.parametrize("amount", [True, np.inf, "12 EUR", object])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match="The column 'amount' holds"):
        rk.rfm(ORDERS.assign(amount=[amount] * 6), **NAMES)


def test_a_mistyped_year_is_found_before_it_fills_the_memory():
    with pytest.raises(ValueError, match="31 December 9999.*Look for a mistyped year"):
        rk.cohorts(ORDERS.assign(date=["9999-12-31", *ORDERS["date"][1:]]), **NAMES)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("orders", "sentence"),
    [
        (ORDERS.iloc[:0], "is empty: nothing has been sold yet"),
        (ORDERS.assign(id=None), "Every order is a guest's \\(6 orders\\)"),
        (ORDERS.assign(amount=-5), "No customer has bought anything"),
        (ORDERS.assign(date=None), "holds no purchase. Left out: 6 orders without a date"),
    ],
    ids=["no orders", "all guests", "all negative", "no dates"],
)
def test_a_table_without_customers_purchases_is_answered_in_a_sentence(report, orders, sentence):
    with pytest.raises(ValueError, match=sentence):
        report(orders, **NAMES)


@pytest.mark.parametrize(
    "orders", [ORDERS.iloc[:1], ORDERS.assign(date="2026-01-05")], ids=["one order", "one day"]
)
def test_one_order_or_one_day_gives_what_can_be_known(orders):
    assert (rk.rfm(orders, **NAMES)["days_since_last"] == 0).all()
    assert len(rk.best_customers(orders, **NAMES)) == 1
    assert rk.trend(orders, **WHEN)["orders"].to_list() == [len(orders)]
    assert rk.cohorts(orders, **NAMES).shape == (1, 2)
    assert rk.repeat_purchase(orders, **NAMES).value == 0


def test_all_guests_still_make_a_trend():
    assert rk.trend(ORDERS.assign(id=None), **WHEN)["orders"].sum() == 6


@given(st.integers(0, 200))
def test_a_table_is_left_as_it_was(seed):
    orders = random_orders(seed)
    before = orders.copy(deep=True)
    for report in [*REPORTS, rk.trend]:
        report(orders)
    pd.testing.assert_frame_equal(orders, before)


@given(st.integers(0, 200))
def test_the_order_of_the_rows_does_not_matter(seed):
    orders = random_orders(seed)
    mixed = orders.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(rk.rfm(orders), rk.rfm(mixed))
    pd.testing.assert_frame_equal(rk.cohorts(orders), rk.cohorts(mixed))
    pd.testing.assert_frame_equal(rk.trend(orders), rk.trend(mixed))


def test_a_choice_that_is_none_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match="'mont' is not a period.*Did you mean 'month'"):
        rk.trend(ORDERS, **WHEN, by="mont")
    with pytest.raises(ValueError, match="share is 10. Give a part"):
        rk.best_customers(ORDERS, **NAMES, share=10)
    with pytest.raises(ValueError, match="within_days is 0"):
        rk.repeat_purchase(ORDERS, **NAMES, within_days=0)
    with pytest.raises(ValueError, match="on is '1/2/26', which is no date"):
        rk.rfm(ORDERS, **NAMES, on="1/2/26")
