"""The texts of letters about cases: each put together by `retailkit.letters`, filled in by columns.

A letter whose facts are still gaps is composed once for all letters that differ in
nothing else; the gaps are then filled for all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa

from retailkit.claims import StepType
from retailkit.columns import Text, joined, words_at
from retailkit.generate.book import claim_core
from retailkit.generate.cases import REMEDIES
from retailkit.generate.handling import OUTCOMES, planted
from retailkit.generate.lives import Lives
from retailkit.generate.rows import Whole, Yes
from retailkit.generate.sayings import Products, days_as_written, filled, lines
from retailkit.letters import compose
from retailkit.letters.compose import shown_sum, words
from retailkit.markets import answer_days, rules_of
from retailkit.procedure import Basic
from retailkit.reading import LANGUAGES

LETTERS = ("acknowledgement", "information_request", "reply", "answer", "feedback_request")
ACKNOWLEDGEMENT, REPLY, ANSWER = (LETTERS.index(n) for n in ("acknowledgement", "reply", "answer"))

GAPS = ["name", "reference", "received", "product", "owner", "answer_by", "law_by",
        "promise_by", "reply_by", "remedy"]  # fmt: skip
"""What is filled in, letter by letter; the sum as well, where there is one."""

LEFT_OUT = (*(basic.value for basic in Basic), "reasons", "leak")
"""What a letter can lack, and what it can say too much, each as one bit of a number."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The names and the ways to reach the customers of a block, and the names of the staff."""

    shop: str
    names: Text
    contacts: Text
    staff: list[str]


def letters(lives: Lives, addresses: Addresses, case: Whole, kind: Whole, language: Whole) -> Text:
    """The text of each letter, about the case and of the kind at these places."""
    outcome = np.where(kind == ANSWER, lives.handling.outcome[case], 0)
    claim, paid = lives.cases.asks[case], ~np.isnan(lives.handling.amount[case])
    without = np.where(kind == ANSWER, _missing_in_answer(lives)[case], 0)
    without = np.where(kind == ACKNOWLEDGEMENT, _missing_in_first(lives)[case], without)
    reply = np.where(kind == REPLY, lives.stories.dice.below("reply", 3)[case], 0)
    traits = np.stack([kind, language, outcome, claim, paid, without, reply])
    different, which = np.unique(traits, axis=1, return_inverse=True)
    names = [field.name for field in fields(_Traits)]
    pool = [
        _template(lives, addresses, _Traits(**dict(zip(names, one, strict=True))))
        for one in different.T.tolist()
    ]
    return filled(pool, which.ravel(), _gaps(lives, addresses, case, language))


@dataclass(frozen=True, kw_only=True)
class _Traits:
    """What makes two letters differ in more than what is filled in; words are places."""

    kind: int
    language: int
    outcome: int
    claim: int
    paid: int
    without: int
    reply: int


def _template(lives: Lives, addresses: Addresses, traits: _Traits) -> str:
    """A letter with gaps for what differs from case to case."""
    language, outcome = traits.language, OUTCOMES[traits.outcome]
    if traits.kind == REPLY:
        return lines("message.reply")[language][traits.reply]
    gaps = [*GAPS, "amount"] if traits.paid else GAPS
    because = words(LANGUAGES[language], "because")
    facts: dict[str, Any] = {gap: f"{{{gap}}}" for gap in gaps}
    facts |= {
        "shop": addresses.shop,
        "market": lives.market,
        "kind": "claim" if traits.claim else "complaint",
        "outcome": outcome,
        "asked": lines("message.asked")[language][0],
        "reasons": because.get(outcome, because["record"]),
    }
    lacks = {name for bit, name in enumerate(LEFT_OUT) if traits.without >> bit & 1}
    text = compose(LETTERS[traits.kind], LANGUAGES[language], facts, lacks - {"leak"})
    if "leak" not in lacks:
        return text
    first, _, last = text.rpartition("\n\n")
    return f"{first}\n\n{lines('message.leak')[language][0]}\n\n{last}"


def _gaps(lives: Lives, addresses: Addresses, case: Whole, language: Whole) -> dict[str, Text]:
    """What is filled in, letter by letter."""
    stories, handling = lives.stories.only(case), lives.handling.only(case)
    received = stories.received.astype("datetime64[D]")
    law = answer_days(received, lives.market).astype("datetime64[D]")
    promise: Any = received + np.timedelta64(lives.desk.procedure.answer_within_days, "D")
    asked = handling.when(StepType.INFORMATION_ASKED).astype("datetime64[D]")
    reply_by: Any = np.where(np.isnat(asked), received, asked) + np.timedelta64(10, "D")
    people = pa.array(stories.person)
    products = Products(market=lives.market, place=stories.item).called(language)["the"]
    other = pa.array((stories.person + 1) % len(lives.people))
    remedy = np.where(handling.remedy >= 0, handling.remedy, lives.cases.remedy[case])
    return {
        "name": _or(addresses.names.take(people), lives.by_guest[case], language, "nobody"),
        "reference": joined("CL-", claim_core(lives).take(pa.array(case))),
        "received": days_as_written(received, language),
        "product": _or(products, stories.item < 0, language, "the_matter"),
        "owner": words_at(addresses.staff, handling.heard_by),
        "answer_by": days_as_written(np.minimum(law, promise), language),
        "law_by": days_as_written(law, language),
        "promise_by": days_as_written(promise, language),
        "reply_by": days_as_written(reply_by, language),
        "remedy": words_at(
            [words(spoken, "remedy")[name] for spoken in LANGUAGES for name in REMEDIES],
            language * len(REMEDIES) + remedy,
        ),
        "amount": _sums(handling.amount, language, rules_of(lives.market).currency),
        "other": addresses.names.take(other),
        "contact": addresses.contacts.take(other),
    }


def _or(text: Text, unknown: Yes, language: Whole, name: str) -> Text:
    """The text, or what the language says where it is not known."""
    instead = words_at([words(spoken)[name] for spoken in LANGUAGES], language)
    return pa.compute.if_else(pa.array(unknown), instead, text)


def _sums(amounts: Any, language: Whole, currency: str) -> Text:
    """Sums of money as each language writes them; empty where there is none."""
    cents = np.where(np.isnan(amounts), -1, np.round(amounts * 100)).astype(np.int64)
    pairs, which = np.unique(cents * 4 + language, return_inverse=True)
    shown = [
        shown_sum(pair // 4 / 100, currency, LANGUAGES[pair % 4]) if pair >= 0 else None
        for pair in pairs.tolist()
    ]
    return words_at(shown, which)


def _bits(*names: str) -> int:
    return sum(1 << LEFT_OUT.index(name) for name in names)


def _missing_in_first(lives: Lives) -> Whole:
    """What each acknowledgement lacks: what the shop never says, and what is planted."""
    never = {basic.value for basic in Basic} - set(lives.desk.procedure.published)
    thin = planted(lives.marks, "basics_not_told", lives.stories.row)
    missing = np.where(thin, _bits("options", "tracking"), 0) | _bits(*sorted(never))
    return np.where(lives.handling.owned, missing, missing | _bits("who"))


def _missing_in_answer(lives: Lives) -> Whole:
    """What each answer lacks, and where it tells of somebody else."""
    handling, rows = lives.handling, lives.stories.row
    missing = _missing_in_first(lives) & _bits("who", "options")
    missing = np.where(handling.reasoned, missing, missing | _bits("reasons"))
    return np.where(planted(lives.marks, "data_of_others", rows), missing | _bits("leak"), missing)
