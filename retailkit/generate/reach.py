"""How customers can be reached: e-mail addresses and telephone numbers, no two the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retailkit.columns import joined, numbered
from retailkit.generate.households import kin_of
from retailkit.generate.life import life
from retailkit.generate.locales import facts_of, in_ascii, locale_of, pool_of, taken
from retailkit.generate.mixer import Dice, Shuffle, wheel
from retailkit.generate.names import Names, names_of

if TYPE_CHECKING:
    from retailkit.columns import Text

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

MAIL = ("example.com", "example.org", "example.net", "mail.example", "post.example")
"""Domains that RFC 2606 keeps free: nothing sent there reaches anybody."""

DOMAINS = pa.array([f"@{domain}" for domain in MAIL])
EVENLY = wheel([1] * len(MAIL))

STYLE = re.compile("(given|g|family)([._]?)(given|family)")
"""A style of address: which name comes first, or its first letter, what between, which next."""

EARLY = 2000
"""Customers up to this number have an e-mail address without a number, where it is still free."""


def emails(
    seed: int, market: str, numbers: Whole, names: Names, missing: Flags | None = None
) -> Text:
    """An e-mail address that fits the name for each customer, and no address twice in a shop.

    As in life, whoever comes early gets the plain address. Everybody else puts a number
    behind the name, here the customer's own: names have no digits, so no two can meet.
    """
    first, second, domain = _plain(seed, market, numbers, names)
    number = pa.array(numbers).cast(pa.string())
    early = numbers <= EARLY
    if early.any():
        needed = ~early
        needed[early] = _came_too_late(seed, market)[numbers[early] - 1]
        number = pc.if_else(pa.array(needed), number, "")
    return joined(first, second, number, taken(DOMAINS, domain, missing))


@functools.lru_cache(maxsize=8)
def _came_too_late(seed: int, market: str) -> Flags:
    """For the early customers: whether somebody before them has the plain address already."""
    numbers = np.arange(1, EARLY + 1)
    names = names_of(seed, locale_of(market), kin_of(seed, numbers))
    first, second, domain = _plain(seed, market, numbers, names)
    address = joined(first, second, taken(DOMAINS, domain)).dictionary_encode().indices
    late = np.ones(EARLY, dtype=np.bool_)
    late[np.unique(address.to_numpy(), return_index=True)[1]] = False
    return late


def _plain(
    seed: int, market: str, numbers: Whole, names: Names
) -> tuple[Text, Text, NDArray[np.int16]]:
    """What stands before the number, in two halves, and the place of the domain."""
    dice, forms = Dice(seed, "customers", numbers), _forms(market)
    style = dice.spin("email_style", pool_of("email_style").wheels)
    family, given = forms.given_names + names.family.astype(np.int64), names.given
    family_first = forms.family_first.take(style)
    one, other = np.where(family_first, family, given), np.where(family_first, given, family)
    first = taken(forms.first, one + style.astype(np.int64) * len(forms.second))
    return first, taken(forms.second, other), dice.spin("mail_domain", EVENLY)


@dataclass(frozen=True, eq=False)
class _Forms:
    """Names as they stand in addresses: given names, then family names.

    `first` has them once for each style, with what comes between the two halves.
    """

    first: Text
    second: Text
    given_names: int
    family_first: Flags


@functools.cache
def _forms(market: str) -> _Forms:
    locale = locale_of(market)
    # each name is folded once, however many customers bear it
    folded = [in_ascii(name) for name in (*locale.given.words, *locale.family.words)]
    styles = [style for listed in life("email_style") for style in STYLE.findall(listed)]
    return _Forms(
        first=pa.array(
            (name[:1] if which == "g" else name) + between
            for which, between, _ in styles
            for name in folded
        ),
        second=pa.array(folded),
        given_names=len(locale.given.words),
        family_first=np.array([which == "family" for which, _, _ in styles]),
    )


def phones(seed: int, market: str, numbers: Whole, town: NDArray[np.int16]) -> Text:
    """A telephone number for each customer, as E.164 writes it.

    No number comes twice while the plan of the market has room. Numbers kept for fiction
    come first, where there are any; a landline fits the town.
    """
    plan = facts_of(market)["phones"]
    number = _from(seed, "mobile", plan["mobile"], numbers)
    if line := plan.get("landline"):
        room = 10 ** line["digits"]
        has = (numbers <= room) & Dice(seed, "customers", numbers).happens(
            "landline", line["share"]
        )
        codes = locale_of(market).towns.landline.take(town[has])
        within = Shuffle(seed, "landline", *_sides(room)).places(numbers[has])
        number[has] = codes * room + within
    if kept := plan.get("fiction"):
        room = len(kept["starts"]) * 10 ** kept["digits"]
        number = np.where(numbers <= room, _from(seed, "fiction", kept, numbers), number)
    return numbered("+", number, 0)


def _from(seed: int, name: str, part: Mapping[str, Any], numbers: Whole) -> Whole:
    # a browser counts in 32 bits where nothing is said
    starts, room = np.array(list(map(int, part["starts"])), dtype=np.int64), 10 ** part["digits"]
    place = Shuffle(seed, name, *_sides(room, len(starts))).places(numbers)
    which = place // room
    number: Whole = starts.take(which) * room + place - which * room
    return number


def _sides(room: int, times: int = 1) -> tuple[int, int]:
    """Two factors of so many places, about equal."""
    short = 10 ** ((len(str(room)) - 1) // 2)
    return times * short, room // short
