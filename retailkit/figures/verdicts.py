"""What the pictures of the principles say, in words."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from retailkit.catalogue import say, whole
from retailkit.principles import Verdict
from retailkit.shares import per_cent
from retailkit.text import spoken
from retailkit.words import count_of, listing


def finding(verdicts: pd.Series) -> str:
    """What an audit found in short: what is broken, or not known yet."""
    broken = list(verdicts.index[verdicts == Verdict.BROKEN])
    open_ = list(verdicts.index[verdicts == Verdict.NOT_ENOUGH_EVIDENCE])
    if broken:
        return say(
            "{letters}: {broken} of {all} principles broken",
            letters=listing(broken),
            broken=len(broken),
            all=len(verdicts),
        )
    if len(open_) == len(verdicts):
        return say("Not enough evidence yet on any principle")
    if open_:
        return say(
            "None is broken; not enough evidence on {some} of {all}",
            some=len(open_),
            all=len(verdicts),
        )
    return say("All nine principles are kept")


def broken_in(name: str, verdicts: pd.Series) -> str:
    """In how many quarters a principle was broken."""
    return say(
        "{principle} was broken in {broken} of {quarters}",
        principle=name[0].upper() + name[1:],
        broken=int((verdicts == Verdict.BROKEN).sum()),
        quarters=count_of(len(verdicts), "quarter"),
    )


def turned(verdicts: pd.Series) -> str:
    """What a change turned, out of the new verdicts on the principles that it turned."""
    if verdicts.empty:
        return say("The change turns no verdict")
    parts = [
        f"{spoken(str(verdict))} {listing(mine.index)}"
        for verdict, mine in verdicts.groupby(verdicts)
    ]
    return say("After the change: {verdicts}", verdicts="; ".join(parts))


def group_of(row: pd.Series) -> tuple[str, str]:
    """The factor and the group of a row of gaps."""
    factor, group = cast("tuple[str, str]", row.name)
    return say(factor), say(group)


def gap_said(one: pd.Series) -> str:
    """How much more often a group is refused, and how sure that is."""
    return say(
        "{group} {gap:+.0f} ({low:+.0f} to {high:+.0f}, {claims} claims)",
        group=" ".join(group_of(one)),
        gap=100 * one["gap"],
        low=100 * one["low"],
        high=100 * one["high"],
        claims=whole(round(one["n"])),
    )


def named(letter: Any, one: pd.Series) -> str:
    """A principle with its letter."""
    return f"{letter} {say(one['principle'])}"


def measured(one: pd.Series) -> str:
    """The share that went wrong, how sure that is, and the verdict."""
    if pd.isna(one["value"]):
        return say("not enough evidence")
    return say(
        "{share} ({low} to {high}, n {n}), {verdict}",
        share=per_cent(one["value"]),
        low=per_cent(one["low"]),
        high=per_cent(one["high"]),
        n=whole(one["n"]),
        verdict=spoken(one["verdict"]),
    )


def said_of(letter: Any, one: pd.Series) -> str:
    """A principle and how it stands."""
    return f"{named(letter, one)}: {measured(one)}"


def in_quarter(quarter: Any, row: pd.Series) -> str:
    """How a principle stood in a quarter."""
    return say(
        "{quarter} {share} ({low} to {high}), {verdict}",
        quarter=quarter_named(quarter),
        share=per_cent(row["value"]),
        low=per_cent(row["low"]),
        high=per_cent(row["high"]),
        verdict=spoken(row["verdict"]),
    )


def quarter_named(quarter: Any, between: str = " ") -> str:
    """A quarter as people write it."""
    return say("Q{quarter}", quarter=quarter.quarter) + f"{between}{quarter.year}"
