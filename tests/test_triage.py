"""Triage on evidence made by hand: golden cases, gates, and four properties."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailkit.records import kinds, table
from retailkit.triage import RULES, Disposition, Evidence, Level, explain, triage

ANSWERS = (True, False, None)
SOLD = {"sale_needed": True, "sale_found": True, "proof_offered": True}
ASKS = {**SOLD, "asks_for_something": True}

GOLDEN = {
    "1 a heater sparks, no receipt": (
        {"hazard": True, "sale_needed": True, "sale_found": None, "proof_offered": False},
        "serious",
        "act",
    ),
    "2 a television dead in month 20, in Spain": (
        {**ASKS, "in_guarantee": True, "in_presumption": True, "market": "ES"},
        "middle",
        "act",
    ),
    "3 the same in month 30": (
        {**ASKS, "in_guarantee": True, "in_presumption": False, "market": "ES"},
        "middle",
        "act",
    ),
    "4 a scratched mug for 4 euro": ({**ASKS, "amount": 4}, "lower", "act"),
    "5 the staff were cold, nothing is asked": (
        {"sale_needed": False, "asks_for_something": False},
        "lower",
        "no_action",
    ),
    "6 the same for the third time": (
        {"sale_needed": False, "asks_for_something": False, "repeated": True},
        "middle",
        "act",
    ),
    "7 a product never sold, asked for proof in vain": (
        {
            "sale_needed": True,
            "sale_found": False,
            "proof_offered": False,
            "proof_request_unanswered": True,
            "asks_for_something": True,
        },
        "lower",
        "unfounded_imaginary",
    ),
    "8 not delivered, but signed for by the customer": (
        {**ASKS, "contradicted": True},
        "lower",
        "unfounded_false",
    ),
    "9 signed for by a neighbour": (
        {**ASKS, "contradicted": False, "promise_broken": True},
        "middle",
        "act",
    ),
    "10 it happened before it was bought": (
        {**ASKS, "dates_impossible": True},
        "lower",
        "ask_information",
    ),
    "11 told on the web and at the desk": ({**ASKS, "duplicate": True}, "lower", "no_action"),
    "12 a hearing aid is defective, 60 euro": (
        {**ASKS, "vulnerable": True, "essential": True, "amount": 60},
        "serious",
        "act",
    ),
    "16 the list went to another customer": ({"privacy_breach": True}, "serious", "act"),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_a_golden_case_is_ruled_as_agreed(case):
    facts, level, disposition = GOLDEN[case]
    ruling = triage(Evidence(**facts))
    assert (ruling.level, ruling.disposition) == (level, disposition)


def test_the_burden_is_the_shops_while_a_fault_is_presumed_and_the_customers_after():
    for presumed, bearer in ((True, "shop"), (False, "customer")):
        ruling = triage(Evidence(**ASKS, in_guarantee=True, in_presumption=presumed))
        assert f"The burden of proof is on the {bearer}" in repr(ruling)


def rulings_of(*names, **fixed):
    """A ruling for every combination of yes, no and not known of the facts named."""
    for values in itertools.product(ANSWERS, repeat=len(names)):
        facts = dict(zip(names, values, strict=True))
        yield facts, triage(Evidence(**{**fixed, **facts}))


def test_gate_0_any_risk_to_people_comes_first():
    doubtful = {"contradicted": True, "withdrawn": True, "dates_impossible": True}
    for facts, ruling in rulings_of("hazard", "privacy_breach", "discrimination", **doubtful):
        at_risk = True in facts.values()
        assert (ruling.level == "serious" and ruling.disposition == "act") == at_risk


def test_gate_1_what_is_settled_needs_no_action():
    for facts, ruling in rulings_of("withdrawn", "duplicate", "already_remedied", **ASKS):
        assert ruling.disposition == ("no_action" if True in facts.values() else "act")


def test_gate_2_no_sale_is_asked_about_once_and_then_imaginary():
    names = ("sale_needed", "sale_found", "proof_offered", "proof_request_unanswered")
    for facts, ruling in rulings_of(*names, asks_for_something=True):
        needed, found, proof, unanswered = facts.values()
        if needed is False or found or proof:
            expected = "act"
        elif None in (needed, found, proof) or not unanswered:
            expected = "ask_information"
        else:
            expected = "unfounded_imaginary"
        assert ruling.disposition == expected, facts


def test_gates_3_and_4_a_record_decides_and_dates_only_ask():
    for facts, ruling in rulings_of("contradicted", "dates_impossible", **ASKS):
        if facts["contradicted"]:
            expected = "unfounded_false"
        else:
            expected = "ask_information" if facts["dates_impossible"] else "act"
        assert ruling.disposition == expected, facts


def test_gate_5_only_a_first_complaint_that_asks_for_nothing_needs_no_action():
    for facts, ruling in rulings_of("asks_for_something", "repeated", **SOLD):
        asks, repeated = facts.values()
        if asks is None:
            expected = "ask_information"
        else:
            expected = "no_action" if asks is False and repeated is not True else "act"
        assert ruling.disposition == expected, facts


@pytest.mark.parametrize(
    ("first", "second"), [("vulnerable", "essential"), ("repeated", "earlier_late")]
)
def test_some_facts_are_serious_only_together(first, second):
    for facts, ruling in rulings_of(first, second):
        assert (ruling.level == "serious") == (facts[first] is True and facts[second] is True)


@pytest.mark.parametrize("fact", ["clock_breached"])
def test_one_fact_alone_is_serious(fact):
    assert [ruling.level for _, ruling in rulings_of(fact)] == ["serious", "lower", "lower"]


@pytest.mark.parametrize(
    "fact", ["in_guarantee", "repeated", "vulnerable", "essential", "promise_broken"]
)
def test_one_fact_alone_is_middle(fact):
    assert [ruling.level for _, ruling in rulings_of(fact)] == ["middle", "lower", "lower"]


@pytest.mark.parametrize(
    ("amount", "level"),
    [(None, "lower"), (59.99, "lower"), (60, "middle"), (599.99, "middle"), (600, "serious")],
)
def test_the_amount_is_held_against_the_markets_limits(amount, level):
    assert triage(Evidence(amount=amount, market="ES")).level == level


@pytest.mark.parametrize(("customers", "level"), [(None, "lower"), (2, "lower"), (3, "serious")])
def test_a_fault_that_three_customers_share_is_serious(customers, level):
    assert triage(Evidence(same_cause_customers=customers)).level == level


def any_evidence():
    """Evidence of every kind, with amounts around the limits."""
    values = {
        name: st.sampled_from(ANSWERS) for name, kind in kinds(Evidence).items() if kind is bool
    }
    values["amount"] = st.sampled_from([None, 0.0, 59.99, 60.0, 599.99, 600.0, 10_000.0])
    values["same_cause_customers"] = st.sampled_from([None, 1.0, 2.0, 3.0, 9.0])
    values["market"] = st.sampled_from(["generic", "ES"])
    return st.builds(Evidence, **values)


def many_evidences():
    return st.lists(any_evidence(), min_size=1, max_size=60)


@given(many_evidences())
def test_every_case_gets_exactly_one_level_and_one_disposition(cases):
    rulings = triage(table(cases, Evidence))
    assert rulings["level"].isin([str(level) for level in Level]).all()
    assert rulings["disposition"].isin([str(word) for word in Disposition]).all()


@given(many_evidences())
def test_a_table_is_ruled_like_its_cases_one_by_one(cases):
    rulings = triage(table(cases, Evidence))
    for row, case in zip(rulings.itertuples(), cases[:5], strict=False):
        alone = triage(case)
        assert (alone.level, alone.disposition) == (row.level, row.disposition)


@given(many_evidences())
def test_every_ruling_but_the_last_resort_rests_on_a_fact(cases):
    facts = table(cases, Evidence)
    looks_at = {rule.name: list(rule.looks_at) for rule in RULES}
    for row, case in zip(triage(facts).itertuples(), cases, strict=True):
        for rule, word in ((row.level_rule, row.level), (row.disposition_rule, row.disposition)):
            seen = [getattr(case, name) for name in looks_at[rule]]
            if word == "ask_information":
                assert seen
            elif not rule.startswith("otherwise"):
                assert any(value is not None for value in seen)


WORSE = [
    "hazard",
    "privacy_breach",
    "discrimination",
    "repeated",
    "earlier_late",
    "clock_breached",
    "vulnerable",
    "essential",
    "in_guarantee",
    "promise_broken",
]


@given(many_evidences(), st.sampled_from(WORSE))
def test_making_a_fact_worse_never_lowers_the_level(cases, fact):
    order = {"lower": 0, "middle": 1, "serious": 2}
    facts = table(cases, Evidence)
    ranks = [
        triage(facts.assign(**{fact: pd.array([value] * len(facts), "boolean")}))["level"].map(
            order
        )
        for value in (False, None, True)
    ]
    assert (ranks[0] <= ranks[1]).all()
    assert (ranks[1] <= ranks[2]).all()


@given(many_evidences())
def test_what_is_not_known_never_makes_a_case_unfounded(cases):
    unknown = ["sale_needed", "sale_found", "proof_offered", "contradicted", "dates_impossible"]
    facts = table(cases, Evidence)
    facts[unknown] = pd.NA
    assert (
        not triage(facts.astype(table([], Evidence).dtypes.to_dict()))["disposition"]
        .str.startswith("unfounded")
        .any()
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_looks_at_what_it_says_and_at_nothing_else(rule):
    looked_at = set()

    class Watched(pd.DataFrame):
        def __getattr__(self, name):
            looked_at.update({name} & set(kinds(Evidence)))
            return super().__getattr__(name)

    rule.test(Watched(table([Evidence()], Evidence)))
    assert looked_at - {"market"} == set(rule.looks_at) - {"market"}


def test_rules_have_names_of_their_own():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_triage_never_sees_who_the_customer_is():
    assert not {"value", "segment", "age", "gender", "nationality"} & set(kinds(Evidence))


def test_a_table_without_a_fact_is_refused_by_name():
    facts = table([Evidence()], Evidence).rename(columns={"hazard": "hazzard"})
    with pytest.raises(ValueError, match=r"no column 'hazard'.*Did you mean 'hazzard'\?"):
        triage(facts)


def test_an_unknown_market_is_refused_by_name():
    with pytest.raises(ValueError, match="'SE' is not a market"):
        Evidence(market="SE")


def test_the_index_of_the_facts_is_kept():
    facts = table([Evidence(), Evidence(hazard=True)], Evidence).set_axis(["CL-b", "CL-a"])
    assert list(triage(facts).index) == ["CL-b", "CL-a"]


def test_a_ruling_leaves_its_facts_alone():
    facts = table([Evidence(hazard=True)], Evidence)
    before = facts.copy()
    triage(facts)
    pd.testing.assert_frame_equal(facts, before)


def test_an_explanation_names_the_rule_the_fact_and_what_would_change_it():
    sentences = explain(Evidence(**ASKS, amount=4))
    assert sentences[0].startswith("Level lower, by the rule otherwise_lower")
    assert any(sentence.startswith("It would be serious if hazard") for sentence in sentences)


def test_what_an_explanation_says_would_change_a_ruling_does_change_it():
    case = {**ASKS, "amount": 4}
    (sentence,) = [s for s in explain(Evidence(**case)) if s.startswith("It would be no_action")]
    for fact in ("withdrawn", "duplicate", "already_remedied"):
        assert fact in sentence
        assert triage(Evidence(**case, **{fact: True})).disposition == "no_action"


def test_an_explanation_says_what_is_to_be_asked():
    assert "Not known, and needed to go on: sale_needed, sale_found and proof_offered." in explain(
        Evidence()
    )


def test_an_explanation_names_other_unknowns_that_could_matter():
    (sentence,) = [s for s in explain(Evidence(**ASKS)) if "could change the ruling" in s]
    assert "hazard" in sentence
    assert "sale_found" not in sentence


def test_a_row_of_a_table_is_explained_like_the_case_itself():
    case = Evidence(**ASKS, amount=700)
    assert explain(table([case], Evidence).iloc[0]) == explain(case)
