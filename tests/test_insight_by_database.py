"""Every report, worked out once more in SQL by DuckDB: the same numbers for 50 random shops."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from random_orders import random_orders, random_surveys
from sweeps import mostly_slow

import retailkit as rk

SHOPS = mostly_slow(range(50), 10)

COUNTED = """
    create temp table sold as
    select nullif(trim(customer_id), '') as customer, ordered_at::date as day, total as amount
    from orders
    where ordered_at is not null and total is not null
      and status not in ('cancelled', 'returned');
    create temp table days as
    select distinct customer, day from sold where customer is not null and amount >= 0;
    create temp table money as
    select customer, round(sum(amount), 6) as money
    from sold where customer in (select customer from days) group by customer;
"""

RFM = """
    with history as (
        select customer, min(day) as first_on, max(day) as last_on, count(*) as frequency,
            (select max(day) from sold) as until
        from days group by customer
    )
    select customer, first_on - date '1970-01-01' as first_on,
        last_on - date '1970-01-01' as last_on,
        until - last_on as days_since_last, last_on - first_on as first_to_last,
        until - first_on as days_since_first, frequency, money,
        1 + 5 * (rank() over (order by last_on) - 1) // count(*) over () as recency_score,
        1 + 5 * (rank() over (order by frequency) - 1) // count(*) over () as frequency_score,
        1 + 5 * (rank() over (order by money) - 1) // count(*) over () as money_score
    from history join money using (customer) order by customer
"""

CURVE = """
    with ranked as (
        select money, row_number() over (order by money desc) as place, count(*) over () as number,
            sum(money) over () as total
        from money
    )
    select
        sum(money) filter (where place <= ceil(number / 10)) / any_value(total) as top_tenth,
        sum(money) filter (where place <= ceil(number / 5)) / any_value(total) as top_fifth,
        count(*) filter (
            where money >= (select money from ranked where place = ceil(number / 10))
        ) as best
    from ranked
"""

TREND = """
    select period::date as period,
        count(amount) filter (where amount >= 0) as orders, coalesce(sum(amount), 0) as money
    from (
        select unnest(generate_series(
            date_trunc('{by}', min(day)), date_trunc('{by}', max(day)), interval 1 {by}
        )) as period from sold
    ) left join sold on date_trunc('{by}', day) = period
    group by period order by period
"""

COHORTS = """
    with first_month as (
        select customer, date_trunc('month', min(day)) as cohort from days group by customer
    )
    select strftime(cohort, '%Y-%m') as month,
        date_diff('month', cohort, date_trunc('month', day)) as later,
        count(distinct customer) as buyers
    from days join first_month using (customer) group by cohort, later
"""

OPINION = """
    select avg(case when overall >= 4 then 1.0 else 0.0 end) filter (where overall is not null),
        count(overall), count(recommend),
        100.0 * (count(*) filter (where recommend >= 9) - count(*) filter (where recommend <= 6))
            / count(recommend)
    from surveys
"""


@pytest.fixture(params=SHOPS)
def shop(request):
    """A random table of orders, and a database that has counted them."""
    orders = random_orders(request.param)
    with duckdb.connect() as database:
        database.register("orders", orders.assign(total=orders["total"].astype("float64")))
        database.execute(COUNTED.replace("total is not null", "not isnan(total)"))
        yield orders, database


def test_recency_frequency_money_and_scores(shop):
    orders, database = shop
    by_database = database.sql(RFM).df().set_index("customer")
    ours = rk.rfm(orders)
    for column in ("first_on", "last_on"):
        ours[column] = (ours[column] - pd.Timestamp("1970-01-01")).dt.days
    assert ours.index.to_list() == by_database.index.to_list()
    for column in by_database:
        np.testing.assert_allclose(ours[column], by_database[column], atol=1e-9, err_msg=column)


def test_best_customers_and_what_they_bring(shop):
    orders, database = shop
    top_tenth, top_fifth, best = database.execute(CURVE).fetchone()
    ours = rk.best_customers(orders)
    assert len(ours) == best
    assert ours.attrs["top_tenth"] == pytest.approx(top_tenth)
    assert ours.attrs["top_fifth"] == pytest.approx(top_fifth)


def test_every_month_of_the_trend(shop):
    same_trend(*shop, by="month")


@pytest.mark.parametrize("shop", range(10), indirect=True)
@pytest.mark.parametrize("by", ["day", "week", "quarter", "year"])
def test_every_other_period_of_the_trend(shop, by):
    same_trend(*shop, by=by)


def same_trend(orders, database, by):
    by_database = database.sql(TREND.format(by=by)).df()
    ours = rk.trend(orders, by=by)
    assert ours.index.start_time.to_list() == by_database["period"].to_list()
    assert ours["orders"].to_list() == by_database["orders"].to_list()
    np.testing.assert_allclose(ours["money"], by_database["money"], atol=1e-6)


def test_every_known_cell_of_the_cohorts(shop):
    orders, database = shop
    rows = database.execute(COHORTS).fetchall()
    buyers = {(month, later): number for month, later, number in rows}
    ours = rk.cohorts(orders)
    for month, row in ours.iterrows():
        new = buyers.get((str(month), 0), 0)
        assert row["customers"] == new
        for later, share in row.drop("customers").dropna().items():
            assert share == pytest.approx(buyers.get((str(month), later), 0) / new)


def test_who_came_back(shop):
    orders, database = shop
    sql = """
        select count(*), count(*) filter (where n > 1)
        from (select count(*) as n from days group by customer)
    """
    customers, again = database.execute(sql).fetchone()
    ours = rk.repeat_purchase(orders)
    assert (ours.n, ours.counts["bought again"]) == (customers, again)


def test_who_came_back_within_a_month(shop):
    orders, database = shop
    sql = """
        with first as (select customer, min(day) as first_on from days group by customer)
        select count(distinct customer), count(distinct customer) filter (
            where day > first_on and day <= first_on + 30
        ) from days join first using (customer)
        where first_on + 30 <= (select max(day) from sold)
    """
    ours = rk.repeat_purchase(orders, within_days=30)
    assert (ours.n, ours.counts["bought again"]) == database.execute(sql).fetchone()


@pytest.mark.parametrize("seed", SHOPS)
def test_satisfaction_and_recommendation(seed):
    surveys = random_surveys(seed)
    with duckdb.connect() as database:
        database.register("surveys", pd.DataFrame(surveys))
        share, n, n_recommend, score = database.execute(OPINION).fetchone()
    satisfied, recommended = rk.satisfaction(surveys), rk.recommendation(surveys)
    assert (satisfied.n, recommended.n) == (n, n_recommend)
    assert satisfied.value == pytest.approx(float(share))
    assert recommended.value == pytest.approx(score)
