"""From stories to cases: what the desk writes down, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from retailkit.claims import Proof, Remedy, Vulnerability
from retailkit.generate.life import life, weights
from retailkit.generate.orders import WEBSITE, Orders
from retailkit.generate.rows import NEVER, Rows, Whole, Yes, at_places, days_of
from retailkit.generate.shelf import has
from retailkit.generate.stories import CHANNELS, HARD, KINDS, Stories
from retailkit.markets import rules_of

REMEDIES = tuple(remedy.value for remedy in Remedy)
PROOFS = tuple(proof.value for proof in Proof)
VULNERABILITIES = tuple(why.value for why in Vulnerability)

VISITS = (
    "staff",
    "display_price",
    "wrong_information",
    "lost_property",
    "privacy",
    "discrimination",
    "handling",
)
"""Stories about how people were treated, not about goods."""

KEEPS_THE_MONEY = ("lost", "neighbour", "nobody", "refund_missing", "overcharged")
"""Stories in which the shop has money that is the customer's."""

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
"""What people ask for, by what happened: parts of a hundred."""

_WANTED = np.array(
    [
        np.repeat([REMEDIES.index(name) for name in WANTED[kind]], list(WANTED[kind].values()))
        for kind in KINDS
    ]
)


def remedy(name: str) -> int:
    """The place of a remedy in the list of remedies."""
    return REMEDIES.index(name)


@dataclass(frozen=True, kw_only=True)
class Cases(Rows):
    """Stories as the desk takes them down; words are places in their lists, or -1 for open."""

    remedy: Whole
    wants: Whole
    asks_in_text: Yes
    all_open: Yes
    names_order: Yes
    names_product: Yes
    proof: Whole
    vulnerable: Whole
    amount: Any
    angry: Yes
    swears: Yes
    event_on: Whole

    @property
    def asks(self) -> Yes:
        """Whether anything is asked for, on the form or in the text."""
        return self.asks_in_text | ((self.wants >= 0) & (self.wants != remedy("nothing")))


def cases_of(market: str, stories: Stories, orders: Orders, total_of_line: Any) -> Cases:
    """What the desk writes down of each story. `total_of_line` is what each line cost."""
    alone, bought = stories.plays("only"), stories.order >= 0
    about_goods = bought & ~stories.told(*VISITS)
    all_open = alone & about_goods & stories.told("defective")
    all_open &= stories.dice.happens("all_open", life("entirely_open"))
    remedies = wanted(market, stories)
    wants, asks_in_text = _wish(stories, remedies)
    amount = _amount(stories, orders, total_of_line)
    no_order = alone & stories.dice.happens("no_order", life("without_order"))
    guest = at_places(orders.guest, stories.order, False)
    no_product = alone & stories.dice.happens("no_product", life("without_product"))
    return Cases(
        remedy=remedies,
        wants=wants,
        asks_in_text=asks_in_text,
        all_open=all_open,
        # what was told twice must be found again by its order, and a guest by nothing else
        names_order=bought & ~all_open & (guest | ~no_order),
        names_product=(stories.item >= 0) & ~all_open & ~no_product,
        proof=np.where(all_open, -1, _proof(stories)),
        vulnerable=_vulnerable(market, stories, orders),
        amount=np.where(all_open, np.nan, amount),
        angry=_angry(market, stories, amount),
        swears=about_goods & stories.dice.happens("swears", life("swears_it_is_true")),
        event_on=_event_on(stories, orders, all_open),
    )


def wanted(market: str, stories: Stories) -> Whole:
    """What would put this right for the customer; the same in every claim about one matter."""
    first = _WANTED[stories.kind, stories.dice_of_matter.below("wanted", 100)]
    item = stories.item
    teachable = (item >= 0) & has(market, "needs_training")[item]
    mendable = stories.told("service") | ((item >= 0) & has(market, "serial")[item])
    impossible = (first == remedy("technical_help")) & ~teachable
    impossible |= (first == remedy("repair")) & ~mendable
    return np.where(impossible, remedy("replacement"), first)


