"""The 22 rules of the desk: a clean shop keeps them all, and each planted breach is named."""

from dataclasses import replace

import pandas as pd
import pytest
from small_shop import KETTLE, ORDER, claim, small_shop, step

from retailkit.claims import Message, StaffMember
from retailkit.customers import Consent, Customer, Survey
from retailkit.desk import INVARIANTS, broken_rules
from retailkit.letters import letter
from retailkit.orders import OrderEvent
from retailkit.services import Service

STAFF = [
    StaffMember(staff_id="S-1", name="Eva Gil", function="customer_service"),
    StaffMember(staff_id="S-2", name="Ben Ode", function="technician"),
    StaffMember(staff_id="S-3", name="Carla Paz", function="trainer"),
]
ANA = Customer(
    customer_id="C-1", given_name="Ana", family_name="Ruiz", email="ana@post.example", language="en"
)
BEN = Customer(
    customer_id="C-2", given_name="Ben", family_name="Okoro Lund", email="ben@post.example"
)
WAY = [
    ("received", "2026-04-01T09:00", {"fee": 0}),
    ("acknowledged", "2026-04-01T09:05", {}),
    ("assessed", "2026-04-01T09:10", {}),
    ("investigated", "2026-04-01T15:00", {"staff_id": "S-2", "function": "technician"}),
    ("decided", "2026-04-02T09:00", {"outcome": "accepted", "remedy": "refund", "amount": 25}),
    ("communicated", "2026-04-02T10:00", {}),
    ("closed", "2026-04-09T10:00", {}),
]


def steps_of(*way):
    steps = [step("CL-1", name, at, **{"staff_id": "S-1", **more}) for name, at, more in way]
    return [replace(taken, step_id=f"CS-1-{number}") for number, taken in enumerate(steps, 1)]


def changed(**changes):
    """The usual way of a case, with some of its steps changed or, where None, gone."""
    return [
        (name, at, {**fields, **(changes.get(name) or {})})
        for name, at, fields in WAY
        if changes.get(name, {}) is not None
    ]


def kept_shop(*way, about=None, **more):
    """A shop that keeps all rules, with one case from start to finish and its two letters."""
    case = claim(**{"heard_by": "S-1", "status": "closed", "form_given": True, **(about or {})})
    tables = {"staff": STAFF, "customers": [ANA], "today": "2026-06-01", **more}
    return small_shop(case, steps=steps_of(*(way or WAY)), **tables)


def sent(kind, text=None, at="2026-04-01T09:05", **fields):
    text = text or letter("CL-1", kind, kept_shop(), language="en").text
    usual = {"message_id": f"M-{kind}", "claim_id": "CL-1", "customer_id": "C-1", "language": "en"}
    return Message(**{**usual, "direction": "out", "at": at, "kind": kind, "text": text, **fields})


def consent(state):
    return Consent(
        consent_id="CO-1",
        customer_id="C-1",
        purpose="marketing",
        state=state,
        at="2026-01-01T09:00",
    )


def offer(text="Ten per cent off. Tell us “no more messages” and we will stop."):
    return sent("offer", text, claim_id=None, message_id="M-1")


REFUSED = {"outcome": "refused", "remedy": None, "amount": None, "note": "Not covered."}
UNFOUNDED = {**REFUSED, "outcome": "unfounded"}
AGAIN = [*WAY[:6], ("review_asked", "2026-04-03T09:00", {"staff_id": "S-3"})]
BREACHES = {
    1: (kept_shop(about={"form_given": False}), "CL-1"),
    2: (small_shop(claim(heard_by="S-1"), claim(heard_by="S-1"), staff=STAFF), "CL-1"),
    3: (kept_shop(messages=[sent("acknowledgement", "We have it. Kind regards")]), "CL-1"),
    4: (kept_shop(about={"event_on": "2026-04-05"}), "CL-1"),
    5: (kept_shop(*WAY[:2], WAY[4], *WAY[3:4], *WAY[5:]), "CL-1"),
    6: (kept_shop(*[(n, at, {**f, "staff_id": "S-9"}) for n, at, f in WAY[:2]],
                  about={"status": "acknowledged"}), "CL-1"),
    7: (kept_shop(about={"about_staff": "S-1"}), "CL-1"),
    8: (kept_shop(*changed(decided={**REFUSED, "note": " "})), "CL-1"),
    9: (kept_shop(*changed(decided=UNFOUNDED)), "CL-1"),
    10: (kept_shop(*changed(decided={**REFUSED, "outcome": "thanked"})), "CL-1"),
    11: (kept_shop(*WAY[:3], about={"status": "assessed"}), "CL-1"),
    12: (kept_shop(*changed(received={"fee": 2})), "CL-1"),
    13: (kept_shop(*changed(decided={"amount": 30})), "CL-1"),
    14: (kept_shop(*changed(decided=REFUSED, investigated=None)), "CL-1"),
    15: (kept_shop(about={"answer_by": "2026-05-02"}), "CL-1"),
    16: (kept_shop(*changed(communicated=None)), "CL-1"),
    17: (kept_shop(messages=[offer()], consents=[consent("declined")]), "M-1"),
    18: (kept_shop(messages=[sent("status", "Ask ben@post.example.")], customers=[ANA, BEN]),
         "M-status"),
    19: (kept_shop(customers=[Customer(customer_id="C-1", birth_on="1990-01-01")]), "C-1"),
    21: (kept_shop(services=[Service(service_id="SV-1", activity="training", staff_id="S-2")]),
         "SV-1"),
    22: (kept_shop(surveys=[Survey(survey_id="SU-1", about="handling", about_id="CL-1")]), "SU-1"),
}  # fmt: skip


