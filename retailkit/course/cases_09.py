"""What lesson 09's exercises are about: what goes wrong in a shop, and how sure one can be."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import language, say, whole
from retailkit.course.judges import listed
from retailkit.course.sheets import Sheet
from retailkit.generate import FAULTS
from retailkit.principles import PRINCIPLES, Indicator, Source, Verdict, audit, principle
from retailkit.principles.book import CaseBook
from retailkit.principles.on_records import WRONG
from retailkit.principles.standards import Finding, found
from retailkit.text import spoken
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop

# what is planted

BREAKS_THE_HEADLINE = {
    "A": "basics_not_told",
    "B": "wrong_language",
    "C": "late_acknowledgement",
    "D": "no_reasons_given",
    "E": "fee_charged",
    "F": "data_of_others",
    "G": "nobody_asks_after",
    "H": "nobody_in_charge",
    "I": "cause_not_noted",
}
"""For each principle the fault that its headline counts; at its usual share it is always found."""

UNSURE, UNLUCKY = 0.95, 0.2
"""Parts of what a standard tolerates: the first leaves the verdict open, the second is bad luck."""


def planted(seed: int) -> dict[str, float]:
    """What goes wrong in a learner's shop: a broken principle, an open one, and bad luck."""
    luck = random.Random(seed)  # noqa: S311 - nothing here is secret
    broken = luck.choice(list(BREAKS_THE_HEADLINE))
    tolerant = [letter for letter in BREAKS_THE_HEADLINE if principle(letter).headline.tolerated]
    unsure, unlucky = luck.sample([letter for letter in tolerant if letter != broken], 2)
    name = BREAKS_THE_HEADLINE[broken]
    return {
        "unfounded_claim": FAULTS["unfounded_claim"].default,
        name: FAULTS[name].default,
        **_slips(unsure, UNSURE),
        **_slips(unlucky, UNLUCKY),
    }


def _slips(letter: str, part: float) -> dict[str, float]:
    return {BREAKS_THE_HEADLINE[letter]: part * principle(letter).headline.tolerated}


def broken_by(shop: Shop) -> str:
    """The fault that breaks a principle in this shop."""
    return list(planted(shop.seed))[1]


def faults_behind(shop: Shop, letters: Any) -> list[str]:
    """Which of the six faults break the principles that a learner calls broken.

    More than two letters choose nothing, so nothing follows from them.
    """
    found = [str(letter).upper() for letter in listed(letters) or []]
    if len(found) > MOST_LETTERS:
        return []
    return [name for name in _named(shop) if FAULTS[name].breaks in found]


MOST_LETTERS = 2


def letters_drawn(shop: Shop) -> tuple[str, str, str]:
    """The principles that are broken, open and only unlucky in this shop."""
    _, *names = planted(shop.seed)
    broken, unsure, unlucky = (FAULTS[name].breaks for name in names)
    return broken, unsure, unlucky


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 9.1: how each principle can be seen

TOO_MUCH_ALIKE = (
    "no_form_at_desk", "no_reference", "nobody_named", "owner_not_told", "not_asked_for_ideas"
)  # fmt: skip
"""Indicators that somebody could rightly put under another principle as well."""


@functools.lru_cache(maxsize=8)
def _measures(shop: Shop) -> tuple[Indicator, ...]:
    """One indicator for each principle, in an order of the shop's own."""
    luck = luck_of(shop)
    drawn = [
        luck.choice(
            [
                each
                for each in one.indicators
                if each.source != Source.PUBLISHED and each.name not in TOO_MUCH_ALIKE
            ]
        )
        for one in PRINCIPLES
    ]
    return tuple(luck.sample(drawn, len(drawn)))


def measures(shop: Shop) -> Sheet:
    """What is counted, one line for each principle."""
    return Sheet(say(each.counts) for each in _measures(shop))


def measured(shop: Shop, taken_for: Mapping[str, str] | None = None) -> list[str]:
    """The principle that each line shows, or with some taken for others."""
    return [(taken_for or {}).get(each.letter, each.letter) for each in _measures(shop)]


# 9.3: bad luck, or broken?


class CountsSheet(Sheet):
    """Lines about counts; `counts` has how many went wrong, of how many, and what is tolerated."""

    def __init__(self, lines: Iterable[str], counts: list[tuple[int, int, float]]) -> None:
        super().__init__(lines)
        self.counts = counts


@functools.lru_cache(maxsize=8)
def report(shop: Shop) -> pd.DataFrame:
    """The audit of a learner's shop."""
    return audit(shop)


