"""Lesson 05, exercises 5.3 to 5.5: what customers have answered, and who may be sent an offer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from retailkit.aftersales import may_contact
from retailkit.aftersales.consent_file import answers_in_order, consent_line
from retailkit.case_file import CaseFile
from retailkit.catalogue import say
from retailkit.course.cases_05 import Pair, likely_twins, luck_of
from retailkit.course.exercises import Cases
from retailkit.customers import ConsentState, Purpose
from retailkit.forms.kinds.merge_desk import pair_to_decide
from retailkit.upkeep import merge
from retailkit.upkeep.consent import is_no, last_answers
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.shop import Shop

OFFERS, SURVEYS = Purpose.MARKETING.value, Purpose.SURVEYS.value
GIVEN, DECLINED = ConsentState.GIVEN.value, ConsentState.DECLINED.value
WITHDRAWN, NOT_ASKED = ConsentState.WITHDRAWN.value, ConsentState.NOT_ASKED.value

YES, NO = WORDS = ("yes", "no")


def in_words(may: list[bool]) -> list[str]:
    """Yes or no for each."""
    return [YES if each else NO for each in may]


# 5.3: what one customer has answered

Answers = tuple[tuple[str, str], ...]
"""Purpose and state of each answer, from first to last."""

WANTED: tuple[set[Answers], ...] = (
    {((OFFERS, GIVEN),)},
    {((OFFERS, GIVEN), (OFFERS, WITHDRAWN))},
    {((OFFERS, NOT_ASKED),)},
    {((OFFERS, DECLINED), (SURVEYS, GIVEN)), ((OFFERS, NOT_ASKED), (SURVEYS, GIVEN))},
    {((OFFERS, DECLINED),)},
    {((OFFERS, GIVEN), (SURVEYS, DECLINED))},
)
"""What the six customers have answered."""


@functools.lru_cache(maxsize=8)
def six_customers(shop: Shop) -> Cases:
    """Six customers who have answered differently, each with their answers."""
    luck, table = luck_of(shop), answers_in_order(shop)
    everybody: dict[str, Answers] = {}
    rows = zip(table["customer_id"], table["purpose"], table["state"], strict=True)
    for number, purpose, state in rows:
        everybody[number] = (*everybody.get(number, ()), (purpose, state))
    drawn = [
        luck.choice(sorted(number for number, answers in everybody.items() if answers in each))
        for each in WANTED
    ]
    return {number: everybody[number] for number in luck.sample(drawn, len(drawn))}


def may_be_sent_offers(shop: Shop) -> list[str]:
    """Which of the six customers may be sent an offer."""
    return in_words(everybody_may(shop).loc[list(six_customers(shop))].tolist())


def read_otherwise(shop: Shop, says_yes: Callable[[Answers], bool]) -> list[str]:
    """The six, as somebody says who reads their answers in this way."""
    return in_words([says_yes(answers) for answers in six_customers(shop).values()])


@functools.lru_cache(maxsize=8)
def everybody_may(shop: Shop) -> pd.Series:
    """Which customers may be sent offers, by number."""
    return may_contact(shop, purpose=Purpose.MARKETING)["may"]


def about_offers(answers: Answers) -> list[str]:
    """The answers about offers and greetings alone."""
    return [state for purpose, state in answers if purpose == OFFERS]


# 5.4: two records, two answers


@functools.lru_cache(maxsize=8)
def _stand(shop: Shop) -> pd.DataFrame:
    """Each customer's answer about offers that decides today, and when it was given."""
    everybody = shop.customers[["customer_id"]].assign(at=pd.Timestamp(shop.today))
    return last_answers(shop, everybody, Purpose.MARKETING).set_index("customer_id")


