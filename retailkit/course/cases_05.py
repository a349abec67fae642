"""The records that lesson 05's exercises are about: old contacts, and pairs of records."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from retailkit.case_file import CaseFile
from retailkit.course.exercises import Cases
from retailkit.generate import FAULTS
from retailkit.upkeep import ages, duplicates, stale
from retailkit.upkeep.choosing import called, knows, record, shown
from retailkit.upkeep.duplicates import counts_of, people_in
from retailkit.upkeep.likeness import Likeness, likeness
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop

PLANTED = {
    "unfounded_claim": FAULTS["unfounded_claim"].default,
    "duplicate_customer": 0.03,
    "stale_contact": 0.08,
    "number_damaged": 0.02,
    "unwanted_offer": 0.05,
}
"""What is wrong in the list of this lesson's shops, and with the post they sent."""

ONE_PERSON, HOUSEHOLD, STRANGERS = PAIRS = ("one_person", "household", "two_strangers")


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 5.1: whom to call


@functools.lru_cache(maxsize=8)
def to_ask(shop: Shop) -> pd.DataFrame:
    """The contacts to ask about again."""
    return stale(shop)


@functools.lru_cache(maxsize=8)
def customers_with_contacts(shop: Shop) -> int:
    """Everybody of whom some contact is known."""
    return int(ages(shop)["customer_id"].nunique())


@functools.lru_cache(maxsize=8)
def customers_with_old_contacts(shop: Shop) -> int:
    """Those whose contact is merely old, so that whoever was not reached is forgotten."""
    table = ages(shop)
    return int(table[table["months"] > 24]["customer_id"].nunique())


# 5.2: one person, a household, or two strangers


@functools.lru_cache(maxsize=8)
def likely_twins(shop: Shop) -> pd.DataFrame:
    """The pairs of records that look like one person."""
    return duplicates(shop)


@functools.lru_cache(maxsize=8)
def six_pairs(shop: Shop) -> Cases:
    """Six pairs of records by their numbers, each with what they are; two of every kind."""
    luck, look = luck_of(shop), _looker(shop)
    found, clear = likely_twins(shop), _written_clearly(shop)
    likely = zip(found["customer_id"], found["other_id"], strict=True)
    same = _alike((pair for pair in likely if clear.issuperset(pair)), look)
    slips = [pair for pair, alike in same if alike["family_name"] == "slip"]
    clean = [pair for pair, alike in same if alike["family_name"] == "same"]
    people = shop.customers
    people = people[people["customer_id"].isin(clear.difference(*found[TWO].to_numpy()))]
    homes = _alike(_sharing(people, ["household_id"]), look)
    of_a_home = [pair for pair, alike in homes if _two_people(alike)]
    namesakes = _alike(_sharing(people, ["given_name", "family_name"]), look)
    strangers = [
        pair
        for pair, alike in namesakes
        if alike["birthday"] == alike["home"] == "differs" and _no_contact_shared(alike)
    ]
    drawn = {
        **dict.fromkeys([luck.choice(slips), luck.choice(clean)], ONE_PERSON),
        **dict.fromkeys(luck.sample(of_a_home, 2), HOUSEHOLD),
        **dict.fromkeys(luck.sample(strangers, 2), STRANGERS),
    }
    pairs = luck.sample(sorted(drawn), len(drawn))
    return {" and ".join(pair): drawn[pair] for pair in pairs}


Pair = tuple[str, str]
TWO = ["customer_id", "other_id"]


def _written_clearly(shop: Shop) -> set[str]:
    """Customers with an address and no damaged number: another fault would only confuse."""
    people = shop.customers
    damaged = ~people["phone"].str.startswith("+").fillna(True)
    return set(people.loc[people["street"].notna() & ~damaged, "customer_id"])


@functools.lru_cache(maxsize=8)
def _looker(shop: Shop) -> Callable[[Pair], Likeness]:
    people = people_in(shop.customers)
    counts, by_number = counts_of(people), {person.number: person for person in people}
    return lambda pair: likeness(by_number[pair[0]], by_number[pair[1]], counts)


def _alike(
    pairs: Iterator[Pair], look: Callable[[Pair], Likeness]
) -> list[tuple[Pair, dict[str, str]]]:
    """Pairs of which enough is known to tell, each with what agrees."""
    seen = [(pair, dict(look(pair).agrees)) for pair in pairs]
    return [(pair, alike) for pair, alike in seen if alike["birthday"] in ("same", "differs")]


def _sharing(people: pd.DataFrame, columns: list[str]) -> Iterator[Pair]:
    """The first two of every group of people who share these columns."""
    for _, group in people.dropna(subset=columns).groupby(columns):
        if len(group) > 1:
            one, other = group["customer_id"].iloc[:2]
            yield str(one), str(other)


def _two_people(alike: dict[str, str]) -> bool:
    return alike["given_name"] == alike["birthday"] == "differs" and alike["home"] == "same"


def _no_contact_shared(alike: dict[str, str]) -> bool:
    return "same" not in (alike["email"], alike["mobile"], alike["landline"])


def pair_card(shop: Shop, numbers: str) -> CaseFile:
    """Two records side by side, as a card."""
    rows = [record(shop.customers, number) for number in numbers.split(" and ")]
    names = [f"{row['given_name']} {row['family_name']}" for row in rows]
    lines = [
        f"{called(fact)}: {' | '.join(shown(row, fact) for row in rows)}"
        for fact in ("birth_on", "email", "phone", "address")
        if any(knows(row, fact) for row in rows)
    ]
    first = f"{listing(numbers.split(' and '))}."
    return CaseFile(numbers, [first, " | ".join(names), *lines])


def pairs_taken_for(shop: Shop, **instead: str) -> list[str]:
    """What the six pairs are; `instead` says which kind is taken for another one."""
    return [str(instead.get(kind, kind)) for kind in six_pairs(shop).values()]


def every_slip_is_somebody_else(shop: Shop) -> list[str]:
    """As somebody says for whom another letter is another person."""
    look = _looker(shop)
    said = []
    for numbers, kind in six_pairs(shop).items():
        one, other = numbers.split(" and ")
        slip = kind == ONE_PERSON and look((one, other)).agrees["family_name"] == "slip"
        said.append(STRANGERS if slip else str(kind))
    return said
