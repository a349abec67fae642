"""The nine principles and the audit: what it finds, cannot know, and never reads."""

import dataclasses
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from small_shop import claim, small_shop, step
from statsmodels.stats.contingency_tables import StratifiedTable
from sweeps import mostly_slow, one_in, slow

import retailkit as rk
from retailkit.claims import Message
from retailkit.generate import FAULTS, make_shop
from retailkit.principles import PRINCIPLES, Source, Verdict, Visit, principle
from retailkit.principles.alike import outcome_gaps, risk_difference
from retailkit.principles.audit import audit, cases_showing, indicators, over_time, overall
from retailkit.principles.book import CaseBook, some_cases
from retailkit.principles.on_records import WRONG
from retailkit.principles.standards import enough_for, found, interval
from retailkit.procedure import Procedure


@pytest.fixture(scope="module")
def clean():
    return make_shop(seed=41, customers=4000, market="ES", faults={})


@pytest.fixture(scope="module")
def report(clean):
    return audit(clean)


# ---- the principles ----


def test_there_are_nine_principles_in_the_order_of_the_class_notes():
    assert [one.letter for one in PRINCIPLES] == list("ABCDEFGHI")
    assert [one.name for one in PRINCIPLES][:3] == [
        "visibility",
        "accessibility",
        "diligent response",
    ]


def test_every_principle_is_named_in_three_languages_and_defined():
    for one in PRINCIPLES:
        assert one.name.isascii()
        assert all("\u0900" <= sign <= "\u097f" or sign in " -" for sign in one.hindi)
        assert one.spanish
        assert one.definition.endswith(".")
        assert one.iso_10002.startswith("4.")


def test_every_indicator_has_a_standard_with_its_reason():
    for one in PRINCIPLES:
        assert {each.source for each in one.indicators} >= {Source.RECORDS, Source.VISIT}
        for each in one.indicators:
            assert 0 <= each.tolerated < 1
            assert each.why.endswith(".")


def test_a_wrong_letter_is_told_what_there_is():
    with pytest.raises(ValueError, match="'X' is not a principle. Choose visibility"):
        principle("X")


# ---- the standards ----


@given(st.integers(1, 500), st.floats(0, 1))
def test_an_interval_holds_what_was_counted(n, share):
    count = round(share * n)
    for exact in (True, False):
        low, high = interval(count, n, tolerates_nothing=exact)
        assert 0 <= low <= count / n <= high <= 1


@pytest.mark.parametrize("p", [0.02, 0.1, 0.4])
def test_the_intervals_hold_the_true_share_as_often_as_they_say(p):
    n, counts = 400, range(401)
    weights = binom.pmf(list(counts), n, p)
    for exact, least in ((True, 0.95), (False, 0.935)):
        held = [
            lo <= p <= hi for lo, hi in (interval(k, n, tolerates_nothing=exact) for k in counts)
        ]
        assert (weights * held).sum() >= least


def test_one_slip_breaks_what_tolerates_nothing():
    wrong = pd.Series([True] + [False] * 500, dtype="boolean")
    assert found(principle("E").headline, wrong).verdict == Verdict.BROKEN


def test_nothing_found_in_a_few_cases_is_not_enough():
    headline = principle("E").headline
    few = pd.Series([False] * (enough_for(headline) - 1), dtype="boolean")
    assert found(headline, few).verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert "59 cases without a slip would be enough; there are 58" in found(headline, few).needed


@pytest.mark.parametrize("letter", "ABCDEFGHI")
def test_as_many_as_are_said_to_be_enough_are_enough(letter):
    headline = principle(letter).headline
    wrong = pd.Series([False] * enough_for(headline), dtype="boolean")
    assert found(headline, wrong).verdict == Verdict.KEPT
    assert found(headline, wrong[1:]).verdict == Verdict.NOT_ENOUGH_EVIDENCE


def test_what_is_not_known_counts_for_nothing():
    wrong = pd.Series([True, False, None, None], dtype="boolean")
    one = found(principle("C").headline, wrong)
    assert (one.n, one.value) == (2, 0.5)


