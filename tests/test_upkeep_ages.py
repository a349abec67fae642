"""Ages: what is old, what later records say, and what to ask."""

from dataclasses import replace

import pandas as pd
import pytest
from shops import MARKETS, shop_of

from retailkit import accuracy_check, age_bands, ages, make_shop, planted_faults, stale
from retailkit.customers import Customer
from retailkit.records import records_in
from retailkit.upkeep import pace

SHOP = make_shop(seed=7, customers=400, market="ES", faults={"number_damaged": 0.1})


def fact_of(shop, number, fact):
    table = ages(shop)
    return table[(table["customer_id"] == number) & (table["fact"] == fact)].iloc[0]


def with_last(shop, name, **row):
    """The shop with one more row in a table, like its first but for this."""
    table = shop.tables[name]
    more = table.iloc[[0]].assign(**row).astype(table.dtypes)
    return replace(shop, tables={**shop.tables, name: pd.concat([table, more], ignore_index=True)})


def test_every_contact_that_is_known_has_an_age():
    table = ages(SHOP)
    known = SHOP.customers[["email", "phone", "street"]].notna().sum().sum()
    assert len(table) == known
    assert not table.duplicated(["customer_id", "fact"]).any()


def test_an_e_mail_from_the_customer_confirms_the_address_it_came_from():
    person = SHOP.customers.dropna(subset=["email", "phone"]).iloc[0]["customer_id"]
    row = {"enquiry_id": "EN-NEW", "customer_id": person, "at": pd.Timestamp("2026-06-20")}
    shop = with_last(SHOP, "enquiries", channel="email", **row)
    assert fact_of(shop, person, "email")["confirmed_by"] == "EN-NEW"
    assert fact_of(shop, person, "email")["months"] < 1
    assert fact_of(shop, person, "phone")["confirmed_by"] != "EN-NEW"


def test_a_service_that_found_nobody_counts_until_the_contact_was_seen_to_be_right_again():
    person = SHOP.customers.dropna(subset=["email"]).iloc[0]["customer_id"]
    row = {"service_id": "SE-NEW", "customer_id": person, "at": pd.Timestamp("2026-06-25")}
    shop = with_last(SHOP, "services", result="not_reached", **row)
    assert fact_of(shop, person, "email")["not_reached_by"] == "SE-NEW"
    assert "SE-NEW" in stale(shop).query("customer_id == @person")["because"].iloc[0]
    checked = shop.customers["last_verified_at"].mask(
        shop.customers["customer_id"] == person, pd.Timestamp("2026-06-29")
    )
    again = shop.customers.assign(last_verified_at=checked)
    shop = replace(shop, tables={**shop.tables, "customers": again})
    assert pd.isna(fact_of(shop, person, "email")["not_reached_by"])


def test_contacts_that_did_not_work_are_wrong_much_more_often_than_others():
    shop = make_shop(seed=7, customers=2000, market="ES", faults={"stale_contact": 0.07})
    planted = planted_faults(shop)
    planted = planted[(planted["fault"] == "stale_contact") & (planted["table"] == "customers")]
    table = ages(shop)
    missed = set(table.loc[table["not_reached_at"].notna(), "customer_id"])
    right = len(missed & set(planted["row"])) / len(missed)
    assert right > 0.5


@pytest.mark.parametrize("market", MARKETS)
def test_the_bands_of_each_fact_hold_all_its_contacts(market):
    table = ages(shop_of(market))
    bands = age_bands(table)
    assert bands["contacts"].sum() == len(table)
    assert bands.groupby(level="fact")["share"].sum().round(9).eq(1).all()
    assert (bands["likely_wrong"] <= bands["contacts"]).all()


def test_of_addresses_two_years_old_more_are_likely_wrong_than_of_new_ones():
    bands = age_bands(ages(SHOP)).loc["address"]
    share = bands["likely_wrong"] / bands["contacts"].where(bands["contacts"] > 0)
    assert share["over 2 years"] > share["1 to 2 years"] > share["up to 6 months"]


def test_what_was_never_checked_is_asked_about():
    nobody = SHOP.customers.assign(last_verified_at=pd.NaT).astype(SHOP.customers.dtypes)
    shop = replace(SHOP, tables={**SHOP.tables, "customers": nobody})
    assert "never checked" in set(ages(shop)["band"])
    assert "never checked" in set(stale(shop, after_months=1200)["because"])


def test_the_longer_one_waits_the_fewer_are_stale():
    counts = [len(stale(SHOP, after_months=months)) for months in (0, 6, 24, 36)]
    assert counts == sorted(counts, reverse=True)
    with pytest.raises(ValueError, match="not a number of months"):
        stale(SHOP, after_months=-1)


def test_the_pace_has_its_sources():
    assert all(0 < each.value < 1 and len(each.source) > 20 for each in pace().values())


def test_what_to_ask_is_what_the_records_themselves_find_wrong():
    table = accuracy_check(SHOP)
    said = (table["field"] + ": " + table["problem"]).tolist()
    found = [line for each in records_in(SHOP.customers, Customer) for line in each.problems()]
    assert sorted(said) == sorted(found)
    assert table["ask"].str.endswith("?").all()


def test_whoever_waits_for_an_answer_is_asked_first():
    asked = accuracy_check(SHOP)["open_case"].tolist()
    assert asked == sorted(asked, reverse=True)


def test_a_tidy_list_has_nothing_to_ask():
    assert accuracy_check(make_shop(seed=7, customers=100, market="ES", faults={})).empty
