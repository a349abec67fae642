"""Which lives a fault is planted in: an exact share of each block, drawn by a keyed shuffle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from retailkit.claims import StepType
from retailkit.generate.consent import before_today, marketing_consent, said_yes
from retailkit.generate.handling import outcome
from retailkit.generate.life import life
from retailkit.generate.lives import NOTHING, Lives, lives_of, untrue_of, with_untrue
from retailkit.generate.mixer import Dice
from retailkit.generate.purchases import cards_sent_in, purchases_of
from retailkit.generate.rows import Whole, Yes
from retailkit.generate.service import SUPPORT, jobs_of
from retailkit.generate.stories import HARD
from retailkit.generate.surveys import answers_of


def with_faults(clean: Lives, faults: Mapping[str, float], seed: int) -> Lives:
    """The lives with these faults in them; `marks` tells in which rows.

    First what changes how cases go, then claims that are not so, then what is only a
    slip in writing something down, in rows that do not owe it to a fault that they are there.
    """
    draw = _Drawing(faults, seed)
    in_cases = _in_cases(clean, draw)
    lives = lives_of(clean.desk, clean.people, in_cases) if in_cases else clean
    marks = dict(in_cases)
    if "unfounded_claim" in faults:
        might = untrue_of(clean)
        marks |= _untrue(might[0].customer, len(clean.stories), draw)
        lives = with_untrue(lives, might, marks)
    marks |= {
        name: draw.some(name, np.intersect1d(rows(lives), rows(clean)))
        for name, rows in IN_RECORDS.items()
        if name in faults
    }
    return replace(lives, marks=marks | _in_the_list(lives, draw))


class _Drawing:
    """Draws exact shares; the same seed draws the same."""

    def __init__(self, faults: Mapping[str, float], seed: int) -> None:
        self.faults, self.seed = faults, seed

    def some(self, name: str, rows: Whole) -> Whole:
        """The fault's share of the rows, rounded to whole rows."""
        return self.exactly(name, rows, round(self.faults[name] * len(rows)))

    def exactly(self, name: str, rows: Whole, count: int) -> Whole:
        """As many of the rows: the first ones of a keyed shuffle."""
        return rows[Dice(self.seed, "faults", rows).exactly(name, count)]


# ---- where each fault can stand ----


def closed(lives: Lives) -> Yes:
    """Which cases are closed."""
    return before_today(lives.handling.when(StepType.CLOSED))


def _closed_cases(lives: Lives) -> Whole:
    return lives.stories.row[closed(lives)]


def _answered_cases(lives: Lives) -> Whole:
    """Closed cases whose customers have an address to which we can write."""
    return lives.stories.row[closed(lives) & ~lives.by_guest]


def _of_small_buyers(lives: Lives) -> Whole:
    """Accepted claims like others, of customers who buy less than half of the customers do."""
    stories, handling = lives.stories, lives.handling
    placed = np.bincount(lives.orders.person[lives.placed], minlength=len(lives.people))
    small = placed[stories.person] <= np.median(placed)
    like_others = stories.plays("only") & ~stories.told(*HARD) & closed(lives)
    accepted = (handling.outcome == outcome("accepted")) & lives.cases.asks
    return stories.row[small & like_others & accepted]


def _about_staff(lives: Lives) -> Whole:
    return lives.stories.row[closed(lives) & (lives.handling.about_staff >= 0)]


IN_CASES: Mapping[str, Callable[[Lives], Whole]] = {
    "basics_not_told": _closed_cases,
    "ways_not_shown": _answered_cases,
    "wrong_language": _closed_cases,
    "late_acknowledgement": _closed_cases,
    "no_acknowledgement": _closed_cases,
    "late_answer": _closed_cases,
    "favours_best_customers": _of_small_buyers,
    "judge_in_own_case": _about_staff,
    "no_reasons_given": _closed_cases,
    "fee_charged": _closed_cases,
    "data_of_others": _closed_cases,
    "nobody_asks_after": _answered_cases,
    "nobody_in_charge": _closed_cases,
    "cause_not_noted": _closed_cases,
}
"""The faults in how cases are handled, and the stories in which each can be planted."""


ABOUT_THE_ACKNOWLEDGEMENT = ("late_acknowledgement", "basics_not_told", "wrong_language")
"""What nobody could find in a case that was never acknowledged."""


def _in_cases(clean: Lives, draw: _Drawing) -> dict[str, Whole]:
    """Faults in how cases are handled: none where another one would hide it."""
    marks: dict[str, Whole] = {}
    silent = "no_acknowledgement"
    planted = [name for name in IN_CASES if name in draw.faults]
    for name in sorted(planted, key=lambda name: name != silent):
        rows = IN_CASES[name](clean)
        hidden = marks.get(silent, NOTHING) if name in ABOUT_THE_ACKNOWLEDGEMENT else NOTHING
        count = round(draw.faults[name] * len(rows))
        marks[name] = draw.exactly(name, np.setdiff1d(rows, hidden), count)
    return marks


def _untrue(might: Whole, cases: int, draw: _Drawing) -> dict[str, Whole]:
    """Who tells something that is not so: half of them false, half imaginary."""
    count = round(draw.faults["unfounded_claim"] * cases)
    chosen = draw.exactly("unfounded_claim", might, count)
    # where the number is odd, the seed decides which kind has one more
    half = count // 2 + count % 2 * (draw.seed % 2)
    false = draw.exactly("false", chosen, half)
    return {"false": false, "imaginary": np.setdiff1d(chosen, false)}


def _support(lives: Lives) -> Whole:
    jobs = jobs_of(lives, purchases_of(lives))
    return jobs.row[jobs.kind < len(SUPPORT)]


def _without_consent(lives: Lives) -> Whole:
    """Who has no consent to offers alive on the day of the last campaign."""
    last = np.datetime64(life("campaigns")[-1], "s")
    alive = said_yes(lives.people, marketing_consent(lives.people), last)
    return lives.people.number[~alive & (lives.people.joined < last)]


def _cards(lives: Lives) -> Whole:
    bought = purchases_of(lives)
    return bought.lines.row[cards_sent_in(bought)]


def _unsigned(lives: Lives) -> Whole:
    answers = answers_of(lives)
    return answers.row[answers.anonymous]


IN_THE_LIST = ("duplicate_customer", "stale_contact", "number_damaged")
"""The slips in the list of customers."""


def _in_the_list(lives: Lives, draw: _Drawing) -> dict[str, Whole]:
    """Slips in the list of customers: nobody bears two of them, or the answers would be unsure."""
    marks: dict[str, Whole] = {}
    people = lives.people
    for name in IN_THE_LIST:
        if name in draw.faults:
            twins = name == "duplicate_customer"
            rows = people.number if twins else people.number[people.has_phone]
            # a copy needs somebody whose copy it is
            count = round(draw.faults[name] * len(rows)) * (2 if twins else 1)
            free = np.setdiff1d(rows, np.concatenate([NOTHING, *marks.values()]))
            marks[name] = draw.exactly(name, free, count)
    return marks


IN_RECORDS: Mapping[str, Callable[[Lives], Whole]] = {
    "heard_by_missing": lambda lives: lives.stories.row,
    "wrong_support": _support,
    "unwanted_offer": _without_consent,
    "card_without_serial": _cards,
    "anonymous_survey_named": _unsigned,
}
"""The slips in writing things down, and the rows in which each can be planted."""
