"""A mystery shopper's visits: what somebody who pretends to complain was met with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from retailkit.catalogue import say
from retailkit.claims import Remedy
from retailkit.principles.principle import Indicator
from retailkit.principles.standards import Finding, found
from retailkit.records import Record, asked, need_columns, table


@dataclass(frozen=True, kw_only=True, repr=False)
class Visit(Record):
    """One visit of a mystery shopper: the sheet that is filled in right afterwards.

    >>> Visit(sign_found="no").problems()[0]
    'on: not filled in yet. On which day was the visit?'
    """

    on: date | None = asked("On which day was the visit?")
    story: str | None = asked("Which story was told? Two shoppers tell the same one.")
    sign_found: bool | None = asked("Did you find where to complain within a minute?")
    told_unasked: bool | None = asked("Did they tell you how it goes on before you asked?")
    form_given: bool | None = asked("Was the form given to you at once?")
    help_offered: bool | None = asked("Did somebody offer to help you with it?")
    reference_given: bool | None = asked("Did you leave with a reference number in hand?")
    told_remedy: Remedy | None = asked("What did they say they would do?")
    asked_to_pay: bool | None = asked("Did they ask you to pay anything?")
    others_seen: bool | None = asked("Could you see or hear somebody else's complaint?")
    listened: bool | None = asked("Did they listen, and not argue?")
    owner_named: bool | None = asked("Were you told who deals with it?")
    asked_what_would_help: bool | None = asked("Did they ask what would have helped?")


def agreement(one: Visit, other: Visit) -> tuple[int, int]:
    """In how many answers two visits agree, of those that both have.

    >>> agreement(Visit(listened="yes", form_given="no"), Visit(listened="yes", form_given="yes"))
    (1, 2)
    """
    pairs = [(getattr(one, name), getattr(other, name)) for name in MET]
    both = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return sum(mine == theirs for mine, theirs in both), len(both)


MET = [field.name for field in fields(Visit) if field.name not in ("on", "story")]
"""What a visitor was met with: all questions but the day and the story."""


def visits_table(visits: Iterable[Visit] | pd.DataFrame | None) -> pd.DataFrame:
    """The sheets as a table: one row per visit.

    Raises ValueError where a sheet is none, or lacks a column.
    """
    if isinstance(visits, pd.DataFrame):
        sheets = table((), Visit)
        need_columns(visits, sheets.columns, say("The table of visits"))
        return visits
    visits = [visits] if isinstance(visits, Visit) else list(visits or ())
    for visit in visits:
        if not isinstance(visit, Visit):
            raise ValueError(  # noqa: TRY004 - whoever gives something wrong reads one kind of error
                say(
                    "visits: {visit!r} is not a visit. Write rk.Visit(sign_found='yes', ...).",
                    visit=visit,
                )
            )
    return table(visits, Visit)


def visited(indicator: Indicator, visits: pd.DataFrame) -> Finding:
    """What the visits show; an answer left open counts for nothing."""
    if indicator.field == "told_remedy":
        return found(indicator, _unlike(visits))
    answers = visits[indicator.field].astype("boolean")
    wrong: pd.Series = answers != indicator.right
    return found(indicator, wrong)


def _unlike(visits: pd.DataFrame) -> pd.Series:
    """By story told twice: whether the answers differed."""
    told = visits[["story", "told_remedy"]].dropna()
    twice = told[told.duplicated("story", keep=False)]
    answers = twice.drop_duplicates().groupby("story").size()
    return (answers > 1).astype("boolean")
