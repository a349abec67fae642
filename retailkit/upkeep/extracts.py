"""Extracts: tables for counting, with pseudonyms in place of people. They are not anonymous."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.records import need_word
from retailkit.text import Sentences
from retailkit.upkeep.erasing import WRITTEN
from retailkit.words import Word, count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

SHORTEST_KEY = 16
LEFT_OUT = ("given_name", "family_name", "email", "phone", "street", "city", "name")
"""Columns that no extract has: with them a person is named, or nearly."""

OPEN_NUMBERS = ("product_id", "staff_id")
"""Numbers that are the shop's own and tell of no customer."""

KNOWN_BY = ("region", "district", "birth_year", "gender", "language")
"""What a neighbour may know of somebody, and could find them by."""


class Coarser(Word):
    """A way to make the people of an extract harder to tell apart."""

    NO_LANGUAGE = "no_language", "Leave the language out."
    BIRTH_DECADE = "birth_decade", "The ten years of birth in place of the year."
    NO_GENDER = "no_gender", "Leave the gender out."
    NO_DISTRICT = "no_district", "Leave the district out; the region stays."
    NO_BIRTH = "no_birth", "Leave out when they were born."
    NO_REGION = "no_region", "Leave the region out."


OUT = {
    Coarser.NO_LANGUAGE: "language",
    Coarser.NO_GENDER: "gender",
    Coarser.NO_DISTRICT: "district",
    Coarser.NO_BIRTH: "birth_year",
    Coarser.NO_REGION: "region",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Extract:
    """Tables with pseudonyms, and `k`: how many people the smallest group of look-alikes has.

    Look-alikes agree in all of region, district, year of birth, gender and language that the
    extract has. `k` is None where it has no table of customers.
    """

    tables: Mapping[str, pd.DataFrame]
    k: int | None

    def sentences(self) -> Sentences:
        """What this extract is, and is not."""
        said = [
            say(
                "{tables}, pseudonymised, not anonymous.",
                tables=count_of(len(self.tables), "table"),
            ),
            say("Who has the key, or knows enough about somebody, can find them."),
            say("So this is still personal data, to be kept as safely as the list itself."),
        ]
        if self.k is not None:
            said.append(
                say("In the smallest group of people who look alike here: {size}.", size=self.k)
            )
        if self.k == 1:
            said.append(say("Somebody stands alone: who knows them finds their row."))
        return Sentences(said)

    def to_reach(self, k: int) -> tuple[Coarser, ...]:
        """What to coarsen, and as little as possible, so that no group has fewer than `k` people.

        Give it to `extract(..., coarser=...)`. Raises ValueError where there are no customers
        in the extract, or fewer than `k` of them.
        """
        people = self.tables.get("customers")
        if people is None or isinstance(k, bool) or not 1 <= k <= len(people):
            raise ValueError(
                say(
                    "No coarsening brings groups of {k}: the extract has no table of customers."
                    if people is None
                    else "No coarsening brings groups of {k}: the extract has {customers}.",
                    k=k,
                    customers=count_of(0 if people is None else len(people), "customer"),
                )
            )
        ways = itertools.chain.from_iterable(
            itertools.combinations(Coarser, size) for size in range(len(Coarser) + 1)
        )
        return next(way for way in ways if (smallest_group(_coarser(people, way)) or 0) >= k)

    def __repr__(self) -> str:
        return repr(self.sentences())

    def _repr_html_(self) -> str:
        return self.sentences()._repr_html_()


def extract(
    shop: Shop, tables: Collection[str], key: str | bytes, coarser: Collection[str] = ()
) -> Extract:
    """Tables of a shop for counting, with pseudonyms in place of people.

    Numbers of customers, homes, orders, cases and goods become an HMAC-SHA-256 with `key`:
    the same key gives the same pseudonyms, so take a new one for each extract and keep it
    apart. Names, contacts, towns and all that people wrote are left out, a postcode becomes
    its district and a birthday its year. `coarser` leaves out more; see `Coarser`.
    Raises ValueError for an unknown table, a short key or an unknown way.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=200)
    >>> alone = extract(shop, ["customers", "orders"], key="a new secret for each extract")
    >>> alone.k, len(alone.to_reach(5)) > 0
    (1, True)
    """
    if isinstance(tables, str):
        raise ValueError(say("tables: write a list, like [{tables!r}].", tables=tables))  # noqa: TRY004 - one kind of error for whoever types
    for name in tables:
        need_word(name, shop.tables, "table")
    ways = tuple(Coarser(way) for way in coarser)
    secret = _secret(key)
    found = {name: _pseudonymised(name, shop.tables[name], secret) for name in tables}
    if "customers" in found:
        found["customers"] = _coarser(found["customers"], ways)
    k = smallest_group(found["customers"]) if "customers" in found else None
    return Extract(tables=found, k=k)


def _secret(key: str | bytes) -> bytes:
    secret = key.encode() if isinstance(key, str) else key
    if not isinstance(secret, bytes) or len(secret) < SHORTEST_KEY:
        raise ValueError(
            say(
                "The key needs at least {shortest} letters, or pseudonyms can be guessed. "
                "Let secrets.token_hex() make one.",
                shortest=SHORTEST_KEY,
            )
        )
    return secret


def _pseudonymised(name: str, table: pd.DataFrame, secret: bytes) -> pd.DataFrame:
    left_out = {*LEFT_OUT, *WRITTEN.get(name, ())} - {"signed_by"}
    if name == "products":
        left_out = set()
    columns = {}
    for column in table.columns.drop(list(left_out), errors="ignore"):
        if column == "postcode":
            columns["district"] = table[column].map(district).astype("str")
        elif column == "birth_on":
            columns["birth_year"] = table[column].dt.year.astype("Int64")
        elif column == "signed_by":
            columns[column] = table[column].map(lambda value: _if_number(value, secret))
        elif _is_number(column):
            columns[column] = table[column].map(lambda value: _pseudonym(value, secret))
        else:
            columns[column] = table[column]
    return pd.DataFrame(columns, index=table.index)


def _is_number(column: str) -> bool:
    return column == "serial" or (column.endswith("_id") and column not in OPEN_NUMBERS)


def _pseudonym(value: object, secret: bytes) -> object:
    if not isinstance(value, str):
        return value
    return hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()[:24]


def _if_number(value: object, secret: bytes) -> object:
    """A pseudonym for a customer's number; words such as neighbour stay, and names do not."""
    if not isinstance(value, str) or re.fullmatch("[a-z ]+", value):
        return value
    return _pseudonym(value, secret)


def district(postcode: object) -> str | None:
    """The district of a postcode: what stands before the space, else its first three signs.

    >>> district("SW1A 1AA"), district("28020")
    ('SW1A', '280')
    """
    if not isinstance(postcode, str) or not postcode.strip():
        return None
    first, _, second = postcode.strip().partition(" ")
    return first if second else first[:3]


def _coarser(people: pd.DataFrame, ways: Collection[Coarser]) -> pd.DataFrame:
    """The people with less known of each."""
    if Coarser.BIRTH_DECADE in ways and "birth_year" in people:
        people = people.assign(birth_year=people["birth_year"] // 10 * 10)
    return people.drop(columns=[OUT[way] for way in ways if way in OUT], errors="ignore")


def smallest_group(people: pd.DataFrame) -> int:
    """How many people the smallest group has that agree in all a neighbour may know.

    What is not known counts as a value of its own. 0 for a table without people.
    """
    known = [column for column in KNOWN_BY if column in people.columns]
    if not known or people.empty:
        return len(people)
    return int(people.groupby(known, dropna=False).size().min())
