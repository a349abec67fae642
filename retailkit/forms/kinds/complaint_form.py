"""The complaint form: who complains, why, who heard it, and what was done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from retailkit.catalogue import language, say
from retailkit.claims import Claim, ClaimStep, Kind, Remedy
from retailkit.customers import CollectionChannel
from retailkit.desk import open_case
from retailkit.forms.desk_form import DeskForm, Rows, asked_of, fields_of, somebody_new
from retailkit.records import Question
from retailkit.shop import Shop
from retailkit.text import day, spoken

WHY = ("product_id", "channel", "reason", "narrative")

HEARD_BY = Question(
    name="heard_by", text="Who of us heard it?", answer=str, optional=False, long=False
)

DONE = Question(
    name="done",
    text="What has been done to put it right, if anything yet?",
    answer=Remedy,
    optional=True,
    long=False,
)


class ComplaintForm(DeskForm):
    """The complaint form of a shop: the desk's own note, for the claims book.

    It asks for less than the claim form, which customers fill in themselves. What is saved
    is a case like any other.

    >>> from retailkit.generate import make_shop
    >>> form = ComplaintForm(make_shop(seed=7, customers=20))
    >>> form.fill(customer_id="C-000007", channel="desk", reason="late", narrative="Too late!")
    ...     # doctest: +ELLIPSIS
    Complaint form
    ...
    >>> form.save()
    Not saved yet.
    Please answer: Who of us heard it?
    """

    way = CollectionChannel.COMPLAINT
    own = "claims"

    def __init__(self, shop: Shop) -> None:
        who, why = asked_of(Claim, ("customer_id",)), asked_of(Claim, WHY)
        staff = zip(shop.staff["name"], shop.staff["staff_id"], strict=True)
        colleagues = [(f"{name} ({number})", number) for name, number in staff]
        asked = [*who, *somebody_new(), *why, HEARD_BY, DONE]
        super().__init__(say("Complaint form"), asked, shop, {"heard_by": colleagues})

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        claim = Claim(
            **fields_of(Claim, answers, who), claim_id=f"CL-{number}", language=language()
        )
        case = open_case(claim, market=self.shop.market, procedure=self.shop.procedure, at=self.now)
        step, done = case.steps[0], answers.get("done")
        if done:
            step = replace(
                step, remedy=done, note=say("Done at once: {remedy}.", remedy=spoken(done))
            )
        return {self.own: case.claim, "claim_steps": step}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        claim, step = cast(Claim, rows[self.own]), cast(ClaimStep, rows["claim_steps"])
        names = dict(zip(self.shop.staff["staff_id"], self.shop.staff["name"], strict=True))
        done = spoken(step.remedy) if step.remedy else say("nothing yet")
        more = [
            say(
                "Heard by {colleague}. Done so far: {done}.",
                colleague=names[claim.heard_by],
                done=done,
            ),
            say("We answer by {day}.", day=day(claim.answer_by or self.shop.today)),
        ]
        if claim.kind == Kind.CLAIM:
            more.append(say("The customer asks for something: hand out the claim form as well."))
        saved = say(
            "Saved as {key} ({reason}): “{text}”",
            key=key,
            reason=spoken(claim.reason),
            text=claim.narrative,
        )
        return saved, more
