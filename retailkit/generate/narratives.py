"""What customers say: texts put together from sentences, each filled with the case's own facts."""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from importlib import resources
from typing import TYPE_CHECKING

from retailkit.generate.life import life

if TYPE_CHECKING:
    from retailkit.generate.claims import Case

PARCEL = {"late", "lost", "neighbour", "nobody", "never_came"}
UNPACKED = {"damaged", "wrong_item", "missing_part", "not_as_described"}
VISIT = {"staff", "display_price", "wrong_information", "lost_property", "privacy"}
VISIT |= {"discrimination", "handling"}
PLACES = {"store": "in your shop", "website": "on your website", "phone": "by telephone"}
CHANNELS = {
    "desk": "at the service desk",
    "phone": "on the telephone",
    "email": "by e-mail",
    "web_form": "through the form on your website",
    "letter": "by letter",
}


@functools.cache
def _sentences() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(
        resources.files(__package__).joinpath("narratives_en.toml").read_text("utf-8")
    )


def narrative(case: Case) -> str:
    """What the customer says in this case.

    A text tells what the records show. It asks for something only where the case
    says that it does, and sounds angry only where the case says so.
    """
    luck, facts = case.story.luck, facts_of(case)
    pieces = [
        _opening(case),
        *_matter(case),
        ("proof", case.proof, 0.7),
        ("vulnerable", case.vulnerable_because, 1),
        ("swears", "goods" if case.swears else None, 1),
        *_wish(case),
        ("closing", _closing(case), 0.4),
    ]
    said = [
        sentence
        for place, (segment, kind, share) in enumerate(pieces)
        if kind in _sentences()[segment]
        and luck.happens(f"say {place}", share)
        and (sentence := _sentence(case, place, segment, str(kind), facts))
    ]
    said = list(dict.fromkeys(said))
    return _loud(said) if case.angry else " ".join(said)


Piece = tuple[str, str | None, float]


def _opening(case: Case) -> Piece:
    if case.angry:
        return "opening", "angry", 1
    return "opening", "visit" if case.told in VISIT else "calm", life("extra_sentence")


def _matter(case: Case) -> list[Piece]:
    """What it is about, what happened, and what went before."""
    bought, often = _bought(case), life("extra_sentence")
    detail = _detail(case)
    return [
        ("purchase", bought, 1),
        ("fault", "open" if case.all_open else case.told, 1),
        ("detail", detail, 0.8),
        ("history", case.story.part, 1),
        ("detail", "goods" if detail == "goods" else None, often * 0.4),
    ]


def _bought(case: Case) -> str | None:
    if case.all_open:
        return "open"
    if case.story.part == "imaginary":
        return "vague"
    if case.told in VISIT or not case.story.bought:
        return None
    return "order" if case.told in PARCEL else "known"


def _detail(case: Case) -> str:
    if case.story.part in {"false", "imaginary"}:
        return _false_detail(case)
    if case.told in VISIT:
        return "privacy" if case.told == "privacy" else "treatment"
    if case.told in {"overcharged", "refund_missing", "exchange_refused"}:
        return "money"
    if case.told in PARCEL:
        return "late" if case.told == "late" else "parcel"
    if case.told in UNPACKED:
        return "parcel_opened"
    return "hazard" if case.told == "hazard" else "goods"


def _closing(case: Case) -> str:
    if case.angry:
        return "angry"
    return "spoken" if case.story.channel in {"desk", "phone"} else "written"


def _false_detail(case: Case) -> str:
    # too exact and very polite: how a text sounds is no proof in either direction
    if case.story.part == "imaginary":
        return "imaginary"
    return "false_parcel" if case.told in PARCEL else "false_goods"


def _wish(case: Case) -> list[Piece]:
    """What the customer asks for, asks in passing, or does not ask."""
    if case.in_passing:
        return [("demand", "passing_money", 1)]
    if case.asks_in_text:
        told = "parcel" if case.told in PARCEL else case.told
        special = f"{case.remedy}_{told}"
        return [("demand", special if special in _sentences()["demand"] else case.remedy, 1)]
    # whoever wrote it on the form need not say that nothing is wanted
    kind = None if case.wants not in {None, "nothing"} else "goods"
    if kind and case.told in VISIT:
        kind = "treatment"
    return [("nothing", kind, 0.8)]


