"""The title of every picture is true, whatever the shop: held against the tables of twenty."""

import math
import re

import pandas as pd
import pytest
from sweeps import mostly_slow

import retailkit as rk
from retailkit.generate import make_shop

MARKETS = ["ES", "IN", "GB", "ES-AN", "generic"]


@pytest.fixture(scope="module", params=mostly_slow(range(20), 5))
def shop(request):
    """Twenty shops, in all five markets; every fourth one answers late."""
    faults = {"late_acknowledgement": 0.4} if request.param % 4 == 0 else None
    market = MARKETS[request.param % len(MARKETS)]
    return make_shop(seed=request.param, customers=200, market=market, faults=faults, language="en")


def numbers(text):
    """The whole numbers of a sentence, in their order."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


def title(picture):
    """What stands after the kind of the picture, up to the first full stop."""
    return picture.words.split(". ")[1].rstrip(".")


def test_the_busiest_month_is_the_busiest(shop):
    months = shop.orders["ordered_at"].dt.strftime("%B %Y").value_counts()
    said = title(rk.figures.shop_at_a_glance(shop))
    [named] = [month for month in months.index if f"was {month}," in said]
    assert months[named] == months.max() == numbers(said)[-1]


def test_the_stages_are_those_of_customers_who_ordered(shop):
    ordered = set(shop.orders["customer_id"].dropna())
    raised = ordered & set(shop.claims["customer_id"])
    served = ordered & set(shop.services["customer_id"])
    said = numbers(title(rk.figures.stages(shop)))
    assert said == [len(ordered), len(raised), len(served)]


def test_the_serious_are_counted_and_named_by_their_commonest_reason(shop):
    levels = rk.triage(rk.evidence(shop))["level"]
    book = shop.claims.assign(level=levels.to_numpy())
    serious = book[book["level"] == "serious"]
    said = title(rk.figures.level_by_reason(book))
    if serious.empty:
        assert said == "No case is serious"
    else:
        counts = serious["reason"].value_counts()
        named = said.split("most often ")[1].replace(" ", "_")
        assert numbers(said)[:2] == [len(serious), len(book)]
        assert counts[named] == counts.max()


def test_those_who_wait_are_the_open_cases(shop):
    still_open = shop.claims[~shop.claims["status"].isin(["communicated", "closed", "withdrawn"])]
    said = title(rk.figures.open_cases(shop))
    assert (numbers(said) or [0])[0] == len(still_open)


def test_the_last_whole_month_is_held_against_the_year_before(shop):
    table = rk.trend(shop.orders)
    month = table.index[table["complete"]][-1]
    now, before = table.loc[month, "money"], table.loc[month, "year_before"]
    said = title(rk.figures.trend(table))
    assert said.startswith(month.strftime("%B %Y")[:3])
    assert abs(numbers(said)[1] - abs(100 * (now / before - 1))) <= 0.5
    assert ("more" in said) == (now > before)


def test_the_top_tenth_brings_what_the_title_says(shop):
    money = rk.rfm(shop.orders)["money"].sort_values(ascending=False)
    some = math.ceil(len(money) / 10)
    said = title(rk.figures.value_curve(rk.rfm(shop.orders)))
    assert numbers(said)[:2] == [some, len(money)]
    assert abs(numbers(said)[2] - 100 * money.iloc[:some].sum() / money.sum()) <= 0.5


def test_who_buys_lately_and_often_is_counted(shop):
    customers = rk.rfm(shop.orders)
    both = customers[(customers["recency_score"] >= 4) & (customers["frequency_score"] >= 4)]
    said = title(rk.figures.rfm_grid(customers))
    assert (numbers(said) or [0])[0] == len(both)


def test_a_broken_principle_is_in_the_title_and_no_other(shop):
    report = rk.audit(shop)
    broken = list(report.index[report["verdict"] == "broken"])
    before, colon, _ = title(rk.figures.principles(report)).partition(":")
    assert re.findall(r"\b[A-I]\b", before if colon else "") == broken


def test_a_benefit_is_sure_where_its_interval_keeps_off_nought(shop):
    table = rk.benefits(shop)
    better = int((table["low"] > 0).sum())
    said = title(rk.figures.benefits(table))
    if "Surely better" in said:
        assert numbers(said)[:2] == [better, table["fair"].notna().sum()]
    else:
        assert not better


def test_the_contacts_of_a_plan_are_counted(shop):
    plan = rk.plan_after_sales(shop, on="2026-06-30")
    weeks = plan["when"].dt.to_period("W").value_counts() if len(plan) else pd.Series([0])
    said = numbers(title(rk.figures.plan_by_week(plan)))
    assert (said[0], said[-1]) == (len(plan), weeks.max())
