"""Exercise 9.2: the notice of the shop next door, which promises more than one wrong thing."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.course.sheets import Sheet
from retailkit.markets import answer_by
from retailkit.principles import PRINCIPLES, Source, Verdict
from retailkit.principles.published import published
from retailkit.procedure import Basic, Procedure
from retailkit.text import day

if TYPE_CHECKING:
    from retailkit.shop import Shop


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A sentence of a notice, and the same as part of a procedure."""

    says: str
    means: Mapping[str, Any] = field(default_factory=dict)


ALWAYS = (
    Promise(
        says="Where: at the till. How: in person, by letter or e-mail. Who: our desk. "
        "By when: see below. And you may ask at any time how it stands.",
        means={"published": [basic for basic in Basic if basic != Basic.OPTIONS]},
    ),
    Promise(
        says="A complaint costs 3 euros. If you are right, you get them back.",
        means={"fee": 3},
    ),
    Promise(says="You will have our answer within 25 days.", means={"answer_within_days": 25}),
    Promise(says="You take your copy, with its number, home with you."),
)
"""What every notice has: two promises that break a principle, a slow one and a good one."""

ONE_OF_TWO = (
    (
        Promise(
            says="We write to you in Spanish or in English.", means={"languages": ("es", "en")}
        ),
        Promise(says="We write to you in German.", means={"languages": ("de",)}),
    ),
    (
        Promise(says="Who hears your complaint does not decide it."),
        Promise(
            says="Who hears your complaint also decides it. That is quick.",
            means={"separate_reviewer": False},
        ),
    ),
    (
        Promise(says="One of us, whose name you are told, is in charge of your case."),
        Promise(says="All of us look after your case together.", means={"named_owner": False}),
    ),
    (
        Promise(says="Every month we look at what caused the complaints."),
        Promise(
            says="Once your case is answered, we do not trouble with it any more.",
            means={"reviews_causes": False},
        ),
    ),
)
"""Promises that keep a principle, each beside one that breaks it; two of a notice are such."""


@functools.lru_cache(maxsize=8)
def _promises(shop: Shop) -> tuple[Promise, ...]:
    luck = random.Random(shop.seed)  # noqa: S311 - nothing here is secret
    worse = luck.sample(range(len(ONE_OF_TWO)), 2)
    notice = [*ALWAYS, *(pair[number in worse] for number, pair in enumerate(ONE_OF_TWO))]
    return tuple(luck.sample(notice, len(notice)))


def notice(shop: Shop) -> Sheet:
    """The notice of the shop next door, with what the law of the market says."""
    last = answer_by(shop.today, shop.market)
    law = "A complaint of today must be answered by {day}, says the law of our market."
    known = say(law, day=day(last.date))
    return Sheet((say(each.says) for each in _promises(shop)), known=[known])


def breaks(promise: Promise, shop: Shop) -> bool:
    """Whether a promise alone breaks a principle."""
    procedure = Procedure(**promise.means)
    readable = [
        each for one in PRINCIPLES for each in one.indicators if each.source == Source.PUBLISHED
    ]
    return any(published(each, procedure, shop).verdict == Verdict.BROKEN for each in readable)


def broken_promises(
    shop: Shop, but: Iterable[Promise] = (), more: Iterable[Promise] = ()
) -> list[int]:
    """The lines of the notice that break a principle, but for some, or with some more."""
    spared, added = list(but), list(more)
    return [
        number
        for number, each in enumerate(_promises(shop), 1)
        if each in added or (breaks(each, shop) and each not in spared)
    ]