def _sentence(
    case: Case, place: int, segment: str, kind: str, facts: Mapping[str, str]
) -> str | None:
    """One of the sentences whose slots can all be filled."""
    # whoever tells the same matter again tells the same facts
    luck = case.story.luck_of_matter if segment == "fault" else case.story.luck
    fit = [line for line in _sentences()[segment][kind] if slots(line) <= facts.keys()]
    return luck.one_of(f"say {place} {segment}", fit).format_map(facts) if fit else None


@functools.cache
def slots(sentence: str) -> frozenset[str]:
    """The facts that a sentence needs.

    >>> sorted(slots("I paid {amount} for {a}."))
    ['a', 'amount']
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def _loud(said: list[str]) -> str:
    """The same sentences from an angry person."""
    first, *others = [line.rstrip(".?") for line in said]
    between = [f"{line}!" for line in others[:-1]]
    last = [f"{line.upper()}!!!" for line in others[-1:]]
    return " ".join([f"{first.upper()}!!!", *between, *last])


def facts_of(case: Case) -> dict[str, str]:
    """The facts of a case that its text may name, as words; unknown ones are left out."""
    story = case.story
    facts = {"day": day_in_words(story.event)} | _product(case) | _purchase(case)
    if story.first:
        facts["first_day"] = day_in_words(story.first.received)
        facts["first_how"] = CHANNELS[story.first.channel]
    return facts


def _product(case: Case) -> dict[str, str]:
    item = case.story.item
    if not item:
        return {}
    one = not item.many
    facts = {
        "a": item.a,
        "the": item.the,
        "The": item.the.capitalize(),
        "it": "it" if one else "they",
        "It": "It" if one else "They",
        "them": "it" if one else "them",
        "is": "is" if one else "are",
        "was": "was" if one else "were",
        "has": "has" if one else "have",
        "does": "does" if one else "do",
        "said": item.said,
    }
    optional = {
        "symptom": case.story.luck_of_matter.one_of("symptom", item.faults),
        "danger": case.story.luck_of_matter.one_of("danger", item.hazards or (None,)),
        "part": item.part,
        "service": item.service,
    }
    return facts | {name: text for name, text in optional.items() if text}


def _purchase(case: Case) -> dict[str, str]:
    bought = case.story.bought
    if not bought:
        return {}
    facts = {
        "how": PLACES[bought.place],
        "order_day": day_in_words(bought.ordered_at),
    }
    # "a mug" for the price of two, or for that of the whole order, would be wrong
    if bought.value == bought.item.price == bought.total:
        facts["amount"] = money_in_words(bought.value)
    if case.order_id:
        facts["order_no"] = case.order_id
    for name in ("promised", "delivered", "returned"):
        if moment := getattr(bought, name):
            facts[name] = day_in_words(moment)
    if bought.delivered:
        days = (case.story.event - bought.delivered.date()).days
        facts |= {"use": use_in_words(days), "Use": use_in_words(days).capitalize()}
        if bought.promised and bought.delivered > bought.promised:
            facts["days_late"] = days_in_words(
                (bought.delivered.date() - bought.promised.date()).days
            )
    return facts


def calendar() -> dict[str, list[str]]:
    """The names of months and numbers, as the language has them."""
    return _sentences()["calendar"]


def day_in_words(day: date | datetime) -> str:
    """A day as people say it.

    >>> day_in_words(date(2026, 2, 3))
    '3 February 2026'
    """
    month = calendar()["months"][day.month - 1]
    return f"{day.day} {month} {day.year}"


def money_in_words(amount: float) -> str:
    """A sum as people write it.

    >>> money_in_words(25.0), money_in_words(24.5)
    ('25 euros', '24.50 euros')
    """
    return f"{amount:.0f} euros" if amount == int(amount) else f"{amount:.2f} euros"


def days_in_words(days: int) -> str:
    """How long something took.

    >>> days_in_words(1), days_in_words(15), days_in_words(60)
    ('one day', 'two weeks', 'two months')
    """
    numbers = calendar()["numbers"]
    unit, length = ("day", 1) if days < 14 else ("week", 7) if days < 45 else ("month", 30)
    count = min((days + length // 2) // length, len(numbers) - 1)
    return f"{numbers[count]} {unit}{'s' if count != 1 else ''}"


def use_in_words(days: int) -> str:
    """After how long a product failed.

    >>> use_in_words(0), use_in_words(20)
    ('on the very first day', 'after three weeks')
    """
    return "on the very first day" if days <= 0 else f"after {days_in_words(days)}"
