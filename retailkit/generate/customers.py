"""Who the customers are: each a function of the seed and the customer's number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.customers import Customer
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    Times,
    day_number,
    empty_where,
    frame,
    life,
    moments,
    not_on_sunday,
)
from retailkit.generate.locales import pack_of, towns_of
from retailkit.generate.mixer import Dice
from retailkit.markets import rules_of

Whole = NDArray[np.int64]

MAIL = ("example.com", "example.org", "example.net", "mail.example", "post.example")
"""Domains that RFC 2606 keeps free: nothing sent there reaches anybody."""

DRAMA = (
    "+44113496", "+44114496", "+44116496", "+44117496", "+44118496", "+44121496",
    "+44131496", "+44141496", "+44151496", "+44161496", "+44191498", "+44207946",
)  # fmt: skip
"""Numbers that Ofcom keeps for film and drama; four digits follow, the first a 0."""


def customers_table(seed: int, market: str, numbers: Whole) -> pd.DataFrame:
    """One row per customer, for these customer numbers."""
    dice = Dice(seed, "customers", numbers)
    homes = homes_of(seed, numbers)
    joined = joined_at(seed, numbers)
    columns = {
        "customer_id": customer_ids(numbers),
        "household_id": [f"H-{home:06d}" for home in homes.tolist()],
        "birth_on": _birthdays(dice),
        "language": _languages(dice, market),
        "channel": dice.pick("channel", life("joined_through")),
        "joined_at": joined,
        "last_verified_at": _verified_at(dice, joined),
        **_names(dice, homes, market),
        **_address(seed, homes, dice, market),
    }
    columns |= _contacts(dice, columns["given_name"], columns["family_name"], market)
    return frame(Customer, columns)


def customer_ids(numbers: Whole) -> list[str]:
    """Customer numbers as they are written.

    >>> customer_ids(np.array([7]))
    ['C-000007']
    """
    return [f"C-{number:06d}" for number in numbers.tolist()]


def joined_at(seed: int, numbers: Whole) -> Times:
    """When the shop first met each customer."""
    dice = Dice(seed, "customers", numbers)
    opened, today = day_number(life("opened_on")), day_number(life("today"))
    # the last month is left free, so that everybody has had time for a first order
    days = not_on_sunday(opened + dice.below("joined_on", today - opened - 30))
    return moments(days, FIRST_HOUR * 60 + dice.below("joined_at", (LAST_HOUR - FIRST_HOUR) * 60))


def homes_of(seed: int, numbers: Whole) -> Whole:
    """The number of the customer whose home it is: their own, or that of the one before."""
    dice = Dice(seed, "customers", numbers)
    joins: NDArray[np.bool_] = (numbers % 2 == 0) & dice.happens(
        "shares_a_home", life("shares_a_home")
    )
    return numbers - joins


def _birthdays(dice: Dice) -> Times:
    first, last = day_number(life("today")) - 86 * 365, day_number(life("today")) - 18 * 366
    days = (first + dice.below("birth_on", last - first)).astype("datetime64[D]")
    unknown = dice.happens("without_birthday", life("without_birthday"))
    return np.where(unknown, np.datetime64("NaT", "D"), days).astype("datetime64[s]")


def _languages(dice: Dice, market: str) -> NDArray[Any]:
    first, *others = rules_of(market).languages
    if not others:
        return np.full(len(dice.rows), first, dtype=object)
    other = dice.pick("other_language", dict.fromkeys(others, 1))
    return np.where(
        dice.happens("other_language_spoken", life("speaks_another_language")), other, first
    )


def _verified_at(dice: Dice, joined: Times) -> Times:
    today = day_number(life("today"))
    days = joined.astype("datetime64[D]").astype(np.int64)
    later = days + (dice.below("verified_on", 1000) * (today - days)) // 1000
    noon = moments(np.minimum(not_on_sunday(later), today - 1), np.full(len(days), 12 * 60))
    return np.maximum(noon, joined)


def _names(dice: Dice, homes: Whole, market: str) -> dict[str, Any]:
    pack = pack_of(market)
    gender = dice.pick("gender", life("gender"))
    named = np.where(gender == "open", dice.pick("named_as", {"female": 1, "male": 1}), gender)
    home = Dice(dice.seed, "homes", homes)
    family: Any = _words(home, "family_name", pack["family"])
    if market == "ES":  # two family names, the father's and the mother's
        second = _words(home, "second_family_name", pack["family"])
        family = [f"{one} {two}" for one, two in zip(family, second, strict=True)]
    female, male = _words(dice, "woman", pack["female"]), _words(dice, "man", pack["male"])
    return {
        "given_name": np.where(named == "female", female, male),
        "family_name": family,
        "gender": empty_where(gender == "open", gender),
    }


def _words(dice: Dice, column: str, pool: list[str]) -> NDArray[Any]:
    return np.array(pool, dtype=object)[dice.below(column, len(pool))]


def _address(seed: int, homes: Whole, dice: Dice, market: str) -> dict[str, Any]:
    towns, home = towns_of(market), Dice(seed, "homes", homes)
    where = [towns[place] for place in home.place("town", [town["weight"] for town in towns])]
    within = home.below("postcode", 10_000).tolist()
    postcodes = [
        f"{town['first'] + pick % (town['last'] - town['first'] + 1):05d}"
        for town, pick in zip(where, within, strict=True)
    ]
    unknown = dice.happens("without_address", life("without_address"))
    columns = {
        "street": _streets(home, market),
        "city": [town["city"] for town in where],
        "region": [town["region"] for town in where],
        "postcode": postcodes,
    }
    return {name: empty_where(unknown, values) for name, values in columns.items()}


def _streets(home: Dice, market: str) -> list[str]:
    pack = pack_of(market)
    kinds = _words(home, "street_kind", pack["street_kinds"])
    named = _words(home, "street_name", pack["family"])
    pairs = zip(kinds, named, (home.below("house", 90) + 1).tolist(), strict=True)
    if market == "ES":
        return [f"{kind} de {name}, {house}" for kind, name, house in pairs]
    return [f"{house} {name} {kind}" for kind, name, house in pairs]


def _contacts(
    dice: Dice, given: Iterable[str], family: Iterable[str], market: str
) -> dict[str, Any]:
    domains = dice.pick("mail_domain", dict.fromkeys(MAIL, 1))
    emails = [
        # the number makes it the only one; names have no digits, so it is not ambiguous
        f"{in_ascii(first)}.{in_ascii(last.split()[0])}{number}@{domain}"
        for first, last, number, domain in zip(
            given, family, dice.rows.tolist(), domains, strict=True
        )
    ]
    no_email = dice.happens("without_email", life("without_email"))
    no_phone = ~no_email & dice.happens("without_phone", life("without_phone"))
    return {
        "email": empty_where(no_email, emails),
        "phone": empty_where(no_phone, phones(dice, market)),
    }


def in_ascii(name: str) -> str:
    """A name with small plain letters only, as it stands in an e-mail address.

    >>> in_ascii("José Ángel"), in_ascii("O'Neill")
    ('joseangel', 'oneill')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def phones(dice: Dice, market: str) -> list[str]:
    """A telephone number for each customer number, none of them twice in a shop.

    Spain: mobile numbers. Elsewhere: numbers kept for film and drama, of which there
    are 12,000; customers beyond that begin again at the first.
    """
    start = int(Dice(dice.seed, "customers", [0]).below("first_phone", 10**6)[0])
    # a step without common factors visits every number once before any comes again
    if market == "ES":
        spread = [(start + number * 61_803_399) % 10**8 for number in dice.rows.tolist()]
        return [f"+346{digits:08d}" for digits in spread]
    spread = [(start + number * 7_919) % (len(DRAMA) * 1000) for number in dice.rows.tolist()]
    return [f"{DRAMA[digits // 1000]}0{digits % 1000:03d}" for digits in spread]
