"""What customers tell: of every kind that a class must meet, and in its place among the others."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from shops import claims_of_part, claims_with_history

from retailkit.generate import make_shop, plan_behind
from retailkit.generate.stories import HARD
from retailkit.markets import rules_of
from retailkit.narratives import tells


@pytest.fixture(scope="module", params=["ES", "IN", "generic"])
def told(request):
    """The claims book of a shop in English, and the lives behind it."""
    shop = make_shop(seed=7, customers=4000, market=request.param, language="en")
    return shop, plan_behind(shop).lives(0)[1]


@pytest.fixture(scope="module")
def shop(told):
    return told[0]


def test_few_texts_are_the_same(shop):
    texts = Counter(shop.claims["narrative"])
    assert sum(texts.values()) - len(texts) < len(shop.claims) * 0.06


def test_tone_is_no_guide_to_danger(told):
    _, lives = told
    hard = lives.stories.told(*HARD)
    assert hard.any()
    assert not lives.cases.angry[hard].any()
    assert lives.cases.angry.any()


def test_every_story_is_met_in_a_large_shop(shop):
    claims, products = shop.claims, shop.products.set_index("product_id")
    hazard = claims["narrative"].map(lambda text: bool(tells("hazard", text)))
    essential = claims["product_id"].map(products["essential"]).fillna(False).astype(bool)
    vulnerable = claims["vulnerable_because"].fillna("none") != "none"
    silent = claims["wants"].fillna("nothing") == "nothing"
    asking = claims["narrative"].map(lambda text: bool(tells("asks", text)))
    loud = claims["narrative"].str.contains("!!!")
    rules = rules_of(shop.market)
    found = {
        "hazard in calm words": hazard & ~claims["narrative"].str.contains("!"),
        "loud about little": ~hazard & loud & (claims["amount"] < rules.amount_middle.value),
        "expensive": claims["amount"] >= rules.amount_high.value,
        "essential and vulnerable": essential & vulnerable,
        "asked in passing": silent & asking,
        "nothing asked": silent & ~asking,
        "no product": claims["product_id"].isna() & claims["order_id"].notna(),
        "all open": claims[["order_id", "product_id", "proof"]].isna().all(axis=1)
        & (claims["reason"] == "defective"),
        "no receipt, though it was sold": (claims["proof"] == "none") & claims["order_id"].notna(),
        "withdrawn": claims["status"] == "withdrawn",
        "about how a complaint was handled": claims["reason"] == "complaint_handling",
        "still open": ~claims["status"].isin(["closed", "communicated", "withdrawn"]),
        "guest": claims["customer_id"].isna(),
    }
    assert [name for name, those in found.items() if not those.any()] == []


# ---- what is told more than once ----


@pytest.fixture(scope="module")
def large():
    """A shop large enough for every part of a story, and each part's claims with their orders."""
    shop = make_shop(seed=7, customers=8000, market="ES", faults={})
    lives, claims = plan_behind(shop).lives(0)[1], claims_with_history(shop)

    def of_part(part):
        return claims[claims["claim_id"].isin(claims_of_part(lives, part))]

    return shop, of_part


def test_what_is_told_twice_comes_within_a_week_by_another_channel(large):
    shop, of_part = large
    twice = of_part("duplicate").dropna(subset=["customer_id"])
    same = ["customer_id", "order_id", "product_id", "reason", "event_on"]
    pairs = twice.merge(shop.claims, on=same, suffixes=("", "_first"))
    pairs = pairs[pairs["received_at_first"] < pairs["received_at"]]
    assert set(pairs["claim_id"]) == set(twice["claim_id"]) != set()
    assert (pairs["received_at"] - pairs["received_at_first"] <= pd.Timedelta(days=7)).all()
    assert (pairs["channel"] != pairs["channel_first"]).all()


def test_what_is_already_put_right_was_put_right_before(large):
    shop, of_part = large
    later = of_part("remedied")
    actions = shop.claim_steps[shop.claim_steps["step"] == "action"].merge(
        shop.claims, on="claim_id"
    )
    pairs = later.merge(actions, on=["order_id", "product_id"], suffixes=("", "_first"))
    before = pairs[(pairs["at"] < pairs["received_at"]) & (pairs["event_on"] < pairs["at"])]
    assert set(before["claim_id"]) == set(later["claim_id"]) != set()


def test_some_who_come_again_had_been_answered_late(large):
    shop, of_part = large
    answers = shop.claim_steps[shop.claim_steps["step"] == "communicated"].merge(
        shop.claims, on="claim_id"
    )
    answers["too_late"] = answers["at"].dt.normalize() > answers["answer_by"]
    again = of_part("again")
    pairs = again.merge(answers, on=["order_id", "product_id", "reason"], suffixes=("", "_first"))
    pairs = pairs[pairs["received_at_first"] < pairs["received_at"]]
    assert 0 < pairs["too_late"].mean() < 1


def test_a_complaint_about_the_handling_follows_an_answer_that_came_too_late(large):
    shop, of_part = large
    answers = shop.claim_steps[shop.claim_steps["step"] == "communicated"].merge(
        shop.claims, on="claim_id"
    )
    late = answers[answers["at"].dt.normalize() > answers["answer_by"]]
    handling = of_part("handling").dropna(subset=["order_id"])
    assert len(handling)
    assert handling["order_id"].isin(late["order_id"]).all()


def test_a_parcel_signed_for_by_a_neighbour_can_be_missing(large):
    shop, _ = large
    missing = claims_with_history(shop)[lambda table: table["reason"] == "not_delivered"]
    assert (missing["signed_by"] == "neighbour").any()
    assert missing["delivered"].isna().any()


def test_the_money_back_is_not_more_than_was_paid(large):
    shop, _ = large
    given = shop.claim_steps[shop.claim_steps["remedy"] == "refund"].merge(
        shop.claims[["claim_id", "order_id"]], on="claim_id"
    )
    paid = given["order_id"].map(shop.orders.set_index("order_id")["total"])
    known = given[paid.notna() & given["amount"].notna()]
    assert len(known)
    assert (known["amount"] <= paid[known.index]).all()


def test_about_every_seventh_customer_complains_once():
    claims = [len(make_shop(seed=seed).claims) for seed in range(6)]
    assert 50 <= np.mean(claims) <= 80
