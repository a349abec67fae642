"""Forms: what learners fill in at the desk, drawn from the records' own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.forms.case_board import CaseBoard
from retailkit.forms.claim_form import ClaimForm
from retailkit.forms.merge_desk import MergeDesk, pair_to_decide
from retailkit.forms.order_form import OrderForm
from retailkit.forms.triage_deck import TriageDeck
from retailkit.forms.visit_sheet import VisitSheet

if TYPE_CHECKING:
    from retailkit.desk import Case
    from retailkit.shop import Shop

__all__ = ["case_board", "claim_form", "merge_desk", "order_form", "triage_deck", "visit_sheet"]


def case_board(shop: Shop, about: Case | str | None = None) -> CaseBoard:
    """A case to be taken on step by step: a case, its number, or the one that is due first.

    The shop's own book stays as it is. Raises ValueError where the book has no such number,
    or where no case is open and none is named.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=60)
    >>> case_board(shop, shop.claims["claim_id"].iloc[0]).case.status
    <CaseStatus.CLOSED: 'closed'>
    """
    from retailkit.desk import case_of
    from retailkit.desk.states import OVER

    if about is None:
        waiting = shop.claims[~shop.claims["status"].isin(OVER)].sort_values("answer_by")
        if waiting.empty:
            raise ValueError(
                "No case of this shop is open. Give the number of one, or a case of your own."
            )
        about = str(waiting["claim_id"].iloc[0])
    return CaseBoard(shop, case_of(shop, about) if isinstance(about, str) else about)


def claim_form(shop: Shop) -> ClaimForm:
    """The claim form of a shop, empty; what is saved is ruled on at once.

    >>> from retailkit.generate import make_shop
    >>> claim_form(make_shop(seed=7, customers=20)).fill(reason="late").save()[0]
    'Not saved yet.'
    """
    return ClaimForm(shop)


def merge_desk(shop: Shop, keep: str | None = None, other: str | None = None) -> MergeDesk:
    """Two records that may be of one person, side by side, to be made one or left two.

    Without numbers it is the pair that needs most thought. The shop itself stays as it is;
    `shop_now()` is the shop after the desk.
    Raises ValueError where there is no such customer, or no pair to decide on.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=200, faults={"duplicate_customer": 0.02})
    >>> merge_desk(shop, "C-000042", "C-000199").save()[0]
    'Not saved yet.'
    """
    return MergeDesk(shop, *pair_to_decide(shop, keep, other))


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


def visit_sheet() -> VisitSheet:
    """A mystery shopper's sheet, empty; give its `visits` to `rk.audit`.

    >>> visit_sheet().fill(sign_found="no").save()[0]
    'Not saved yet.'
    """
    return VisitSheet()