def _wish(stories: Stories, remedies: Whole) -> tuple[Whole, Yes]:
    """What stands on the form, and whether the text asks too."""
    visit, dice = stories.told(*VISITS), stories.dice
    ways = list(life("asks_about_goods"))
    of_goods = dice.place("asks", weights("asks_about_goods"))
    how = np.where(visit, dice.place("asks", weights("asks_about_treatment")), of_goods)
    in_text = np.isin(how, [ways.index("form_and_text"), ways.index("text")])
    on_form = np.isin(how, [ways.index("form_and_text"), ways.index("form")])
    # whoever paid and has nothing for it asks for something
    on_form |= (how == ways.index("neither")) & stories.told(*KEEPS_THE_MONEY)
    first = stories.plays("first")
    certain = first | stories.plays("false", "imaginary", "again", "duplicate", "remedied")
    in_text = np.where(first, ~visit, certain | in_text)
    nothing = np.where(dice.happens("not_on_form", 0.5), -1, remedy("nothing"))
    return np.where(certain | on_form, remedies, nothing), in_text


def _proof(stories: Stories) -> Whole:
    drawn = stories.dice.place("proof", weights("proof"))
    codes = [PROOFS.index(name) if name in PROOFS else -1 for name in life("proof")]
    proof = np.array(codes)[drawn]
    # nobody has a picture of a parcel that did not come, or a card without a guarantee
    cannot = np.isin(proof, [PROOFS.index("photo"), PROOFS.index("warranty_card")])
    cannot &= ~stories.told("defective", "hazard")
    proof = np.where(cannot, PROOFS.index("receipt"), proof)
    proof = np.where((stories.order < 0) | stories.told(*VISITS), -1, proof)
    return np.where(stories.plays("imaginary"), PROOFS.index("none"), proof)


def _vulnerable(market: str, stories: Stories, orders: Orders) -> Whole:
    """Why the customer needs care: asked for, since it belongs to the case."""
    dice, item = stories.dice_of_matter, stories.item
    essential = has(market, "essential")[item]
    share = np.where(essential, life("vulnerable_essential"), life("vulnerable_other"))
    codes = np.array([VULNERABILITIES.index(name) for name in life("vulnerability")])
    why = codes[dice.place("vulnerability", weights("vulnerability"))]
    # whoever has no internet neither wrote an e-mail nor bought on a website
    online = np.isin(stories.channel, [CHANNELS.index("email"), CHANNELS.index("web_form")])
    online |= at_places(orders.place, stories.order, -1) == WEBSITE
    no_internet = why == VULNERABILITIES.index("digital_gap")
    why = np.where(no_internet & online, VULNERABILITIES.index("age"), why)
    denied = dice.happens("not_vulnerable", life("vulnerability_denied"))
    otherwise = np.where(denied, VULNERABILITIES.index("none"), -1)
    named = np.where(dice.happens("vulnerable", share), why, otherwise)
    out = stories.plays("false", "imaginary") | stories.told(*VISITS) | (item < 0)
    return np.where(out, -1, named)


def _amount(stories: Stories, orders: Orders, total_of_line: Any) -> Any:
    """The money at stake: the goods, or the whole order where the whole order is missing."""
    goods = at_places(total_of_line, stories.line, np.nan)
    order = at_places(orders.total, stories.order, np.nan)
    whole = stories.told("lost", "neighbour", "nobody", "refund_missing")
    least = np.maximum(1, np.round(np.nan_to_num(goods) / 5)).astype(np.int64)
    too_much = 1 + stories.dice.bits("overcharged").astype(np.int64) % least
    amount = np.where(whole, order, np.where(stories.told("overcharged"), too_much, goods))
    return np.where((stories.order < 0) | stories.told("handling"), np.nan, amount)


def _angry(market: str, stories: Stories, amount: Any) -> Yes:
    """Whether the text is loud: mostly where little is at stake, so that tone is no guide."""
    little = amount < rules_of(market).amount_middle.value
    share = np.where(little, life("angry_about_little"), life("angry_otherwise"))
    calm = stories.told(*HARD) | stories.plays("false", "imaginary")
    return ~calm & stories.dice.happens("angry", share)


def _event_on(stories: Stories, orders: Orders, all_open: Yes) -> Whole:
    """The day that is written down: now and then a wrong month or year."""
    dice = stories.dice
    careful = ~stories.plays("only") | stories.told(*HARD) | all_open | (stories.order < 0)
    slip = ~careful & dice.happens("slip", life("slip_of_the_pen"))
    year_before = stories.event - 365
    before_order = year_before < days_of(at_places(orders.at, stories.order, NEVER))
    too_early = before_order & dice.happens("slip_of_year", 0.5)
    too_late = days_of(stories.received) + dice.between("slip_of_month", 16, 30)
    return np.where(slip, np.where(too_early, year_before, too_late), stories.event)
