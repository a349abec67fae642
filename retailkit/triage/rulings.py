"""Triage: the ruling on a case, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from retailkit.catalogue import later, say
from retailkit.markets import rules_of
from retailkit.records import kinds, questions, records_in, table
from retailkit.text import Sentences, escaped, typed
from retailkit.triage.facts import Evidence, facts_table, one_case
from retailkit.triage.rules import (
    BURDEN_RULES,
    DISPOSITION_RULES,
    LEVEL_RULES,
    MANY_CUSTOMERS,
    Disposition,
    Level,
    Rule,
)
from retailkit.words import kind_of, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retailkit.shop import Shop

Changes = dict[str, dict[str, list[str]]]
"""For each other ruling: how facts would have to be ("were yes"), and which facts."""


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The desk's ruling on one case."""

    level: Level
    level_rule: str
    disposition: Disposition
    disposition_rule: str
    reasons: Sentences

    def __repr__(self) -> str:
        return "\n".join([self._words(), *self.reasons])

    def _repr_html_(self) -> str:
        return f"<strong>{escaped(self._words())}</strong><br>{self.reasons._repr_html_()}"

    def _words(self) -> str:
        return f"{typed(self.level)}, {typed(self.disposition)}"


@overload
def triage(facts: pd.DataFrame) -> pd.DataFrame: ...
@overload
def triage(facts: Evidence | pd.Series) -> Ruling: ...
def triage(facts: pd.DataFrame | Evidence | pd.Series) -> pd.DataFrame | Ruling:
    """Level and disposition of each case, and the rule that decided each.

    A table of facts gives a table with the same index and the columns `level`,
    `level_rule`, `disposition`, `disposition_rule`; one case by hand, or one row,
    gives a `Ruling`. Raises ValueError where facts are missing or are no facts at all.

    >>> triage(Evidence(hazard=True))
    serious, act
    Level: somebody was or could be harmed.
    Disposition: somebody was or could be harmed, so we act before any doubt about what happened.
    """
    import pandas as pd

    cases = facts_table(facts)
    levels = _first_that_applies(LEVEL_RULES, cases, "level")
    rulings = levels.assign(**_first_that_applies(DISPOSITION_RULES, cases, "disposition"))
    if isinstance(facts, pd.DataFrame):
        return rulings
    (case,) = records_in(cases, Evidence)
    return _ruling(rulings.iloc[0], case)


def explain(facts: Evidence | pd.Series, shop: Shop | None = None) -> Sentences:
    """Why a case is ruled as it is: by which rule, on which fact, and what would change it.

    With the shop, a row of `evidence(shop)` also tells in which record each deciding fact
    was seen.

    >>> explain(Evidence(sale_found=True, asks_for_something=True, amount=4))[0]
    'Level lower, by the rule otherwise_lower: nothing on record makes it more than an annoyance.'
    """
    (case,) = records_in(facts_table(one_case(facts)), Evidence)
    ruling = triage(case)
    changes = _changes(case, ruling)
    return Sentences(
        [
            *_rests_on(facts, case, ruling, shop),
            *(_sentence(say(rule.because)) for rule in _burden(case)),
            *_what_is_missing(case, ruling, changes),
            *(
                say("It would be {word} {if_}.", word=typed(word), if_=_in_words(ways))
                for word, ways in changes.items()
            ),
        ]
    )


def what_it_rests_on(facts: Evidence | pd.Series, shop: Shop | None = None) -> list[str]:
    """The first sentences of `explain`: the ruling, by which rules, and where that was seen."""
    (case,) = records_in(facts_table(one_case(facts)), Evidence)
    return _rests_on(facts, case, triage(case), shop)


def _rests_on(
    facts: Evidence | pd.Series, case: Evidence, ruling: Ruling, shop: Shop | None
) -> list[str]:
    level, disposition = _rule(ruling.level_rule), _rule(ruling.disposition_rule)
    return [
        say(
            "Level {word}, by the rule {rule}: {why}.",
            word=typed(ruling.level),
            rule=level.name,
            why=f"{say(level.because)}{_seen(level, case)}",
        ),
        say(
            "Disposition {word}, by the rule {rule}: {why}.",
            word=typed(ruling.disposition),
            rule=disposition.name,
            why=f"{say(disposition.because)}{_seen(disposition, case)}",
        ),
        *_where(facts, shop, (*deciding_facts(level, case), *deciding_facts(disposition, case))),
    ]


def _where(facts: Evidence | pd.Series, shop: Shop | None, seen: tuple[str, ...]) -> list[str]:
    """In which records the deciding facts were seen, where the shop and the case are known."""
    from retailkit.triage.sources import sources

    if shop is None or isinstance(facts, Evidence):
        return []
    return sources(shop, str(facts.name), tuple(dict.fromkeys(seen)))


def desk_rules() -> pd.DataFrame:
    """The desk's rules in their order; of each kind, the first that applies decides.

    One row per rule; columns `decides` (disposition or level), `rule`, `follows`, `because`.

    >>> desk_rules()["rule"].iloc[0]
    'people_first'
    """
    import pandas as pd

    rows = [
        (kind_of(type(rule.follows)), rule.name, rule.follows.value, say(rule.because))
        for rule in (*DISPOSITION_RULES, *LEVEL_RULES)
    ]
    return pd.DataFrame(rows, columns=["decides", "rule", "follows", "because"])


