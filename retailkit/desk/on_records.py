"""Rules 17 to 22 on the other tables: the rows that break each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.claims import Function, MessageKind, Remedy, StepType
from retailkit.customers import ConsentState, Purpose
from retailkit.desk.inspection import of_each
from retailkit.markets import MarketingRule, rules_of
from retailkit.reading import LANGUAGES, Directory, missing
from retailkit.services import SupportActivity
from retailkit.triage import RULES

if TYPE_CHECKING:
    from retailkit.desk.inspection import Inspection

PERSONAL = {"birth", "gender", "age", "nationality", "segment", "value", "spent", "language"}
"""What must never weigh in how serious a case is."""

KEPT_OF_NOBODY = ["birth_on", "gender", "street", "postcode"]
"""What must go with the name."""


def unasked_offers(seen: Inspection) -> Iterable[str]:
    """Offers and greetings sent without a yes, or without a way to have no more of them."""
    shop = seen.shop
    messages = shop.messages
    sent = messages[
        (messages["direction"] == "out")
        & messages["kind"].isin([MessageKind.OFFER, MessageKind.GREETING])
    ]
    sent = sent.assign(state=_state_when_sent(sent, shop.consents))
    allowed = sent["state"] == ConsentState.GIVEN
    if rules_of(shop.market).marketing_rule.value == MarketingRule.SOFT_OPT_IN:
        silent = ~sent["state"].isin([ConsentState.DECLINED, ConsentState.WITHDRAWN])
        first = shop.orders.groupby("customer_id")["ordered_at"].min()
        bought = of_each(sent["customer_id"], first) < sent["at"]
        allowed |= silent & bought & (sent["kind"] == MessageKind.OFFER)
    readable = sent[sent["text"].notna() & sent["language"].isin(LANGUAGES)]
    no_way_out = [
        number
        for number, text, language in zip(
            readable["message_id"], readable["text"], readable["language"], strict=True
        )
        if missing(text, "offer", shop.market, language)
    ]
    return [*sent.loc[~allowed, "message_id"], *no_way_out]


def _state_when_sent(sent: pd.DataFrame, consents: pd.DataFrame) -> pd.Series:
    """The customer's last answer about marketing before each message."""
    answers = consents[consents["purpose"] == Purpose.MARKETING]
    answers = answers.dropna(subset=["customer_id", "at"]).sort_values("at", kind="stable")
    rows = sent.reset_index().dropna(subset=["customer_id", "at"]).sort_values("at", kind="stable")
    joined = pd.merge_asof(rows, answers[["customer_id", "at", "state"]], on="at", by="customer_id")
    return joined.set_index("index")["state"].reindex(sent.index)


def disclosing(seen: Inspection) -> Iterable[str]:
    """Letters that tell something about somebody else."""
    shop = seen.shop
    known = Directory(shop)
    sent = shop.messages[(shop.messages["direction"] == "out") & shop.messages["text"].notna()]
    return [
        number
        for number, customer, text in zip(
            sent["message_id"], sent["customer_id"], sent["text"], strict=True
        )
        if known.leaks(text, customer if isinstance(customer, str) else None)
    ]


def half_erased(seen: Inspection) -> Iterable[str]:
    """Customers without name and contact of whom something personal is still kept."""
    shop = seen.shop
    names = shop.customers[["given_name", "family_name", "email", "phone"]]
    erased = names.isna().all(axis="columns")
    kept = shop.customers[KEPT_OF_NOBODY].notna().any(axis="columns")
    return shop.customers.loc[erased & kept, "customer_id"]


def level_sees_the_person(seen: Inspection) -> Iterable[str]:
    """Rules of triage that look at who the customer is."""
    return [rule.name for rule in RULES if PERSONAL & set(rule.looks_at)]


def wrong_hands(seen: Inspection) -> Iterable[str]:
    """Training not given by a trainer, and repairs not done by a technician."""
    shop = seen.shop
    functions = shop.staff.set_index("staff_id")["function"]
    services = shop.services[shop.services["staff_id"].notna()]
    by = of_each(services["staff_id"], functions)
    training = services["activity"] == SupportActivity.TRAINING
    repair = services["activity"] == SupportActivity.REPAIR
    wrong = (training & (by != Function.TRAINER)) | (repair & (by != Function.TECHNICIAN))
    steps = shop.claim_steps[shop.claim_steps["step"] == StepType.ACTION]
    amiss = (steps["remedy"] == Remedy.REPAIR) & (steps["function"] != Function.TECHNICIAN)
    return [*services.loc[wrong, "service_id"], *steps.loc[amiss, "claim_id"]]


def anonymous_but_linked(seen: Inspection) -> Iterable[str]:
    """Surveys without a name that name a case or an order all the same."""
    shop = seen.shop
    nameless = shop.surveys["customer_id"].isna() & shop.surveys["about_id"].notna()
    return shop.surveys.loc[nameless, "survey_id"]
