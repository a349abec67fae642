"""The sentences and the words of a language, ready to be filled with facts.

Each language has two files beside this module: `narratives_xx.toml` holds the
sentences, the calendar and how money is written; `words_xx.toml` holds what the
goods are called and how they fail.
"""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

from retailkit.reading import LANGUAGES
from retailkit.records import need_word

NEEDS = {
    name: 1 << place
    for place, name in enumerate(
        ("item", "danger", "part", "service", "ordered", "order_no", "amount", "promised",
         "delivered", "returned", "days_late", "first_day", "first_how")
    )
}  # fmt: skip
"""The facts that may be missing, each as one bit, so that a set of them is one number."""

NEEDED_BY = {"order_day": "ordered", "how": "ordered", "use": "delivered", "Use": "delivered"}
ALWAYS_KNOWN = {"day"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with places for facts: `text % facts` fills it."""

    text: str
    slots: tuple[str, ...]
    needs: int


@functools.lru_cache(maxsize=4096)
def sentence(line: str) -> Sentence:
    """A line of the file, taken apart.

    >>> sentence("I paid {amount} for {a}.").slots
    ('amount', 'a')
    """
    parts = list(string.Formatter().parse(line))
    slots = tuple(name for _, name, _, _ in parts if name)
    text = "".join(words.replace("%", "%%") + ("%s" if name else "") for words, name, _, _ in parts)
    needed = {NEEDED_BY.get(slot, slot) for slot in slots} - ALWAYS_KNOWN
    # what is no fact of the purchase is a word for the product
    return Sentence(text, slots, functools.reduce(int.__or__, map(_bit, needed), 0))


def _bit(name: str) -> int:
    return NEEDS.get(name, NEEDS["item"])


@dataclass(frozen=True)
class Language:
    """One language: its sentences by kind, its calendar, and its words for the goods."""

    code: str
    sentences: Mapping[str, tuple[Sentence, ...]]
    calendar: Mapping[str, Any]
    money: Mapping[str, str]
    places: Mapping[str, str]
    channels: Mapping[str, str]
    grammar: Mapping[str, Mapping[str, str]]
    goods: Mapping[str, Mapping[str, Any]]
    chosen: dict[tuple[str, int], tuple[Sentence, ...]] = field(default_factory=dict)

    def fitting(self, kind: str, known: int) -> tuple[Sentence, ...]:
        """The sentences of a kind for which all the facts are known."""
        fit = self.chosen.get((kind, known))
        if fit is None:
            lines = self.sentences.get(kind, ())
            fit = tuple(line for line in lines if line.needs & known == line.needs)
            self.chosen[kind, known] = fit
        return fit

    @functools.cached_property
    def words(self) -> dict[str, dict[str, Any]]:
        """For each product, everything that a slot may ask of it."""
        return {name: _forms(entry, self.grammar) for name, entry in self.goods.items()}


def _forms(entry: Mapping[str, Any], grammar: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The words of a product: its name in every form, and the small words that agree with it."""
    noun = entry["noun"]
    oblique = entry.get("oblique", noun)
    forms = grammar[entry["form"]]
    agreeing: dict[str, Any] = {
        name: text.format(noun=noun, oblique=oblique) for name, text in forms.items()
    }
    agreeing |= {name: text for name, text in entry.items() if name != "form"}
    agreeing["The"] = agreeing["the"][0].upper() + agreeing["the"][1:]
    return agreeing


@functools.cache
def language(code: str) -> Language:
    """The language with this code.

    Raises ValueError for a code that is not there, with the codes that are.

    >>> language("es").words["kettle"]["the"]
    'el hervidor'
    """
    need_word(code, LANGUAGES, "language")
    told, goods = _file(f"narratives_{code}.toml"), _file(f"words_{code}.toml")
    apart = ("calendar", "money", "places", "channels", "grammar")
    kinds = {
        f"{segment} {kind}": tuple(sentence(line) for line in lines)
        for segment, groups in told.items()
        if segment not in apart
        for kind, lines in groups.items()
    }
    return Language(code=code, sentences=kinds, goods=goods, **{name: told[name] for name in apart})


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


@functools.lru_cache(maxsize=8192)
def day_in_words(day: date, code: str = "en") -> str:
    """A day as people say it.

    >>> day_in_words(date(2026, 2, 3)), day_in_words(date(2026, 2, 3), "es")
    ('3 February 2026', '3 de febrero de 2026')
    """
    calendar = language(code).calendar
    month = calendar["months"][day.month - 1]
    text: str = calendar["day"].format(day=day.day, month=month, year=day.year)
    return text


@functools.lru_cache(maxsize=8192)
def money_in_words(amount: float, currency: str = "EUR", code: str = "en") -> str:
    """A sum as people write it.

    >>> money_in_words(25.0), money_in_words(24.5, "EUR", "es"), money_in_words(124999, "INR")
    ('25 euros', '24,50 euros', 'Rs 1,24,999')
    """
    money = language(code).money
    digits = f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"
    whole, _, cents = digits.partition(".")
    grouped = _grouped(whole, 2 if currency == "INR" else 3, money["group"])
    text = f"{grouped}{money['decimal']}{cents}" if cents else grouped
    return money[currency].format(text)


def _grouped(whole: str, step: int, mark: str) -> str:
    """Digits in groups: the last three, and then as many as the place groups by."""
    if len(whole) < (5 if mark == "." else 4):  # Spanish leaves four digits together
        return whole
    head, groups = whole[:-3], [whole[-3:]]
    while head:
        head, group = head[:-step], head[-step:]
        groups.insert(0, group)
    return mark.join(groups)


@functools.lru_cache(maxsize=2048)
def days_in_words(days: int, code: str = "en") -> str:
    """How long something took.

    >>> days_in_words(1), days_in_words(15), days_in_words(60, "es")
    ('one day', 'two weeks', 'dos meses')
    """
    calendar = language(code).calendar
    unit, length = ("day", 1) if days < 14 else ("week", 7) if days < 45 else ("month", 30)
    count = max(1, min((days + length // 2) // length, len(calendar["numbers"]) - 1))
    one, many = calendar["units"][unit]
    text: str = one if count == 1 else many.format(calendar["numbers"][count])
    return text


@functools.lru_cache(maxsize=2048)
def use_in_words(days: int, code: str = "en") -> str:
    """After how long a product failed.

    >>> use_in_words(0), use_in_words(20)
    ('on the very first day', 'after three weeks')
    """
    calendar = language(code).calendar
    text: str = calendar["first_day"]
    return text if days <= 0 else calendar["after"].format(days_in_words(days, code))
