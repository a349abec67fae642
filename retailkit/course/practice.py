"""Trying out a rule of one's own on a whole claims book."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.records import records_in
from retailkit.triage import Evidence
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd


def as_cases(facts: pd.DataFrame) -> dict[str, Evidence]:
    """Every row of a table of facts as a record, by case number."""
    return dict(zip(map(str, facts.index), records_in(facts, Evidence), strict=True))


def try_rule(rule: Callable[[Evidence], Any], facts: pd.DataFrame) -> pd.Series:
    """What a rule of one's own says of every case: one word per row of `facts`.

    Where the rule stops or says nothing, the word is missing, and the number of such
    cases is printed.

    >>> from retailkit.triage.facts import facts_table
    >>> try_rule(lambda case: "serious" if case.hazard else "lower", facts_table(Evidence())).item()
    'lower'
    """
    import pandas as pd

    words = {case_id: _word(rule, case) for case_id, case in as_cases(facts).items()}
    levels = pd.Series(list(words.values()), index=facts.index, dtype="str")
    if missing := int(levels.isna().sum()):
        print(say("Your rule gives no word for {cases}.", cases=count_of(missing, "case")))
    return levels


def _word(rule: Callable[[Evidence], Any], case: Evidence) -> str | None:
    try:
        word = rule(case)
    except Exception:
        return None  # the check of the exercise says what stopped it, and where
    return word if isinstance(word, str) else None
