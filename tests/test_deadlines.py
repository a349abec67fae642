"""Deadlines worked out by hand, with a calendar on the wall: the code must come to the same."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from retailkit.claims import ClaimStep
from retailkit.markets import (
    acknowledge_by,
    answer_by,
    answer_days,
    codes,
    is_working_day,
    rules_of,
    shop_clock,
    working_days_later,
)
from retailkit.procedure import Procedure

ANSWERS = [
    # Andalusia: ten working days from the day after
    ("ES-AN", "2025-02-14", "2025-03-03", "Andalusia's day, Friday 28 February, does not count"),
    ("ES-AN", "2026-02-13", "2026-02-27", "Andalusia's day falls on a Saturday"),
    ("ES-AN", "2027-02-15", "2027-03-02", "Andalusia's day is a Sunday and moved to 1 March"),
    ("ES-AN", "2028-02-15", "2028-03-01", "28 February does not count, the leap day does"),
    ("ES-AN", "2026-03-20", "2026-04-07", "Thursday and Friday before Easter"),
    ("ES-AN", "2027-03-12", "2027-03-30", "an early Easter"),
    ("ES-AN", "2026-12-18", "2027-01-05", "Christmas and New Year"),
    ("ES-AN", "2026-12-23", "2027-01-11", "Christmas, New Year and the Epiphany"),
    ("ES-AN", "2026-01-02", "2026-01-19", "the Epiphany"),
    ("ES-AN", "2026-09-30", "2026-10-15", "Spain's day on a Monday"),
    ("ES-AN", "2026-10-22", "2026-11-06", "All Saints moved to Monday 2 November"),
    ("ES-AN", "2026-11-26", "2026-12-14", "7 and 8 December, one of them moved"),
    ("ES-AN", "2026-04-24", "2026-05-11", "the first of May"),
    ("ES-AN", "2026-08-07", "2026-08-21", "15 August is a Saturday"),
    ("ES-AN", "2025-08-08", "2025-08-25", "15 August is a Friday"),
    ("ES-AN", "2026-08-29", "2026-09-11", "received on a Saturday"),
    ("ES-AN", "2026-08-30", "2026-09-11", "received on a Sunday"),
    # Spain: one month
    ("ES", "2026-03-10", "2026-04-10", "a plain month"),
    ("ES", "2026-01-31", "2026-02-28", "February is too short"),
    ("ES", "2028-01-31", "2028-02-29", "February is too short in a leap year"),
    ("ES", "2027-01-29", "2027-02-28", "two days too short"),
    ("ES", "2026-02-28", "2026-03-28", "the end of February is no end of March"),
    ("ES", "2028-02-29", "2028-03-29", "from a leap day"),
    ("ES", "2026-03-31", "2026-04-30", "April has thirty days"),
    ("ES", "2026-05-31", "2026-06-30", "June has thirty days"),
    ("ES", "2026-12-15", "2027-01-15", "over the year's end"),
    ("ES", "2026-12-31", "2027-01-31", "over the year's end, both months long"),
    ("ES", "2026-03-05", "2026-04-05", "a month may end on Easter Sunday"),
    ("ES", "2026-11-25", "2026-12-25", "a month may end on Christmas Day"),
    # India: one month
    ("IN", "2026-01-26", "2026-02-26", "from Republic Day"),
    ("IN", "2026-07-15", "2026-08-15", "a month may end on Independence Day"),
    ("IN", "2026-09-02", "2026-10-02", "a month may end on Gandhi's birthday"),
    ("IN", "2026-08-31", "2026-09-30", "September has thirty days"),
    ("IN", "2027-12-31", "2028-01-31", "over the year's end"),
    ("IN", "2028-01-30", "2028-02-29", "February is too short in a leap year"),
    # the United Kingdom, England: ten working days
    ("GB", "2026-03-23", "2026-04-08", "Good Friday and Easter Monday"),
    ("GB", "2025-04-04", "2025-04-22", "Easter late in April"),
    ("GB", "2026-04-24", "2026-05-11", "the May bank holiday"),
    ("GB", "2026-05-15", "2026-06-01", "the spring bank holiday"),
    ("GB", "2026-08-21", "2026-09-07", "the summer bank holiday"),
    ("GB", "2026-12-17", "2027-01-05", "Boxing Day on a Saturday, its substitute on Monday 28"),
    ("GB", "2026-12-21", "2027-01-07", "the same, later"),
    ("GB", "2027-12-17", "2028-01-05", "three substitute days, the last on 3 January"),
    ("GB", "2025-12-12", "2025-12-30", "Christmas Day and Boxing Day in the week"),
    ("GB", "2026-06-06", "2026-06-19", "received on a Saturday"),
    ("GB", "2028-02-18", "2028-03-03", "over a leap day"),
    # no country: ten working days, no holidays
    ("generic", "2026-03-06", "2026-03-20", "two weeks from a Friday"),
    ("generic", "2026-12-18", "2027-01-01", "no holidays over the year's end"),
    ("generic", "2026-03-20", "2026-04-03", "no holiday on Good Friday"),
    ("generic", "2028-02-18", "2028-03-03", "over a leap day"),
    ("generic", "2026-07-04", "2026-07-17", "received on a Saturday"),
    ("generic", "2026-07-05", "2026-07-17", "received on a Sunday"),
    ("generic", "2026-07-06", "2026-07-20", "received on a Monday"),
    ("generic", "2026-04-28", "2026-05-12", "no holiday on the first of May"),
]

WORKING_DAYS = [
    ("IN", "2026-01-23", 1, "2026-01-27", "Republic Day on a Monday"),
    ("IN", "2027-01-25", 1, "2027-01-27", "Republic Day on a Tuesday"),
    ("IN", "2026-08-14", 1, "2026-08-17", "Independence Day on a Saturday"),
    ("IN", "2025-08-14", 1, "2025-08-18", "Independence Day on a Friday"),
    ("IN", "2026-10-01", 1, "2026-10-05", "Gandhi's birthday on a Friday"),
    ("IN", "2025-10-01", 1, "2025-10-03", "Gandhi's birthday on a Thursday"),
    ("IN", "2026-12-24", 1, "2026-12-28", "Christmas Day on a Friday"),
    ("IN", "2026-04-02", 1, "2026-04-06", "Good Friday"),
    ("ES", "2025-02-27", 1, "2025-02-28", "Andalusia's day is a working day for Spain"),
    ("ES-AN", "2025-02-27", 1, "2025-03-03", "and none for Andalusia"),
    ("ES", "2026-04-01", 2, "2026-04-06", "Thursday before Easter is left to the regions"),
    ("ES-AN", "2026-04-01", 2, "2026-04-07", "and is a holiday in Andalusia"),
    ("ES", "2026-10-09", 1, "2026-10-13", "Spain's day on a Monday"),
    ("GB", "2026-12-24", 1, "2026-12-29", "Christmas Day and the substitute for Boxing Day"),
    ("GB", "2026-03-16", 1, "2026-03-17", "Saint Patrick's day is no holiday in England"),
    ("generic", "2026-12-24", 1, "2026-12-25", "no holidays at all"),
]

ACKNOWLEDGEMENTS = [
    ("ES", "2026-04-01T10:00", "2026-04-06", None),
    ("ES", "2026-12-24T10:00", "2026-12-29", None),
    ("GB", "2026-12-24T10:00", "2026-12-30", None),
    ("generic", "2026-12-24T10:00", "2026-12-28", None),
    ("ES-AN", "2026-02-28T10:00", "2026-02-28", "2026-02-28T10:00"),
    ("IN", "2026-02-27T10:00", "2026-03-01", "2026-03-01T10:00"),
    ("IN", "2028-02-28T23:30", "2028-03-01", "2028-03-01T23:30"),
    ("IN", "2026-12-30T08:00", "2027-01-01", "2027-01-01T08:00"),
]


@pytest.mark.parametrize(("market", "received", "due", "why"), ANSWERS)
def test_the_answer_is_due_on_the_day_that_the_calendar_says(market, received, due, why):
    assert str(answer_by(received, market).date) == due, why


def test_many_days_at_once_come_to_the_same():
    for market in codes():
        rows = [(received, due) for code, received, due, _ in ANSWERS if code == market]
        received, due = np.array(rows, dtype="datetime64[D]").T
        assert (answer_days(received, market) == due).all()


@pytest.mark.parametrize(("market", "received", "count", "due", "why"), WORKING_DAYS)
def test_holidays_are_those_of_the_place(market, received, count, due, why):
    (last,) = working_days_later(np.array([received], dtype="datetime64[D]"), count, market)
    assert str(last) == due, why


@pytest.mark.parametrize(("market", "received", "due", "moment"), ACKNOWLEDGEMENTS)
def test_the_acknowledgement_is_due_by_day_or_by_hour(market, received, due, moment):
    deadline = acknowledge_by(received, market)
    assert str(deadline.date) == due
    assert deadline.at == (moment and datetime.fromisoformat(moment))


def test_at_least_sixty_dates_were_worked_out_and_every_market_has_some():
    assert len(ANSWERS) + len(WORKING_DAYS) + len(ACKNOWLEDGEMENTS) >= 60
    assert {row[0] for row in ANSWERS} == set(codes())


def test_the_earlier_of_law_and_promise_holds_and_both_are_shown():
    hasty = answer_by("2026-03-10", "ES", Procedure(answer_within_days=7))
    assert (str(hasty.date), hasty.basis) == ("2026-03-17", "promise")
    assert repr(hasty).splitlines()[1].startswith("Friday 10 April 2026, by law.")
    slow = answer_by("2026-03-10", "ES", Procedure(answer_within_days=60))
    assert (str(slow.date), slow.basis, slow.other.basis) == ("2026-04-10", "law", "promise")


def test_a_promise_of_hours_is_earlier_than_two_days():
    deadline = acknowledge_by("2026-03-10T17:00", "IN", Procedure(acknowledge_within_hours=2))
    assert (str(deadline.at), deadline.basis) == ("2026-03-10 19:00:00", "promise")
    assert str(deadline.other.at) == "2026-03-12 17:00:00"


def test_a_day_without_an_hour_begins_at_midnight():
    assert str(acknowledge_by(date(2026, 3, 10), "IN").at) == "2026-03-12 00:00:00"


@pytest.mark.parametrize("received", ["", "soon", None])
def test_what_is_no_day_is_told_in_a_sentence(received):
    with pytest.raises(ValueError, match=r"^received: .*like 2026-02-28\.$"):
        answer_by(received)


def test_no_days_in_no_days_out():
    assert len(working_days_later(np.array([], dtype="datetime64[D]"), 3, "ES")) == 0


def test_a_count_over_years_meets_the_holidays_of_all_of_them():
    # 2026 has 251 working days in Andalusia without those of the towns
    year = np.arange("2026-01-01", "2027-01-01", dtype="datetime64[D]").tolist()
    working = sum(is_working_day(on, "ES-AN") for on in year)
    (last,) = working_days_later(np.array(["2025-12-31"], "M8[D]"), working, "ES-AN")
    assert str(last) == "2026-12-31"


def test_an_estimated_feast_is_no_holiday_yet():
    # Eid al-Adha 2026 is estimated for Thursday 28 May
    assert is_working_day(date(2026, 5, 28), "IN")
    assert "estimated" in rules_of("IN").holidays.source


def test_the_shops_clock_stands_still_while_the_customer_is_asked():
    def step(name, day):
        return ClaimStep(step=name, at=datetime(2026, 3, day, 9))  # noqa: DTZ001 - shop time

    steps = [step("received", 2), step("information_asked", 3), step("information_received", 10)]
    noon = datetime.fromisoformat("2026-03-12T09:00")
    assert shop_clock(steps, noon) == timedelta(days=3)
    assert shop_clock([*steps, step("communicated", 11)], noon) == timedelta(days=2)
    assert shop_clock(steps[:2], noon) == timedelta(days=1)
    assert shop_clock([], noon) == timedelta()


def test_handing_over_does_not_start_the_shops_clock_while_the_customer_is_asked():
    def step(name, day):
        return ClaimStep(step=name, at=datetime(2026, 3, day, 9))  # noqa: DTZ001 - shop time

    steps = [step("received", 2), step("information_asked", 3), step("handed_over", 4)]
    assert shop_clock(steps, datetime.fromisoformat("2026-03-12T09:00")) == timedelta(days=1)


def test_a_year_at_the_end_of_all_calendars_is_told():
    with pytest.raises(ValueError, match="cannot be right"):
        answer_by("9999-12-31")
