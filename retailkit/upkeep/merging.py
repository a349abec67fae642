"""Merging: two records of one person become one. Nothing is lost, least of all a no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.customers import Consent, ConsentState, Purpose
from retailkit.records import table as table_of
from retailkit.records import understood
from retailkit.text import Sentences, day, spoken
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER, need_customer
from retailkit.upkeep.choosing import (
    chosen,
    knows,
    merged_row,
    record,
    same_fact,
    shown,
    with_facts,
)
from retailkit.upkeep.consent import is_no, where_they_stand
from retailkit.upkeep.duplicates import compare_two
from retailkit.upkeep.parting import parted
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.shop import Shop

LIKELY = 0.5
"""Below this score two records are likelier of two people than of one."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Merge:
    """Two records made one: the shop after it, what was done, and the way back.

    `source` says for each fact whose record it came from, `moved` which rows of each table
    now belong to `keep`, and `added` which answers about consent were written.
    """

    before: Shop
    shop: Shop
    keep: str
    other: str
    source: Mapping[str, str]
    moved: Mapping[str, tuple[str, ...]]
    added: tuple[str, ...]

    def undo(self, later: Shop | None = None) -> Shop:
        """The shop as it was before; or a `later` one in which both have their own rows again.

        In a later shop, what came after the merge stays with the record that was kept, and
        so does a fact that was changed since.
        Raises ValueError where a later shop lacks the one record or has the other again.
        """
        return self.before if later is None else parted(self, later)

    def sentences(self) -> Sentences:
        """What was done, in plain sentences."""
        said = [
            say("{other} is now part of {keep}.", other=self.other, keep=self.keep),
            _said_of_rows(self.moved),
        ]
        said += _said_of_facts(self)
        added = self.shop.consents["consent_id"].isin(self.added)
        return Sentences([*said, *self.shop.consents.loc[added, "wording"]])

    def __repr__(self) -> str:
        return repr(self.sentences())

    def _repr_html_(self) -> str:
        return self.sentences()._repr_html_()


def merge(
    shop: Shop,
    keep: str,
    other: str,
    take: Mapping[str, str] | None = None,
    *,
    sure: bool = False,
    at: date | str | None = None,
) -> Merge:
    """Makes two records of one person into one, `keep`; a `Merge` with `.shop` and `.undo()`.

    Every row of `other` then belongs to `keep`. Each fact comes from the record that was
    verified last, or from the one that `take` names, like `take={"email": "C-000016"}`. All
    answers about consent are kept, and for each purpose the stricter one holds: where either
    record had said no, that no is written down once more, at the moment `at` (the shop's
    today, if None) or after the last answer. A yes on a complaint form stays without effect.

    Raises ValueError for one record merged with itself, a guest or an unknown number, and,
    unless you are `sure`, for two that look like a household or like strangers.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=200, faults={"duplicate_customer": 0.02})
    >>> merge(shop, "C-000042", "C-000199").undo() is shop
    True
    """
    _check(shop, keep, other, sure)
    mine, theirs = record(shop.customers, keep), record(shop.customers, other)
    source = chosen(mine, theirs, take or {})
    moved = _rows_named(shop, other)
    together = _together(shop, keep, other, merged_row(mine, theirs, source), moved)
    strict = _stricter(shop, together, keep, other, _moment(shop, at))
    return Merge(
        before=shop,
        shop=_with_answers(together, strict),
        keep=keep,
        other=other,
        source={fact: str(row["customer_id"]) for fact, row in source.items()},
        moved=moved,
        added=tuple(str(answer.consent_id) for answer in strict),
    )


def _together(
    shop: Shop, keep: str, other: str, row: Mapping[str, object], moved: Mapping[str, object]
) -> Shop:
    """The shop with one record, to which all rows belong."""
    tables = dict(shop.tables)
    for name in moved:
        tables[name] = _renamed(tables[name], HOLDS_A_CUSTOMER[name], other, keep)
    rest = shop.customers[shop.customers["customer_id"] != other].reset_index(drop=True)
    tables["customers"] = with_facts(rest, keep, row)
    # it is no longer the shop that its seed makes
    return replace(shop, tables=tables, origin=None)


def _with_answers(shop: Shop, answers: list[Consent]) -> Shop:
    if not answers:
        return shop
    rows = table_of(answers, Consent).reindex(columns=shop.consents.columns)
    consents = pd.concat([shop.consents, rows], ignore_index=True)
    return replace(shop, tables={**shop.tables, "consents": consents})


