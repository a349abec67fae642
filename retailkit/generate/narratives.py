"""What customers say: texts put together from sentences, each filled with its own facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from retailkit.generate.languages import (
    NEEDS,
    Language,
    Sentence,
    day_in_words,
    days_in_words,
    language,
    money_in_words,
    use_in_words,
)
from retailkit.generate.slips import with_slips
from retailkit.generate.telling import (
    HAND,
    LINES,
    NO_STOP,
    SLIPS,
    SPOKEN,
    WHAT_HAPPENED,
    WHICH_FAULT,
    WORDS,
    Telling,
    draws_of,
    pieces_of,
    wording,
)


def narrative(telling: Telling) -> str:
    """What the customer says.

    A text tells what the records show. It asks for something only where the telling
    says that it does, and sounds angry only where the telling says so.

    Raises ValueError for a language that is not there.
    """
    spoken = language(telling.language)
    own = draws_of(telling.luck)
    shared = own if telling.matter == telling.luck else draws_of(telling.matter)
    draws = wording(telling, own, shared)
    known = _known(telling, spoken)
    said: dict[str, None] = {}
    for place, kind in enumerate(pieces_of(telling, draws), WORDS):
        fit = spoken.fitting(_special(telling, kind, spoken), known)
        if fit:
            # whoever tells the same matter again tells the same facts
            drawn = shared[WHAT_HAPPENED] if kind[:5] == "fault" else draws[place]
            said[_filled(fit[drawn * len(fit) >> 8], telling, spoken, shared)] = None
    return _written(list(said), telling, own)


def _special(telling: Telling, kind: str, spoken: Language) -> str:
    """A wish has words of its own for some matters: the right article, the missing part."""
    if kind[:6] != "demand":
        return kind
    parcel = telling.kind in {"lost", "neighbour", "nobody", "never_came"}
    special = f"{kind}_{'parcel' if parcel else telling.kind}"
    return special if special in spoken.sentences else kind


def _filled(line: Sentence, telling: Telling, spoken: Language, shared: bytes) -> str:
    if not line.slots:
        return line.text % ()
    words = spoken.words[telling.item.name] if telling.item else {}
    return line.text % tuple(
        [
            FACTS[slot](telling, words, shared) if slot in FACTS else words[slot]
            for slot in line.slots
        ]
    )


def _known(telling: Telling, spoken: Language) -> int:
    """The facts that this text may name, as one number."""
    if telling.all_open:
        return 0
    known = 0
    if telling.item:
        words = spoken.words[telling.item.name]
        known = NEEDS["item"]
        known |= NEEDS["danger"] if "hazards" in words else 0
        known |= NEEDS["part"] if "part" in words else 0
        known |= NEEDS["service"] if "service" in words else 0
    if telling.ordered_on and telling.place:
        known |= NEEDS["ordered"]
    for name, bit in DATES:
        if getattr(telling, name) is not None:
            known |= bit
    if telling.delivered_on and telling.promised_on and telling.delivered_on > telling.promised_on:
        known |= NEEDS["days_late"]
    return known


DATES = (
    ("order_id", NEEDS["order_no"]),
    ("price", NEEDS["amount"]),
    ("promised_on", NEEDS["promised"]),
    ("delivered_on", NEEDS["delivered"]),
    ("returned_on", NEEDS["returned"]),
    ("first_on", NEEDS["first_day"]),
    ("first_channel", NEEDS["first_how"]),
)
"""Facts that are known where the telling has them, each with its bit."""

Words = dict[str, Any]
Fact = Callable[[Telling, Words, bytes], str]


def _day(name: str) -> Fact:
    def fact(telling: Telling, _words: Words, _shared: bytes) -> str:
        return day_in_words(getattr(telling, name), telling.language)

    return fact


def _one_of(name: str) -> Fact:
    def fact(_telling: Telling, words: Words, shared: bytes) -> str:
        choices: list[str] = words[name]
        return choices[shared[WHICH_FAULT] * len(choices) >> 8]

    return fact


def _since(telling: Telling, earlier: date | None, later: date | None) -> int:
    return (later - earlier).days if earlier and later else 0


def _use(telling: Telling, _words: Words, _shared: bytes) -> str:
    days = _since(telling, telling.delivered_on, telling.event_on)
    return use_in_words(days, telling.language)


def _capital_use(telling: Telling, words: Words, shared: bytes) -> str:
    use = _use(telling, words, shared)
    return use[0].upper() + use[1:]


def _days_late(telling: Telling, _words: Words, _shared: bytes) -> str:
    return days_in_words(
        _since(telling, telling.promised_on, telling.delivered_on), telling.language
    )


def _amount(telling: Telling, _words: Words, _shared: bytes) -> str:
    return money_in_words(telling.price or 0, telling.currency, telling.language)


FACTS: dict[str, Fact] = {
    "day": _day("event_on"),
    "order_day": _day("ordered_on"),
    "promised": _day("promised_on"),
    "delivered": _day("delivered_on"),
    "returned": _day("returned_on"),
    "first_day": _day("first_on"),
    "symptom": _one_of("faults"),
    "danger": _one_of("hazards"),
    "use": _use,
    "Use": _capital_use,
    "days_late": _days_late,
    "amount": _amount,
    "order_no": lambda telling, *_: telling.order_id or "",
    "how": lambda telling, *_: language(telling.language).places[telling.place or ""],
    "first_how": lambda telling, *_: language(telling.language).channels[
        telling.first_channel or ""
    ],
}
"""How each fact gets its words."""


def _written(said: list[str], telling: Telling, draws: bytes) -> str:
    """The sentences as one text: loud, in lines, or with slips, as somebody writes."""
    if telling.angry:
        text = _loud(said)
    elif draws[LINES] < 70 and telling.channel not in SPOKEN and len(said) > 2:
        text = f"{said[0]}\n{' '.join(said[1:-1])}\n{said[-1]}"
    else:
        text = " ".join(said)
    if draws[SLIPS] < 64:
        text = with_slips(text, draws[HAND:], telling.language)
    return text.rstrip(".।") if draws[NO_STOP] < 60 else text


def _loud(said: list[str]) -> str:
    """The same sentences from an angry person."""
    first, *others = [line.rstrip(".?!।") for line in said]
    between = [f"{line}!" for line in others[:-1]]
    last = [f"{line.upper()}!!!" for line in others[-1:]]
    return " ".join([f"{first.upper()}!!!", *between, *last])
