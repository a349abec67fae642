"""Faults: what is planted is exactly what is told, no more and no less, and of an exact size.

What differs between a shop and its faultless twin is found here row by row, with nothing of
the kit but the two shops.
"""

import functools
import itertools
from datetime import date, datetime

import pytest
from shops import EVERY_FAULT, MARKETS
from sweeps import one_in

from retailkit.generate import FAULTS, make_shop, planted_faults
from retailkit.records import kinds
from retailkit.shop import RECORDS

SEEDS = range(20)
TWO_SEEDS = [
    (name, market, SEEDS[(2 * place + turn) % len(SEEDS)])
    for turn in range(2)
    for place, (name, market) in enumerate(itertools.product(FAULTS, MARKETS))
]
"""Each fault in each market with two seeds; every market meets many of the seeds."""

TOLD = ["table", "row", "field", "true_value", "shown_value"]


@functools.cache
def faultless(seed, market):
    return make_shop(seed=seed, customers=120, market=market, faults={})


def made(seed, market, faults):
    return make_shop(seed=seed, customers=120, market=market, faults=faults)


def differences(shop, twin):
    """Everything in which two shops differ: table, row, field, true value, shown value."""
    found = []
    for name in RECORDS:
        if not shop.tables[name].equals(twin.tables[name]):
            found += differences_of_tables(name, shop.tables[name], twin.tables[name])
    return sorted(found, key=str)


def differences_of_tables(name, shown, true):
    shown, true = (table.set_index(table.columns[0]) for table in (shown, true))
    for row in true.index.difference(shown.index):
        yield name, row, None, row, None
    for row in shown.index.difference(true.index):
        yield name, row, None, None, row
    both = shown.index.intersection(true.index)
    for field, kind in list(kinds(RECORDS[name]).items())[1:]:
        now, before = written(shown.loc[both, field], kind), written(true.loc[both, field], kind)
        for row in both[now != before]:
            yield name, row, field, before[row] or None, now[row] or None


def written(column, kind):
    """A column as it stands in a file; nothing where it is empty."""
    if kind is float:
        column = column.map("{:.2f}".format, na_action="ignore")
    elif kind in (date, datetime):
        column = column.dt.strftime("%Y-%m-%d" if kind is date else "%Y-%m-%d %H:%M:%S")
    return column.astype("str").where(column.notna(), "")


def told(answers):
    """The answer list in the same shape."""
    rows = answers[TOLD].astype(object).where(answers[TOLD].notna(), None)
    return sorted(rows.itertuples(index=False, name=None), key=str)


# ---- the list is exact ----


@pytest.mark.parametrize(("name", "market", "seed"), one_in(17, TWO_SEEDS))
def test_the_answer_list_is_exactly_what_differs_from_the_faultless_twin(name, market, seed):
    shop = made(seed, market, {name: 0.4})
    answers = planted_faults(shop)
    assert told(answers) == differences(shop, faultless(seed, market))
    assert set(answers["fault"]) <= {name}
    planted = answers[answers["cause"] == "planted"]
    consequences = answers[answers["cause"] != "planted"]
    assert set(consequences["cause"]) <= set(planted["row"])
    assert set(planted["table"]) <= {FAULTS[name].shows_in[0]}


@pytest.mark.parametrize("market", one_in(2, MARKETS))
def test_the_answer_list_is_exact_with_every_fault_at_once(market):
    shop = made(3, market, EVERY_FAULT)
    answers = planted_faults(shop)
    assert told(answers) == differences(shop, faultless(3, market))
    causes = set(map(tuple, answers.loc[answers["cause"] == "planted", ["fault", "row"]].values))
    follows = answers[answers["cause"] != "planted"]
    assert set(map(tuple, follows[["fault", "cause"]].values)) <= causes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("late_acknowledgement", "no_acknowledgement"),
        ("late_answer", "no_reasons_given"),
        ("basics_not_told", "wrong_language"),
        ("nobody_in_charge", "data_of_others"),
        ("nobody_asks_after", "unfounded_claim"),
        ("duplicate_customer", "unwanted_offer"),
        ("stale_contact", "number_damaged"),
        ("card_without_serial", "late_answer"),
    ],
)
def test_two_faults_that_meet_are_both_told(one, other):
    shop = made(5, "ES", {one: 0.4, other: 0.4})
    answers = planted_faults(shop)
    assert told(answers) == differences(shop, faultless(5, "ES"))
    assert set(answers["fault"]) == {one, other}


def test_a_value_is_told_only_once():
    answers = planted_faults(made(3, "ES", EVERY_FAULT))
    assert not answers.duplicated(["table", "row", "field"]).any()
