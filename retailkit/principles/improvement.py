"""Improvement: the causes of cases, what is done about them, and whether they come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retailkit.catalogue import later, say
from retailkit.claims import StepType
from retailkit.principles.book import CaseBook
from retailkit.principles.on_records import A_CAUSE
from retailkit.records import Record, asked
from retailkit.shares import SURE
from retailkit.text import Problems, day, spoken
from retailkit.words import count_of, did_you_mean

if TYPE_CHECKING:
    from retailkit.shop import Shop

NOT_NOTED = later("not noted")
FEWEST_EXPECTED = 5
"""With fewer cases expected than this, not one case at all would still tell little."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CorrectiveAction(Record):
    """What is done about a cause, by whom and by when.

    >>> act = CorrectiveAction(cause="the carrier", action="Change the carrier.", owner="Ana")
    >>> act.problems()
    due_on: not filled in yet. By which day is it to be done?
    """

    cause: str | None = asked("Which cause is it about?")
    action: str | None = asked("What is to be done about it?", long=True)
    owner: str | None = asked("Who sees to it?")
    due_on: date | None = asked("By which day is it to be done?")
    done_on: date | None = asked("On which day was it done?", optional=True)

    def problems(self) -> Problems:
        """What is to be put right in this action: one sentence each."""
        said = super().problems()
        if self.due_on and self.done_on and self.done_on > self.due_on:
            days = {"done": day(self.done_on), "due": day(self.due_on)}
            said.append(say("done_on: done on {done}, after {due}.", **days))
        return said

    def overdue(self, on: date) -> bool:
        """Whether it should have been done by this day and was not."""
        return self.done_on is None and self.due_on is not None and self.due_on < on


def causes(shop: Shop) -> pd.DataFrame:
    """What causes the cases that are closed, the most frequent first (Pareto's order).

    One row per cause, index `cause`: `cases`, their `share` of all closed cases, `so_far`
    (this share and those above it), the `reason` most often given, and `paid`, the money
    that customers got, in the market's currency. Causes are read from the closing notes;
    cases without one stand together in the last row, "not noted".

    >>> from retailkit.generate import make_shop
    >>> causes(make_shop(seed=7, customers=800)).index[0]
    'a fault of the product'
    """
    closed = _closed(shop)
    by_cause = closed.groupby("cause")
    table = by_cause.agg(
        cases=("reason", "size"), reason=("reason", _most_often), paid=("paid", "sum")
    )
    last = table.index == NOT_NOTED
    table = table.assign(last=last).sort_values(
        ["last", "cases"], ascending=[True, False], kind="stable"
    )
    table.insert(1, "share", table["cases"] / max(len(closed), 1))
    table.insert(2, "so_far", table["share"].cumsum())
    return table.drop(columns="last")


def _most_often(reasons: pd.Series) -> str:
    counts = reasons.dropna().value_counts()
    return spoken(str(counts.index[0])) if len(counts) else spoken(None)


def _closed(shop: Shop) -> pd.DataFrame:
    """Closed cases: one row each, with `cause`, `reason`, `paid` and `received_at`."""
    book = CaseBook(shop)
    note = book.of_step("note", StepType.CLOSED).fillna("")
    # "Cause: poor packing." says poor packing
    said = note.str.replace(r"^[^:]*:\s*", "", regex=True).str.strip().str.rstrip(".।")
    noted = note.str.contains(A_CAUSE, regex=True) & (said != "")
    table = pd.DataFrame(
        {
            "cause": said.where(noted, NOT_NOTED),
            "reason": book.claims["reason"],
            "paid": book.of_step("amount", StepType.DECIDED).fillna(0),
            "received_at": book.claims["received_at"],
        }
    )
    return table[book.row_of(StepType.CLOSED) >= 0]


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """How often a cause came back after its action, beside how often it came before.

    Rates are cases for 1,000 orders; `ratio` is after by before, with its 95% interval.
    """

    before: int
    after: int
    rate_before: float | None
    rate_after: float | None
    ratio: float | None
    low: float | None
    high: float | None
    because: str

    def __repr__(self) -> str:
        return self.because


