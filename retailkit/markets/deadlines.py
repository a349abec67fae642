"""Deadlines: by when a claim is acknowledged and answered, and by whose rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from retailkit.catalogue import say
from retailkit.markets.days import days_later
from retailkit.markets.rules import Basis, Sourced, rules_of
from retailkit.records import understood
from retailkit.text import day, spoken, weekday
from retailkit.words import count_of

YEARS = range(1900, 2200)
"""Years in which a case can come in; any other is a slip of the pen."""


class Promises(Protocol):
    """What a shop has promised about time; a `Procedure` says it."""

    @property
    def acknowledge_within_hours(self) -> int: ...
    @property
    def answer_within_days(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day by which something must be done, and why then.

    `at` is the moment, where hours are counted. `other` is the later deadline beside
    this one, where both a law and a promise hold.
    """

    date: date
    basis: Basis
    source: str
    at: datetime | None = None
    other: Deadline | None = None

    def __repr__(self) -> str:
        moment = f", {self.at:%H:%M}" if self.at else ""
        said = say(
            "{weekday} {day}{moment}, by {basis}. {source}",
            weekday=weekday(self.date),
            day=day(self.date),
            moment=moment,
            basis=spoken(self.basis),
            source=self.source,
        )
        return f"{said}\n{self.other!r}" if self.other else said

    @property
    def end(self) -> datetime:
        """The last moment: the one named, or the end of the day."""
        return self.at or datetime.combine(self.date, time.max)


def answer_by(
    received: date | str, market: str = "generic", procedure: Promises | None = None
) -> Deadline:
    """The last day on which a claim received on this day may be answered.

    With the shop's procedure, the earlier of the market's rule and the shop's promise,
    and the other one beside it. Working days are Monday to Friday without the public
    holidays and are counted from the day after; a month ends on the same day of the
    next month, or on its last day where that is shorter.
    Raises ValueError for what is no day and for an unknown market.

    >>> answer_by("2026-01-31", market="ES").date
    datetime.date(2026, 2, 28)
    >>> answer_by("2026-03-06").date
    datetime.date(2026, 3, 20)
    """
    on = _received(received)
    rule = _by_rule(on, rules_of(market).answer, market)
    if procedure is None:
        return rule
    days = procedure.answer_within_days
    promise = Deadline(
        date=on.date() + timedelta(days=days),
        basis=Basis.PROMISE,
        source=say("The shop's own promise: an answer within {days}.", days=count_of(days, "day")),
    )
    return _earlier(rule, promise)


def acknowledge_by(
    received: datetime | date | str, market: str = "generic", procedure: Promises | None = None
) -> Deadline:
    """The last moment at which a claim received then may be acknowledged.

    With the shop's procedure, the earlier of the market's rule and the shop's promise.
    A day without an hour counts from its beginning.
    Raises ValueError for what is no day and for an unknown market.

    >>> acknowledge_by("2026-03-06T17:30", market="IN").at
    datetime.datetime(2026, 3, 8, 17, 30)
    """
    at = _received(received)
    rule = _by_rule(at, rules_of(market).acknowledge, market)
    if procedure is None:
        return rule
    hours = procedure.acknowledge_within_hours
    promised = at + timedelta(hours=hours)
    promise = Deadline(
        date=promised.date(),
        at=promised,
        basis=Basis.PROMISE,
        source=say(
            "The shop's own promise: an acknowledgement within {hours}.",
            hours=count_of(hours, "hour"),
        ),
    )
    return _earlier(rule, promise)


def shop_clock(steps: Iterable[Any], until: datetime) -> timedelta:
    """How long a case has been with the shop: the time it waited for the customer is left out.

    `steps` are the case's steps in order, each with `step` and `at`. This is the shop's
    own clock; the clock of the law never pauses, so no deadline is reckoned from this.
    """
    spent, since = timedelta(), None
    for taken in steps:
        if taken.at is None or taken.at > until:
            continue
        if taken.step == "handed_over":
            continue  # another colleague, and still the same side's turn
        if taken.step == "information_asked":
            spent += taken.at - since if since else timedelta()
            since = None
        elif taken.step in ("communicated", "closed", "withdrawn"):
            return spent + (taken.at - since if since else timedelta())
        else:
            since = since or taken.at
    return spent + (until - since if since else timedelta())


def _received(received: date | str) -> datetime:
    at: datetime | None = understood("received", received, datetime)
    if at is None:
        raise ValueError(
            say("received: no day is given. Write year, month and day, like 2026-02-28.")
        )
    if at.year not in YEARS:
        raise ValueError(
            say(
                "received: the year {year} cannot be right. "
                "Write year, month and day, like 2026-02-28.",
                year=at.year,
            )
        )
    return at


def _by_rule(at: datetime, rule: Sourced[int], market: str) -> Deadline:
    import numpy as np

    basis = rule.basis or Basis.PROMISE
    if rule.unit == "hours":
        then = at + timedelta(hours=rule.value)
        return Deadline(date=then.date(), at=then, basis=basis, source=rule.said)
    first = np.array([at.date().isoformat()], dtype="datetime64[D]")
    (last,) = days_later(first, rule, market).tolist()
    return Deadline(date=last, basis=basis, source=rule.said)


def _earlier(rule: Deadline, promise: Deadline) -> Deadline:
    """The earlier of the two, with the other one beside it; the rule where they fall together."""
    first, second = (promise, rule) if promise.end < rule.end else (rule, promise)
    return replace(first, other=second)