# ---- the audit ----


def test_a_shop_without_faults_keeps_all_nine(report):
    assert list(report.index) == list("ABCDEFGHI")
    assert set(report["verdict"]) == {"kept"}
    assert repr(overall(report)) == "All nine principles are kept."


@pytest.mark.parametrize("market", mostly_slow(["IN", "GB", "ES-AN", "generic"], 1))
def test_no_market_breaks_a_principle_by_itself(market):
    shop = make_shop(seed=43, customers=2000, market=market, faults={})
    assert "broken" not in set(audit(shop)["verdict"])


BREAKS = {name: one.breaks for name, one in FAULTS.items() if len(one.breaks) == 1}
ONE_EACH = [*{letter: name for name, letter in BREAKS.items()}.values()]
"""A fault for every principle."""


@pytest.mark.parametrize(
    "fault", [*one_in(8, ONE_EACH), *map(slow, sorted(BREAKS.keys() - ONE_EACH))]
)
def test_each_planted_fault_breaks_its_own_principle_alone(fault):
    # who is favoured shows among like claims only, and that takes more of them
    customers = 15_000 if fault == "favours_best_customers" else 4000
    share = FAULTS[fault].default
    report = audit(make_shop(seed=42, customers=customers, faults={fault: share}))
    broken = list(report.index[report["verdict"] == "broken"])
    assert broken == [FAULTS[fault].breaks]


def test_the_cases_that_show_a_fault_are_those_in_which_it_was_planted():
    shop = make_shop(seed=44, customers=3000, faults={"fee_charged": 0.1})
    planted = rk.generate.planted_faults(shop)
    rows = set(planted.loc[planted["cause"] == "planted", "row"])
    shown = cases_showing(audit(shop), "E")["claim_id"]
    assert {number.replace("CL-", "CS-") + "-1" for number in shown} == rows


def test_the_weakest_principle_gives_the_word_and_not_the_mean():
    whole = overall(audit(make_shop(seed=42, customers=1000, faults={"fee_charged": 0.1})))
    assert whole.verdict == Verdict.BROKEN
    assert whole.principles == ("E",)


def test_the_audit_reads_neither_the_origin_nor_the_planted_list(clean):
    faulty = make_shop(seed=42, customers=1500, faults={"cause_not_noted": 0.4})
    brought = replace(faulty, origin=None, seed=0)
    pd.testing.assert_frame_equal(audit(faulty), audit(brought))


def test_the_order_of_rows_changes_nothing(clean, report):
    mixed = {name: table.sample(frac=1, random_state=1) for name, table in clean.tables.items()}
    other = audit(replace(clean, tables=mixed))
    pd.testing.assert_frame_equal(report.drop(columns="because"), other.drop(columns="because"))


def test_a_published_fee_breaks_costs_though_nobody_has_paid(clean):
    assert audit(clean, procedure=Procedure(fee=2)).loc["E", "verdict"] == "broken"


def test_the_records_are_held_against_the_promise_that_is_given(clean):
    strict = audit(clean, procedure=Procedure(answer_within_days=3))
    assert "late_answer" in set(cases_showing(strict, "C")["indicator"])
    assert strict.loc["C", "verdict"] == "broken"


def test_every_indicator_can_be_seen_with_its_standard(report):
    table = indicators(report)
    assert len(table) == sum(len(one.indicators) for one in PRINCIPLES)
    assert table.loc[("E", "charged"), "standard"] == "nothing is tolerated"


def test_only_what_an_audit_gave_has_indicators(report):
    with pytest.raises(ValueError, match="does not come from an audit"):
        indicators(pd.DataFrame(report.to_dict()))


def test_a_quarter_is_judged_by_the_cases_that_came_in_then(clean):
    quarters = over_time(clean, "C")
    assert quarters["n"].sum() == audit(clean).loc["C", "n"]
    assert quarters.index.is_monotonic_increasing


# ---- missing evidence ----


