"""Duplicates: one person twice is found, and two people of one home are left alone."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shops import MARKETS
from twice_written import (
    LANDLINE,
    SLIPS,
    one_landline_per_home,
    pairs_in,
    planted_pairs,
    written_twice,
)

from retailkit import duplicates, make_shop
from retailkit.upkeep.keys import email_key, name_key, phone_keys, postcode_key

PLANTED = {"duplicate_customer": 0.05, "stale_contact": 0.07, "number_damaged": 0.08}
HOME = {"street": "Calle Mayor, 3", "postcode": "28013", "phone": LANDLINE}


def people(*rows):
    """A list of customers, with numbers A, B, C and so on."""
    return pd.DataFrame([{"customer_id": chr(65 + place)} | row for place, row in enumerate(rows)])


def score(one, other):
    found = duplicates(people(one, other), at_least=0)
    return 0 if found.empty else found["score"].iloc[0]


@pytest.mark.parametrize("market", MARKETS)
def test_most_planted_duplicates_are_found_and_hardly_anybody_else(market):
    shop = make_shop(seed=11, customers=1000, market=market, faults=PLANTED)
    true, found = planted_pairs(shop), pairs_in(duplicates(shop))
    assert len(found & true) >= 0.9 * len(true)
    assert len(found - true) <= 0.02 * len(found)


@pytest.mark.parametrize("market", MARKETS)
def test_a_list_without_duplicates_has_none_even_where_homes_share_a_line(market):
    shop = make_shop(seed=5, customers=2000, market=market, faults={})
    assert duplicates(shop).empty
    found = duplicates(one_landline_per_home(shop.customers))
    # parent and child of one name are told apart by their birthdays, where both are known
    assert len(found) <= 2
    assert found["because"].str.endswith("parent and child may have one name.").all()


@pytest.mark.parametrize("slip", SLIPS)
def test_whoever_is_written_down_again_is_found_however_it_is_spelt(slip):
    customers = make_shop(seed=3, customers=600, market="ES", faults={}).customers
    both, true = written_twice(customers, slip)
    assert pairs_in(duplicates(both)) == true


def test_twins_are_two_people():
    ana = {"given_name": "Marta", "family_name": "Ruiz Gil", "birth_on": "1990-05-01", **HOME}
    assert score(ana, ana | {"given_name": "Elena"}) < 0.2
    assert score(ana, ana | {"given_name": "María"}) < 0.8
    assert score(ana, ana | {"given_name": "Elena", "email": "ruiz@example.com"}) < 0.8


def test_father_and_son_of_one_name_are_two_people():
    father = {"given_name": "John", "family_name": "Steele", "birth_on": "1960-03-05", **HOME}
    assert score(father, father | {"birth_on": "1990-03-05"}) < 0.2
    assert score(father, father | {"birth_on": "1988-11-20"}) < 0.2


def test_people_who_merely_share_a_name_are_two_people():
    one = {"given_name": "John", "family_name": "Steele", "street": "1 High Street"}
    assert score(one, one | {"street": "9 Mill Lane"}) < 0.2


def test_a_married_name_and_a_move_do_not_hide_somebody():
    before = {"given_name": "Ana", "family_name": "Ruiz", "birth_on": "1990-05-01"}
    before |= {"email": "ana@example.com", "street": "1 High Street"}
    after = before | {"family_name": "Cooper", "street": "9 Mill Lane"}
    assert score(before, after) > 0.8


def test_what_speaks_for_it_and_against_it_is_said():
    one = {
        "given_name": "Ana",
        "family_name": "Ruiz",
        "email": "ANA@example.com",
        "phone": "+34600",
    }
    other = {"given_name": "Ana", "family_name": "Ruiz", "email": "ana@example.com", "phone": "1"}
    (because,) = duplicates(people(one, other))["because"]
    assert because == (
        "Same first name, same family name and same e-mail address. But another telephone number."
    )


@pytest.mark.slow
@given(st.permutations(range(200)))
def test_the_order_of_the_list_does_not_matter(order):
    shop = make_shop(seed=7, customers=200, faults={"duplicate_customer": 0.05})
    assert pairs_in(duplicates(shop.customers.iloc[order])) == pairs_in(duplicates(shop))


def test_a_number_that_everybody_has_does_not_make_everybody_one():
    rows = [
        {"given_name": f"N{n}", "family_name": f"F{n}", "phone": "+34600000000"} for n in range(300)
    ]
    assert duplicates(people(*rows)).empty


def test_a_name_in_two_spellings_has_one_key():
    assert name_key("jose\u0301  MARÍA") == name_key("José María") == "jose maria"
    assert email_key("JOSE\u0301@Example.com") == "josé@example.com"
    assert email_key("jose@example.com") != email_key("josé@example.com")
    assert postcode_key("03207") == postcode_key("3207")


def test_a_damaged_number_has_the_key_of_the_whole_one():
    assert set(phone_keys(["+34600123456", "34600123456", "600 123 456"])) == {"+34600123456"}
    assert phone_keys(["nonsense", None, " "]) == ["", "", ""]


def test_an_empty_list_has_no_duplicates():
    assert duplicates(people({"given_name": "Ana", "family_name": "Ruiz"}).iloc[:0]).empty


def test_a_table_without_names_is_told_what_it_lacks():
    with pytest.raises(ValueError, match="has no column 'given_name' and 'family_name'"):
        duplicates(pd.DataFrame({"customer_id": ["A"]}))
    with pytest.raises(ValueError, match="at_least: 7 is not a score"):
        duplicates(people({"given_name": "Ana", "family_name": "Ruiz"}), at_least=7)
