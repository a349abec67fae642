"""The post of a desk: papers of every sort, what each one is, and which cannot wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.claims import Kind
from retailkit.narratives import Signal, tells
from retailkit.orders import ContactChannel
from retailkit.records import dtype
from retailkit.triage import Level, triage
from retailkit.triage.from_records import evidence
from retailkit.words import Word

if TYPE_CHECKING:
    from retailkit.shop import Shop


class Paper(Word):
    """What a piece of post is, whatever its writer calls it."""

    CLAIM = Kind.CLAIM.value, Kind.CLAIM.meaning
    COMPLAINT = Kind.COMPLAINT.value, Kind.COMPLAINT.meaning
    ENQUIRY = "enquiry", "Wants to know something, and nothing went wrong."
    FEEDBACK = "feedback", "Says an opinion on a feedback card, and waits for no answer."


class Turn(Word):
    """When a piece of post has its turn."""

    NOW = "now", "Somebody could be hurt or wronged: before anything else."
    TODAY = "today", "Somebody waits for our answer."
    LATER = "later", "Nobody waits for an answer: read it, and learn from it."


ON_A_CARD = later("On a feedback card.")


def post(shop: Shop) -> pd.DataFrame:
    """Everything that customers have written to a shop and whose words say what it is.

    One row per paper, index its number; columns `paper`, `turn`, `came` (a sentence), `at`, `text`.
    Left out are cases whose words alone do not say whether they ask for anything, and those
    that are serious for a reason that only the records show.

    >>> from retailkit.generate import make_shop
    >>> papers = post(make_shop(seed=7, customers=400))
    >>> sorted(papers["paper"].unique())
    ['claim', 'complaint', 'enquiry', 'feedback']
    """
    enquiries = shop.enquiries.set_index("enquiry_id")
    feedback = shop.feedback.set_index("feedback_id")
    cards = feedback.assign(paper=Paper.FEEDBACK.value, turn=Turn.LATER.value, came=say(ON_A_CARD))
    questions = enquiries.assign(
        paper=Paper.ENQUIRY.value,
        turn=Turn.TODAY.value,
        came=_how(enquiries["channel"]),
        text=enquiries["question"],
    )
    columns = ["paper", "turn", "came", "at", "text"]
    every = pd.concat([part[columns] for part in (_cases(shop), questions, cards)])
    return every.dropna(subset=["at", "text"]).rename_axis("number").astype({"text": dtype(str)})


def _how(channels: pd.Series) -> list[str]:
    """How a paper came, as a sentence."""
    return ["" if pd.isna(each) else ContactChannel(each).meaning for each in channels]


def _cases(shop: Shop) -> pd.DataFrame:
    """The cases whose words say whether anything is asked for, and how serious they are."""
    facts = evidence(shop)
    book = shop.claims.drop_duplicates("claim_id").set_index("claim_id")
    rulings = triage(facts).reindex(book.index)
    at_risk = rulings["level_rule"] == "someone_at_risk"
    asks = facts["asks_for_something"].reindex(book.index)
    in_words = pd.Series(
        [tells(Signal.ASKS, text) is True for text in book["narrative"]], asks.index
    )
    cases = book.assign(
        paper=[Paper.CLAIM.value if each else Paper.COMPLAINT.value for each in in_words],
        turn=[Turn.NOW.value if each else Turn.TODAY.value for each in at_risk],
        came=_how(book["channel"]),
        at=book["received_at"],
        text=book["narrative"],
    )
    in_records = (rulings["level"] == Level.SERIOUS) & ~at_risk
    return cases[asks.notna() & (asks == in_words) & ~in_records]