def test_a_shop_without_claims_is_neither_kept_nor_broken():
    report = audit(small_shop())
    assert set(report["verdict"]) == {"not_enough_evidence"}
    assert report[["value", "low", "high"]].isna().all(axis=None)
    assert repr(overall(report)) == "Not enough evidence yet on any principle."


def test_one_claim_is_not_enough_and_the_audit_says_what_would_be():
    report = audit(small_shop(claim(), steps=[step("CL-1", "received", "2026-04-01T09:00", fee=0)]))
    assert set(report["verdict"]) == {"not_enough_evidence"}
    assert report["because"].str.contains("Needed: .*(?:would be enough|would tell)").all()


def test_claims_of_which_nothing_is_known_say_nothing(clean):
    tables = {name: table.iloc[:200].copy() for name, table in clean.tables.items()}
    for table in tables.values():
        for column in table.columns[1:]:
            table[column] = pd.Series(pd.NA, index=table.index).astype(table[column].dtype)
    unknown = audit(replace(clean, tables=tables))
    assert set(unknown["verdict"]) == {"not_enough_evidence"}


def test_an_open_case_is_neither_late_nor_in_time_until_its_day():
    shop = small_shop(claim(), steps=[step("CL-1", "received", "2026-04-01T09:00")])
    later = replace(shop, today=pd.Timestamp("2026-04-30").date())
    assert WRONG["late_answer"](CaseBook(shop)).isna().all()
    assert WRONG["late_answer"](CaseBook(later)).all()


def test_a_case_taken_back_needed_no_answer():
    steps = [
        step("CL-1", "received", "2026-04-01T09:00"),
        step("CL-1", "withdrawn", "2026-04-02T09:00"),
    ]
    shop = small_shop(claim(), steps=steps, today="2026-05-30")
    assert WRONG["late_answer"](CaseBook(shop)).isna().all()


def test_a_letter_in_another_language_is_seen():
    letter = Message(message_id="M-1", claim_id="CL-1", direction="out", language="en", text="Hi")
    book = CaseBook(small_shop(claim(language="hi"), messages=[letter]))
    assert WRONG["wrong_language"](book).to_list() == [True]


# ---- like cases ----


def test_the_difference_over_strata_is_that_of_one_table_where_there_is_one():
    gap, error = risk_difference(*[np.array([n]) for n in (30.0, 100.0, 10.0, 200.0)])
    assert gap == pytest.approx(0.25)
    assert error == pytest.approx(np.sqrt(0.3 * 0.7 / 100 + 0.05 * 0.95 / 200), rel=0.02)


def test_a_gap_that_a_third_thing_explains_is_none():
    # one group brings mostly what is mostly refused; within each kind all end alike
    gap, _ = risk_difference(
        *map(np.array, ([80.0, 2.0], [160.0, 20.0], [10.0, 16.0], [20.0, 160.0]))
    )
    assert gap == pytest.approx(0)


def test_the_gap_has_the_sign_of_the_pooled_odds_ratio():
    x1, n1, x0, n0 = map(np.array, ([30.0, 12.0], [100.0, 90.0], [10.0, 5.0], [80.0, 70.0]))
    tables = StratifiedTable(np.array([[x1, n1 - x1], [x0, n0 - x0]]))
    assert (risk_difference(x1, n1, x0, n0)[0] > 0) == (tables.oddsratio_pooled > 1)


def test_looking_at_many_groups_is_corrected_for(clean):
    gaps = outcome_gaps(clean)
    assert (gaps["holm"] >= gaps["p"]).all()
    assert (gaps["low"] <= gaps["gap"]).all()
    assert gaps.index.get_level_values("factor").nunique() == 5


def test_a_large_book_is_read_for_whole_customers(clean, monkeypatch):
    monkeypatch.setattr("retailkit.principles.book.READ_AT_MOST", 100)
    some = some_cases(clean)
    mine = clean.claims[clean.claims["customer_id"].isin(some.claims["customer_id"].dropna())]
    assert 50 < len(some.claims) < 150
    assert set(mine["claim_id"]) <= set(some.claims["claim_id"])
    assert set(audit(clean)["verdict"]) == {"kept"}


