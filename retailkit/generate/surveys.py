"""What customers answer when asked how satisfied they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.claims import StepType
from retailkit.columns import empty_where, table_of, words_at
from retailkit.customers import Survey
from retailkit.generate.consent import before_today
from retailkit.generate.contacts import opaque_ids
from retailkit.generate.handling import planted
from retailkit.generate.life import FIRST_HOUR, day_number, life, moments
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import Rows, Whole, Yes, days_of, ids

ABOUT = ("purchase", "handling")
LIKELY = np.array([[0, 1, 2, 3], [1, 3, 4, 5], [4, 5, 6, 7], [7, 8, 8, 9], [8, 9, 10, 10]])
"""How likely people are to recommend the shop, by their mark; each of four alike."""


@dataclass(frozen=True, kw_only=True)
class Answers(Rows):
    """Surveys that were filled in. `number` is that of the order or the case, `about` a place."""

    seed: int
    row: Whole
    customer: Whole
    about: Whole
    number: Whole
    day: Whole
    mark: Whole

    @property
    def dice(self) -> Dice:
        """The draws of each survey."""
        return Dice(self.seed, "surveys", self.row)

    @property
    def anonymous(self) -> Yes:
        """Who signs nothing on the back."""
        return self.dice.happens("anonymous", life("survey_anonymous"))


def answers_of(lives: Lives) -> Answers:
    """Every survey filled in before today."""
    answers = _after_purchase(lives).and_then(_after_handling(lives))
    return answers.only(answers.day < day_number(life("today")))


def surveys_table(lives: Lives) -> pa.Table:
    """One row per satisfaction survey, in the order in which they came in.

    Neither the number nor the place of a survey tells who filled it in.
    """
    answers = answers_of(lives)
    dice = answers.dice
    # the number of an order or a case would give the name away
    unsigned = answers.anonymous
    named = planted(lives.marks, "anonymous_survey_named", answers.row)
    order, claim = (ids(letters, answers.customer, answers.number) for letters in ("O", "CL"))
    columns = {
        "survey_id": opaque_ids("SV", dice),
        "customer_id": empty_where(unsigned & ~named, ids("C", answers.customer)),
        "at": moments(answers.day, FIRST_HOUR * 60 + dice.below("at", 600)),
        "about": words_at(ABOUT, answers.about),
        "about_id": empty_where(unsigned, pc.if_else(pa.array(answers.about == 0), order, claim)),
        **{name: _near(dice, name, answers.mark) for name in ("product", "staff", "speed")},
        "overall": answers.mark,
        "recommend": LIKELY[answers.mark - 1, dice.below("recommend", 4)],
    }
    table = table_of(Survey, columns)
    return table.take(pc.sort_indices(table, [("at", "ascending"), ("survey_id", "ascending")]))


def _after_purchase(lives: Lives) -> Answers:
    orders = lives.orders
    dice = Dice(orders.seed, "order surveys", orders.row)
    answered = dice.happens("answered", life("survey_after_purchase"))
    rows = np.flatnonzero(lives.placed & answered & ~orders.guest & ~np.isnat(orders.delivered))
    kept = orders.only(rows)
    return Answers(
        seed=orders.seed,
        row=kept.row,
        customer=kept.customer,
        about=np.zeros(len(rows), dtype=np.int64),
        number=kept.number,
        day=days_of(kept.delivered) + dice.between("days", 2, 9)[rows],
        mark=lives.satisfied[rows],
    )


def _after_handling(lives: Lives) -> Answers:
    stories, closed = lives.stories, lives.handling.when(StepType.CLOSED)
    answered = stories.dice.happens("survey", life("survey_after_handling"))
    rows = np.flatnonzero(asked_for_feedback(lives) & answered)
    kept = stories.only(rows)
    return Answers(
        seed=stories.seed,
        row=kept.row,
        customer=kept.customer,
        about=np.ones(len(rows), dtype=np.int64),
        number=kept.number,
        day=days_of(closed[rows]) + kept.dice.between("survey_days", 1, 6),
        mark=lives.content[rows],
    )


def asked_for_feedback(lives: Lives) -> Yes:
    """Which cases' customers are asked how satisfied they were; guests cannot be reached."""
    silent = planted(lives.marks, "nobody_asks_after", lives.stories.row)
    return ~lives.by_guest & ~silent & before_today(lives.handling.when(StepType.CLOSED))


def _near(dice: Dice, name: str, mark: Whole) -> Whole:
    return np.clip(mark + np.array([-1, 0, 0, 0, 1])[dice.below(f"mark {name}", 5)], 1, 5)