@functools.lru_cache(maxsize=8)
def four_pairs(shop: Shop) -> Cases:
    """Four pairs of one person each, the record that is kept first, with what they are."""
    luck, found = luck_of(shop), likely_twins(shop)
    at_the_desk = set(pair_to_decide(shop))
    kinds: dict[str, list[Pair]] = {}
    for one, other in zip(found["customer_id"], found["other_id"], strict=True):
        if at_the_desk.isdisjoint({one, other}):
            kind, pair = _kind(shop, str(one), str(other))
            kinds.setdefault(kind, []).append(pair)
    asked = ("a no, then a yes", "a yes, then a no", "a yes and nothing", "alike")
    drawn = [luck.choice(kinds[kind]) for kind in asked]
    return {" and ".join(pair): pair for pair in luck.sample(drawn, len(drawn))}


def _kind(shop: Shop, one: str, other: str) -> tuple[str, Pair]:
    """How two records answer, with the one first whose answer alone would mislead."""
    rows = _stand(shop).loc[[one, other]]
    by_state = {_word(state): str(number) for number, state in rows["state"].items()}
    if set(by_state) == {YES, NO}:
        yes, no = by_state[YES], by_state[NO]
        later = str(rows.sort_values("answered_at").index[-1])
        return ("a no, then a yes", (yes, no)) if later == yes else ("a yes, then a no", (no, yes))
    if set(by_state) == {YES, NOT_ASKED}:
        return "a yes and nothing", (by_state[NOT_ASKED], by_state[YES])
    return "alike" if len(by_state) == 1 else "else", (one, other)


def _word(state: Any) -> str:
    if pd.isna(state):
        return NOT_ASKED
    return NO if is_no(str(state)) else YES


def both_answers_card(shop: Shop, numbers: str) -> CaseFile:
    """What both records of a pair answered about offers, as a card."""
    table = answers_in_order(shop)
    table = table[table["purpose"] == OFFERS]
    one, other = numbers.split(" and ")
    lines = [
        f"{number}: {consent_line(answer)}"
        for number in (one, other)
        for _, answer in table[table["customer_id"] == number].iterrows()
    ]
    kept = say("{number} is the record that is kept.", number=one)
    return CaseFile(numbers, [f"{listing([one, other])}.", kept, *lines])


def may_be_sent_offers_together(shop: Shop) -> list[str]:
    """Which of the four may be sent an offer once their two records are one."""
    return in_words(list(_may_together(shop)))


@functools.lru_cache(maxsize=8)
def _may_together(shop: Shop) -> tuple[bool, ...]:
    merged = [merge(shop, *pair, sure=True) for pair in four_pairs(shop).values()]
    return tuple(bool(may_contact(done.shop, done.keep)) for done in merged)


def merged_otherwise(shop: Shop, says_yes: Callable[[list[str]], bool]) -> list[str]:
    """The four, as somebody says who reads both words, the kept record's first, in this way."""
    states = [_stand(shop).loc[list(pair), "state"] for pair in four_pairs(shop).values()]
    return in_words([says_yes([_word(state) for state in both]) for both in states])


def the_later_answer(shop: Shop) -> list[str]:
    """The four, as somebody says who goes by the later of both answers."""
    rows = [_stand(shop).loc[list(pair)] for pair in four_pairs(shop).values()]
    said = [both.dropna(subset=["state"]).sort_values("answered_at")["state"] for both in rows]
    return in_words([len(states) > 0 and states.iloc[-1] == GIVEN for states in said])


# 5.5: a birthday offer


def with_a_birthday(shop: Shop) -> list[str]:
    """Whose birthday is next month."""
    month = shop.today.month % 12 + 1
    people = shop.customers
    return list(people.loc[people["birth_on"].dt.month == month, "customer_id"])


def may_have_the_offer(shop: Shop) -> int:
    """How many of those with a birthday may be sent offers."""
    return int(everybody_may(shop).loc[with_a_birthday(shop)].sum())


def have_not_said_no(shop: Shop) -> int:
    """How many of those with a birthday have said yes, or nothing."""
    states = _stand(shop).loc[with_a_birthday(shop), "state"]
    return int((states.isna() | (states == GIVEN)).sum())
