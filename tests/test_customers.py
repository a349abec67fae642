"""Customers: what is to be put right in what we know of somebody."""

from retailkit.customers import CollectionChannel, Customer, phone_like

ANA = {"given_name": "Ana", "family_name": "Ruiz", "channel": "warranty_card"}


def test_a_complete_customer_has_nothing_to_put_right():
    assert Customer(**ANA, email="ana.ruiz@example.com", phone="+34 600 123 456").problems() == []


def test_an_address_without_an_ending_is_said_so():
    assert Customer(**ANA, email="ana@example").problems() == [
        "email: 'ana@example' cannot be an address. The part after the @-sign should have a period."
    ]


def test_a_telephone_number_needs_its_country():
    assert Customer(**ANA, phone="600123456").problems() == [
        "phone: '600123456' has no country in front. Write it like +34 600 000 000."
    ]


def test_a_number_that_is_too_short_is_said_so():
    (problem,) = Customer(**ANA, phone="+34 600").problems()
    assert "too short or too long" in problem


def test_somebody_must_be_reachable():
    (problem,) = Customer(**ANA).problems()
    assert problem.startswith("contact: neither e-mail nor telephone")


def test_a_name_that_is_missing_is_asked_for():
    (problem,) = Customer(channel="survey", given_name="Ana", email="ana@example.com").problems()
    assert problem == "family_name: not filled in yet. What is your family name?"


def test_nobody_is_born_after_we_met_them():
    dates = {"birth_on": "2026-05-01", "joined_at": "2025-05-01"}
    (problem,) = Customer(**ANA, email="ana@example.com", **dates).problems()
    assert problem.startswith("birth_on: 2026-05-01 is after")


def test_there_are_seven_ways_to_come_to_know_a_customer():
    assert len(CollectionChannel) == 7


def test_the_example_of_a_number_is_of_the_country_of_the_list():
    assert phone_like(["+91 98765 43210", "+34 600 000 000", "+91 98765 43211"])[:3] == "+91"
    assert phone_like(["600123456", "+"]) == "+34 600 000 000"
