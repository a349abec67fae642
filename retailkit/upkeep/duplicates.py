"""Duplicates: the same person twice in the list, and how sure one can be of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.catalogue import say
from retailkit.customers import Customer
from retailkit.records import is_nothing, kinds, need_columns
from retailkit.shop import Shop
from retailkit.upkeep.keys import (
    email_key,
    is_landline,
    name_key,
    phone_keys,
    postcode_key,
    street_key,
)
from retailkit.upkeep.likeness import Counts, Likeness, Person, full_name, likeness

if TYPE_CHECKING:
    Pairs = NDArray[np.int64]

SURE_ENOUGH = 0.8
"""From this score on two records are shown as likely one person."""

MANY = 200
"""More records than these with one key say nothing: everybody's number is nobody's."""

COLUMNS = ["customer_id", "other_id", "score", "because"]


def duplicates(shop: Shop | pd.DataFrame, at_least: float = SURE_ENOUGH) -> pd.DataFrame:
    """Pairs of records that are likely of one person, the surest first.

    Takes a shop or any table of customers. One row per pair: `customer_id`, `other_id`,
    `score` (0 to 1) and `because`, the reasons in words. Names are compared without accents
    and with slips of the pen, numbers with their country. People of one household with their
    own first names or birthdays are not duplicates. Nothing is merged: a person decides.

    A record is compared with those alone that share a contact, a full name, or two of
    birthday, home and name, so 50,000 customers take seconds, and twice as many two to three
    times as long: the more people, the more namesakes.
    Raises ValueError where a table lacks numbers or names, or `at_least` is no score.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=200, faults={"duplicate_customer": 0.02})
    >>> duplicates(shop)["because"].iloc[0]
    'Same first name, same family name, same birthday, same e-mail address and same home.'
    """
    if isinstance(at_least, bool) or not 0 <= at_least <= 1:
        raise ValueError(
            say(
                "at_least: {at_least!r} is not a score. Choose a number from 0 to 1.",
                at_least=at_least,
            )
        )
    people = people_in(shop.customers if isinstance(shop, Shop) else shop)
    counts = counts_of(people)
    rows = []
    for one, other in _candidates(people):
        found = likeness(people[one], people[other], counts)
        if found.score >= at_least:
            rows.append((people[one].number, people[other].number, found.score, found.because))
    table = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS, "str"))
    table["score"] = table["score"].astype("Float64").round(3)
    by = ["score", "customer_id", "other_id"]
    return table.sort_values(by, ascending=[False, True, True], ignore_index=True)


def compare_two(shop: Shop, customer_id: str, other_id: str) -> Likeness:
    """How alike two customers of a shop are, with everybody else's names in view.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> compare_two(shop, "C-000003", "C-000004").household
    True
    """
    people = people_in(shop.customers)
    by_number = {person.number: person for person in people}
    return likeness(by_number[customer_id], by_number[other_id], counts_of(people))


def people_in(customers: pd.DataFrame) -> list[Person]:
    """The records of a table as they are compared."""
    need_columns(
        customers, ["customer_id", "given_name", "family_name"], say("The list of customers")
    )
    blank: list[object] = [None] * len(customers)
    column: dict[str, list[object]] = dict.fromkeys(kinds(Customer), blank)
    column |= {name: customers[name].tolist() for name in column if name in customers.columns}
    phones = phone_keys(column["phone"])
    shared = {phone for phone, count in Counter(phones).items() if phone and count > 1}
    landlines = {phone for phone in shared if is_landline(phone)}
    return [
        Person(*facts)
        for facts in zip(
            map(str, column["customer_id"]),
            map(name_key, column["given_name"]),
            map(name_key, column["family_name"]),
            map(name_key, column["gender"]),
            map(_day, column["birth_on"]),
            map(email_key, column["email"]),
            phones,
            (phone in landlines for phone in phones),
            map(street_key, column["street"]),
            map(postcode_key, column["postcode"]),
            ("" if is_nothing(home) else str(home) for home in column["household_id"]),
            strict=True,
        )
    ]


def _day(born: object) -> date | None:
    if is_nothing(born):
        return None
    if isinstance(born, str):
        try:
            return date.fromisoformat(born.strip()[:10])
        except ValueError:
            return None
    return date(born.year, born.month, born.day) if isinstance(born, date) else None


def counts_of(people: Sequence[Person]) -> Counts:
    """How many records have each given name and each full name."""
    return Counts(
        given=Counter(person.given for person in people),
        full=Counter(full_name(person) for person in people),
    )


def _candidates(people: Sequence[Person]) -> list[tuple[int, int]]:
    """Pairs worth comparing: places in the list, each pair once, the first of the list first."""
    found = [_sharing(keys) for keys in _keys(people)]
    pairs = np.unique(np.concatenate(found), axis=0)
    return [(one, other) for one, other in pairs.tolist()]


def _keys(people: Sequence[Person]) -> Iterator[list[str]]:
    """What two records must share to be compared, one list of keys after the other."""
    for person_key in (
        lambda each: each.email,
        lambda each: each.phone,
        full_name,
        lambda each: _both(each.born, each.given),
        lambda each: _both(each.born, each.family),
        lambda each: _both(each.street, each.given),
        lambda each: _both(each.street, each.born),
        lambda each: _both(each.household, each.given),
        lambda each: _both(each.household, each.born),
    ):
        yield [person_key(person) for person in people]


def _both(one: object, other: object) -> str:
    return f"{one}|{other}" if one and other else ""


def _sharing(keys: Sequence[str]) -> Pairs:
    """The pairs of places that share a key; none for a key of very many."""
    codes = pd.factorize(np.array(keys, dtype=object))[0]
    codes[np.array([not key for key in keys], dtype=bool)] = -1
    sizes = np.bincount(codes[codes >= 0], minlength=1)
    few = (codes >= 0) & (sizes[np.maximum(codes, 0)] <= MANY)
    places = np.flatnonzero(few)
    places = places[np.argsort(codes[places], kind="stable")]
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for apart in range(1, int(sizes[sizes <= MANY].max(initial=0))):
        one, other = places[:-apart], places[apart:]
        same = codes[one] == codes[other]
        pairs.append(np.column_stack([one[same], other[same]]))
    return np.concatenate(pairs)
