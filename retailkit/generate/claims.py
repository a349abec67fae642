"""From stories to the claims book: what the shop writes down, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from retailkit.claims import Claim
from retailkit.generate.life import frame, life
from retailkit.generate.narratives import narrative
from retailkit.generate.stories import HARD, Story, wanted
from retailkit.generate.telling import VISIT, Telling
from retailkit.markets import answer_days, rules_of


@dataclass(frozen=True, kw_only=True)
class Case:
    """A story as the desk takes it down."""

    story: Story
    told: str
    event_on: date
    order_id: str | None
    product_id: str | None
    proof: str | None
    vulnerable_because: str | None
    remedy: str
    wants: str | None
    asks_in_text: bool
    amount: float | None
    all_open: bool
    angry: bool
    swears: bool

    @property
    def claim_id(self) -> str:
        """The claim's number, which carries the customer's."""
        return f"CL-{self.story.customer:06d}-{self.story.number}"

    @property
    def customer_id(self) -> str | None:
        """Who complains, as written down; empty for a guest."""
        guest = self.story.bought and self.story.bought.guest
        return None if guest else f"C-{self.story.customer:06d}"

    @property
    def asks(self) -> bool:
        """Whether anything is asked for, on the form or in the text."""
        return self.asks_in_text or self.wants not in {None, "nothing"}


def telling_of(case: Case, language: str = "en", currency: str = "EUR") -> Telling:
    """What the customer has to tell in this case."""
    story, bought = case.story, case.story.bought
    facts: dict[str, Any] = {}
    if bought:
        facts = {"place": bought.place, "ordered_on": bought.ordered_at.date()}
        for name in ("promised", "delivered", "returned"):
            moment = getattr(bought, name)
            facts[f"{name}_on"] = moment.date() if moment else None
        # "a mug" for the price of two, or for that of the whole order, would be wrong
        alone = bought.value == bought.item.price == bought.total
        facts["price"] = bought.value if alone else None
    if story.first:
        facts |= {"first_on": story.first.received.date(), "first_channel": story.first.channel}
    shared = ("order_id", "proof", "vulnerable_because", "remedy", "wants", "asks_in_text",
              "angry", "swears", "all_open")  # fmt: skip
    return Telling(
        luck=story.luck,
        matter=story.luck_of_matter,
        kind=case.told,
        part=story.part,
        event_on=story.event,
        channel=story.channel,
        language=language,
        currency=currency,
        item=story.item,
        **{name: getattr(case, name) for name in shared},
        **facts,
    )


def case_of(story: Story, market: str) -> Case:
    """What the desk writes down of a story."""
    luck, alone = story.luck, story.part == "only"
    about_goods = story.kind not in VISIT and story.bought is not None
    all_open = (
        alone and about_goods and story.kind == "defective"
        and luck.happens("all_open", life("entirely_open"))
    )  # fmt: skip
    wants, asks_in_text = _wish(story)
    amount = _amount(story)
    return Case(
        story=story,
        told="never_came" if story.part == "false" and story.kind == "lost" else story.kind,
        event_on=_event_on(story, all_open),
        order_id=None if all_open else _order(story),
        product_id=None if all_open else _product(story),
        proof=None if all_open else _proof(story),
        vulnerable_because=_vulnerable(story),
        remedy=wanted(story),
        wants=wants,
        asks_in_text=asks_in_text,
        amount=None if all_open else amount,
        all_open=all_open,
        angry=_angry(story, amount, market),
        swears=about_goods and luck.happens("swears", life("swears_it_is_true")),
    )


KEEPS_THE_MONEY = {"lost", "neighbour", "nobody", "refund_missing", "overcharged"}
"""Stories in which the shop has money that is the customer's."""


def _wish(story: Story) -> tuple[str | None, bool]:
    """What stands on the form, and whether the text asks too."""
    if story.part in {"false", "imaginary"} or story.luck_of_matter is not story.luck:
        return wanted(story), True
    if story.part == "first":
        return wanted(story), story.kind not in VISIT
    weights = life("asks_about_treatment" if story.kind in VISIT else "asks_about_goods")
    how = story.luck.pick("asks", weights)
    if how in {"form", "form_and_text"}:
        return wanted(story), how == "form_and_text"
    if how == "neither" and story.kind in KEEPS_THE_MONEY:
        return wanted(story), False  # whoever paid and has nothing for it asks for something
    return story.luck.one_of("not_on_form", (None, "nothing")), how == "text"


