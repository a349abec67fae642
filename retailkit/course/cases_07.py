"""The cases that lesson 07's exercises are about, chosen from a shop's own book."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from retailkit.claims import Claim, Kind, Proof, Reason, Remedy
from retailkit.course.exercises import Cases
from retailkit.shop import Shop
from retailkit.triage import Disposition, Level, triage
from retailkit.triage.book import claims_book
from retailkit.triage.from_records import evidence

if TYPE_CHECKING:
    import pandas as pd

UNFOUNDED = [Disposition.UNFOUNDED_FALSE, Disposition.UNFOUNDED_IMAGINARY]


@functools.lru_cache(maxsize=8)
def facts_of(shop: Shop) -> pd.DataFrame:
    """The facts of every case, computed once for a shop."""
    return evidence(shop)


@functools.lru_cache(maxsize=8)
def book_of(shop: Shop) -> pd.DataFrame:
    """The claims book with facts and rulings: one row per case, index `claim_id`."""
    facts = facts_of(shop)
    book = claims_book(shop).set_index("claim_id")
    extra = facts.columns.difference(book.columns)
    return book.join(facts[extra]).join(triage(facts))


# 7.1 and 7.2: complaint or claim


def on_the_form(book: pd.DataFrame) -> pd.Series:
    """Something is asked for in the field made for it."""
    return book["wants"].notna() & (book["wants"] != Remedy.NOTHING)


@functools.lru_cache(maxsize=8)
def six_texts(shop: Shop) -> Cases:
    """Three complaints, a plain claim, and two that ask only in passing."""
    book = book_of(shop)
    book = book[book["level"] != Level.SERIOUS]
    asks = book["asks_for_something"].fillna(False)
    chosen = [
        *book[asks & ~on_the_form(book)].index[:2],
        *book[asks & on_the_form(book)].index[:1],
        *book[~asks & book["narrative"].notna()].index[:3],
    ]
    return {case_id: shop.claim(case_id) for case_id in sorted(chosen)}


def kinds_of(shop: Shop) -> list[str]:
    """Complaint or claim, for each of the six texts."""
    return [str(case.kind) for case in six_texts(shop).values()]


def kinds_by_the_form(shop: Shop) -> list[str]:
    """What the six would be if only the field were read, and not the text."""
    return [_by_the_field(case) for case in six_texts(shop).values()]


def _by_the_field(case: Claim) -> str:
    return str(Kind.CLAIM if case.wants and case.wants != Remedy.NOTHING else Kind.COMPLAINT)


def swapped(kinds: list[str]) -> list[str]:
    """Each word taken for the other."""
    other = {str(Kind.CLAIM): str(Kind.COMPLAINT), str(Kind.COMPLAINT): str(Kind.CLAIM)}
    return [other[kind] for kind in kinds]


# 7.3: which case first


@functools.lru_cache(maxsize=8)
def five_cases(shop: Shop) -> Cases:
    """One serious case, told calmly, among an older, a louder, a dearer and a plain one."""
    chosen = dict.fromkeys(
        pick(shop) for pick in (most_pressing, oldest, loudest, dearest, plainest)
    )
    return {case_id: shop.claim(case_id) for case_id in sorted(chosen)}


def to_act_on(shop: Shop) -> pd.DataFrame:
    """The cases that need something done."""
    book = book_of(shop)
    return book[book["disposition"] == Disposition.ACT]


def most_pressing(shop: Shop) -> str:
    """A serious case, best one in which somebody could be hurt, told without raising the voice."""
    book = to_act_on(shop)
    serious = book[book["level"] == Level.SERIOUS]
    dangerous = serious[serious["hazard"].fillna(False)]
    return str(loudness(serious if dangerous.empty else dangerous).idxmin())


def oldest(shop: Shop) -> str:
    """The case that has waited longest, of those at the lower level."""
    book = to_act_on(shop)
    return str(book.loc[book["level"] == Level.LOWER, "received_at"].idxmin())


def loudest(shop: Shop) -> str:
    """The case with the angriest text, of those at the lower level."""
    book = to_act_on(shop)
    lower = book[(book["level"] == Level.LOWER) & (book.index != oldest(shop))]
    return str(loudness(lower).idxmax())


def dearest(shop: Shop) -> str:
    """The case about the most money, of those at the middle level."""
    book = to_act_on(shop)
    return str(book.loc[book["level"] == Level.MIDDLE, "amount"].idxmax())


def plainest(shop: Shop) -> str:
    """One more case of the middle level."""
    book = to_act_on(shop)
    return str(book.loc[(book["level"] == Level.MIDDLE) & (book.index != dearest(shop))].index[0])


def loudness(book: pd.DataFrame) -> pd.Series:
    """How loud a text is: exclamation marks and words in capitals."""
    text = book["narrative"].fillna("")
    return text.str.count("!") + text.str.count(r"\b[A-Z]{3,}\b")


# 7.4: which are unfounded


@functools.lru_cache(maxsize=8)
def doubtful_cases(shop: Shop) -> Cases:
    """Two unfounded cases, among others that only look so."""
    chosen = [*unfounded(shop), *no_receipt(shop), *signed_by_another(shop), *still_asking(shop)]
    return {case_id: shop.claim(case_id) for case_id in sorted(chosen)}


def _first(book: pd.DataFrame) -> list[str]:
    return [str(case_id) for case_id in book.index[:1]]


def unfounded(shop: Shop) -> list[str]:
    """One that a record of ours contradicts, and one without any sale and without a reply."""
    book = book_of(shop)
    return [case_id for word in UNFOUNDED for case_id in _first(book[book["disposition"] == word])]


def no_receipt(shop: Shop) -> list[str]:
    """A good claim whose owner has no proof: the sale is in our records."""
    book = to_act_on(shop)
    named = book["order_id"].notna() & (book["reason"] != Reason.NOT_DELIVERED)
    found = book["sale_found"].fillna(False)
    return _first(book[named & found & (book["proof"] == Proof.NONE)])


def signed_by_another(shop: Shop) -> list[str]:
    """A parcel that somebody else signed for: that does not contradict the customer."""
    book = to_act_on(shop)
    other = book["signed_by"].notna() & (book["signed_by"] != book["customer_id"])
    return _first(book[other & (book["reason"] == Reason.NOT_DELIVERED)])


def still_asking(shop: Shop) -> list[str]:
    """A case about which something is still to be asked."""
    book = book_of(shop)
    return _first(book[book["disposition"] == Disposition.ASK_INFORMATION])