@functools.lru_cache(maxsize=8)
def _six(shop: Shop) -> tuple[tuple[str, Finding], ...]:
    """Six findings from the shop's book: the words of each, and what it shows."""
    book, (broken, unsure, unlucky) = CaseBook(shop), letters_drawn(shop)
    untouched = "E" if broken != "E" else "F"
    headlines = [principle(each).headline for each in (broken, unsure, unlucky, untouched)]
    late = next(each for each in principle("C").indicators if each.name == "late_answer")
    whole = [(each, found(each, WRONG[each.name](book))) for each in (*headlines, late)]
    lines = [(_counted(each, shown), shown) for each, shown in whole]
    lines.append(_one_quarter(book, [unsure, unlucky]))
    luck = luck_of(shop)
    return tuple(luck.sample(lines, len(lines)))


def _counted(indicator: Indicator, shown: Finding, quarter: pd.Period | None = None) -> str:
    standard = say(indicator.standard)
    facts = {
        "wrong": whole(round((shown.value or 0) * shown.n)),
        "of": count_of(shown.n, indicator.of),
        "counts": say(indicator.counts),
        "standard": f"{standard[0].upper()}{standard[1:]}",
    }
    if quarter is None:
        return say("{wrong} of {of}: {counts}. {standard}.", **facts)
    said = "{wrong} of {of} in the months {first} to {last} alone: {counts}. {standard}."
    first, last = _months(quarter)
    return say(said, first=first, last=last, **facts)


def _months(quarter: pd.Period) -> tuple[str, str]:
    """The first and the last month of a quarter, with the year at the end."""
    from babel.dates import format_date, format_skeleton

    first = format_date(quarter.start_time, "MMMM", locale=language())
    return first, format_skeleton("yMMMM", quarter.end_time, locale=language())


def _one_quarter(book: CaseBook, letters: list[str]) -> tuple[str, Finding]:
    """A quarter of the book in which more went wrong than is tolerated, and yet nobody can tell."""
    quarters = book.claims["received_at"].dt.to_period("Q")
    likely: list[tuple[float, str, Finding]] = []
    for letter in letters:
        indicator = principle(letter).headline
        wrong = WRONG[indicator.name](book)
        for quarter, mine in wrong.groupby(quarters.to_numpy()):
            shown = found(indicator, mine)
            value, low = shown.value or 0, shown.low or 0
            if value > indicator.tolerated > low and shown.n >= FEWEST_IN_A_QUARTER:
                likely.append((low, _counted(indicator, shown, quarter), shown))
    _, line, shown = min(likely, key=lambda each: each[:2])
    return line, shown


FEWEST_IN_A_QUARTER = 40
"""A quarter with fewer cases would be too little for anything."""


def six_counts(shop: Shop) -> CountsSheet:
    """The six lines, with their numbers."""
    counts = [
        (round((f.value or 0) * f.n), f.n, float(f.indicator.tolerated)) for _, f in _six(shop)
    ]
    return CountsSheet([line for line, _ in _six(shop)], counts)


def verdicts(shop: Shop) -> list[str]:
    """What each of the six shows."""
    return [str(shown.verdict) for _, shown in _six(shop)]


def by_the_share_alone(shop: Shop) -> list[str]:
    """As somebody says who looks at no interval."""
    return [
        str(Verdict.BROKEN if wrong / of > tolerated else Verdict.KEPT)
        for wrong, of, tolerated in six_counts(shop).counts
    ]


def one_bad_case_breaks(shop: Shop) -> list[str]:
    """As somebody says for whom one slip is one too many."""
    return [
        str(Verdict.BROKEN if wrong else Verdict.KEPT) for wrong, _, _ in six_counts(shop).counts
    ]


def never_unsure(shop: Shop, said: Verdict) -> list[str]:
    """As somebody says who takes what is open for one of the two others."""
    unsure = Verdict.NOT_ENOUGH_EVIDENCE
    return [str(said) if each == unsure else each for each in verdicts(shop)]


# 9.4 and 9.5: what is broken, and what is to be mended


def letters_with(shop: Shop, *wanted: Verdict) -> list[str]:
    """The principles with one of these verdicts."""
    table = report(shop)
    return list(table.index[table["verdict"].isin([str(each) for each in wanted])])


def letters_with_a_slip(shop: Shop) -> list[str]:
    """The principles for which anything went wrong at all."""
    table = report(shop)
    return list(table.index[table["value"] > 0])


OTHERS = ("ways_not_shown", "no_acknowledgement", "judge_in_own_case", "favours_best_customers")
"""Faults that are in no learner's shop; each looks like one that is in some."""


@functools.lru_cache(maxsize=8)
def _named(shop: Shop) -> tuple[str, ...]:
    luck = luck_of(shop)
    _, *names = planted(shop.seed)
    names += luck.sample(OTHERS, 3)
    return tuple(luck.sample(names, len(names)))


def what_may_be_wrong(shop: Shop) -> Sheet:
    """Six faults by name, each with what it means."""
    return Sheet(f"{name}: {say(FAULTS[name].meaning)}" for name in _named(shop))


def fault_names(shop: Shop) -> dict[str, str]:
    """The same six, by name."""
    return {name: spoken(name) for name in _named(shop)}
