"""Forms: what learners fill in at the desk, drawn from the records' own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.forms.after_sales_planner import AfterSalesPlanner
from retailkit.forms.cards import FeedbackCard, SurveyCard, WarrantyCardForm
from retailkit.forms.case_board import CaseBoard
from retailkit.forms.claim_form import ClaimForm
from retailkit.forms.complaint_form import ComplaintForm
from retailkit.forms.consent_desk import ConsentDesk
from retailkit.forms.customer_desk import CustomerDesk
from retailkit.forms.enquiry_form import EnquiryForm
from retailkit.forms.improvement_board import ImprovementBoard
from retailkit.forms.merge_desk import MergeDesk, pair_to_decide
from retailkit.forms.order_form import OrderForm
from retailkit.forms.report_form import ReportForm
from retailkit.forms.request_desk import RequestDesk
from retailkit.forms.tray import InTray
from retailkit.forms.triage_deck import TriageDeck
from retailkit.forms.visit_sheet import VisitSheet
from retailkit.forms.website_form import WebsiteForm

if TYPE_CHECKING:
    from datetime import date

    from retailkit.desk import Case
    from retailkit.shop import Shop

__all__ = [
    "after_sales_planner",
    "case_board",
    "claim_form",
    "complaint_form",
    "consent_desk",
    "customer_desk",
    "enquiry_form",
    "feedback_card",
    "improvement_board",
    "in_tray",
    "merge_desk",
    "order_form",
    "owner_report",
    "request_desk",
    "survey_card",
    "triage_deck",
    "visit_sheet",
    "warranty_card",
    "website_form",
]


def after_sales_planner(
    shop: Shop, on: date | str, budget: float, occasions: int = 12
) -> AfterSalesPlanner:
    """A month of after-sales service to be planned: some occasions from `on`, and a budget.

    Raises ValueError where `on` is no date, the budget no amount, or nobody is to be served.

    >>> from retailkit.generate import make_shop
    >>> after_sales_planner(make_shop(seed=7), on="2026-07-01", budget=50).left
    50.0
    """
    return AfterSalesPlanner(shop, on, budget, occasions)


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
                say("No case of this shop is open. Give the number of one, or a case of your own.")
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


def complaint_form(shop: Shop) -> ComplaintForm:
    """The complaint form of a shop, empty: who complains, why, who heard it, what was done.

    >>> from retailkit.generate import make_shop
    >>> complaint_form(make_shop(seed=7, customers=20)).fill(reason="late").save()[0]
    'Not saved yet.'
    """
    return ComplaintForm(shop)


def consent_desk(shop: Shop, cards: int = 12) -> ConsentDesk:
    """Customers' answers about offers, to be read one customer after the other.

    >>> from retailkit.generate import make_shop
    >>> len(consent_desk(make_shop(seed=7, customers=400)).cards)
    12
    """
    return ConsentDesk(shop, cards)


def enquiry_form(shop: Shop) -> EnquiryForm:
    """The enquiry form of a shop, empty: what somebody asks, and when we come back to them.

    >>> from retailkit.generate import make_shop
    >>> enquiry_form(make_shop(seed=7, customers=20)).fill(channel="phone").save()[0]
    'Not saved yet.'
    """
    return EnquiryForm(shop)


def feedback_card(shop: Shop) -> FeedbackCard:
    """The feedback card of a shop, empty: about something specific, or anything at all.

    >>> from retailkit.generate import make_shop
    >>> feedback_card(make_shop(seed=7, customers=20)).fill(topic="open", text="Nice!").save()[0]
    'Saved as F-desk-1, about: open. “Nice!”'
    """
    return FeedbackCard(shop)


def customer_desk(shop: Shop, cards: int = 12) -> CustomerDesk:
    """Customers to be put into groups, by how lately and how often they bought.

    >>> from retailkit.generate import make_shop
    >>> len(customer_desk(make_shop(seed=7, customers=400)).cards)
    12
    """
    return CustomerDesk(shop, cards)


def improvement_board(shop: Shop, budget: float) -> ImprovementBoard:
    """What is to change at a shop's desk: a yes or no for each change, within a budget in euros.

    `compared()` is the shop beside its twin with these changes.
    Raises ValueError where the budget is no sum.

    >>> from retailkit.generate import make_shop
    >>> board = improvement_board(make_shop(seed=7, customers=20), budget=100)
    >>> board.fill(drop_the_fee="yes").save()[1]
    'Together that costs 130 euros, and the budget is 100.'
    """
    return ImprovementBoard(shop, budget)


def in_tray(shop: Shop, cards: int = 14) -> InTray:
    """A day's mixed post, to be sorted: what each paper is, and which cannot wait.

    >>> from retailkit.generate import make_shop
    >>> len(in_tray(make_shop(seed=7, customers=400)).cards)
    14
    """
    return InTray(shop, cards)


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


def owner_report() -> ReportForm:
    """A report to the owner, empty; give its `report` to `rk.write_report`.

    >>> owner_report().fill(found="A promise is not kept.").save()[0]
    'Not saved yet.'
    """
    return ReportForm()


def survey_card(shop: Shop) -> SurveyCard:
    """The survey card of a shop, empty: marks out of 5, and details on the back for who likes.

    >>> from retailkit.generate import make_shop
    >>> survey_card(make_shop(seed=7, customers=20)).fill(about="purchase", overall=6).save()[1]
    "'6' is not a choice here. Choose 1, 2, 3, 4 or 5."
    """
    return SurveyCard(shop)


def request_desk(shop: Shop, cards: int = 20) -> RequestDesk:
    """Requests from a shop's records, to be sent to the right support one after the other.

    >>> from retailkit.generate import make_shop
    >>> len(request_desk(make_shop(seed=7, customers=400)).cards)
    20
    """
    return RequestDesk(shop, cards)


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


def warranty_card(shop: Shop) -> WarrantyCardForm:
    """The warranty card of a shop, empty: who owns which piece, and since when.

    >>> from retailkit.generate import make_shop
    >>> warranty_card(make_shop(seed=7, customers=20)).fill(serial="K-1").save()[0]
    'Not saved yet.'
    """
    return WarrantyCardForm(shop)


def website_form(shop: Shop) -> WebsiteForm:
    """The forms on a shop's website, empty: a message, or a place on the mailing list.

    >>> from retailkit.generate import make_shop
    >>> website_form(make_shop(seed=7, customers=20)).fill(form="contact").save()[0]
    'Not saved yet.'
    """
    return WebsiteForm(shop)