def _check(shop: Shop, keep: str, other: str, sure: bool) -> None:
    for number in (keep, other):
        need_customer(shop, number)
    if keep == other:
        raise ValueError(
            say("{keep} cannot be merged with itself. Name two different records.", keep=keep)
        )
    if not sure and (doubt := doubt_about(shop, keep, other)):
        raise ValueError(f"{doubt} {say('If you know that it is one person, say sure=True.')}")


def doubt_about(shop: Shop, keep: str, other: str) -> str:
    """Why two records had better stay two; empty where they look like one person."""
    alike = compare_two(shop, keep, other)
    if alike.score >= LIKELY and not alike.household:
        return ""
    what = say("two people of one household") if alike.household else say("two different people")
    return say(
        "{keep} and {other} look like {what}, not like one person. {because} Ask the customer.",
        keep=keep,
        other=other,
        what=what,
        because=alike.because,
    )


def _moment(shop: Shop, at: date | str | None) -> datetime:
    moment: datetime | None = understood("at", shop.today if at is None else at, datetime)
    return moment or understood("at", shop.today, datetime)


def _rows_named(shop: Shop, customer_id: str) -> dict[str, tuple[str, ...]]:
    """The numbers of the rows that bear a customer's number, by table."""
    found = {}
    for name, column in HOLDS_A_CUSTOMER.items():
        table = shop.tables[name]
        rows = table.loc[table[column] == customer_id, table.columns[0]]
        if name != "customers" and len(rows):
            found[name] = tuple(rows.astype(str))
    return found


def _renamed(table: pd.DataFrame, column: str, old: str, new: str) -> pd.DataFrame:
    return table.assign(**{column: table[column].mask(table[column] == old, new)})


# ---- the stricter answer holds ----


def _stricter(
    before: Shop, together: Shop, keep: str, other: str, moment: datetime
) -> list[Consent]:
    """The answers to write so that no no is lost behind a later yes of the other record."""
    after = where_they_stand(together, keep)
    answers = []
    for number in (other, keep):
        for purpose, state in where_they_stand(before, number).items():
            if is_no(state) and not is_no(after[purpose]):
                after[purpose] = state
                answers.append((number, purpose, state))
    taken = set(together.consents["consent_id"].dropna())
    start = f"CO-{keep.rpartition('-')[2]}-"
    free = (f"{start}{count}" for count in range(1, len(taken) + len(answers) + 2))
    numbers = [number for number in free if number not in taken]
    at = _after_all(together, keep, moment)
    return [
        Consent(
            consent_id=consent_id,
            customer_id=keep,
            purpose=purpose,
            state=ConsentState(state),
            at=at,
            wording=_wording(keep, other, number, purpose, state, at),
        )
        for consent_id, (number, purpose, state) in zip(numbers, answers, strict=False)
    ]


def _after_all(shop: Shop, customer_id: str, moment: datetime) -> datetime:
    """The moment, or that of the customer's last answer where it is later."""
    answers = shop.consents.loc[shop.consents["customer_id"] == customer_id, "at"].dropna()
    later = [each.to_pydatetime() for each in answers if each > pd.Timestamp(moment)]
    return max(later, default=moment)


def _wording(keep: str, other: str, number: str, purpose: Purpose, state: str, at: datetime) -> str:
    return say(
        "Not asked anew: {keep} and {other} were made one record on {day}. "
        "As {number} the customer had said no ({purpose}), so that holds until they say otherwise."
        if state == ConsentState.DECLINED
        else "Not asked anew: {keep} and {other} were made one record on {day}. "
        "As {number} the customer had taken the yes back ({purpose}), "
        "so that holds until they say otherwise.",
        keep=keep,
        other=other,
        day=day(at),
        number=number,
        purpose=spoken(purpose),
    )


# ---- what is said of it ----


def _said_of_rows(moved: Mapping[str, tuple[str, ...]]) -> str:
    total = sum(map(len, moved.values()))
    if not total:
        return say("It had no rows of its own in other tables.")
    parts = [say("{rows} in {table}", rows=len(rows), table=name) for name, rows in moved.items()]
    return say("{rows} moved: {parts}.", rows=count_of(total, "row"), parts=listing(parts))


def _said_of_facts(done: Merge) -> list[str]:
    both = {each: record(done.before.customers, each) for each in (done.keep, done.other)}
    said = []
    for fact, number in done.source.items():
        if same_fact(both[done.keep], both[done.other], fact):
            continue
        left = both[done.other if number == done.keep else done.keep]
        said.append(
            say(
                "{fact}: {value} from {number}; not taken over from {other}: {other_value}."
                if knows(left, fact)
                else "{fact}: {value} from {number}.",
                fact=fact,
                value=shown(both[number], fact),
                number=number,
                other=left["customer_id"],
                other_value=shown(left, fact),
            )
        )
    return said
