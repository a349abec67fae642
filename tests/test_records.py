"""Records: incomplete is allowed, a word outside its list is not."""

from dataclasses import FrozenInstanceError
from datetime import date, datetime

import pandas as pd
import pytest

from retailkit.claims import Claim, Reason
from retailkit.customers import Customer
from retailkit.orders import Product
from retailkit.records import kinds, need_columns, questions, table


def test_a_record_may_be_empty():
    assert Claim().reason is None


def test_a_record_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Claim().reason = "late"


def test_text_becomes_a_word_and_a_date():
    claim = Claim(reason="late", event_on="2026-02-28")
    assert claim.reason is Reason.LATE
    assert claim.event_on == date(2026, 2, 28)


def test_blank_text_means_not_known():
    assert Claim(reason="  ").reason is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("reason", "lat", "'lat' is not a reason. Choose defective"),
        (
            "event_on",
            "31/02/2026",
            "event_on: '31/02/2026' is not a date. Write year, month and day",
        ),
        ("amount", "12,5", "amount: '12,5' is not a number. Write it with digits and a point"),
        ("form_given", "maybe", "form_given: 'maybe' is not an answer. Choose yes or no"),
        ("narrative", 5, "narrative: 5 is not text. Put it between quotation marks"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(field, value, sentence):
    with pytest.raises(ValueError) as problem:
        Claim(**{field: value})
    assert str(problem.value).startswith(sentence)


def test_a_moment_keeps_its_time_and_a_day_has_none():
    moment = datetime.fromisoformat("2026-03-01T09:30")
    claim = Claim(received_at=moment, event_on=moment)
    assert claim.received_at.hour == 9
    assert claim.event_on == date(2026, 3, 1)


def test_problems_name_the_question_that_is_open():
    assert (
        "narrative: not filled in yet. What happened? In the customer's own words."
        in Claim().problems()
    )


def test_an_optional_question_may_stay_open():
    assert not any(problem.startswith("amount") for problem in Claim().problems())


def test_every_question_ends_in_a_question_mark_or_says_more():
    for question in [*questions(Claim), *questions(Customer)]:
        assert question.text[0].isupper()
        assert question.text[-1] in "?."


def test_a_table_has_one_row_per_record_and_one_column_per_field():
    claims = table([Claim(claim_id="CL-1"), Claim(claim_id="CL-2", amount=3)], Claim)
    assert list(claims.columns) == list(kinds(Claim))
    assert claims["amount"].isna().tolist() == [True, False]


def test_a_row_of_a_table_becomes_the_record_again():
    claim = Claim(
        claim_id="CL-1", reason="late", amount=3.5, form_given=True, event_on="2026-01-02"
    )
    assert Claim.from_row(table([claim], Claim).iloc[0]) == claim


def test_a_missing_column_is_named_with_the_likely_one():
    with pytest.raises(ValueError, match=r"The book has no column 'level'.*Did you mean 'levle'\?"):
        need_columns(pd.DataFrame({"levle": []}), ["level"], "The book")


def test_a_record_shows_what_is_known():
    assert repr(Claim(reason="late")) == "Claim\n  reason: late"


@pytest.mark.parametrize("value", [2**53 + 1, str(2**53 + 1), f" {2**53 + 1}.0 "])
def test_a_long_whole_number_keeps_its_last_digit(value):
    assert Product(guarantee_months=value).guarantee_months == 2**53 + 1
