"""What lesson 11's exercises are about: a desk for two, its promises, and what can be changed."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from retailkit.catalogue import say, whole
from retailkit.claims import StepType
from retailkit.course.sheets import Sheet
from retailkit.generate import FAULTS, compare
from retailkit.principles import (
    CHANGES,
    Change,
    Verdict,
    audit,
    cost_of,
    mended_by,
    procedure_with,
)
from retailkit.principles.book import CaseBook
from retailkit.procedure import Basic, Procedure
from retailkit.shares import per_cent

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.generate import Comparison
    from retailkit.shop import Shop

BUDGET = 900
"""What the owner gives for the first month, in euros; two more people do not fit in."""

PEOPLE, PROMISED_HOURS = 2, 1
"""Two people at the desk, and a promise that so few cannot keep: principle C is always broken."""

PROMISES: Mapping[str, Mapping[str, Any]] = {
    "A": {"published": [basic for basic in Basic if basic != Basic.OPTIONS]},
    "D": {"separate_reviewer": False},
    "E": {"fee": 2},
    "H": {"named_owner": False},
    "I": {"reviews_causes": False},
}
"""For some principles a promise that breaks them."""

HAPPENS = {"B": "wrong_language", "F": "data_of_others", "G": "nobody_asks_after"}
"""For the others what goes wrong at the desk itself."""

KEPT_PROMISE, DEAREST = "promise_two_hours", "hire_two"


def drawn(seed: int) -> list[str]:
    """The three principles that are broken in a learner's shop besides C."""
    luck = random.Random(seed)  # noqa: S311 - nothing here is secret
    return sorted(luck.sample([*PROMISES, *HAPPENS], 3))


def procedure(seed: int) -> Procedure:
    """What a learner's shop promises."""
    weak: dict[str, Any] = {}
    for letter in drawn(seed):
        weak.update(PROMISES.get(letter, {}))
    return Procedure(staff=PEOPLE, acknowledge_within_hours=PROMISED_HOURS, **weak)


def planted(seed: int) -> dict[str, float]:
    """What goes wrong in a learner's shop, besides what every shop meets."""
    names = ["unfounded_claim", *(HAPPENS[one] for one in drawn(seed) if one in HAPPENS)]
    return {name: FAULTS[name].default for name in names}


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 11.1: what is broken


@functools.lru_cache(maxsize=8)
def report(shop: Shop) -> pd.DataFrame:
    """The audit of a learner's shop."""
    return audit(shop)


def broken(shop: Shop) -> list[str]:
    """The principles that are broken."""
    verdicts = report(shop)["verdict"]
    return list(verdicts.index[verdicts == Verdict.BROKEN])


def not_broken(shop: Shop) -> list[str]:
    """All the others."""
    return [letter for letter in report(shop).index if letter not in broken(shop)]


# 11.2: what two people can promise


def waits(shop: Shop) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How many hours each customer waited for the acknowledgement, of those who have one."""
    book = CaseBook(shop)
    waited = (book.when(StepType.ACKNOWLEDGED) - book.received) / np.timedelta64(1, "h")
    return np.asarray(waited[~np.isnan(waited)], dtype=float)


def waited_longer(shop: Shop, hours: float) -> float:
    """The share of customers who waited longer than so many hours."""
    return float((waits(shop) > hours).mean())


# 11.3: what to change


@functools.lru_cache(maxsize=8)
def _changes(shop: Shop) -> tuple[Change, ...]:
    return tuple(luck_of(shop).sample(list(CHANGES.values()), len(CHANGES)))


def changes(shop: Shop) -> Sheet:
    """All that can be changed, in an order of the shop's own."""
    known = say("The owner gives {euros} euros for the first month.", euros=whole(BUDGET))
    lines = (
        say("{change} {euros} euros.", change=say(one.says), euros=whole(one.cost))
        for one in _changes(shop)
    )
    return Sheet(lines, known=[known])


def plan(shop: Shop) -> list[str]:
    """The cheapest changes after which no principle is broken, by name."""
    cheapest = {one.letter: one.name for one in sorted(CHANGES.values(), key=lambda one: -one.cost)}
    return [cheapest[letter] for letter in broken(shop)]


def lines_of(shop: Shop, names: Iterable[str]) -> list[int]:
    """The lines of the sheet on which these changes stand."""
    wanted = set(names)
    return [number for number, one in enumerate(_changes(shop), 1) if one.name in wanted]


def all_that_fits(shop: Shop) -> list[str]:
    """Everything but what alone costs more than there is."""
    return [name for name, one in CHANGES.items() if one.cost <= BUDGET]


# 11.4: what may stand in the report


@functools.lru_cache(maxsize=4)
def compared(shop: Shop) -> Comparison:
    """The shop beside its twin with the cheapest plan."""
    names = plan(shop)
    return compare(
        shop, procedure=procedure_with(shop.procedure, names), mended=mended_by(names) or None
    )


DRAFT = (
    (
        "In our shop {before} of 9 principles are broken, in the twin shop {after}. "
        "That costs {euros} euros."
    ),
    (
        "{late_before} of our acknowledgements come later than we promise; "
        "in the twin shop, which promises 2 hours, it is {late_after}."
    ),
    (
        "In a twin shop all changes work. Whether they do at our desk, we count again "
        "after three months."
    ),
    (
        "With the new promise the two people at the desk have become faster, so that "
        "customers wait less."
    ),
    "Our changes will bring more orders: who is treated well comes back.",
    "When all nine principles are kept, nobody has a reason to complain any more.",
)
"""The sentences of the draft: the first three may stand."""

COUNTED, LATE, OPEN, FASTER, ORDERS, NOBODY = range(6)
"""Their places in it."""


@functools.lru_cache(maxsize=8)
def _draft(shop: Shop) -> tuple[tuple[int, str], ...]:
    both = compared(shop)
    before, after = (
        int((both.principles[f"verdict_{when}"] == Verdict.BROKEN).sum())
        for when in ("before", "after")
    )
    late = both.principles.loc["C"]
    facts = {
        "before": before,
        "after": after,
        "euros": whole(cost_of(plan(shop))),
        "late_before": per_cent(late["value_before"]),
        "late_after": per_cent(late["value_after"]),
    }
    said = [(place, say(sentence, **facts)) for place, sentence in enumerate(DRAFT)]
    return tuple(luck_of(shop).sample(said, len(said)))


def draft(shop: Shop) -> Sheet:
    """The draft of the report, in an order of the shop's own."""
    return Sheet(sentence for _, sentence in _draft(shop))


def sentences(shop: Shop, *kinds: int) -> list[int]:
    """The lines of the draft on which these sentences stand."""
    return [number for number, (kind, _) in enumerate(_draft(shop), 1) if kind in kinds]
