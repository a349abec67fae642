"""Rights: to see what is held, to have it corrected, to be forgotten, and not to be found."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from shops import MARKETS, shop_of
from sweeps import mostly_slow

from retailkit import (
    audit,
    benefits,
    corrected,
    evidence,
    extract,
    held_on,
    make_shop,
    triage,
    without_customer,
)
from retailkit.upkeep.keys import plain
from retailkit.upkeep.struck import strike_of

SHOP = make_shop(seed=7, customers=300, market="ES", faults={"data_of_others": 0.5})
KEY = "a secret for one extract"


def everything(shop):
    """Every value of every table as text."""
    return [
        value
        for table in shop.tables.values()
        for column in table.columns
        for value in table[column].dropna().astype(str).unique()
    ]


def with_claims(shop, count):
    return shop.claims["customer_id"].dropna().unique()[:count].tolist()


# ---- what is held ----


def test_all_that_is_held_on_a_person_is_shown_and_nothing_on_others():
    number = with_claims(SHOP, 1)[0]
    held = held_on(SHOP, number)
    assert set(held.tables["claims"]["customer_id"]) == {number}
    assert set(held.tables["claim_steps"]["claim_id"]) == set(held.tables["claims"]["claim_id"])
    assert set(held.tables["order_lines"]["order_id"]) == set(held.tables["orders"]["order_id"])
    assert len(held.tables["customers"]) == 1
    assert f"email: {SHOP.customer(number).email}." in held.sentences()


def test_somebody_who_stands_in_anothers_letter_is_told_so():
    person = SHOP.customers.dropna(subset=["email"]).iloc[5]
    told = f"Ask {person['email'].upper()} about it."
    letters = SHOP.messages["text"].mask(SHOP.messages.index == 0, told)
    shop = replace(SHOP, tables={**SHOP.tables, "messages": SHOP.messages.assign(text=letters)})
    before = held_on(SHOP, person["customer_id"]).elsewhere
    assert held_on(shop, person["customer_id"]).elsewhere == before + 1


# ---- correcting ----


def test_a_corrected_fact_and_its_day_are_written_and_nothing_else():
    shop = corrected(SHOP, "C-000005", verified_at="2026-06-29", phone="+34600111222", email=None)
    assert shop.customer("C-000005").phone == "+34600111222"
    assert shop.customer("C-000005").email is None
    assert shop.customers.dtypes.equals(SHOP.customers.dtypes)
    others = SHOP.customers["customer_id"] != "C-000005"
    pd.testing.assert_frame_equal(shop.customers[others], SHOP.customers[others])


def test_a_customer_may_confirm_without_a_change():
    shop = corrected(SHOP, "C-000005", verified_at="2026-06-29")
    assert f"{shop.customer('C-000005').last_verified_at:%Y-%m-%d}" == "2026-06-29"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"email": "ana@"}, "cannot be an address"),
        ({"emial": "ana@example.com"}, "Did you mean 'email'"),
        ({"joined_at": "2020-01-01"}, "is not a fact that a customer corrects"),
        ({"given_name": None}, "given_name: not filled in yet"),
        ({"birth_on": "31/12/1990"}, "is not a date"),
        ({"verified_at": "2030-01-01"}, "not a moment up to the shop's today"),
    ],
)
def test_a_correction_that_cannot_be_right_is_refused(facts, sentence):
    with pytest.raises(ValueError, match=sentence):
        corrected(SHOP, "C-000005", **{"verified_at": "2026-06-29"} | facts)


# ---- being forgotten ----


def assert_forgotten(shop, number):
    """No value of the person is left, but for what somebody else has as well."""
    person = shop.customers[shop.customers["customer_id"] == number].iloc[0]
    rest = shop.customers[shop.customers["customer_id"] != number]
    left = without_customer(shop, number)
    texts = [plain(text) for text in everything(left)]
    assert not any(number in text or f"-{number[2:]}-" in text for text in everything(left))
    for column in ("email", "phone", "street"):
        value = person[column]
        if isinstance(value, str) and value not in set(rest[column]):
            assert not any(plain(value) in text for text in texts), (number, column)
    name = plain(f"{person['given_name']} {person['family_name']}")
    others = {
        plain(f"{a} {b}") for a, b in rest[["given_name", "family_name"]].itertuples(index=False)
    }
    if name not in others:
        assert not any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts), number
    return left


@pytest.mark.parametrize("market", mostly_slow(MARKETS, 1))
def test_nothing_of_an_erased_person_is_left_in_any_table(market):
    shop = shop_of(f"{market} with every fault")
    for number in with_claims(shop, 3):
        assert_forgotten(shop, number)


def test_somebody_named_in_anothers_letter_is_struck_out_there():
    person = SHOP.customers.dropna(subset=["email", "phone"]).iloc[7]
    told = (
        f"{person['family_name'].upper()}, {person['given_name']}; {person['email']}; "
        f"{person['phone'][3:6]} {person['phone'][6:]}"
    )
    letters = SHOP.messages["text"].mask(SHOP.messages.index == 0, f"See: {told}.")
    shop = replace(SHOP, tables={**SHOP.tables, "messages": SHOP.messages.assign(text=letters)})
    left = assert_forgotten(shop, person["customer_id"])
    said = left.messages["text"].iloc[0]
    assert said.count("[struck out]") >= 3
    assert not re.search(r"\d", said)


def test_cases_are_kept_without_the_person_and_can_still_be_judged():
    number = with_claims(SHOP, 1)[0]
    left = without_customer(SHOP, number)
    assert {name: len(table) for name, table in left.tables.items()} == {
        name: len(table) - (name == "customers") for name, table in SHOP.tables.items()
    }
    before, after = triage(evidence(SHOP)), triage(evidence(left))
    assert list(before["level"]) == list(after["level"])
    assert list(before["disposition"]) == list(after["disposition"])
    assert list(audit(SHOP)["verdict"]) == list(audit(left)["verdict"])
    assert len(benefits(left)) == len(benefits(SHOP))
    orders = left.order_lines["order_id"]
    assert orders.isin(left.orders["order_id"]).all()


def test_the_token_of_an_erased_person_is_made_anew_each_time():
    number = with_claims(SHOP, 1)[0]
    tokens = [set(without_customer(SHOP, number).claims["customer_id"]) for _ in range(2)]
    assert tokens[0] != tokens[1]


def test_words_are_struck_out_in_any_spelling_and_only_whole():
    strike = strike_of(["Ana Núñez"], ["+34600123456"])
    assert strike.in_text("ANA NUN\u0303EZ and Ana Nunez") == "[struck out] and [struck out]"
    assert strike.in_text("Hanna Núñezal") == "Hanna Núñezal"
    assert strike.in_text("Call (600) 123-456.") == "Call ([struck out]."
    assert strike.in_text("Order 1600123456") == "Order 1600123456"


# ---- extracts ----


def test_an_extract_names_nobody():
    taken = extract(SHOP, list(SHOP.tables), KEY)
    customers = SHOP.customers
    private = {
        *customers["email"],
        *customers["phone"],
        *customers["street"],
        *customers["customer_id"],
    }
    values = {
        value
        for table in taken.tables.values()
        for column in table.columns
        for value in table[column].dropna().astype(str)
    }
    assert not values & private
    assert not any(re.search(r"-\d{6}(-|$)", value) for value in values)


def test_the_tables_of_an_extract_still_belong_together():
    taken = extract(SHOP, ["customers", "orders", "order_lines"], KEY).tables
    by_customer = taken["orders"].groupby("customer_id").size().sort_values().tolist()
    assert by_customer == SHOP.orders.groupby("customer_id").size().sort_values().tolist()
    assert taken["order_lines"]["order_id"].isin(taken["orders"]["order_id"]).all()


def test_another_key_gives_other_pseudonyms():
    one, other = (extract(SHOP, ["orders"], key).tables["orders"] for key in (KEY, KEY + "2"))
    assert not set(one["customer_id"].dropna()) & set(other["customer_id"].dropna())


@pytest.mark.parametrize("k", [2, 5, 20])
def test_what_is_advised_reaches_the_group_that_is_wanted(k):
    first = extract(SHOP, ["customers"], KEY)
    assert first.k == 1
    assert extract(SHOP, ["customers"], KEY, coarser=first.to_reach(k)).k >= k


def test_an_extract_says_that_it_is_not_anonymous():
    assert "pseudonymised, not anonymous" in str(extract(SHOP, ["customers"], KEY))
    assert extract(SHOP, ["orders"], KEY).k is None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"tables": ["custmers"]}, "Did you mean 'customers'"),
        ({"tables": "customers"}, "write a list"),
        ({"key": "short"}, "needs at least 16 letters"),
        ({"coarser": ["no_name"]}, "is not a coarser"),
    ],
)
def test_an_extract_that_cannot_be_made_is_refused(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        extract(SHOP, **{"tables": ["customers"], "key": KEY} | asked)


def test_groups_larger_than_the_list_cannot_be_reached():
    with pytest.raises(ValueError, match="300 customers"):
        extract(SHOP, ["customers"], KEY).to_reach(301)