def recurrence(shop: Shop, action: CorrectiveAction) -> Recurrence:
    """Whether a cause comes back less often since something was done about it.

    Cases are counted by the day on which they came in and held against the orders of the
    same days; the last weeks are left out, since their cases are not all closed and have no
    cause yet. The interval of the ratio of two rates is the score interval (K. Gu and
    others, Biometrical Journal 50, 2008, in statsmodels). Goods that were sold before the
    action still bring cases after it, so an action needs time to show.

    Raises ValueError where the action has no day, or no case has its cause.
    """
    closed = _closed(shop)
    if action.cause not in set(closed["cause"]):
        known = sorted(set(closed["cause"]))
        raise ValueError(
            say(
                "No closed case has the cause {cause!r}.{did_you_mean}"
                " The causes stand in rk.causes(shop).",
                cause=action.cause,
                did_you_mean=did_you_mean(action.cause, known),
            )
        )
    if action.done_on is None:
        raise ValueError(say("The action is not done yet: write done_on, the day on which it was."))
    last = pd.Timestamp(_all_closed_by(shop))
    done = pd.Timestamp(action.done_on)
    mine = closed.loc[closed["cause"] == action.cause, "received_at"]
    bought = shop.orders["ordered_at"]
    before, after = int((mine < done).sum()), int(((mine >= done) & (mine <= last)).sum())
    sold = int((bought < done).sum())
    sold_since = int(((bought >= done) & (bought <= last)).sum())
    return _compared(str(action.cause), before, sold, after, sold_since)


def _all_closed_by(shop: Shop) -> date:
    """The last day of receipt for which nearly every case is closed: 95 of 100 are by then."""
    book = CaseBook(shop)
    took = (book.when(StepType.CLOSED) - book.received) / np.timedelta64(1, "D")
    took = took[~np.isnan(took)]
    days = float(np.quantile(took, SURE)) if len(took) else 0.0
    return shop.today - timedelta(days=round(days))


def _compared(cause: str, before: int, sold: int, after: int, sold_since: int) -> Recurrence:
    from statsmodels.stats.rates import confint_poisson_2indep

    expected = before * sold_since / sold if sold else 0.0
    counted = {
        "before": count_of(before, "case"),
        "sold_before": count_of(sold, "order"),
        "since": count_of(after, "case"),
        "sold_since": count_of(sold_since, "order"),
    }
    if expected < FEWEST_EXPECTED:
        because = say(
            "Not enough evidence on '{cause}': {before} in {sold_before} before, "
            "{since} in {sold_since} since. As before, {expected:.1f} would be "
            "expected since; {fewest} are needed to see a change.",
            cause=say(cause),
            expected=expected,
            fewest=FEWEST_EXPECTED,
            **counted,
        )
        return Recurrence(
            before=before, after=after, because=because,
            rate_before=None, rate_after=None, ratio=None, low=None, high=None,
        )  # fmt: skip
    low, high = confint_poisson_2indep(
        after, sold_since, before, sold, method="score", compare="ratio", alpha=1 - SURE
    )
    ratio = (after / sold_since) / (before / sold)
    known = {"cause": say(cause), "ratio": ratio, "low": float(low), "high": float(high)}
    return Recurrence(
        before=before,
        after=after,
        rate_before=1000 * before / sold,
        rate_after=1000 * after / sold_since,
        ratio=ratio,
        low=float(low),
        high=float(high),
        because=say(COMES_BACK[int(low > 1) - int(high < 1)], **known, **counted),
    )


COMES_BACK = {
    -1: later(
        "'{cause}' comes back less often: {before} in {sold_before} before, {since} in "
        "{sold_since} since; {ratio:.2f} times the rate before (95% interval {low:.2f} to "
        "{high:.2f})."
    ),
    1: later(
        "'{cause}' comes back more often: {before} in {sold_before} before, {since} in "
        "{sold_since} since; {ratio:.2f} times the rate before (95% interval {low:.2f} to "
        "{high:.2f})."
    ),
    0: later(
        "'{cause}' comes back about as often, as far as one can tell: {before} in {sold_before} "
        "before, {since} in {sold_since} since; {ratio:.2f} times the rate before (95% interval "
        "{low:.2f} to {high:.2f})."
    ),
}
"""Less often, more often, or neither for sure."""
