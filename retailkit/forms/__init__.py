"""Forms: what learners fill in at the desk, drawn from the records' own questions.

Each is loaded when it is asked for: most need a shop's tables, one nothing but words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from retailkit.desk import Case
    from retailkit.forms.kinds.after_sales_planner import AfterSalesPlanner
    from retailkit.forms.kinds.cards import FeedbackCard, SurveyCard, WarrantyCardForm
    from retailkit.forms.kinds.case_board import CaseBoard
    from retailkit.forms.kinds.claim_form import ClaimForm
    from retailkit.forms.kinds.complaint_form import ComplaintForm
    from retailkit.forms.kinds.consent_desk import ConsentDesk
    from retailkit.forms.kinds.customer_desk import CustomerDesk
    from retailkit.forms.kinds.enquiry_form import EnquiryForm
    from retailkit.forms.kinds.improvement_board import ImprovementBoard
    from retailkit.forms.kinds.merge_desk import MergeDesk
    from retailkit.forms.kinds.order_form import OrderForm
    from retailkit.forms.kinds.report_form import ReportForm
    from retailkit.forms.kinds.request_desk import RequestDesk
    from retailkit.forms.kinds.tray import InTray
    from retailkit.forms.kinds.triage_deck import TriageDeck
    from retailkit.forms.kinds.visit_sheet import VisitSheet
    from retailkit.forms.kinds.website_form import WebsiteForm
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
    from retailkit.forms.kinds.after_sales_planner import AfterSalesPlanner

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
    from retailkit.forms.kinds.case_board import CaseBoard, case_to_take

    return CaseBoard(shop, case_to_take(shop, about))


def claim_form(shop: Shop) -> ClaimForm:
    """The claim form of a shop, empty; what is saved is ruled on at once.

    >>> from retailkit.generate import make_shop
    >>> claim_form(make_shop(seed=7, customers=20)).fill(reason="late").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.claim_form import ClaimForm

    return ClaimForm(shop)


def complaint_form(shop: Shop) -> ComplaintForm:
    """The complaint form of a shop, empty: who complains, why, who heard it, what was done.

    >>> from retailkit.generate import make_shop
    >>> complaint_form(make_shop(seed=7, customers=20)).fill(reason="late").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.complaint_form import ComplaintForm

    return ComplaintForm(shop)


def consent_desk(shop: Shop, cards: int = 12) -> ConsentDesk:
    """Customers' answers about offers, to be read one customer after the other.

    >>> from retailkit.generate import make_shop
    >>> len(consent_desk(make_shop(seed=7, customers=400)).cards)
    12
    """
    from retailkit.forms.kinds.consent_desk import ConsentDesk

    return ConsentDesk(shop, cards)


def enquiry_form(shop: Shop) -> EnquiryForm:
    """The enquiry form of a shop, empty: what somebody asks, and when we come back to them.

    >>> from retailkit.generate import make_shop
    >>> enquiry_form(make_shop(seed=7, customers=20)).fill(channel="phone").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.enquiry_form import EnquiryForm

    return EnquiryForm(shop)


def feedback_card(shop: Shop) -> FeedbackCard:
    """The feedback card of a shop, empty: about something specific, or anything at all.

    >>> from retailkit.generate import make_shop
    >>> feedback_card(make_shop(seed=7, customers=20)).fill(topic="open", text="Nice!").save()[0]
    'Saved as F-desk-1, about: open. “Nice!”'
    """
    from retailkit.forms.kinds.cards import FeedbackCard

    return FeedbackCard(shop)


def customer_desk(shop: Shop, cards: int = 12) -> CustomerDesk:
    """Customers to be put into groups, by how lately and how often they bought.

    >>> from retailkit.generate import make_shop
    >>> len(customer_desk(make_shop(seed=7, customers=400)).cards)
    12
    """
    from retailkit.forms.kinds.customer_desk import CustomerDesk

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
    from retailkit.forms.kinds.improvement_board import ImprovementBoard

    return ImprovementBoard(shop, budget)


def in_tray(shop: Shop, cards: int = 14) -> InTray:
    """A day's mixed post, to be sorted: what each paper is, and which cannot wait.

    >>> from retailkit.generate import make_shop
    >>> len(in_tray(make_shop(seed=7, customers=400)).cards)
    14
    """
    from retailkit.forms.kinds.tray import InTray

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
    from retailkit.forms.kinds.merge_desk import MergeDesk, pair_to_decide

    return MergeDesk(shop, *pair_to_decide(shop, keep, other))


def order_form(shop: Shop) -> OrderForm:
    """The order form of a shop, empty: for what it does not have in the shop right now.

    >>> from retailkit.generate import make_shop
    >>> order_form(make_shop(seed=7, customers=20)).fill(quantity=2).save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.order_form import OrderForm

    return OrderForm(shop)


def owner_report() -> ReportForm:
    """A report to the owner, empty; give its `report` to `rk.write_report`.

    >>> owner_report().fill(found="A promise is not kept.").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.report_form import ReportForm

    return ReportForm()


def survey_card(shop: Shop) -> SurveyCard:
    """The survey card of a shop, empty: marks out of 5, and details on the back for who likes.

    >>> from retailkit.generate import make_shop
    >>> survey_card(make_shop(seed=7, customers=20)).fill(about="purchase", overall=6).save()[1]
    "'6' is not a choice here. Choose 1, 2, 3, 4 or 5."
    """
    from retailkit.forms.kinds.cards import SurveyCard

    return SurveyCard(shop)


def request_desk(shop: Shop, cards: int = 20) -> RequestDesk:
    """Requests from a shop's records, to be sent to the right support one after the other.

    >>> from retailkit.generate import make_shop
    >>> len(request_desk(make_shop(seed=7, customers=400)).cards)
    20
    """
    from retailkit.forms.kinds.request_desk import RequestDesk

    return RequestDesk(shop, cards)


def triage_deck(shop: Shop, cards: int = 24) -> TriageDeck:
    """Cards from a shop's claims book, to be ruled on one after the other.

    >>> from retailkit.generate import make_shop
    >>> len(triage_deck(make_shop(seed=7, customers=400)).cards)
    24
    """
    from retailkit.forms.kinds.triage_deck import TriageDeck

    return TriageDeck(shop, cards)


def visit_sheet() -> VisitSheet:
    """A mystery shopper's sheet, empty; give its `visits` to `rk.audit`.

    >>> visit_sheet().fill(sign_found="no").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.visit_sheet import VisitSheet

    return VisitSheet()


def warranty_card(shop: Shop) -> WarrantyCardForm:
    """The warranty card of a shop, empty: who owns which piece, and since when.

    >>> from retailkit.generate import make_shop
    >>> warranty_card(make_shop(seed=7, customers=20)).fill(serial="K-1").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.cards import WarrantyCardForm

    return WarrantyCardForm(shop)


def website_form(shop: Shop) -> WebsiteForm:
    """The forms on a shop's website, empty: a message, or a place on the mailing list.

    >>> from retailkit.generate import make_shop
    >>> website_form(make_shop(seed=7, customers=20)).fill(form="contact").save()[0]
    'Not saved yet.'
    """
    from retailkit.forms.kinds.website_form import WebsiteForm

    return WebsiteForm(shop)
