"""A letter from the shop's records: which facts it is filled with, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.claims import Claim, ClaimStep, Outcome, StepType
from retailkit.desk import Case, case_of
from retailkit.letters.compose import (
    SOMETIMES,
    compose,
    facts_needed,
    kinds_of_letters,
    paragraphs,
    shown_day,
    subject,
    words,
)
from retailkit.letters.page import Letter
from retailkit.markets import Basis, Confidence, rules_of
from retailkit.orders import OrderEventType
from retailkit.reading import LANGUAGES
from retailkit.records import need_word, understood
from retailkit.triage.from_records import DAYS_TO_REPLY

if TYPE_CHECKING:
    from retailkit.shop import Shop

OF_NO_CASE = ("offer", "greeting")


def letter(
    about: Case | Claim | str | None,
    kind: str,
    shop: Shop,
    *,
    language: str | None = None,
    at: date | str | None = None,
    **facts: Any,
) -> Letter:
    """A letter of the desk about a case, filled in from the shop's records.

    `about` is the case, the claim or its number; None gives a blank claim form. The
    language is the customer's, where the desk writes it, else the case's, else the market's
    first. `facts` such as `reasons` or `asked` stand in place of what the records say.
    Raises ValueError where the kind is unknown or the case is not that far.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=60)
    >>> letter(shop.claims["claim_id"].iloc[0], "acknowledgement", shop).kind
    'acknowledgement'
    """
    need_word(kind, [name for name in kinds_of_letters() if name not in OF_NO_CASE], "letter")
    on = understood("at", at, date) or shop.today
    case = _case(about, shop)
    person = _person(shop, case.claim.customer_id if case else None)
    language = language or _language(shop, case, person)
    known = _facts(kind, case, shop, person, language, on) | facts
    if kind == "claim_form":  # each entry is one paragraph, whatever was written in it
        known = {name: _in_one_piece(fact) for name, fact in known.items()}
    return Letter(
        kind=kind,
        language=language,
        market=shop.market,
        to=case.claim.customer_id if case else None,
        on=on,
        subject=subject(kind, language, known),
        text=compose(kind, language, known),
        fields_sent=tuple(sorted(set(known) & _told(kind, language, known.get("outcome")))),
        notes=_notes(kind, shop.market, language),
    )


def _told(kind: str, language: str, outcome: str | None) -> set[str]:
    """The facts that a letter of this kind tells, where they are known."""
    return {*facts_needed(kind, language, outcome), *SOMETIMES}


def _notes(kind: str, market: str, language: str) -> tuple[str, ...]:
    """What stands at the foot: what the letter is for, and what in it is unverified."""
    said, rules = words(language), rules_of(market)
    notes = [said["for_learning"]]
    if kind == "claim_form" and rules.form_copies.confidence == Confidence.C:
        notes.append(said["unverified_copies"])
    unsure = any(rung.confidence == Confidence.C for rung in rules.ladder)
    if unsure and "options" in paragraphs(kind, language):
        notes.append(said["unverified_places"])
    return tuple(notes)


def _case(about: Case | Claim | str | None, shop: Shop) -> Case | None:
    if about is None or isinstance(about, Case):
        return about
    if isinstance(about, Claim):
        if about.claim_id in set(shop.claims["claim_id"]):
            about = str(about.claim_id)
        else:
            return Case(claim=about, market=shop.market, procedure=shop.procedure)
    return case_of(shop, about)


def _person(shop: Shop, customer_id: str | None) -> Mapping[str, Any]:
    """The customer's row, its texts alone; nothing where there is none."""
    found = shop.customers[shop.customers["customer_id"] == customer_id].to_dict("records")
    row = found[0] if found else {}
    return {str(name): value for name, value in row.items() if isinstance(value, str)}


def _language(shop: Shop, case: Case | None, person: Mapping[str, Any]) -> str:
    written = case.claim.language if case else None
    likely = [person.get("language"), written, *rules_of(shop.market).languages]
    return next((name for name in likely if name in LANGUAGES), LANGUAGES[0])


def _facts(
    kind: str, case: Case | None, shop: Shop, person: Mapping[str, Any], language: str, on: date
) -> dict[str, Any]:
    """The facts of a letter, by the names that its sentences use."""
    said = words(language)
    rules = rules_of(shop.market)
    common: dict[str, Any] = {"shop": shop.name, "market": shop.market, "currency": rules.currency}
    if case is None:
        return common | _blank(kind, said)
    name = _name(person)
    common |= {
        "name": name or said["nobody"],
        "reference": case.claim.claim_id or said["blank"],
        "kind": str(case.kind or "claim"),
        "product": _product(shop, case, said),
        "owner": _owner(shop, case, said),
        "standing": str(case.status),
        **_dates(case, said),
    }
    if kind == "information_request":
        common |= {"asked": said["receipt_asked"], "reply_by": on + timedelta(days=DAYS_TO_REPLY)}
    if kind == "answer":
        common |= _decision(case, shop, language)
    if kind == "claim_form":
        common |= _entries(case, person, name, said)
        # the form speaks with the customer's voice, to whom nothing is "our product"
        common["product"] = _product_name(shop, case) or said["blank"]
    return common


