"""Checking the list of customers: what is twice in it, cannot be right, or is old."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from retailkit.catalogue import later
from retailkit.crm.log import AccessType
from retailkit.crm.parts import part
from retailkit.crm.work import Work
from retailkit.customers import Customer
from retailkit.records import kinds, questions
from retailkit.shop import Shop
from retailkit.upkeep.accuracy import accuracy_check
from retailkit.upkeep.ages import stale
from retailkit.upkeep.duplicates import duplicates

if TYPE_CHECKING:
    import pandas as pd

Fields = Mapping[str, tuple[str, ...]]

FOR_DUPLICATES: Fields = {"customers": tuple(kinds(Customer))}
FOR_ACCURACY: Fields = {
    "customers": ("customer_id", "joined_at", *(question.name for question in questions(Customer))),
    "claims": ("claim_id", "customer_id", "status"),
}
FOR_AGES: Fields = {
    "customers": ("customer_id", "email", "phone", "street", "last_verified_at"),
    "enquiries": ("enquiry_id", "customer_id", "channel", "at"),
    "claims": ("claim_id", "customer_id", "channel", "received_at"),
    "messages": ("message_id", "customer_id", "direction", "medium", "at"),
    "orders": ("order_id", "customer_id", "place"),
    "order_events": ("event_id", "order_id", "event", "at", "signed_by"),
    "services": ("service_id", "customer_id", "at", "result"),
}
"""What each check reads. A role that does not see all of it would be told something wrong."""


def twice(work: Work, at_least: float) -> pd.DataFrame:
    """Pairs of records that are likely of one person."""
    return duplicates(_checked(work, FOR_DUPLICATES), at_least)


def inaccurate(work: Work) -> pd.DataFrame:
    """What to ask which customer, because it cannot be right or is missing."""
    return accuracy_check(_checked(work, FOR_ACCURACY))


def old(work: Work, after_months: float) -> pd.DataFrame:
    """Contacts to ask about again."""
    return stale(_checked(work, FOR_AGES), after_months)


def _checked(work: Work, needed: Fields) -> Shop:
    for name, fields in needed.items():
        work.rights.need(name, fields, later("check the list of customers"))
    shop = part(work, {name: [] for name in needed})
    work.note(AccessType.CHECKED, "customers", fields=needed["customers"], rows=len(shop.customers))
    return shop
