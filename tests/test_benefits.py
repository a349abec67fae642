"""Benefits of after-sales service: what is planted is found, and the naive look misses it."""

from dataclasses import replace
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from served_shop import served_shop
from sweeps import mostly_slow

import retailkit as rk
from retailkit.aftersales.benefit import COMPARISONS, difference
from retailkit.aftersales.served import Records
from retailkit.generate.life import _strengths

SIX = ["enjoyment", "further_purchase", "recommendation"]
SIX += ["impression", "improvement_info", "inform_offers"]


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=4, customers=6000, faults={})


@pytest.fixture(scope="module")
def twin():
    """The same shop, but cards bring nobody and training keeps nothing."""
    names = ("birthday_card_brings", "training_keeps", "minds_left_alone")
    with mock.patch.multiple("retailkit.generate.life", _strengths=lambda: without(names)):
        return rk.make_shop(seed=4, customers=6000, faults={})


def without(names, known=_strengths()):  # noqa: B008 - read once, before it is replaced
    return {**known, **{name: {"value": 0} for name in names}}


@pytest.fixture(scope="module")
def table(shop):
    return rk.benefits(shop)


def test_the_six_benefits_each_have_a_measure_and_a_sentence(table):
    assert table.index.to_list() == SIX
    assert table["measure"].notna().all()
    assert table["because"].str.endswith(".").all()
    assert len(rk.notes(table)) == 6


@pytest.mark.parametrize("benefit", ["enjoyment", "further_purchase"])
def test_the_fair_interval_holds_what_is_planted_and_leaves_out_nothing(table, twin, benefit):
    row, there = table.loc[benefit], rk.benefits(twin).loc[benefit]
    planted = row["fair"] - there["fair"]
    assert row["low"] <= planted <= row["high"]
    assert row["low"] > 0
    assert there["low"] <= 0 <= there["high"]


@pytest.mark.parametrize("benefit", ["enjoyment", "further_purchase"])
def test_the_naive_difference_misses_what_is_planted(shop, table, twin, benefit):
    planted = table.loc[benefit, "fair"] - rk.benefits(twin).loc[benefit, "fair"]
    units = COMPARISONS[benefit].units(Records(shop=shop)).assign(like="everybody")
    naive, low, high = difference(units)
    assert naive == pytest.approx(table.loc[benefit, "naive"])
    assert not low <= planted <= high


def test_a_card_brings_orders_and_changes_nobody_who_got_none(shop, twin):
    greeted = shop.services.loc[shop.services["activity"] == "greeting", "customer_id"]
    here, there = (
        made.orders[~made.orders["order_id"].str[2:8].radd("C-").isin(greeted)]
        for made in (shop, twin)
    )
    assert len(shop.orders) > len(twin.orders)
    # training works for them, too; when they first order does not depend on it
    first = [orders.groupby("customer_id")["ordered_at"].min() for orders in (here, there)]
    pd.testing.assert_series_equal(*first)


def test_training_comes_before_goods_go_back(shop):
    taught = shop.services[shop.services["activity"] == "training"]
    back = shop.order_events[shop.order_events["event"] == "returned"]
    both = taught.merge(back, on="order_id", suffixes=("", "_back"))
    assert len(both)
    assert (both["at"] < both["at_back"]).all()


def test_cards_go_out_on_the_birthday_itself(shop):
    cards = shop.services[shop.services["activity"] == "greeting"]
    cards = cards.merge(shop.customers, on="customer_id")
    born, at = cards["birth_on"], cards["at"]
    leap = (born.dt.month == 2) & (born.dt.day == 29)
    assert (born.dt.strftime("%m-%d") == at.dt.strftime("%m-%d"))[~leap].all()


def test_nobody_says_yes_on_a_complaint_form(shop):
    consents = shop.consents
    assert not (consents["channel"] == "complaint").any()
    assert rk.may_contact(shop)["may"].any()


def test_whoever_buys_again_takes_more_training(shop):
    orders = Records(shop=shop).orders.dropna(subset=["to_learn", "came_at"])
    share = orders.groupby("before")["trained"].mean()
    assert share[True] > share[False] + 0.3


def test_benefits_read_nothing_but_records(shop, table):
    pd.testing.assert_frame_equal(rk.benefits(replace(shop, origin=None, seed=99)), table)


@pytest.mark.parametrize(
    "name", mostly_slow(["orders", "services", "surveys", "customers", "consents"], 1)
)
def test_without_a_table_the_rest_is_still_said(shop, name):
    tables = {**shop.tables, name: shop.tables[name].head(0)}
    table = rk.benefits(replace(shop, tables=tables))
    assert table.index.to_list() == SIX
    assert table["because"].str.contains("Not known yet").any()


def test_a_shop_of_guests_cannot_know_what_service_brings(shop):
    guests = {
        name: rows.assign(customer_id=pd.Series([None] * len(rows), dtype="str"))
        for name, rows in shop.tables.items()
        if "customer_id" in rows and name != "customers"
    }
    table = rk.benefits(replace(shop, tables={**shop.tables, **guests}))
    assert (table["fair"].isna()).all()


def test_a_shop_without_any_row_knows_nothing_and_says_so():
    table = rk.benefits(served_shop(customers=[], products=[]))
    assert table["because"].str.startswith("Not known yet: 10 served").all()
    assert (table["n"] == 0).all()


def test_the_difference_is_taken_within_groups_of_alike():
    like = np.repeat(["easy", "hard"], 100)
    served = np.concatenate([np.arange(100) < 80, np.arange(100) < 20])
    outcome = np.where(like == "easy", 0.9, 0.2) + 0.1 * served + np.tile([-0.01, 0.01], 100)
    units = pd.DataFrame({"served": served, "outcome": outcome, "like": like})
    fair, low, high = difference(units)
    assert fair == pytest.approx(0.1, abs=0.005)
    assert low < 0.1 < high