def _blank(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a form that is still to be filled in."""
    if kind != "claim_form":
        raise ValueError(
            say("A letter '{kind}' is about a case. Name it, or choose 'claim_form'.", kind=kind)
        )
    open_fields = ("reference", "received", "customer", "product", "reason", "narrative")
    names = (*open_fields, "remedy", "action", "answer_by", "owner")
    return dict.fromkeys(names, said["blank"])


def _name(person: Mapping[str, Any]) -> str:
    parts = [person.get("given_name"), person.get("family_name")]
    return " ".join(part for part in parts if part)


def _product(shop: Shop, case: Case, said: Mapping[str, Any]) -> str:
    name = _product_name(shop, case)
    return str(said["product_named"]).format(name=name) if name else str(said["the_matter"])


def _product_name(shop: Shop, case: Case) -> str | None:
    found = shop.products.loc[shop.products["product_id"] == case.claim.product_id, "name"].dropna()
    return None if found.empty else str(found.iloc[0])


def _owner(shop: Shop, case: Case, said: Mapping[str, Any]) -> str:
    found = shop.staff.loc[shop.staff["staff_id"] == case.owner, "name"].dropna()
    return str(said["desk"]) if found.empty else str(found.iloc[0])


def _dates(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    """When it came in and is answered; law and promise apart, where both hold."""
    if case.claim.received_at is None:
        return {"received": said["blank"], "answer_by": said["blank"]}
    due = case.due
    dates: dict[str, Any] = {"received": case.claim.received_at.date(), "answer_by": due.date}
    by = {each.basis: each.date for each in (due, due.other) if each}
    if len(set(by.values())) == 2 and set(by) == set(Basis):
        dates |= {"law_by": by[Basis.LAW], "promise_by": by[Basis.PROMISE]}
    return dates


def _decision(case: Case, shop: Shop, language: str) -> dict[str, Any]:
    """What was decided, and why, in words for the customer."""
    decided = [step for step in case.steps if step.step == StepType.DECIDED]
    if not decided or decided[-1].outcome is None:
        raise ValueError(
            say(
                "Case {case} is not decided yet, so there is no answer to send. "
                "Decide first, or write how it stands: 'status'.",
                case=case.claim.claim_id,
            )
        )
    last = decided[-1]
    found: dict[str, Any] = {
        "outcome": str(last.outcome),
        "remedy": str(last.remedy or case.claim.wants or "information"),
        "reasons": _reasons(case, last, shop, language),
    }
    return found if last.amount is None else found | {"amount": last.amount}


def _reasons(case: Case, decided: ClaimStep, shop: Shop, language: str) -> str:
    because = words(language)["because"]
    if decided.outcome != Outcome.UNFOUNDED:
        return str(because[decided.outcome or "record"])
    events = shop.order_events[shop.order_events["order_id"] == case.claim.order_id]
    for event in (OrderEventType.RETURNED, OrderEventType.DELIVERED):
        at = events.loc[events["event"] == event, "at"].dropna()
        if len(at):
            return str(because[str(event)]).format(day=shown_day(at.iloc[-1].date(), language))
    known = case.claim.order_id in set(shop.orders["order_id"].dropna())
    return str(because["record" if known else "no_sale"])


def _entries(
    case: Case, person: Mapping[str, Any], name: str, said: Mapping[str, Any]
) -> dict[str, Any]:
    """The entries of the model form, as far as they are known."""
    contacts = [person[what] for what in ("email", "phone") if person.get(what)]
    done = [step.remedy for step in case.steps if step.step == StepType.ACTION and step.remedy]
    claim = case.claim
    return {
        "customer": ", ".join(filter(None, [name, *contacts])) or said["blank"],
        "reason": str(claim.reason) if claim.reason else said["blank"],
        "narrative": _in_one_piece(claim.narrative) or said["blank"],
        "remedy": str(claim.wants) if claim.wants else said["blank"],
        "action": ", ".join(said["remedy"][remedy] for remedy in done) or said["none_yet"],
    }


def _in_one_piece(fact: Any) -> Any:
    """A text without empty lines, which part one paragraph from the next; else as it is."""
    if not isinstance(fact, str):
        return fact
    return "\n".join(line for line in fact.split("\n") if line.strip())
