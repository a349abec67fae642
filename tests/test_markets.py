"""Markets: every value has its source, and days are counted right."""

from datetime import date

import pytest

from retailkit.markets import Sourced, answer_by, codes, rules_of


def test_an_unknown_market_is_told_which_there_are():
    with pytest.raises(
        ValueError, match=r"'SE' is not a market\. Choose ES, ES-AN, GB, IN or generic\."
    ):
        rules_of("SE")


@pytest.mark.parametrize("code", codes())
def test_every_value_says_where_it_comes_from(code):
    values = [value for value in vars(rules_of(code)).values() if isinstance(value, Sourced)]
    assert values
    assert all(value.source.endswith(".") and value.as_of for value in values)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-10", date(2026, 4, 10)),
        ("2026-01-31", date(2026, 2, 28)),
        ("2028-01-31", date(2028, 2, 29)),
        ("2026-12-15", date(2027, 1, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last_of_a_short_month(received, due):
    assert answer_by(received, market="ES").date == due


@pytest.mark.parametrize(
    "received", ["2026-03-06", "2026-03-07", "2026-03-08"], ids=["friday", "saturday", "sunday"]
)
def test_working_days_are_counted_from_the_day_after(received):
    assert answer_by(received).date == date(2026, 3, 20)


def test_the_law_sets_the_date_in_spain_and_a_promise_elsewhere():
    assert answer_by("2026-03-06", market="ES").basis == "law"
    assert answer_by("2026-03-06").basis == "promise"


def test_a_deadline_reads_as_a_sentence_with_its_source():
    assert repr(answer_by("2026-03-10", market="ES")).startswith("Friday 10 April 2026, by law.")
