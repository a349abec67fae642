"""How satisfied customers are, and which of them come back."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from retailkit.claims import StepType
from retailkit.generate.handling import OUTCOMES, Handling, outcome
from retailkit.generate.life import life
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import Orders
from retailkit.generate.rows import Whole, Yes, days_of
from retailkit.generate.stories import Stories
from retailkit.markets import answer_days


@functools.cache
def _marks_out_of_5(name: str) -> Any:
    """For each situation, a hundred marks from 1 to 5, each as often as the strength says."""
    return np.array([np.repeat([1, 2, 3, 4, 5], shares) for shares in life(name).values()])


def with_purchase(orders: Orders, stories: Stories) -> Whole:
    """How satisfied each order leaves the customer, out of 5."""
    situations = list(life("satisfied_with_purchase"))
    situation = np.where(orders.late, situations.index("late"), situations.index("fine"))
    situation[stories.order[stories.order >= 0]] = situations.index("trouble")
    dice = Dice(orders.seed, "orders", orders.row)
    marks: Whole = _marks_out_of_5("satisfied_with_purchase")[situation, dice.below("mood", 100)]
    alone = orders.hard & ~orders.trained & dice.happens("left alone", life("minds_left_alone"))
    return np.maximum(marks - alone, 1)


def with_handling(market: str, stories: Stories, handling: Handling) -> Whole:
    """How satisfied each case leaves the customer, out of 5: with its end, and on the way to it."""
    dice = stories.dice
    ends = np.array([list(life("satisfied_with_handling")).index(name) for name in OUTCOMES])
    base = _marks_out_of_5("satisfied_with_handling")[
        ends[handling.outcome], dice.below("mood", 100)
    ]
    acknowledged = handling.when(StepType.ACKNOWLEDGED)
    waited = (acknowledged - stories.received).astype(np.float64) / 3600
    kept_waiting = np.isnat(acknowledged) | (waited > life("patience_hours"))
    at_once = ~kept_waiting & (waited <= life("at_once_hours"))
    last = answer_days(stories.received.astype("datetime64[D]"), market).astype("datetime64[D]")
    told = handling.when(StepType.COMMUNICATED)
    late = ~np.isnat(told) & (days_of(told) > days_of(last))
    mark = base - late - (handling.fee > 0)
    mark -= kept_waiting & dice.happens("minds waiting", life("minds_waiting"))
    mark += at_once & dice.happens("likes speed", life("likes_speed"))
    mark -= ~handling.reasoned & dice.happens("minds silence", life("minds_silence"))
    return np.clip(mark, 1, 5)


def come_back(
    orders: Orders,
    stories: Stories,
    handling: Handling,
    moods: tuple[Whole, Whole],
    held: Yes,
    called: Yes,
) -> Yes:
    """Which of the orders that customers might place they do place.

    The last order decides: how it went, or how a claim about it was handled, if that is
    known by then. `held` are the orders that are placed whatever came before; of the others
    only those that are `called`. `moods` are those with the purchase and with the handling.
    """
    purchase, handled = moods
    told = handling.when(StepType.COMMUNICATED)
    answered_at = np.full(len(orders), np.datetime64("NaT", "s"))
    answer = np.full(len(orders), 5)
    true = (stories.order >= 0) & ~np.isnat(told) & (handling.outcome != outcome("unfounded"))
    answered_at[stories.order[true]] = told[true]
    answer[stories.order[true]] = handled[true]

    chance = np.array(life("comes_back"))
    draw = Dice(orders.seed, "orders", orders.row)
    placed = np.ones(len(orders), dtype=np.bool_)
    last = np.full(int(orders.person.max(initial=-1)) + 1, -1)
    for number in range(1, int(orders.number.max(initial=0)) + 1):
        here = np.flatnonzero(orders.number == number)
        before = last[orders.person[here]]
        known = answered_at[before] < orders.at[here]
        mark = np.where(known, answer[before], purchase[before])
        comes = Dice(draw.seed, "orders", orders.row[here]).happens("comes back", chance[mark - 1])
        placed[here] = (comes | (before < 0)) & called[here] | held[here]
        last[orders.person[here[placed[here]]]] = here[placed[here]]
    return placed
