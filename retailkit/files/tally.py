"""The tally: a few figures of a shop, counted block by block, beside what is known of real ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.catalogue import say
from retailkit.claims import Outcome, Remedy, StepType
from retailkit.customers import SurveyAbout
from retailkit.orders import OrderEventType
from retailkit.words import listing

MONEY = (Remedy.REFUND, Remedy.PRICE_REDUCTION, Remedy.COMPENSATION)
"""The remedies that are money for the customer."""

SUM_OF_MONEY = (
    r"(?i)([€£$₹]|\brs\.?|\beur|\binr|\bgbp)\s?\d"
    r"|\d\s?([€£$₹]|euro|eur\b|pound|rupee|rupia|रुपये|inr\b|gbp\b)"
)
"""How a sum of money looks in a text: a currency beside a digit."""

MARKS = (5, 4, 3, 2, 1)

Tally = Counter[Any]
"""How many of each: by a word, or by a word and a number."""


def tally(tables: Mapping[str, pa.Table]) -> Tally:
    """The counts of one block of customers; counts of several blocks are added up.

    The block holds all the rows about its customers, in the form in which they are written.
    """
    counts: Tally = Counter()
    if "claims" in tables:
        counts.update(_cases(tables["claims"], tables["claim_steps"]))
        orders = tables["orders"]
        counts.update(orders=orders.num_rows, guests=orders["customer_id"].null_count)
        promised = orders.filter(pc.is_valid(orders["promised_on"]))
        late = _late(promised, tables["order_events"])
        counts.update(promised=len(late) - late.null_count, late=_yes(late))
        counts.update(_marks(tables["surveys"], promised["order_id"], late))
    return counts


def _cases(claims: pa.Table, steps: pa.Table) -> Tally:
    counts: Tally = Counter()
    counts["narratives"] = claims.num_rows - claims["narrative"].null_count
    counts["names_money"] = _yes(pc.match_substring_regex(claims["narrative"], SUM_OF_MONEY))
    ended = steps.filter(pc.is_valid(steps["outcome"]))
    counts["decided"] = ended.num_rows
    counts["unfounded"] = _yes(pc.equal(ended["outcome"], Outcome.UNFOUNDED))
    counts["withdrawn"] = _yes(pc.equal(ended["outcome"], Outcome.WITHDRAWN))
    counts["paid"] = _yes(pc.is_in(ended["remedy"], pa.array(list(MONEY))))
    for days in _after(claims, steps, StepType.CLOSED, "received_at"):
        counts["days", days] += 1
    for days in _after(claims, steps, StepType.COMMUNICATED, "answer_by"):
        counts["answered"] += 1
        counts["in_time"] += days <= 0
    return counts


def _after(claims: pa.Table, steps: pa.Table, step: StepType, since: str) -> Iterator[int]:
    """How many whole days a step of a case came after a moment of the case."""
    taken = steps.filter(pc.equal(steps["step"], step))
    place = pc.index_in(taken["claim_id"], claims["claim_id"])
    days = pc.subtract(_days(taken["at"]), _days(claims[since].take(place)))
    yield from pc.drop_null(days).to_pylist()


def _days(moments: Any) -> Any:
    """Moments as the number of the day."""
    return moments.cast(pa.timestamp("s")).cast(pa.date32(), safe=False).cast(pa.int32())


def _late(orders: pa.Table, events: pa.Table) -> Any:
    """For each order whether it came after the promised day; empty where that is not known."""
    came = events.filter(pc.equal(events["event"], OrderEventType.DELIVERED))
    place = pc.index_in(orders["order_id"], came["order_id"])
    return pc.greater(_days(came["at"].take(place)), _days(orders["promised_on"]))


def _marks(surveys: pa.Table, orders: Any, late: Any) -> Tally:
    """The marks for the purchase altogether, by whether the order came late where we know."""
    bought = surveys.filter(pc.equal(surveys["about"], SurveyAbout.PURCHASE))
    was_late = late.take(pc.index_in(bought["about_id"], orders))
    return Counter(
        ("mark", mark, late)
        for mark, late in zip(bought["overall"].to_pylist(), was_late.to_pylist(), strict=True)
        if mark is not None
    )


def _yes(answers: Any) -> int:
    return int(pc.sum(answers).as_py() or 0)


def compared(counts: Tally) -> Iterator[dict[str, str]]:
    """One row for each figure: what it says, here, as measured, and the source."""
    text = resources.files(__package__).joinpath("measured.toml").read_text("utf-8")
    here = _figures(counts)
    for name, fact in tomllib.loads(text).items():
        sure = say(
            "(looked at on {as_of}, confidence {confidence})",
            as_of=fact["as_of"],
            confidence=fact["confidence"],
        )
        yield {
            "what": say(fact["what"]),
            "here": here[name] or say("none yet"),
            "measured": say(fact["measured"]),
            "source": f"{say(fact['source'])} {sure}",
        }


def _figures(counts: Tally) -> dict[str, str | None]:
    days = {key[1]: n for key, n in counts.items() if key[0] == "days"}
    marks = {
        mark: sum(counts["mark", mark, late] for late in (True, False, None)) for mark in MARKS
    }
    closed = sum(days.values())
    return {
        "unfounded": _share(counts["unfounded"], counts["decided"]),
        "withdrawn": _share(counts["withdrawn"], counts["decided"]),
        "paid": _share(counts["paid"], counts["decided"]),
        "days_to_close": listing([str(_nth(days, 0.5)), str(_nth(days, 0.9))]) if closed else None,
        "closed_in_28_days": _share(sum(n for day, n in days.items() if day <= 28), closed),
        "in_time": _share(counts["in_time"], counts["answered"]),
        "names_money": _share(counts["names_money"], counts["narratives"]),
        "satisfaction": listing(f"{_share(n, sum(marks.values()))}" for n in marks.values())
        if any(marks.values())
        else None,
        "late": _share(counts["late"], counts["promised"]),
        "late_costs": _late_costs(counts),
        "guests": _share(counts["guests"], counts["orders"]),
    }


def _share(part: int, whole: int) -> str | None:
    return f"{100 * part / whole:.1f} %" if whole else None


def _nth(days: Mapping[int, int], share: float) -> int:
    """The number of days that this share of the cases does not exceed."""
    ordered = sorted(days)
    ends = np.cumsum([days[day] for day in ordered])
    return ordered[int(np.searchsorted(ends, share * ends[-1]))]


def _late_costs(counts: Tally) -> str | None:
    means = []
    for late in (False, True):
        marks = {mark: counts["mark", mark, late] for mark in MARKS}
        if not any(marks.values()):
            return None
        means.append(sum(mark * n for mark, n in marks.items()) / sum(marks.values()))
    return f"{means[0] - means[1]:.2f}"
