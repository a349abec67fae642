"""What goes wrong in customers' lives, and when the shop hears of it.

A story is what really happened; the claims book gets only what a shop would write
down. Every story is a function of the customer's own life.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from retailkit.claims import Reason
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    life,
    moments,
    not_on_sunday,
    weights,
)
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import Rows, Times, Whole, Yes

REASONS = {
    "defective": Reason.DEFECTIVE,
    "hazard": Reason.SAFETY_OR_HYGIENE,
    "damaged": Reason.DAMAGED,
    "wrong_item": Reason.WRONG_ITEM,
    "missing_part": Reason.MISSING_PART,
    "not_as_described": Reason.NOT_AS_DESCRIBED,
    "overcharged": Reason.PRICE_OR_CHARGE,
    "exchange_refused": Reason.REFUND_OR_EXCHANGE_REFUSED,
    "service": Reason.SERVICE_QUALITY,
    "late": Reason.LATE,
    "lost": Reason.NOT_DELIVERED,
    "neighbour": Reason.NOT_DELIVERED,
    "nobody": Reason.NOT_DELIVERED,
    "refund_missing": Reason.PRICE_OR_CHARGE,
    "staff": Reason.STAFF_TREATMENT,
    "display_price": Reason.PRICE_OR_CHARGE,
    "wrong_information": Reason.INFORMATION,
    "lost_property": Reason.LOST_PROPERTY,
    "privacy": Reason.PRIVACY,
    "discrimination": Reason.STAFF_TREATMENT,
    "handling": Reason.COMPLAINT_HANDLING,
}
"""What each kind of story is about, as the claims book calls it."""

KINDS = tuple(REASONS)
PARTS = (
    "only",
    "first",
    "said",
    "again",
    "remedied",
    "duplicate",
    "handling",
    "false",
    "imaginary",
)
"""The part of a story: the only one about its matter, or the first (said: of two the same) or
a later one of several; or it is not so at all."""
CHANNELS = tuple(life("channel"))

HARD = ("hazard", "privacy", "discrimination")
"""Stories that are never a trifle."""


@dataclass(frozen=True, kw_only=True)
class Stories(Rows):
    """Things that happened to customers. `order`, `line` and `item` are places, or -1 for none.

    `number` counts a customer's stories. `matter` is the row whose draws are the same in every
    story about one matter, `first` the row of the story that came before this one, or -1.
    """

    seed: int
    row: Whole
    matter: Whole
    first: Whole
    customer: Whole
    person: Whole
    number: Whole
    order: Whole
    line: Whole
    item: Whole
    kind: Whole
    part: Whole
    channel: Whole
    event: Whole
    received: Times
    slow: Yes

    @property
    def dice(self) -> Dice:
        """The draws of each story."""
        return Dice(self.seed, "stories", self.row)

    @property
    def dice_of_matter(self) -> Dice:
        """The draws that all stories about one matter share."""
        return Dice(self.seed, "stories", self.matter)

    def told(self, *kinds: str) -> Yes:
        """Whether each story is of one of these kinds."""
        return np.isin(self.kind, [KINDS.index(kind) for kind in kinds])

    def plays(self, *parts: str) -> Yes:
        """Whether each story plays one of these parts."""
        return np.isin(self.part, [PARTS.index(part) for part in parts])


def story(seed: int, delivered: Times, **facts: Any) -> Stories:
    """Stories whose matter came up on a day, each told to the shop some days later.

    Nobody tells of goods before they are `delivered`, or of a visit before it.
    """
    dice = Dice(seed, "stories", facts["row"])
    days = np.array([int(days) for days in life("days_before_saying")])
    waited = days[dice.place("days_before_saying", weights("days_before_saying"))]
    received = at_the_desk(dice, facts["event"] + waited)
    next_day = at_the_desk(dice, facts["event"] + waited + 1)
    none = np.full(len(facts["row"]), -1)
    usual = {"matter": facts["row"], "first": none, "number": -none, "part": np.zeros_like(none)}
    return Stories(
        seed=seed,
        channel=dice.place("channel", weights("channel")),
        received=np.where(received < delivered, next_day, received),
        slow=dice.happens("slow", life("slow")),
        **{**usual, **facts},
    )


def at_the_desk(dice: Dice, days: Whole) -> Times:
    """The minute in which the desk writes a claim down, while the shop is open."""
    minutes = FIRST_HOUR * 60 + dice.below("received_at", (LAST_HOUR - 2 - FIRST_HOUR) * 60)
    return moments(not_on_sunday(days), minutes)
