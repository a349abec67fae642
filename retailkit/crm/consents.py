"""Consent: answers taken down, and contacts made only with a yes that is alive at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from retailkit.aftersales.permission import Permission, may_contact
from retailkit.catalogue import later, say
from retailkit.claims import Direction, Message, MessageKind
from retailkit.crm.changing import add
from retailkit.crm.log import AccessType
from retailkit.crm.parts import part
from retailkit.crm.schema import TABLES
from retailkit.crm.work import Work
from retailkit.customers import CollectionChannel, Consent, ConsentState, Customer, Purpose
from retailkit.orders import ContactChannel
from retailkit.records import is_nothing, kinds, need_word, understood
from retailkit.upkeep.consent import FAR_AHEAD

MEDIA: Mapping[ContactChannel, str] = {
    ContactChannel.EMAIL: "email",
    ContactChannel.PHONE: "phone",
    ContactChannel.LETTER: "street",
}
"""How somebody is contacted, and the field without which that cannot be done."""

KINDS: Mapping[Purpose, tuple[MessageKind, ...]] = {
    Purpose.MARKETING: (MessageKind.OFFER, MessageKind.GREETING),
    Purpose.SURVEYS: (MessageKind.FEEDBACK_REQUEST,),
}
"""What is sent for each purpose, the usual first."""


def answer(
    work: Work, customer_id: str, purpose: str, state: str, channel: str, wording: str
) -> Consent:
    """Take down what a customer answered, now, on which form and in which words."""
    given = Consent(
        customer_id=customer_id,
        purpose=Purpose(purpose),
        state=ConsentState(state),
        channel=CollectionChannel(channel),
        wording=wording,
    )
    if missing := given.problems():
        unshown = say("Without it nobody could show what was agreed to.")
        raise ValueError(" ".join([*missing, unshown]))
    if given.state == ConsentState.NOT_ASKED:
        raise ValueError(say("state: not asked is no answer. Ask, and write down what was said."))
    if given.state == ConsentState.GIVEN and given.channel == CollectionChannel.COMPLAINT:
        raise ValueError(
            say(
                "channel: a complaint is no occasion to agree to anything else, "
                "so a yes on its form counts for nothing. Ask on another occasion."
            )
        )
    work.rights.need_change("consents", kinds(Consent))
    columns = TABLES["consents"].c
    last = (
        sa.select(columns.at)
        .where(
            columns.customer_id == customer_id,
            columns.purpose == given.purpose,
            columns.at.is_not(None),
        )
        .order_by(columns.at.desc())
        .limit(1)
    )
    latest = understood("at", work.connection.execute(last).scalar(), datetime)
    # who answers now has the last word, whatever date stands on an earlier answer
    at = max(work.moment(), latest) if latest else work.moment()
    return add(work, [replace(given, at=at)])[0]


def permission(work: Work, customer_id: str, purpose: str, at: date | str | None) -> Permission:
    """Whether a customer may be contacted, at a moment or now."""
    needed = ["customer_id", "purpose", "state", "at", "channel", "consent_id"]
    work.rights.need("consents", needed, later("say whom we may contact"))
    customers, consents = TABLES["customers"].c, TABLES["consents"].c
    shop = part(
        work,
        {
            "customers": [customers.customer_id == customer_id],
            "consents": [consents.customer_id == customer_id],
        },
    )
    work.note(AccessType.LOOKED_UP, "consents", ids=[customer_id], fields=["purpose"])
    if at is not None:
        return may_contact(shop, customer_id, purpose, at)
    now = may_contact(shop, customer_id, purpose, work.moment())
    in_the_end = may_contact(shop, customer_id, purpose, FAR_AHEAD)
    return now if in_the_end else in_the_end


def draft(purpose: str, medium: str, kind: str | None, text: str) -> Message:
    """The message to send for a purpose, without whom it goes to.

    Raises ValueError where nobody is contacted for that purpose or in that way.
    """
    kinds_ = KINDS[Purpose(need_word(purpose, KINDS, "purpose of a contact"))]
    if is_nothing(text):
        raise ValueError(say("text: nothing to send. Say what the message says."))
    return Message(
        direction=Direction.OUT,
        medium=ContactChannel(need_word(medium, MEDIA, "way to contact somebody")),
        kind=MessageKind(
            need_word(kind or kinds_[0], kinds_, say("message for {purpose}", purpose=purpose))
        ),
        text=text,
    )


def contact(work: Work, customer_id: str, purpose: str, message: Message) -> Customer | None:
    """Note a contact with a customer who may be contacted now and can be reached.

    None where they may not, cannot, or are in the list no more.
    """
    customers = TABLES["customers"].c
    people = part(work, {"customers": [customers.customer_id == customer_id]}).customers
    if people.empty or not permission(work, customer_id, purpose, at=None):
        return None
    person = Customer.from_row(people.iloc[0])
    if message.medium is None or getattr(person, MEDIA[message.medium]) is None:
        return None
    to = replace(message, customer_id=customer_id, language=person.language, at=work.moment())
    add(work, [to])
    return person
