"""Rules 1 to 16 on the claims book and its steps: the numbers of the cases that break each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retailkit.catalogue import say
from retailkit.claims import CaseStatus, MessageKind, Outcome, Remedy, StepType
from retailkit.desk.guards import AGAINST
from retailkit.desk.inspection import of_each
from retailkit.desk.states import OVER, after, may_follow
from retailkit.markets import answer_days
from retailkit.reading import LANGUAGES, Required, missing

if TYPE_CHECKING:
    from retailkit.desk.inspection import Inspection
    from retailkit.shop import Shop

MONEY_BACK = [Remedy.REFUND, Remedy.PRICE_REDUCTION]


def form_not_given(seen: Inspection) -> Iterable[str]:
    """Cases where the form was not given."""
    shop = seen.shop
    return _cases(shop, shop.claims["form_given"].eq(False).fillna(False))


def number_not_its_own(seen: Inspection) -> Iterable[str]:
    """Numbers that two cases share, and cases without one."""
    numbers = seen.shop.claims["claim_id"]
    shared = numbers[numbers.isna() | numbers.duplicated(keep=False)]
    return shared.fillna(say("no number")).unique()


def acknowledgement_not_full(seen: Inspection) -> Iterable[str]:
    """Cases acknowledged before they came in, or without reference, owner or answer date."""
    shop = seen.shop
    steps = _steps(shop, StepType.ACKNOWLEDGED)
    received = shop.claims.set_index("claim_id")["received_at"]
    early = steps["at"] < of_each(steps["claim_id"], received)
    sent = _sent(shop, MessageKind.ACKNOWLEDGEMENT)
    needed = {Required.REFERENCE, Required.WHO, Required.DEADLINES}
    lacking = [
        case
        for case, text, language in _read(sent)
        if needed & set(missing(text, "acknowledgement", shop.market, language)) or case not in text
    ]
    return [*steps.loc[early, "claim_id"], *lacking]


def dates_cannot_be(seen: Inspection) -> Iterable[str]:
    """Cases whose dates are impossible as they stand."""
    facts = seen.facts
    return facts.index[facts["dates_impossible"].fillna(False)]


def steps_out_of_order(seen: Inspection) -> Iterable[str]:
    """Cases with a step before the one before it, or one that could not follow there."""
    shop = seen.shop
    back = shop.claim_steps.groupby("claim_id")["at"].diff() < pd.Timedelta(0)
    broken = set(shop.claim_steps.loc[back, "claim_id"])
    status: dict[str, CaseStatus] = {}
    for case, name in zip(shop.claim_steps["claim_id"], shop.claim_steps["step"], strict=True):
        step = StepType(name)
        first = case not in status
        if (step != StepType.RECEIVED) if first else step not in may_follow(status[case]):
            broken.add(case)
        status[case] = after(status.get(case, CaseStatus.RECEIVED), step)
    return sorted(broken)


def no_owner(seen: Inspection) -> Iterable[str]:
    """Open cases that nobody looks after, or somebody who does not work here."""
    shop = seen.shop
    took = _steps(shop, StepType.RECEIVED, StepType.HANDED_OVER, StepType.REVIEW_ASKED)
    last = took.groupby("claim_id")["staff_id"].last()
    owner = of_each(shop.claims["claim_id"], last).fillna(shop.claims["heard_by"])
    return _cases(shop, ~shop.claims["status"].isin(OVER) & ~owner.isin(shop.staff["staff_id"]))


def not_impartial(seen: Inspection) -> Iterable[str]:
    """Cases decided by whom they are about, or reviewed by whoever decided first."""
    shop = seen.shop
    decided = _steps(shop, StepType.DECIDED)
    about = of_each(decided["claim_id"], shop.claims.set_index("claim_id")["about_staff"])
    themselves = decided["staff_id"] == about
    asked = _steps(shop, StepType.REVIEW_ASKED).groupby("claim_id")["at"].min()
    again = decided["at"] >= of_each(decided["claim_id"], asked)
    first = decided[~again].drop_duplicates("claim_id").set_index("claim_id")["staff_id"]
    same = again & (decided["staff_id"] == of_each(decided["claim_id"], first))
    return decided.loc[themselves | same, "claim_id"].unique()


def no_reasons(seen: Inspection) -> Iterable[str]:
    """Cases decided against the customer without a word why."""
    decided = _steps(seen.shop, StepType.DECIDED)
    silent = decided["note"].fillna("").str.strip() == ""
    return decided.loc[silent & decided["outcome"].isin(AGAINST), "claim_id"]


def unfounded_not_shown(seen: Inspection) -> Iterable[str]:
    """Cases called unfounded that no record contradicts, and where no request went unanswered."""
    facts = seen.facts
    shown = facts["contradicted"].fillna(False) | facts["proof_request_unanswered"].fillna(False)
    unfounded = _with_outcome(seen.shop, [Outcome.UNFOUNDED])
    return facts.index[facts.index.isin(unfounded) & ~shown]


def claim_only_thanked(seen: Inspection) -> Iterable[str]:
    """Claims that got nothing but thanks, and were neither withdrawn, known nor put right."""
    facts = seen.facts
    settled = facts["withdrawn"] | facts["duplicate"] | facts["already_remedied"]
    asks = facts["asks_for_something"].fillna(False) & ~settled.fillna(False)
    return facts.index[facts.index.isin(_with_outcome(seen.shop, [Outcome.THANKED])) & asks]


def not_answered(seen: Inspection) -> Iterable[str]:
    """Cases not answered by their day, and answers that name no place outside the shop."""
    shop = seen.shop
    told = _steps(shop, StepType.COMMUNICATED).groupby("claim_id")["at"].min()
    ended = shop.claims["status"] == CaseStatus.WITHDRAWN
    due = shop.claims["answer_by"] + pd.Timedelta(days=1)
    answered = of_each(shop.claims["claim_id"], told).fillna(pd.Timestamp(shop.today))
    silent = [
        case
        for case, text, language in _read(_sent(shop, MessageKind.ANSWER))
        if Required.OPTIONS in missing(text, "answer", shop.market, language)
    ]
    return [*_cases(shop, ~ended & (answered >= due)), *silent]


def charged(seen: Inspection) -> Iterable[str]:
    """Cases in which the customer had to pay."""
    shop = seen.shop
    return shop.claim_steps.loc[shop.claim_steps["fee"].fillna(0) > 0, "claim_id"].unique()


def more_than_paid(seen: Inspection) -> Iterable[str]:
    """Cases in which more was given back than was paid."""
    shop = seen.shop
    steps = shop.claim_steps[shop.claim_steps["remedy"].isin(MONEY_BACK)]
    order = of_each(steps["claim_id"], shop.claims.set_index("claim_id")["order_id"])
    paid = of_each(order, shop.orders.set_index("order_id")["total"])
    # a cent of rounding is no gift
    return steps.loc[(steps["amount"] > paid + 0.01).fillna(False), "claim_id"].unique()


def burden_shifted(seen: Inspection) -> Iterable[str]:
    """Faults presumed to be from the start, refused though nobody looked and no record shows it."""
    shop = seen.shop
    facts = seen.facts
    presumed = (facts["in_guarantee"] & facts["in_presumption"]).fillna(False)
    looked = facts.index.isin(_steps(shop, StepType.INVESTIGATED)["claim_id"])
    vain = facts["contradicted"].fillna(False) | facts["proof_request_unanswered"].fillna(False)
    refused = facts.index.isin(_with_outcome(shop, AGAINST))
    return facts.index[refused & presumed & ~looked & ~vain]


def wrong_answer_date(seen: Inspection) -> Iterable[str]:
    """Cases whose answer date is neither the market's nor the shop's earlier promise."""
    shop = seen.shop
    known = shop.claims[["received_at", "answer_by"]].notna().all(axis="columns")
    claims = shop.claims[known]
    received = claims["received_at"].to_numpy().astype("datetime64[D]")
    by_rule = answer_days(received, shop.market)
    promised = received + np.timedelta64(shop.procedure.answer_within_days, "D")
    set_for = claims["answer_by"].to_numpy().astype("datetime64[D]")
    right = (set_for == by_rule) | (set_for == np.minimum(by_rule, promised))
    wrong: pd.Series = claims.loc[~right, "claim_id"]
    return wrong


def closed_untold(seen: Inspection) -> Iterable[str]:
    """Cases closed without the customer having been told."""
    shop = seen.shop
    told = set(_steps(shop, StepType.COMMUNICATED, StepType.ESCALATED)["claim_id"])
    closed = _steps(shop, StepType.CLOSED)["claim_id"]
    by_status = shop.claims.loc[shop.claims["status"] == CaseStatus.CLOSED, "claim_id"]
    return sorted((set(closed) | set(by_status)) - told)


def _cases(shop: Shop, where: pd.Series) -> Iterable[str]:
    numbers: pd.Series = shop.claims.loc[where.astype(bool), "claim_id"]
    return numbers


def _steps(shop: Shop, *names: StepType) -> pd.DataFrame:
    return shop.claim_steps[shop.claim_steps["step"].isin(names)]


def _with_outcome(shop: Shop, outcomes: Iterable[str]) -> pd.Series:
    """The cases whose last decision was one of these."""
    last = _steps(shop, StepType.DECIDED).drop_duplicates("claim_id", keep="last")
    return last.loc[last["outcome"].isin(list(outcomes)), "claim_id"]


def _sent(shop: Shop, kind: MessageKind) -> pd.DataFrame:
    """The messages of this kind about a case that we sent."""
    messages = shop.messages
    return messages[
        (messages["direction"] == "out") & (messages["kind"] == kind) & messages["claim_id"].notna()
    ]


def _read(messages: pd.DataFrame) -> Iterable[tuple[str, str, str]]:
    """Case, text and language of each message; what is in another language is not judged."""
    readable = messages[messages["text"].notna() & messages["language"].isin(LANGUAGES)]
    return zip(readable["claim_id"], readable["text"], readable["language"], strict=True)
