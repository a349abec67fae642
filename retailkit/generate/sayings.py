"""Short things people say and are told, in the language of each: whole columns at once.

A language in an array is a place in `LANGUAGES`.
"""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa

from retailkit.columns import Text, joined, words_at
from retailkit.generate.goods import goods
from retailkit.generate.languages import language as words_of
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import Times, Whole
from retailkit.letters.compose import shown_day
from retailkit.reading import LANGUAGES


@functools.cache
def _file(language: str) -> dict[str, Any]:
    file = resources.files(__package__).joinpath(f"sayings_{language}.toml")
    return tomllib.loads(file.read_text("utf-8"))


@functools.cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of this name in each language; `a.b` is line b in section a."""
    found = []
    for language in LANGUAGES:
        part = _file(language)
        for step in name.split("."):
            part = part[step]
        found.append(tuple(part))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Products:
    """The products that lines are about, by their places on the shelf of a market."""

    market: str
    place: Whole

    def called(self, language: Whole) -> Mapping[str, Text]:
        """What each is called in each row's language, by the words that agree with it."""
        shelf = [item.name for item in goods(self.market)]
        place = np.where(self.place < 0, 0, self.place) + language * len(shelf)
        return {name: words_at(_called(self.market, name), place) for name in CALLED}


CALLED = ("product", "a", "the", "The", "del", "obl")
"""Forms of a product's name: alone, with its articles, after "of" in Spanish, oblique in Hindi."""


@functools.cache
def _called(market: str, form: str) -> list[str | None]:
    """A form of the name of each product in each language; English where there is no other."""
    english = words_of("en").words
    found = []
    for code in LANGUAGES:
        words = words_of(code).words
        for item in goods(market):
            forms = words.get(item.name, english[item.name])
            found.append(forms.get("noun" if form == "product" else form))
    return found


def said_by(
    names: list[str],
    which: Whole,
    language: Whole,
    dice: Dice,
    slots: Mapping[str, Text] | None = None,
    products: Products | None = None,
) -> Text:
    """For each row one of the lines of its name, in its language, with its slots filled.

    `which` is a place among the names.
    """
    pool, start, counts = _pool(tuple(names))
    here = which * len(LANGUAGES) + language
    drawn = (dice.bits("said") >> 40).astype(np.int64) % np.maximum(counts[here], 1)
    called = products.called(language) if products else {}
    return filled(pool, start[here] + drawn, {**(slots or {}), **called})


@functools.cache
def _pool(names: tuple[str, ...]) -> tuple[list[str], Whole, Whole]:
    """All lines of these names in all languages, where each begins and how many there are."""
    groups = [some for name in names for some in lines(name)]
    counts = np.array([len(some) for some in groups])
    return [line for some in groups for line in some], np.cumsum(counts) - counts, counts


def filled(pool: list[str], which: Whole, slots: Mapping[str, Text]) -> Text:
    """For each row the line at its place in the pool, with its slots filled from the row.

    >>> days = pa.array(["Monday", "Tuesday"])
    >>> filled(["{day}: open", "closed"], np.array([1, 0]), {"day": days}).to_pylist()
    ['closed', 'Tuesday: open']
    """
    if not any("{" in line for line in pool):
        return words_at(pool, which)
    texts, places = [], []
    for place in np.unique(which).tolist():
        here = np.flatnonzero(which == place)
        pieces: list[Any] = []
        for words, slot, _, _ in string.Formatter().parse(pool[place]):
            pieces.append(words)
            if slot:
                pieces.append(slots[slot].take(pa.array(here)))
        texts.append(joined(*pieces) if len(pieces) > 1 else pa.array([pieces[0]] * len(here)))
        places.append(here)
    if not texts:
        return pa.array([], pa.string())
    back = np.argsort(np.concatenate(places), kind="stable")
    return pa.concat_arrays(texts).take(pa.array(back))


def days_as_written(times: Times, language: Whole) -> Text:
    """Days as each row's language writes them; each day is put into words once.

    >>> days = np.array(["2026-03-06", "2026-03-06", "NaT"], dtype="datetime64[s]")
    >>> days_as_written(days, np.array([0, 1, 1])).to_pylist()
    ['6 March 2026', '6 de marzo de 2026', None]
    """
    days = times.astype("datetime64[D]")
    count = len(LANGUAGES)
    # no day is one of its own, so that it need not be drawn apart from the rest
    keys = np.where(np.isnat(days), -1, days.astype(np.int64) * count + language)
    pairs, which = np.unique(keys, return_inverse=True)
    shown = [
        shown_day(np.datetime64(pair // count, "D").item(), LANGUAGES[pair % count])
        if pair >= 0
        else None
        for pair in pairs.tolist()
    ]
    return words_at(shown, which)