def test_there_are_twenty_two_rules_each_with_its_number_and_sentence():
    assert [rule.number for rule in INVARIANTS] == list(range(1, 23))
    assert len({rule.name for rule in INVARIANTS}) == 22
    assert all(rule.sentence.endswith(".") for rule in INVARIANTS)


def test_a_shop_that_does_it_right_breaks_no_rule():
    letters = [sent("acknowledgement"), sent("answer", at="2026-04-02T10:00")]
    asked = kept_shop(messages=[*letters, offer()], consents=[consent("given")])
    assert broken_rules(asked).empty


@pytest.mark.parametrize("number", BREACHES)
def test_a_breach_is_found_and_its_row_named(number):
    shop, row = BREACHES[number]
    found = broken_rules(shop)
    assert row in found.loc[found["number"] == number, "row"].to_list()
    rule = INVARIANTS[number - 1]
    assert row in rule.broken_in(shop)


def test_no_rule_of_triage_looks_at_the_person():
    assert INVARIANTS[19].broken_in(kept_shop()) == []


def test_an_offer_without_a_way_out_breaks_the_rule_though_consent_was_given():
    shop = kept_shop(messages=[offer("Ten per cent off!")], consents=[consent("given")])
    assert INVARIANTS[16].broken_in(shop) == ["M-1"]


def test_where_nobody_asked_a_buyer_may_be_told_of_offers_in_spain_and_not_elsewhere():
    spain = kept_shop(messages=[offer()])
    assert INVARIANTS[16].broken_in(spain) == []
    assert INVARIANTS[16].broken_in(replace(spain, market="IN")) == ["M-1"]


def test_a_reviewer_who_decided_first_breaks_the_rule_and_another_does_not():
    by_the_same = [*AGAIN, ("decided", "2026-04-04T09:00", {"outcome": "refused", "note": "No."})]
    by_another = [
        *AGAIN,
        ("decided", "2026-04-04T09:00", {"outcome": "accepted", "staff_id": "S-3"}),
    ]
    assert INVARIANTS[6].broken_in(kept_shop(*by_the_same)) == ["CL-1"]
    assert INVARIANTS[6].broken_in(kept_shop(*by_another)) == []


def test_an_unfounded_case_may_rest_on_a_record_or_an_unanswered_request():
    asked = ("information_asked", "2026-04-01T16:00", {})
    way = [
        *WAY[:3],
        asked,
        ("decided", "2026-05-01T09:00", UNFOUNDED),
        ("communicated", "2026-05-01T10:00", {}),
    ]
    assert INVARIANTS[8].broken_in(kept_shop(*way)) == []
    signed = kept_shop(*changed(decided=UNFOUNDED), about={"reason": "not_delivered"})
    assert INVARIANTS[8].broken_in(signed) == []


def test_a_compensation_may_be_more_than_was_paid():
    shop = kept_shop(*changed(decided={"remedy": "compensation", "amount": 300}))
    assert INVARIANTS[12].broken_in(shop) == []


def test_the_breaches_of_one_case_can_be_asked_for():
    shop, row = BREACHES[12]
    assert broken_rules(shop, row)["rule"].to_list() == ["free_of_charge"]
    assert broken_rules(shop, "CL-2").empty


def test_an_empty_shop_breaks_no_rule():
    assert broken_rules(small_shop()).empty


def test_a_closed_case_of_a_shop_with_an_order_twice_is_judged_all_the_same():
    again = OrderEvent(event_id="OE-2", order_id="O-1", event="paid", at="2026-03-01T10:05")
    shop = kept_shop(orders=[ORDER, ORDER], events=[again], products=[KETTLE])
    assert isinstance(broken_rules(shop), pd.DataFrame)