# ---- a mystery shopper ----


def good_visit(**other):
    usual = {
        "on": "2026-06-01", "story": "mug", "sign_found": True, "told_unasked": True,
        "form_given": True, "help_offered": True, "reference_given": True,
        "told_remedy": "replacement", "asked_to_pay": False, "others_seen": False,
        "listened": True, "owner_named": True, "asked_what_would_help": True,
    }  # fmt: skip
    return Visit(**{**usual, **other})


@pytest.mark.parametrize(
    ("answer", "letter"),
    mostly_slow(
        [({"asked_to_pay": True}, "E"), ({"others_seen": True}, "F"), ({"form_given": False}, "B")],
        1,
    ),
)
def test_one_bad_visit_breaks_what_tolerates_nothing(report, clean, answer, letter):
    visited = audit(clean, visits=[good_visit(), good_visit(**answer)])
    assert list(visited.index[visited["verdict"] == "broken"]) == [letter]


def test_good_visits_break_nothing_and_prove_nothing(clean):
    visited = audit(clean, visits=[good_visit()] * 3)
    assert set(visited["verdict"]) == {"kept"}
    table = indicators(visited)
    assert set(table.loc[table["source"] == "visit", "verdict"]) == {"not_enough_evidence"}


def test_a_sheet_with_half_its_answers_is_read_for_those(clean):
    half = Visit(on="2026-06-01", asked_to_pay=True)
    table = indicators(audit(clean, visits=[half]))
    assert table.loc[("E", "asked_to_pay"), "verdict"] == "broken"
    assert table.loc[("G", "not_listened"), "n"] == 0


def test_the_same_story_must_get_the_same_answer(clean):
    visits = [
        good_visit(story=f"s{n}", told_remedy=r) for n in range(20) for r in ("repair", "refund")
    ]
    table = indicators(audit(clean, visits=visits))
    assert table.loc[("D", "unlike_answers"), "verdict"] == "broken"


def test_what_is_no_visit_is_told_so(clean):
    with pytest.raises(ValueError, match="is not a visit"):
        audit(clean, visits=["nice shop"])
    with pytest.raises(ValueError, match="The table of visits has no column"):
        audit(clean, visits=pd.DataFrame({"sign_found": [True]}))


# ---- improvement ----


def test_causes_come_with_the_most_frequent_first(clean):
    table = rk.causes(clean)
    assert table["cases"].is_monotonic_decreasing
    assert table["so_far"].iloc[-1] == pytest.approx(1)


def test_cases_without_a_cause_stand_last_however_many():
    shop = make_shop(seed=42, customers=2000, faults={"cause_not_noted": 0.9})
    assert rk.causes(shop).index[-1] == "not noted"


def test_a_cause_that_stops_after_its_action_is_seen_to_stop(clean):
    claims = clean.claims
    done = pd.Timestamp("2025-06-01")
    of_carrier = claims["reason"].isin(["late", "not_delivered"])
    better = claims[~(of_carrier & (claims["received_at"] >= done))]
    shop = replace(clean, tables={**clean.tables, "claims": better})
    action = rk.CorrectiveAction(cause="the carrier", done_on=done)
    assert rk.recurrence(shop, action).high < 1
    assert rk.recurrence(clean, action).high > 1


def test_an_action_of_yesterday_has_not_enough_evidence(clean):
    action = rk.CorrectiveAction(cause="the carrier", done_on="2026-06-29")
    assert rk.recurrence(clean, action).ratio is None
    assert "Not enough evidence" in repr(rk.recurrence(clean, action))


def test_recurrence_needs_a_known_cause_and_a_day(clean):
    with pytest.raises(ValueError, match="Did you mean 'the carrier'"):
        rk.recurrence(clean, rk.CorrectiveAction(cause="the carier", done_on="2026-01-01"))
    with pytest.raises(ValueError, match="not done yet"):
        rk.recurrence(clean, rk.CorrectiveAction(cause="the carrier"))


