"""The pictures of upkeep: titles that are true, words with every number."""

import pandas as pd
import pytest
from sweeps import mostly_slow

import retailkit as rk

SEEDS = mostly_slow(range(20), 5)


def shop_with(seed):
    faults = {"stale_contact": 0.08, "duplicate_customer": 0.03}
    return rk.make_shop(seed=seed, customers=60 + 7 * seed, market="ES", faults=faults)


def title(picture):
    return picture.axes[0].get_title(loc="left")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_title_counts_the_contacts_that_nothing_has_shown_to_be_right(seed):
    ages = rk.ages(shop_with(seed))
    old = (ages["months"] > 24).sum() + ages["months"].isna().sum()
    picture = rk.figures.age_bands(rk.age_bands(ages))
    assert title(picture) == f"{old} of {len(ages)} contacts: not seen to be right for 2 years"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_words_hold_the_number_of_every_band(seed):
    bands = rk.age_bands(rk.ages(shop_with(seed)))
    words = repr(rk.figures.age_bands(bands))
    for (_, band), count in bands["contacts"].items():
        assert not count or f"{count} {band}" in words


@pytest.mark.parametrize("seed", SEEDS)
def test_the_title_counts_those_who_may_be_sent_offers(seed):
    shop = shop_with(seed)
    may = rk.may_contact(shop)["may"]
    picture = rk.figures.permissions(rk.permissions(shop))
    assert title(picture) == f"{may.sum()} of {len(may)} customers may be sent offers and greetings"


@pytest.mark.parametrize("purpose", ["marketing", "surveys", "sharing"])
def test_every_customer_stands_once_in_a_row_of_permissions(purpose):
    shop = shop_with(3)
    row = rk.permissions(shop).loc[purpose]
    assert row.sum() == len(shop.customers)
    assert row["given"] == rk.may_contact(shop, purpose=purpose)["may"].sum()


def test_permissions_are_those_of_the_moment():
    shop = shop_with(3)
    before = rk.permissions(shop, at="2000-01-01")
    assert (before["not_asked"] == len(shop.customers)).all()


def test_where_nothing_is_old_the_title_says_so():
    ages = rk.ages(shop_with(3)).query("months < 6")
    picture = rk.figures.age_bands(rk.age_bands(ages))
    assert title(picture) == f"All {len(ages)} contacts were seen to be right within 2 years"


def test_what_was_never_checked_is_counted_and_told():
    ages = rk.ages(shop_with(3)).head(2).assign(months=pd.NA, band="never checked")
    ages["months"] = ages["months"].astype("Float64")
    words = repr(rk.figures.age_bands(rk.age_bands(ages)))
    assert "2 of 2 contacts: not seen to be right for 2 years" in words
    assert "never checked" in words


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="There are no customers"):
        rk.figures.permissions(rk.permissions(shop_with(3)) * 0)
    with pytest.raises(ValueError, match="No contact is known"):
        rk.figures.age_bands(rk.age_bands(rk.ages(shop_with(3)).head(0)))