def _first_that_applies(rules: Sequence[Rule], facts: pd.DataFrame, kind: str) -> pd.DataFrame:
    import numpy as np
    import pyarrow as pa

    from retailkit.columns import frame_of, words_at

    first = np.zeros(len(facts), dtype="int8")
    # from the last rule, which applies to every case, up: what is written last holds
    for number, rule in reversed(list(enumerate(rules))):
        first[rule.test(facts).to_numpy(bool, na_value=False)] = number
    words = words_at([rule.follows.value for rule in rules], first)
    names = words_at([rule.name for rule in rules], first)
    return frame_of(pa.table({kind: words, f"{kind}_rule": names})).set_axis(facts.index)


def _ruling(row: pd.Series, case: Evidence) -> Ruling:
    reasons = [
        say("Level: {why}.", why=say(_rule(row.level_rule).because)),
        say("Disposition: {why}.", why=say(_rule(row.disposition_rule).because)),
        *(_sentence(say(rule.because)) for rule in _burden(case)),
    ]
    return Ruling(
        level=Level(row.level),
        level_rule=row.level_rule,
        disposition=Disposition(row.disposition),
        disposition_rule=row.disposition_rule,
        reasons=Sentences(reasons),
    )


def _rule(name: str) -> Rule:
    """The rule with this name."""
    return next(rule for rule in (*DISPOSITION_RULES, *LEVEL_RULES) if rule.name == name)


def _burden(case: Evidence) -> list[Rule]:
    return [rule for rule in BURDEN_RULES if _applies(rule, case)]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def deciding_facts(rule: Rule, case: Evidence) -> tuple[str, ...]:
    """The facts on which a rule applies: each that is enough alone, else all it looks at."""
    nothing_known = Evidence(market=case.market)
    alone = [
        name
        for name in rule.looks_at
        if _applies(rule, replace(nothing_known, **{name: getattr(case, name)}))
    ]
    return tuple(alone) or rule.looks_at


def _applies(rule: Rule, case: Evidence) -> bool:
    return bool(rule.test(facts_table(case)).fillna(False).item())


def _seen(rule: Rule, case: Evidence) -> str:
    """The facts on which a rule applies, as they stand: " (hazard = yes)"."""
    seen = [f"{name} = {_said(getattr(case, name))}" for name in deciding_facts(rule, case)]
    return f" ({', '.join(seen)})" if seen else ""


def _said(value: bool | float | str | None) -> str:
    if value is None:
        return say("not known")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _changes(case: Evidence, ruling: Ruling) -> Changes:
    """Every other ruling that one changed fact would lead to: the word, how, which facts."""
    others = _alternatives(case)
    tried = triage(table([replace(case, **{name: value}) for name, value, _ in others], Evidence))
    found: Changes = {word: {} for word in (*Level, *Disposition)}
    for (name, _, how), level, disposition in zip(
        others, tried["level"], tried["disposition"], strict=True
    ):
        for word, old in ((level, ruling.level), (disposition, ruling.disposition)):
            if word != old:
                found[word].setdefault(how, []).append(name)
    return {word: ways for word, ways in found.items() if ways}


def _alternatives(case: Evidence) -> list[tuple[str, Any, str]]:
    """Each fact with another value it could have, and that change in words."""
    limits = rules_of(case.market)
    high, middle = limits.amount_high.value, limits.amount_middle.value
    return [
        *(
            (question.name, value, say("were {value}", value=_said(value)))
            for question in questions(Evidence)
            if question.answer is bool
            for value in (True, False)
            if getattr(case, question.name) is not value
        ),
        ("amount", high, say("were {least} or more", least=high)),
        ("amount", middle, say("were {least} to under {limit}", least=middle, limit=high)),
        ("amount", 0, say("were under {limit}", limit=middle)),
        ("same_cause_customers", MANY_CUSTOMERS, say("were {least} or more", least=MANY_CUSTOMERS)),
        ("same_cause_customers", 1, say("were under {limit}", limit=MANY_CUSTOMERS)),
    ]


def _in_words(ways: dict[str, list[str]]) -> str:
    """In words: "if hazard or duplicate were yes, or if amount were 600 or more"."""
    return say(", or ").join(
        say("if {facts} {how}", facts=listing(names, "or"), how=how) for how, names in ways.items()
    )


def _what_is_missing(case: Evidence, ruling: Ruling, changes: Changes) -> list[str]:
    """The facts that are not known: those to be asked for, and those that would help."""
    unknown = [name for name in kinds(Evidence) if getattr(case, name) is None]
    asking = ruling.disposition == Disposition.ASK_INFORMATION
    looked_at = _rule(ruling.disposition_rule).looks_at
    needed = [name for name in looked_at if asking and name in unknown]
    matter = {name for ways in changes.values() for names in ways.values() for name in names}
    helpful = [name for name in unknown if name in matter and name not in needed]
    return [
        say(said, facts=listing(names))
        for said, names in (
            (later("Not known, and needed to go on: {facts}."), needed),
            (later("Not known, and could change the ruling: {facts}."), helpful),
        )
        if names
    ]