def test_an_action_is_overdue_after_its_day():
    action = rk.CorrectiveAction(cause="c", action="a", owner="Ana", due_on="2026-03-01")
    assert action.overdue(pd.Timestamp("2026-03-02").date())
    assert not dataclasses.replace(action, done_on="2026-03-05").overdue(pd.Timestamp.max.date())


# ---- a shop and its twin ----


@pytest.mark.slow
def test_a_fee_in_the_twin_breaks_costs_and_content(clean):
    twin = rk.compare(clean, procedure=replace(clean.procedure, fee=3))
    assert twin.principles.loc["E", ["verdict_before", "verdict_after"]].to_list() == [
        "kept",
        "broken",
    ]
    assert twin.effects.loc["fees paid by customers", "change"] > 0
    assert twin.effects.loc["satisfaction with handling (1 to 5)", "change"] < 0
    assert twin.cases.empty


@pytest.mark.slow
def test_the_cases_that_ended_differently_are_listed(clean):
    twin = rk.compare(clean, faults={"favours_best_customers": 0.35})
    assert (twin.cases["outcome_before"] != twin.cases["outcome_after"]).all()
    assert set(twin.cases["outcome_after"]) == {"refused"}


@pytest.mark.slow
def test_a_twin_with_nothing_changed_differs_in_nothing(clean):
    twin = rk.compare(clean, procedure=clean.procedure)
    assert twin.cases.empty
    assert twin.effects["change"].dropna().eq(0).all()


@pytest.mark.slow
def test_what_is_mended_is_kept_in_the_twin_and_the_rest_stays():
    faults = {"fee_charged": 0.1, "cause_not_noted": 0.4}
    twin = rk.compare(rk.make_shop(seed=7, customers=3000, faults=faults), mended="fee_charged")
    after = twin.principles["verdict_after"]
    assert (after["E"], after["I"]) == ("kept", "broken")


@pytest.mark.slow
def test_who_mends_what_does_not_go_wrong_gets_the_same_shop(clean):
    twin = rk.compare(clean, mended="fee_charged")
    assert twin.effects["change"].dropna().eq(0).all()


def test_a_fault_that_nobody_knows_cannot_be_mended(clean):
    with pytest.raises(ValueError, match="'fee' is not a fault"):
        rk.compare(clean, mended="fee")


def test_a_shop_of_which_the_making_is_not_known_has_no_twin(clean):
    with pytest.raises(ValueError, match="It is not known how this shop was made"):
        rk.compare(replace(clean, origin=None), procedure=Procedure(fee=1))
    with pytest.raises(ValueError, match="Nothing is changed"):
        rk.compare(clean)
    with pytest.raises(ValueError, match="'slow' is not a procedure"):
        rk.compare(clean, procedure="slow")


# ---- a standard tried out by hand ----


@pytest.mark.parametrize(
    ("wrong", "of", "tolerated", "said"),
    [
        (3, 40, 0.05, "not_enough_evidence"),
        (75, 1000, 0.05, "broken"),
        (1, 1000, 0.05, "kept"),
        (1, 1000, 0, "broken"),
        (0, 20, 0, "not_enough_evidence"),
    ],
)
def test_the_interval_against_the_standard_gives_the_verdict(wrong, of, tolerated, said):
    assert rk.verdict(wrong=wrong, of=of, tolerated=tolerated).verdict == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((41, 40, 0.05), "41 of 40 cases cannot have gone wrong"),
        ((0, 0, 0.05), "0 of 0 cases cannot have gone wrong"),
        ((1, 40, 5), "tolerated: 5 is not a share"),
        (("one", 40, 0.05), "wrong: 'one' is not a whole number"),
    ],
)
def test_counts_that_cannot_be_are_told_why(counts, said):
    with pytest.raises(ValueError, match=said):
        rk.verdict(*counts)


def test_the_principles_show_themselves_one_to_a_line():
    lines = repr(rk.PRINCIPLES).splitlines()
    assert [line[0] for line in lines] == list("ABCDEFGHI")
    assert rk.PRINCIPLES._repr_html_().count("<br>") == 8
