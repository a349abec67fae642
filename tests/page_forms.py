"""Every form of the kit, with what fills it in: for the tests and for the pictures."""

from __future__ import annotations

import retailkit as rk

SHOP = {"seed": 7, "customers": 400, "market": "ES", "faults": {"duplicate_customer": 0.02}}
SETUP = f"import retailkit as rk\nshop = rk.make_shop(**{SHOP})"

MIRA = {"given_name": "Mira", "family_name": "Okafor", "email": "mira@example.com"}

ANSWERS: dict[str, dict[str, object]] = {
    "after_sales_planner": {
        "customer_id": "C-000006",
        "service_type": "psychological",
        "when": "2026-07-22",
        "advertises": False,
    },
    "case_board": {"step": "communicated", "by": "S-4"},
    "claim_form": {
        "channel": "desk",
        "event_on": "2026-06-29",
        "reason": "defective",
        "narrative": "The kettle gave off sparks. Please replace it.",
        "amount": 24.95,
    },
    "complaint_form": {
        **MIRA,
        "channel": "phone",
        "reason": "late",
        "narrative": "It came five days late.",
        "heard_by": "S-1",
    },
    "consent_desk": {"may": False, "state": "declined"},
    "customer_desk": {"group": "regular"},
    "enquiry_form": {
        **MIRA,
        "channel": "web_form",
        "question": "Is there a white one?",
        "follow_up_on": "2026-07-01",
        "news": True,
    },
    "feedback_card": {"topic": "open", "text": "A bench at the door, please."},
    "improvement_board": {"drop_the_fee": True},
    "in_tray": {"paper": "enquiry", "turn": "today"},
    "merge_desk": {"same": True},
    "order_form": {
        **MIRA,
        "product_id": "P-13",
        "quantity": 2,
        "in_stock": False,
        "commits": True,
        "prepaid": False,
    },
    "owner_report": {
        "found": "One promise in five is not kept.",
        "changed": "Somebody answers within two hours.",
        "gained": "31 more customers in time.",
        "not_known": "Whether they come back.",
        "next_step": "The deliveries, in May.",
    },
    "request_desk": {"support_type": "online_technical", "provider": "manufacturer"},
    "survey_card": {"about": "purchase", "staff": 5, "speed": 2, "overall": 4},
    "triage_deck": {"level": "middle", "disposition": "act", "because": "nothing"},
    "visit_sheet": {
        "on": "2026-06-26",
        "story": "The kettle leaks.",
        "sign_found": False,
        "told_unasked": True,
        "form_given": True,
        "help_offered": True,
        "reference_given": True,
        "told_remedy": "repair",
        "asked_to_pay": False,
        "others_seen": False,
        "listened": True,
        "owner_named": True,
        "asked_what_would_help": False,
    },
    "warranty_card": {
        **MIRA,
        "product_id": "P-01",
        "serial": "KE-4711",
        "purchased_on": "2026-06-29",
    },
    "website_form": {**MIRA, "form": "contact", "text": "Do you deliver to my village?"},
}
"""For each form what fills it in."""

MAY_STAY_EMPTY = "improvement_board"
"""What stays open on this form is a no, so that it can be saved as it is."""

CALLS = {
    "after_sales_planner": 'rk.forms.after_sales_planner(shop, on="2026-07-01", budget=50)',
    "improvement_board": "rk.forms.improvement_board(shop, budget=300)",
    "owner_report": "rk.forms.owner_report()",
    "visit_sheet": "rk.forms.visit_sheet()",
}


def call(name: str) -> str:
    """The line of a lesson that makes a form."""
    return CALLS.get(name, f"rk.forms.{name}(shop)")


def made(name: str, shop: rk.Shop):
    """The form that this line makes."""
    return eval(call(name), {"rk": rk, "shop": shop})  # noqa: S307 - a line of our own


def cells() -> list[str]:
    """The cells of a notebook with every form in it."""
    return [SETUP, *(call(name) for name in ANSWERS)]
