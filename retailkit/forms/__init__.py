"""Forms: what learners fill in at the desk, drawn from the records' own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.forms.claim_form import ClaimForm
from retailkit.forms.order_form import OrderForm
from retailkit.forms.triage_deck import TriageDeck

if TYPE_CHECKING:
    from retailkit.shop import Shop

__all__ = ["claim_form", "order_form", "triage_deck"]


def claim_form(shop: Shop) -> ClaimForm:
    """The claim form of a shop, empty; what is saved is ruled on at once.

    >>> from retailkit.generate import make_shop
    >>> claim_form(make_shop(seed=7, customers=20)).fill(reason="late").save()[0]
    'Not saved yet.'
    """
    return ClaimForm(shop)


def order_form(shop: Shop) -> OrderForm:
    """The order form of a shop, empty: for what it does not have in the shop right now.

    >>> from retailkit.generate import make_shop
    >>> order_form(make_shop(seed=7, customers=20)).fill(quantity=2).save()[0]
    'Not saved yet.'
    """
    return OrderForm(shop)


def triage_deck(shop: Shop, cards: int = 24) -> TriageDeck:
    """Cards from a shop's claims book, to be ruled on one after the other.

    >>> from retailkit.generate import make_shop
    >>> len(triage_deck(make_shop(seed=7, customers=400)).cards)
    24
    """
    return TriageDeck(shop, cards)
