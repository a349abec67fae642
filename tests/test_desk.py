"""The desk: a case goes its way step by step, and what may not happen is told in a sentence."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from small_shop import claim, delivered, small_shop, step

from retailkit.claims import Claim
from retailkit.desk import case_of, may_follow, open_case, worklist
from retailkit.procedure import Procedure

START = datetime.fromisoformat("2026-04-01T09:00")


def opened(**fields):
    about = {"market": "ES", "at": START, "heard_by": "S-1"}
    about |= {name: fields.pop(name) for name in ("market", "paid", "presumed") if name in fields}
    return open_case(claim(**fields), **about)


def go(case, *verbs):
    """The case after these steps, an hour apart."""
    for verb in verbs:
        at = case.steps[-1].at + timedelta(hours=1)
        case = TAKE[verb](case, at)
    return case


TAKE = {
    "acknowledge": lambda case, at: case.acknowledge(at=at, by="S-1"),
    "assess": lambda case, at: case.assess(at=at, by="S-1"),
    "ask": lambda case, at: case.ask(at=at, by="S-1"),
    "receive": lambda case, at: case.receive_information(at=at, by="S-1"),
    "investigate": lambda case, at: case.investigate(at=at, by="S-2"),
    "act": lambda case, at: case.act(at=at, by="S-1", remedy="apology"),
    "decide": lambda case, at: case.decide(
        at=at, by=f"S-{10 + len(case.deciders())}", outcome="accepted", reasons="It leaks."
    ),
    "tell": lambda case, at: case.tell(at=at, by="S-1"),
    "close": lambda case, at: case.close(at=at, by="S-1"),
    "withdraw": lambda case, at: case.withdraw(at=at, by="S-1"),
    "hand_over": lambda case, at: case.hand_over(at=at, to="S-4"),
    "ask_review": lambda case, at: case.ask_review(at=at, by="S-9"),
    "escalate": lambda case, at: case.escalate(at=at, by="S-1"),
    "reopen": lambda case, at: case.reopen(at=at, by="S-1", note="It broke again."),
}

ALWAYS = {"withdraw": "withdrawn", "escalate": "external"}
WORK = {
    "ask": "awaiting_information",
    "investigate": "investigating",
    "act": "investigating",
    "decide": "decided",
}
MODEL = {
    "received": {"acknowledge": "acknowledged", "hand_over": "received", **ALWAYS},
    "acknowledged": {"assess": "assessed", "hand_over": "acknowledged", **ALWAYS},
    "assessed": {**WORK, "hand_over": "assessed", **ALWAYS},
    "awaiting_information": {
        "receive": "investigating",
        "decide": "decided",
        "hand_over": "awaiting_information",
        **ALWAYS,
    },
    "investigating": {**WORK, "hand_over": "investigating", **ALWAYS},
    "decided": {"act": "decided", "tell": "communicated", "hand_over": "decided", **ALWAYS},
    "communicated": {
        "act": "communicated",
        "close": "closed",
        "ask_review": "internal_review",
        "hand_over": "communicated",
        **ALWAYS,
    },
    "internal_review": {
        "investigate": "internal_review",
        "decide": "decided",
        "hand_over": "internal_review",
        **ALWAYS,
    },
    "external": {"decide": "decided", "close": "closed", "hand_over": "external", **ALWAYS},
    "reopened": {**WORK, "hand_over": "reopened", **ALWAYS},
    "closed": {"reopen": "reopened", "escalate": "external"},
    "withdrawn": {"reopen": "reopened"},
}
"""Where each step leads from where, written down once more by hand."""


class Desk(RuleBasedStateMachine):
    calls = 0
    seen: ClassVar[set[str]] = set()

    @initialize()
    def begin(self):
        self.case, self.status = opened(), "received"

    @rule(verbs=st.lists(st.sampled_from(sorted(TAKE)), min_size=20, max_size=20))
    def take(self, verbs):
        for verb in verbs:
            self.one(verb)

    def one(self, verb):
        type(self).calls += 1
        before = self.case
        at = before.steps[-1].at + timedelta(minutes=5)
        expected = MODEL[self.status].get(verb)
        if expected is None:
            with pytest.raises(ValueError, match=r"cannot be its next step.*What may come next"):
                TAKE[verb](before, at)
            return
        self.case, self.status = TAKE[verb](before, at), expected
        self.seen.add(expected)
        assert self.case.status == self.case.claim.status == expected
        assert self.case.steps[:-1] == before.steps
        assert self.case.open == (expected not in ("closed", "withdrawn"))


def test_the_desk_does_what_a_plain_dictionary_says():
    Desk.calls = 0
    wanted = settings(max_examples=60, stateful_step_count=20, deadline=None, derandomize=True)
    run_state_machine_as_test(Desk, settings=wanted)
    assert Desk.calls >= 10_000
    assert set(MODEL) == Desk.seen


@pytest.mark.parametrize("status", MODEL)
def test_from_everywhere_there_is_a_way_on(status):
    assert len(may_follow(status)) == len(MODEL[status])


def test_a_case_from_start_to_finish():
    case = go(opened(), "acknowledge", "assess", "ask", "receive", "act", "decide", "tell", "close")
    assert case.status == "closed"
    assert [taken.step_id for taken in case.steps[:2]] == ["CS-1-1", "CS-1-2"]
    assert not case.open


def test_a_case_is_never_closed_before_the_customer_is_told():
    with pytest.raises(ValueError, match=r"rule 16: .*What may come next: acknowledged, withdrawn"):
        opened().close(at="2026-04-01T10:00", by="S-1")


def test_a_case_is_not_closed_twice():
    closed = go(opened(), "acknowledge", "assess", "decide", "tell", "close")
    with pytest.raises(ValueError, match=r"The case is closed, so 'closed' cannot be its next"):
        closed.close(at="2026-05-01T10:00", by="S-1")


def test_a_step_before_the_last_one_is_refused():
    with pytest.raises(ValueError, match="lies before the last step"):
        opened().acknowledge(at="2026-03-31T10:00", by="S-1")


def test_nobody_decides_about_themselves():
    case = go(opened(about_staff="S-3", reason="staff_treatment"), "acknowledge", "assess")
    with pytest.raises(ValueError, match=r"S-3 cannot decide: the case is about S-3 \(rule 7\)"):
        case.decide(at="2026-04-02T10:00", by="S-3", outcome="accepted", reasons="So it was.")


def test_a_review_is_done_by_somebody_else():
    told = go(opened(), "acknowledge", "assess", "decide", "tell")
    with pytest.raises(ValueError, match=r"S-10 has decided in this case before \(rule 7"):
        told.ask_review(at="2026-04-02T10:00", by="S-10")
    review = told.ask_review(at="2026-04-02T10:00", by="S-9")
    assert review.owner == "S-9"
    with pytest.raises(ValueError, match="S-10 has decided in this case before"):
        review.decide(at="2026-04-03T10:00", by="S-10", outcome="accepted", reasons="Again.")


def test_a_case_has_one_owner_at_every_moment():
    case = go(opened(), "acknowledge")
    assert case.owner == "S-1"
    assert go(case, "hand_over").owner == "S-4"
    with pytest.raises(ValueError, match="rule 6"):
        case.hand_over(at="2026-04-02T10:00", to="")


@pytest.mark.parametrize(
    ("changes", "decision", "number"),
    [
        ({}, {"outcome": "refused", "reasons": " "}, 8),
        ({}, {"outcome": "unfounded", "reasons": "We think not."}, 9),
        ({}, {"outcome": "thanked", "reasons": "Noted."}, 10),
        ({"paid": 25.0}, {"outcome": "accepted", "reasons": "It leaks.", "amount": 26}, 13),
        ({"presumed": True}, {"outcome": "refused", "reasons": "No receipt."}, 14),
    ],
)
def test_a_decision_needs_what_it_rests_on(changes, decision, number):
    case = go(opened(**changes), "acknowledge", "assess")
    with pytest.raises(ValueError, match=f"rule {number}"):
        case.decide(at="2026-04-02T10:00", by="S-1", **decision)


def test_a_compensation_may_be_more_than_was_paid():
    case = go(opened(paid=25.0), "acknowledge", "assess")
    decided = case.decide(
        at="2026-04-02T10:00",
        by="S-1",
        outcome="accepted",
        reasons="The floor was ruined.",
        remedy="compensation",
        amount=200,
    )
    assert decided.steps[-1].amount == 200


def test_an_unanswered_request_or_a_record_makes_a_case_unfounded():
    asked = go(opened(), "acknowledge", "assess", "ask")
    decision = {"at": "2026-05-01T10:00", "by": "S-1", "outcome": "unfounded"}
    assert asked.decide(reasons="No reply.", **decision).status == "decided"
    by_record = go(opened(), "acknowledge", "assess").decide(
        reasons="It was handed over.", record="delivery OE-1", **decision
    )
    assert by_record.steps[-1].note == "It was handed over. On record: delivery OE-1"


def test_the_technician_repairs_and_nobody_else():
    case = go(opened(), "acknowledge", "assess")
    with pytest.raises(ValueError, match="rule 21"):
        case.act(at="2026-04-02T10:00", by="S-1", remedy="repair")
    repaired = case.act(at="2026-04-02T10:00", by="S-2", remedy="repair", function="technician")
    assert repaired.status == "investigating"


@pytest.mark.parametrize(
    ("market", "places"),
    [
        ("ES-AN", ["OMIC", "arbitration", "courts"]),
        ("IN", ["1915", "District", "State"]),
        ("GB", ["dispute resolution", "county court", "county court"]),
    ],
)
def test_the_ladder_is_the_places_own_and_leads_upwards(market, places):
    case = go(opened(market=market), "acknowledge")
    for place in places:
        case = go(case, "escalate")
        assert place in case.rung.value


def test_a_place_that_is_not_on_the_ladder_is_told_which_are():
    with pytest.raises(ValueError, match=r"'1915' is no place to turn to in Spain\. Choose 'the m"):
        opened().escalate(at="2026-04-02T10:00", by="S-1", to="1915")
    assert "arbitration" in opened().escalate(at=START, by="S-1", to="Junta Arbitral").rung.value


def test_the_shops_clock_waits_for_the_customer_and_the_laws_does_not():
    case = go(opened(), "acknowledge", "assess", "ask")
    due = case.due
    week_later = case.receive_information(at=START + timedelta(days=7), by="S-1")
    assert week_later.with_the_shop(START + timedelta(days=7, hours=2)) == timedelta(hours=5)
    assert week_later.due == due


def test_the_answer_date_is_the_earlier_of_law_and_promise_and_both_are_known():
    case = open_case(
        claim(), market="ES", procedure=Procedure(answer_within_days=10), at=START, heard_by="S-1"
    )
    assert (case.due.basis, str(case.claim.answer_by)) == ("promise", "2026-04-11")
    assert (case.due.other.basis, str(case.due.other.date)) == ("law", "2026-05-01")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"claim_id": None}, "rule 2"),
        ({"amount": -5}, r"amount: -5 is below zero\. Write the sum without a minus"),
        ({"heard_by": ""}, "rule 6"),
        ({"at": "yesterday"}, "'yesterday' is not a date"),
    ],
)
def test_a_case_that_cannot_begin_says_why(fields, sentence):
    about = {"at": START, "heard_by": "S-1"}
    about |= {name: fields.pop(name) for name in ("at", "heard_by") if name in fields}
    with pytest.raises(ValueError, match=sentence):
        open_case(claim(**fields), **about)


@pytest.mark.parametrize(
    "narrative",
    [
        "x" * 20_000,
        "\u200fהקומקום דולף ואני רוצה את כספי בחזרה",
        "🔥🫖😡 كتري تسرب",
        "{reference} %s \t.",
    ],
    ids=["long", "right-to-left", "emoji", "odd"],
)
def test_what_a_customer_writes_is_kept_letter_by_letter(narrative):
    case = go(opened(narrative=narrative), "acknowledge", "assess")
    assert case.claim.narrative == narrative


def test_a_claim_dated_tomorrow_is_written_down_as_it_is():
    case = opened(event_on="2026-04-02")
    assert str(case.claim.event_on) == "2026-04-02"


def test_an_unknown_reason_is_told_which_there_are():
    with pytest.raises(ValueError, match=r"'broke' is not a reason\. Choose defective"):
        Claim(reason="broke")


def test_a_case_is_taken_up_from_the_tables():
    shop = small_shop(
        claim(heard_by="S-1"),
        steps=[
            step("CL-1", "received", "2026-04-01T09:00", staff_id="S-1"),
            step("CL-1", "acknowledged", "2026-04-01T09:05", staff_id="S-1"),
        ],
        events=(delivered(),),
    )
    case = case_of(shop, "CL-1")
    assert (case.status, case.paid, case.owner) == ("acknowledged", 25, "S-1")
    assert case.assess(at="2026-04-01T10:00", by="S-1").steps[-1].step_id == "CS-1-3"


def test_no_more_is_given_back_in_two_parts_than_was_paid():
    case = replace(go(opened(), "acknowledge", "assess"), paid=50.0)
    half = {"at": START + timedelta(hours=9), "by": "S-1", "remedy": "refund"}
    once = case.act(**half, amount=30)
    with pytest.raises(ValueError, match=r"30\.00 given back before .*\(rule 13\)"):
        once.act(**half, amount=30)
    assert once.act(**half, amount=20).steps[-1].amount == 20


def test_a_sum_in_words_is_told():
    case = go(opened(), "acknowledge", "assess")
    with pytest.raises(ValueError, match="amount"):
        case.act(at=START + timedelta(hours=9), by="S-1", remedy="refund", amount="ten")


def test_rulings_are_not_written_over_what_is_somebodys_own(tmp_path):
    work = worklist(small_shop(claim()))
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="is left alone"):
        work.write(tmp_path)
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "mine"


def test_rulings_replace_earlier_ones_and_stay_out_of_the_data_set(tmp_path):
    work = worklist(small_shop(claim()))
    assert work.write(tmp_path / "rulings") == work.write(tmp_path / "rulings")
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="inside a data set"):
        work.write(tmp_path / "more")


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"at": "2026-04-02T10:00+02:00"}, "has a time zone, and a shop has one clock"),
        ({"amount": "ten"}, "amount: 'ten' is not a number"),
        ({"amount": -1}, "amount: -1.* is below zero"),
        ({"reasons": 5}, "reasons: 5 is not text"),
    ],
)
def test_a_slip_in_a_decision_is_told_in_a_sentence(mistake, sentence):
    case = go(opened(), "acknowledge", "assess")
    usual = {"at": "2026-04-02T10:00", "by": "S-1", "outcome": "accepted", "reasons": "It leaks."}
    with pytest.raises(ValueError, match=sentence):
        case.decide(**{**usual, **mistake})


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("9999-12-31", "the year 9999 cannot be right"),
        ("2026-04-01T09:00Z", "has a time zone"),
    ],
)
def test_a_case_that_cannot_begin_is_told_in_a_sentence(at, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_case(claim(), market="ES", at=at, heard_by="S-1")
