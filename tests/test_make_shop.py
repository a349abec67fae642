"""A shop is a function of its seed: the same everywhere, and a larger one begins with a smaller."""

import hashlib
import os
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shops import EVERY_FAULT, MARKETS, claims_of_part, rows_in_order

from retailkit.generate import make_shop, plan_behind, planted_faults
from retailkit.generate.life import _strengths, life
from retailkit.procedure import Procedure
from retailkit.shop import RECORDS

OF_CASES = ("claims", "claim_steps", "messages")


def fingerprint(shop):
    text = "".join(table.to_csv(index=False, lineterminator="\n") for table in shop.tables.values())
    return hashlib.sha256(text.encode()).hexdigest()


# ---- the same shop every time ----


def test_the_same_seed_gives_the_same_tables():
    assert fingerprint(make_shop(seed=3)) == fingerprint(make_shop(seed=3))


def test_another_seed_gives_other_people():
    one, two = make_shop(seed=3, customers=50), make_shop(seed=4, customers=50)
    assert not one.customers["email"].equals(two.customers["email"])


@settings(max_examples=8)
@given(
    st.integers(min_value=0, max_value=2**40),
    st.integers(min_value=1, max_value=700),
    st.integers(min_value=1, max_value=700),
)
def test_a_larger_shop_begins_with_the_smaller_one(seed, some, more):
    small, large = make_shop(seed, some), make_shop(seed, some + more)
    for name in ("customers", "consents", "orders", "order_lines", "order_events"):
        beginning = large.tables[name].head(len(small.tables[name]))
        assert_frame_equal(beginning, small.tables[name])
    for name in ("claims", "claim_steps"):
        assert_frame_equal(honest_of(large, name, some), honest_of(small, name, some))


def honest_of(shop, name, customers):
    """The rows about claims that nobody made up, of the first customers."""
    made_up = claims_of_part(plan_behind(shop).lives(0)[1], "false", "imaginary")
    table = shop.tables[name]
    theirs = table["claim_id"].str[3:9].astype(int) <= customers
    return table[theirs & ~table["claim_id"].isin(made_up)].reset_index(drop=True)


@pytest.mark.parametrize("size", [1, 40, 64])
def test_blocks_change_nothing_but_the_order_of_surveys_and_feedback(monkeypatch, size):
    whole = make_shop(seed=5, customers=130, market="ES", faults={})
    monkeypatch.setattr("retailkit.generate.plan.BLOCK", size)
    blocks = make_shop(seed=5, customers=130, market="ES", faults={})
    for name in RECORDS:
        one, other = whole.tables[name], blocks.tables[name]
        if name in ("surveys", "feedback", "messages"):
            one, other = rows_in_order(one), rows_in_order(other)
        assert_frame_equal(one, other)


def test_a_planted_share_is_exact_in_each_block(monkeypatch):
    monkeypatch.setattr("retailkit.generate.plan.BLOCK", 60)
    shop = make_shop(seed=5, customers=150, market="ES", faults={"number_damaged": 0.5})
    damaged = planted_faults(shop).query("field == 'phone'")["row"]
    known = shop.customers.dropna(subset=["phone"])["customer_id"]
    block = (known.str[2:].astype(int) - 1) // 60
    assert known.isin(damaged).groupby(block).sum().tolist() == [
        round(count / 2) for count in block.value_counts(sort=False)
    ]


