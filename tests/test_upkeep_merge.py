"""Merging: nothing is lost, the stricter answer holds, and there is a way back."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import MARKETS
from sweeps import mostly_slow
from twice_written import planted_pairs

from retailkit import duplicates, make_shop, may_contact, merge
from retailkit.customers import Consent, Purpose
from retailkit.records import table

SHOP = make_shop(seed=7, customers=150, market="ES", faults={"duplicate_customer": 0.04})
KEEP, OTHER = (duplicates(SHOP)[name].iloc[0] for name in ("customer_id", "other_id"))


def same_tables(one, other):
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name])
    return True


def rows_with(shop, customer_id):
    return {
        name: int((each["customer_id"] == customer_id).sum())
        for name, each in shop.tables.items()
        if "customer_id" in each and name != "customers"
    }


def with_answers(answers):
    """The shop, with these answers in place of all others."""
    rows = [Consent(consent_id=f"CO-{place}", **each) for place, each in enumerate(answers)]
    return replace(SHOP, tables={**SHOP.tables, "consents": table(rows, Consent)})


@pytest.mark.parametrize("market", mostly_slow(MARKETS, 1))
def test_every_row_of_both_belongs_to_the_one_that_is_kept(market):
    shop = make_shop(seed=2, customers=400, market=market, faults={"duplicate_customer": 0.04})
    for pair in planted_pairs(shop):
        keep, other = sorted(pair)
        done = merge(shop, keep, other, sure=True)
        mine, theirs = rows_with(shop, keep), rows_with(shop, other)
        after = rows_with(done.shop, keep)
        assert after == {
            name: mine[name] + theirs[name] + (len(done.added) if name == "consents" else 0)
            for name in mine
        }
        assert not any(rows_with(done.shop, other).values())
        assert other not in set(done.shop.order_events["signed_by"])


@given(st.sampled_from(sorted(map(sorted, planted_pairs(SHOP)))), st.booleans())
def test_no_row_is_lost_and_undo_gives_the_exact_tables_back(pair, turned):
    keep, other = pair[::-1] if turned else pair
    done = merge(SHOP, keep, other, sure=True)
    for name, before in SHOP.tables.items():
        key, gone = before.columns[0], {other} if name == "customers" else set()
        new = set(done.added) if name == "consents" else set()
        assert set(done.shop.tables[name][key]) == set(before[key]) - gone | new
        assert len(done.shop.tables[name]) == len(before) - len(gone) + len(new)
    assert same_tables(done.undo(), SHOP)
    assert same_tables(done.undo(done.shop), SHOP)


def test_what_came_after_the_merge_stays_when_it_is_undone():
    done = merge(SHOP, KEEP, OTHER)
    order = SHOP.orders.iloc[[0]].assign(order_id="O-NEW", customer_id=KEEP)
    orders = pd.concat([done.shop.orders, order], ignore_index=True)
    people = done.shop.customers
    moved = people["city"].mask(people["customer_id"] == KEEP, "Toledo")
    tables = {**done.shop.tables, "orders": orders, "customers": people.assign(city=moved)}
    back = done.undo(replace(done.shop, tables=tables))
    assert back.order("O-NEW").customer_id == KEEP
    assert back.customer(KEEP).city == "Toledo"
    assert back.customer(OTHER) == SHOP.customer(OTHER)
    with pytest.raises(ValueError, match="cannot be taken out"):
        done.undo(back)


ANSWER = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from([KEEP, OTHER]),
        "purpose": st.sampled_from([each.value for each in Purpose]),
        "state": st.sampled_from(["given", "declined", "withdrawn", "not_asked", None]),
        "at": st.sampled_from([None, "2024-01-01", "2025-06-01T10:30", "2026-06-30", "2027-02-01"]),
        "channel": st.sampled_from(["website", "complaint", "survey", None]),
    }
)


@settings(max_examples=10)  # a merge takes its time
@given(st.lists(ANSWER, max_size=8))
def test_after_a_merge_the_shop_may_contact_only_where_neither_record_said_no(answers):
    shop = with_answers(answers)
    merged = merge(shop, KEEP, OTHER).shop
    on = "2028-01-01"  # after every answer
    for purpose in Purpose:
        alone = [may_contact(shop, number, purpose, on) for number in (KEEP, OTHER)]
        said_no = any("said no" in each.because or "back" in each.because for each in alone)
        said_yes = any(each.may for each in alone)
        assert may_contact(merged, KEEP, purpose, on).may == (said_yes and not said_no)


def test_an_older_no_of_the_other_record_outlives_a_later_yes():
    yes = {"customer_id": KEEP, "state": "given", "at": "2026-05-01", "channel": "website"}
    no = {"customer_id": OTHER, "state": "withdrawn", "at": "2024-05-01", "channel": "website"}
    shop = with_answers([each | {"purpose": "marketing"} for each in (yes, no)])
    done = merge(shop, KEEP, OTHER)
    assert may_contact(shop, KEEP)
    assert not may_contact(done.shop, KEEP)
    (wording,) = done.shop.consents.iloc[2:]["wording"]
    assert f"As {OTHER} the customer had taken the yes back (marketing)" in wording
    assert len(done.shop.consents) == 3


def test_a_yes_that_is_given_after_the_merge_counts():
    no = {"customer_id": OTHER, "state": "declined", "at": "2024-05-01", "purpose": "marketing"}
    yes = no | {"customer_id": KEEP, "state": "given", "at": "2025-05-01", "channel": "survey"}
    merged = merge(with_answers([no, yes]), KEEP, OTHER).shop
    later = Consent(consent_id="new", **yes | {"at": "2026-08-01"})
    answers = pd.concat([merged.consents, table([later], Consent)], ignore_index=True)
    asked = replace(merged, tables={**merged.tables, "consents": answers})
    assert not may_contact(asked, KEEP, at="2026-07-15")
    assert may_contact(asked, KEEP, at="2026-08-02")


def test_a_yes_on_a_complaint_form_is_no_yes_after_a_merge_either():
    yes = {"customer_id": OTHER, "state": "given", "at": "2026-05-01", "purpose": "marketing"}
    shop = with_answers([yes | {"channel": "complaint"}])
    assert not may_contact(merge(shop, KEEP, OTHER).shop, KEEP)


def test_each_fact_comes_from_the_record_that_was_verified_last_unless_one_chooses():
    people = SHOP.customers
    newer = people["last_verified_at"].mask(
        people["customer_id"] == OTHER, pd.Timestamp("2026-06-29")
    )
    email = people["email"].mask(people["customer_id"] == OTHER, "new@example.com")
    email = email.mask(people["customer_id"] == KEEP, "old@example.com")
    customers = people.assign(last_verified_at=newer, email=email)
    shop = replace(SHOP, tables={**SHOP.tables, "customers": customers})
    done = merge(shop, KEEP, OTHER)
    assert done.shop.customer(KEEP).email == "new@example.com"
    assert any("not taken over" in line and "old@example.com" in line for line in done.sentences())
    chosen = merge(shop, KEEP, OTHER, take={"email": KEEP}).shop.customer(KEEP)
    assert chosen.email == "old@example.com"
    assert chosen.last_verified_at == shop.customer(KEEP).last_verified_at


def test_a_fact_that_one_record_alone_knows_is_kept():
    people = SHOP.customers
    nothing = people["street"].mask(people["customer_id"] == OTHER)
    customers = people.assign(street=nothing, last_verified_at=people["last_verified_at"])
    shop = replace(SHOP, tables={**SHOP.tables, "customers": customers})
    for keep, other in ((KEEP, OTHER), (OTHER, KEEP)):
        merged = merge(shop, keep, other).shop.customer(keep)
        assert merged.phone or merged.email
        assert merged.joined_at == min(shop.customer(each).joined_at for each in (KEEP, OTHER))


@pytest.mark.parametrize(
    ("keep", "other", "sentence"),
    [
        (KEEP, KEEP, "cannot be merged with itself"),
        (KEEP, "C-999999", "has no 'C-999999'"),
        (KEEP, None, "A guest has no number"),
        (float("nan"), OTHER, "A guest has no number"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_a_reason(keep, other, sentence):
    with pytest.raises(ValueError, match=sentence):
        merge(SHOP, keep, other, sure=True)


def test_a_fact_that_cannot_be_chosen_is_refused():
    with pytest.raises(ValueError, match="'emial' is not a fact to choose"):
        merge(SHOP, KEEP, OTHER, take={"emial": KEEP})
    with pytest.raises(ValueError, match="is not a record to take a fact from"):
        merge(SHOP, KEEP, OTHER, take={"email": "C-000001"})


def test_a_household_is_merged_only_by_somebody_who_is_sure():
    shop = make_shop(seed=7, customers=20)
    with pytest.raises(ValueError, match="look like two people of one household"):
        merge(shop, "C-000003", "C-000004")
    with pytest.raises(ValueError, match="look like two different people"):
        merge(shop, "C-000001", "C-000002")
    assert len(merge(shop, "C-000003", "C-000004", sure=True).shop.customers) == 19