def _order(story: Story) -> str | None:
    if not story.bought:
        return None
    # what was told twice must be found again by its order
    unknown = story.part == "only" and story.luck.happens("no_order", life("without_order"))
    return None if unknown and not story.bought.guest else story.bought.order_id


def _product(story: Story) -> str | None:
    if not story.item:
        return None
    unknown = story.part == "only" and story.luck.happens("no_product", life("without_product"))
    return None if unknown else story.item.product_id


def _proof(story: Story) -> str | None:
    if story.part == "imaginary":
        return "none"
    if not story.bought or story.kind in VISIT:
        return None
    proof = story.luck.pick("proof", life("proof"))
    # nobody has a picture of a parcel that did not come, or a card without a guarantee
    if proof in {"photo", "warranty_card"} and story.kind not in {"defective", "hazard"}:
        return "receipt"
    return None if proof == "open" else proof


def _vulnerable(story: Story) -> str | None:
    """Why the customer needs care: asked for, since it belongs to the case."""
    luck = story.luck_of_matter
    if story.part in {"false", "imaginary"} or story.kind in VISIT or not story.item:
        return None
    share = life("vulnerable_essential" if story.item.essential else "vulnerable_other")
    if luck.happens("vulnerable", share):
        why = luck.pick("vulnerability", life("vulnerability"))
        # whoever has no internet neither wrote an e-mail nor bought on a website
        return "age" if why == "digital_gap" and _online(story) else why
    return "none" if luck.happens("not_vulnerable", life("vulnerability_denied")) else None


def _online(story: Story) -> bool:
    by_website = story.bought is not None and story.bought.place == "website"
    return by_website or story.channel in {"email", "web_form"}


def _amount(story: Story) -> float | None:
    """The money at stake: the goods, or the whole order where the whole order is missing."""
    if not story.bought or story.kind == "handling":
        return None
    if story.kind == "overcharged":
        return float(story.luck.between("overcharged", 1, max(1, round(story.bought.value / 5))))
    if story.kind in {"lost", "neighbour", "nobody", "refund_missing"}:
        return story.bought.total
    return story.bought.value


def _angry(story: Story, amount: float | None, market: str) -> bool:
    """Whether the text is loud: mostly where little is at stake, so that tone is no guide."""
    if story.kind in HARD or story.part in {"false", "imaginary"}:
        return False
    little = amount is not None and amount < rules_of(market).amount_middle.value
    return story.luck.happens("angry", life("angry_about_little" if little else "angry_otherwise"))


def _event_on(story: Story, all_open: bool) -> date:
    """The day that is written down: now and then a wrong month or year."""
    bought = story.bought
    careful = story.part != "only" or story.kind in HARD or all_open
    if not bought or careful or not story.luck.happens("slip", life("slip_of_the_pen")):
        return story.event
    year_before = story.event - timedelta(days=365)
    before_order = year_before < bought.ordered_at.date()
    if before_order and story.luck.happens("slip_of_year", 0.5):
        return year_before
    return story.received.date() + timedelta(days=story.luck.between("slip_of_month", 16, 30))


def claims_table(cases: list[Case], status: list[str], heard_by: list[str],
                 about_staff: list[str | None], market: str) -> pd.DataFrame:  # fmt: skip
    """One row per complaint or claim."""
    received = np.array([case.story.received for case in cases], dtype="datetime64[s]")
    columns = {
        name: [getattr(case, name) for case in cases]
        for name in (
            "claim_id", "customer_id", "order_id", "product_id", "event_on", "wants", "amount",
            "proof", "vulnerable_because",
        )
    }  # fmt: skip
    columns |= {
        "channel": [case.story.channel for case in cases],
        "reason": [case.story.reason.value for case in cases],
        "narrative": [narrative(telling_of(case)) for case in cases],
        "language": ["en"] * len(cases),
        "form_given": [True] * len(cases),
    }
    return frame(
        Claim,
        columns
        | {
            "received_at": received,
            "answer_by": answer_days(received.astype("datetime64[D]"), market),
            "heard_by": heard_by,
            "about_staff": about_staff,
            "status": status,
        },
    )