def test_a_shop_does_not_depend_on_the_computer_it_is_made_on():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_make_shop import EVERY_FAULT, MARKETS, fingerprint, make_shop\n"
        "for market in MARKETS: print(fingerprint(make_shop(5, 60, market, EVERY_FAULT)))"
    )
    elsewhere = {"PYTHONHASHSEED": "99", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    here = [fingerprint(make_shop(5, 60, market, EVERY_FAULT)) for market in MARKETS]
    assert told.stdout.split() == here


def test_faker_is_not_needed_to_make_a_shop():
    code = (
        "import sys; sys.modules['faker'] = None\n"
        "from retailkit.generate import make_shop; make_shop(customers=5)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# ---- bad input ----


@pytest.mark.parametrize(
    ("given_wrong", "sentence"),
    [
        ({"seed": "seven"}, "seed: 'seven' is not a whole number. Choose one, like 7."),
        ({"seed": 1.5}, "seed: 1.5 is not a whole number. Choose one, like 7."),
        ({"customers": True}, "customers: True is not a whole number. Choose one, like 7."),
        ({"customers": 0}, "customers: 0 is too few. Choose 1 or more."),
        (
            {"market": "es"},
            "'es' is not a market. Choose ES, ES-AN, GB, IN or generic. Did you mean 'ES'?",
        ),
        (
            {"language": "fr"},
            "'fr' is not a language of this market. Choose en.",
        ),
        (
            {"faults": {"late_answer": 1.5}},
            "late_answer: 1.5 is not a share. Choose a number from 0 to 1, like 0.1.",
        ),
        (
            {"faults": {"late_answer": "many"}},
            "late_answer: 'many' is not a share. Choose a number from 0 to 1, like 0.1.",
        ),
        (
            {"faults": {"late_answer": True}},
            "late_answer: True is not a share. Choose a number from 0 to 1, like 0.1.",
        ),
        (
            {"faults": ["late_answer"]},
            (
                "faults: ['late_answer'] is not a choice of faults. "
                'Write names with shares, like {"late_acknowledgement": 0.12}.'
            ),
        ),
        (
            {"procedure": "fast"},
            (
                "procedure: 'fast' is not a procedure. "
                "Write it like Procedure(answer_within_days=5), or leave it out."
            ),
        ),
    ],
)
def test_what_cannot_be_a_shop_is_said_in_a_sentence(given_wrong, sentence):
    with pytest.raises(ValueError) as told:
        make_shop(**given_wrong)
    assert str(told.value) == sentence


@pytest.mark.parametrize("name", ["late_anser", 7])
def test_an_unknown_fault_is_told_which_there_are(name):
    with pytest.raises(ValueError, match="is not a fault. Choose .*late_answer"):
        make_shop(faults={name: 0.1})


def test_a_fault_that_is_spelt_nearly_right_is_guessed():
    with pytest.raises(ValueError, match="Did you mean 'late_answer'?"):
        make_shop(faults={"late_anser": 0.1})


# ---- small and large ----


@pytest.mark.parametrize("seed", [0, 7, 685, 1446])
@pytest.mark.parametrize("faults", [None, {}, EVERY_FAULT, dict.fromkeys(EVERY_FAULT, 1)])
def test_the_smallest_shop_has_every_table(seed, faults):
    # with seeds 685 and 1446 somebody complains who has never bought anything
    shop = make_shop(seed=seed, customers=1, market="IN" if seed == 685 else "ES", faults=faults)
    assert list(shop.tables) == list(RECORDS)
    assert len(shop.customers) == 1


@pytest.mark.parametrize("staff", [1, 2, 7])
def test_any_number_of_people_can_run_the_desk(staff):
    shop = make_shop(seed=7, customers=200, procedure=Procedure(staff=staff), faults=EVERY_FAULT)
    assert len(shop.staff) == staff
    assert shop.claim_steps["staff_id"].dropna().isin(shop.staff["staff_id"]).all()


def test_in_one_language_all_cases_are_told_and_answered_as_if_the_customers_spoke_it():
    own, hindi = (make_shop(seed=7, market="IN", language=language) for language in (None, "hi"))
    devanagari = "[\u0900-\u097f]"
    assert hindi.claims["narrative"].str.contains(devanagari).all()
    assert 0 < own.claims["narrative"].str.contains(devanagari).mean() < 1
    # what people say and are told is in the one language; everything else is as it was
    words = ["wording", "question", "answer", "text", "narrative", "language", "request"]
    for name in RECORDS:
        one, other = (
            shop.tables[name].drop(columns=words, errors="ignore") for shop in (own, hindi)
        )
        assert_frame_equal(one, other)


def test_every_strength_says_where_it_comes_from():
    assert all(set(entry) == {"value", "source"} for entry in _strengths().values())
    assert life("today").isoformat() == "2026-06-30"


@pytest.mark.parametrize("market", ["ES", "IN"])
def test_customers_join_and_order_up_to_the_last_day(market):
    shop = make_shop(seed=5, customers=4000, market=market)
    yesterday = pd.Timestamp(shop.today) - pd.Timedelta(days=1)
    for moments in (shop.customers["joined_at"], shop.orders["ordered_at"]):
        by_week = (pd.Timestamp(shop.today) - moments).dt.days // 7
        weeks = by_week.value_counts()
        assert moments.max() >= yesterday
        assert weeks[0] > weeks[1:8].mean() / 2
