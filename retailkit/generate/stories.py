"""What goes wrong in a customer's life, and whether anybody says so.

A story is what really happened; the claims book gets only what a shop would
write down. Every story is a function of the customer's own life.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from retailkit.claims import Reason
from retailkit.generate.goods import Goods
from retailkit.generate.life import FIRST_HOUR, LAST_HOUR, life
from retailkit.generate.mixer import Luck

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

HARD = {"hazard", "privacy", "discrimination"}
"""Stories that are never a trifle."""


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One product on an order, with what happened to the order so far."""

    order_id: str
    item: Goods
    value: float
    total: float
    place: str
    ordered_at: datetime
    promised: datetime | None
    delivered: datetime | None
    returned: datetime | None
    signed: bool
    guest: bool

    @property
    def first_day(self) -> date:
        """The first day with the customer, or the day on which it should have come."""
        return (self.delivered or self.promised or self.ordered_at).date()


@dataclass(frozen=True, kw_only=True)
class Story:
    """Something that happened to a customer, and when the shop heard of it.

    `part` is "only", or the part that it plays among several about one matter: first,
    said (first of two the same), again, remedied, duplicate, handling; or it is not so
    at all: false, imaginary.
    """

    luck: Luck
    customer: int
    kind: str
    event: date
    received: datetime
    channel: str
    bought: Purchase | None = None
    item: Goods | None = None
    part: str = "only"
    first: Story | None = None
    slow: bool = False
    number: int = 0

    @property
    def luck_of_matter(self) -> Luck:
        """The draws that are the same in every claim about one matter."""
        same = self.first and self.part in {"again", "duplicate", "remedied"}
        return self.first.luck if self.first and same else self.luck

    def told_as(self, kind: str, *, part: str, event: date, item: Goods | None = None) -> Story:
        """The same person on the same day, with a story that is not so."""
        bought = None if item else self.bought
        return replace(self, kind=kind, part=part, event=event, bought=bought,
                       item=item or self.item, slow=False)  # fmt: skip

    @property
    def reason(self) -> Reason:
        """What the matter is about."""
        return REASONS[self.kind]


def told(
    luck: Luck,
    customer: int,
    kind: str,
    event: date,
    *,
    bought: Purchase | None = None,
    item: Goods | None = None,
) -> Story:
    """A story whose matter came up on a day, told to the shop some days later."""
    channel = luck.pick("channel", life("channel"))
    days = int(luck.pick("days_before_saying", life("days_before_saying")))
    received = _at_the_desk(luck, event + timedelta(days=days))
    if bought and bought.delivered and received < bought.delivered:
        received = _at_the_desk(luck, event + timedelta(days=days + 1))
    return Story(
        luck=luck,
        customer=customer,
        kind=kind,
        event=event,
        received=received,
        channel=channel,
        bought=bought,
        item=item,
        slow=luck.happens("slow", life("slow")),
    )


def working_day(day: date) -> date:
    """The day itself, or Monday where it is a Sunday."""
    return day + timedelta(days=day.weekday() == 6)


def _at_the_desk(luck: Luck, day: date) -> datetime:
    """The minute in which the desk writes a claim down, while the shop is open."""
    minutes = luck.below("received_at", (LAST_HOUR - 2 - FIRST_HOUR) * 60)
    return datetime.combine(working_day(day), time(FIRST_HOUR)) + timedelta(minutes=minutes)


def and_after(story: Story) -> Iterator[Story]:
    """A story, and what the customer told the shop about the same matter later."""
    luck, goods_story = story.luck, story.kind in {"defective", "hazard", "service", "missing_part"}
    again = goods_story and luck.happens("again", life("again"))
    if again and luck.happens("again_after_slow", life("again_after_slow")):
        story = replace(story, slow=True)
    if again:
        yield (first := replace(story, part="first"))
        yield _again(first)
    elif goods_story and luck.happens("already_put_right", life("already_put_right")):
        yield (first := replace(story, part="first"))
        yield _later(first, "remedied", luck.between("crossed", 22, 35))
    elif luck.happens("said_twice", life("said_twice")) and story.kind not in HARD:
        yield (first := replace(story, part="said"))
        yield _later(first, "duplicate", luck.between("days_between", 1, 5))
    elif story.slow and luck.happens("handling", life("handling")):
        yield (first := replace(story, part="first"))
        yield _handling(first)
    else:
        yield story


def _follow_up(first: Story) -> Luck:
    return Luck(first.luck.seed, f"after {first.luck.table}", first.luck.row)


def _again(first: Story) -> Story:
    """The same fault once more, after the shop has dealt with it."""
    luck = _follow_up(first)
    event = first.received.date() + timedelta(days=luck.between("again_on", 50, 85))
    return replace(
        told(luck, first.customer, first.kind, event, bought=first.bought, item=first.item),
        part="again",
        first=first,
        slow=False,
    )


def _later(first: Story, part: str, days: int) -> Story:
    """The same matter told again, by another channel, though nothing new has happened."""
    luck = _follow_up(first)
    others = {name: 1 for name in life("channel") if name != first.channel}
    received = _at_the_desk(luck, first.received.date() + timedelta(days=days))
    channel = luck.pick("channel", others)
    return replace(
        first, luck=luck, received=received, channel=channel, part=part, first=first, slow=False
    )


def _handling(first: Story) -> Story:
    """A complaint about how long the first answer took."""
    luck = _follow_up(first)
    event = first.received.date() + timedelta(days=luck.between("waited", 45, 60))
    story = told(luck, first.customer, "handling", event, bought=first.bought, item=first.item)
    return replace(story, part="handling", first=first, slow=False)


WANTED = {
    "defective": {"repair": 35, "replacement": 35, "refund": 25, "technical_help": 5},
    "hazard": {"refund": 50, "replacement": 30, "compensation": 20},
    "damaged": {"replacement": 65, "refund": 25, "price_reduction": 10},
    "wrong_item": {"replacement": 75, "refund": 25},
    "missing_part": {"replacement": 70, "price_reduction": 20, "refund": 10},
    "not_as_described": {"refund": 60, "substitute": 25, "price_reduction": 15},
    "overcharged": {"refund": 100},
    "exchange_refused": {"refund": 45, "substitute": 55},
    "service": {"repair": 65, "price_reduction": 25, "compensation": 10},
    "late": {"price_reduction": 40, "apology": 30, "compensation": 20, "information": 10},
    "lost": {"refund": 55, "replacement": 45},
    "neighbour": {"refund": 45, "replacement": 55},
    "nobody": {"refund": 50, "replacement": 50},
    "refund_missing": {"refund": 100},
    "staff": {"apology": 70, "change": 30},
    "display_price": {"information": 50, "change": 50},
    "wrong_information": {"information": 60, "apology": 40},
    "lost_property": {"information": 100},
    "privacy": {"information": 40, "apology": 30, "change": 30},
    "discrimination": {"apology": 60, "change": 40},
    "handling": {"apology": 60, "compensation": 40},
}
"""What people ask for, by what happened: weights."""


def wanted(story: Story) -> str:
    """What would put this right for the customer; the same in every claim about one matter."""
    remedy = story.luck_of_matter.pick("wanted", WANTED[story.kind])
    teachable = story.item and story.item.needs_training
    mendable = story.kind == "service" or (story.item and story.item.serial)
    possible = {"technical_help": teachable, "repair": mendable}.get(remedy, True)
    return remedy if possible else "replacement"
