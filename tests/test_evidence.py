"""Evidence: each fact is read from the records, or is not known."""

from dataclasses import replace

import pandas as pd
import pytest
from small_shop import ORDER, claim, delivered, small_shop, step

from retailkit.claims import Claim, Message
from retailkit.orders import WarrantyCard
from retailkit.records import kinds
from retailkit.triage import Evidence, explain, triage
from retailkit.triage.from_records import evidence
from retailkit.triage.sources import seen_in


def fact(name, shop, claim_id="CL-1"):
    """One fact of one case: True, False, a number, or None where it is not known."""
    return getattr(Evidence.from_row(evidence(shop).loc[claim_id]), name)


def test_there_is_one_row_per_case_and_one_column_per_fact():
    facts = evidence(small_shop(claim(), claim(claim_id="CL-2")))
    assert list(facts.index) == ["CL-1", "CL-2"]
    assert facts.index.name == "claim_id"
    assert list(facts.columns) == list(kinds(Evidence))


def test_yes_and_no_are_nullable_and_numbers_too():
    types = evidence(small_shop(claim())).dtypes.astype(str)
    assert types["hazard"] == "boolean"
    assert types["amount"] == "Float64"


def test_the_customers_words_tell_of_a_danger():
    assert fact("hazard", small_shop(claim(narrative="It gave off sparks."))) is True


def test_without_words_nothing_is_known_of_a_danger():
    assert fact("hazard", small_shop(claim(narrative=None))) is None


def test_a_case_about_safety_is_a_danger_whatever_it_says():
    text = "There was a worm in the bread."
    assert fact("hazard", small_shop(claim(reason="safety_or_hygiene", narrative=text))) is True


def test_a_case_about_data_is_a_privacy_matter_whatever_it_says():
    assert fact("privacy_breach", small_shop(claim(reason="privacy", narrative=None))) is True


def test_a_step_tells_that_a_case_was_taken_back():
    shop = small_shop(claim(), steps=[step("CL-1", "withdrawn", "2026-04-02T10:00")])
    assert fact("withdrawn", shop) is True


def test_the_same_matter_told_twice_is_a_duplicate_the_second_time():
    again = claim(claim_id="CL-2", channel="web_form", received_at="2026-04-03T09:00")
    shop = small_shop(claim(channel="desk"), again)
    assert fact("duplicate", shop) is False
    assert fact("duplicate", shop, "CL-2") is True
    assert fact("repeated", shop, "CL-2") is False


@pytest.mark.parametrize("outcome", ["refused", "withdrawn", "unfounded"])
def test_whoever_comes_back_after_a_no_raises_the_matter_anew(outcome):
    again = claim(claim_id="CL-2", received_at="2026-04-20T09:00")
    no = step("CL-1", "decided", "2026-04-10T10:00", outcome=outcome)
    shop = small_shop(claim(), again, steps=[no])
    assert fact("duplicate", shop, "CL-2") is False
    assert fact("repeated", shop, "CL-2") is True


def test_the_same_trouble_on_another_day_is_repeated_and_no_duplicate():
    again = claim(claim_id="CL-2", received_at="2026-05-03T09:00", event_on="2026-05-02")
    shop = small_shop(claim(), again)
    assert fact("duplicate", shop, "CL-2") is False
    assert fact("repeated", shop, "CL-2") is True


def test_of_a_stranger_it_is_not_known_whether_they_came_before():
    assert fact("repeated", small_shop(claim(customer_id=None))) is None


@pytest.mark.parametrize(("answered", "late"), [("2026-04-20", False), ("2026-05-20", True)])
def test_the_earlier_case_was_answered_in_time_or_late(answered, late):
    again = claim(claim_id="CL-2", received_at="2026-06-03T09:00", event_on="2026-06-02")
    told = step("CL-1", "communicated", f"{answered}T10:00")
    assert fact("earlier_late", small_shop(claim(), again, steps=[told]), "CL-2") is late


@pytest.mark.parametrize(("today", "breached"), [("2026-05-01", False), ("2026-05-02", True)])
def test_the_clock_is_breached_the_day_after_the_answer_was_due(today, breached):
    assert fact("clock_breached", small_shop(claim(), today=today)) is breached


def test_an_answer_in_time_stops_the_clock():
    told = step("CL-1", "communicated", "2026-05-01T18:00")
    assert fact("clock_breached", small_shop(claim(), steps=[told], today="2026-06-30")) is False


def test_what_an_earlier_case_put_right_is_remedied_already():
    again = claim(claim_id="CL-2", received_at="2026-04-20T09:00", event_on="2026-03-25")
    done = step("CL-1", "action", "2026-04-10T10:00", remedy="replacement")
    shop = small_shop(claim(), again, steps=[done])
    assert fact("already_remedied", shop, "CL-2") is True
    assert fact("already_remedied", shop, "CL-1") is False


def test_an_apology_puts_no_thing_right():
    again = claim(claim_id="CL-2", received_at="2026-04-20T09:00", event_on="2026-03-25")
    sorry = step("CL-1", "action", "2026-04-10T10:00", remedy="apology")
    assert fact("already_remedied", small_shop(claim(), again, steps=[sorry]), "CL-2") is False


def test_a_remedy_for_something_else_does_not_count():
    other = claim(claim_id="CL-2", received_at="2026-04-20T09:00", reason="late")
    done = step("CL-1", "action", "2026-04-10T10:00", remedy="replacement")
    assert fact("already_remedied", small_shop(claim(), other, steps=[done]), "CL-2") is False


def test_trouble_after_the_remedy_is_new_trouble():
    again = claim(claim_id="CL-2", received_at="2026-05-20T09:00", event_on="2026-05-19")
    done = step("CL-1", "action", "2026-04-10T10:00", remedy="repair")
    assert fact("already_remedied", small_shop(claim(), again, steps=[done]), "CL-2") is False


@pytest.mark.parametrize(
    ("reason", "needed"),
    [("defective", True), ("staff_treatment", False), ("price_or_charge", False), ("other", None)],
)
def test_the_reason_says_whether_a_sale_is_needed(reason, needed):
    assert fact("sale_needed", small_shop(claim(reason=reason))) is needed


def test_an_order_on_record_is_a_sale():
    assert fact("sale_found", small_shop(claim())) is True


def test_an_order_of_somebody_else_is_no_sale_to_this_customer():
    order = replace(ORDER, customer_id="C-9")
    assert fact("sale_found", small_shop(claim(), orders=[order])) is False


def test_a_product_that_is_not_on_the_order_is_no_sale():
    assert fact("sale_found", small_shop(claim(product_id="P-2"))) is False


def test_a_slip_in_the_order_number_does_not_hide_the_purchase():
    assert fact("sale_found", small_shop(claim(order_id="O-404"))) is True
    assert fact("sale_found", small_shop(claim(order_id="O-404", product_id="P-2"))) is False


def test_whoever_gives_no_name_may_still_hold_the_order():
    assert fact("sale_found", small_shop(claim(customer_id=None))) is True


def test_without_an_order_number_the_customers_purchases_are_searched():
    assert fact("sale_found", small_shop(claim(order_id=None))) is True
    assert fact("sale_found", small_shop(claim(order_id=None, product_id="P-2"))) is False


def test_without_order_and_customer_there_is_nothing_to_search():
    assert fact("sale_found", small_shop(claim(order_id=None, customer_id=None))) is None


@pytest.mark.parametrize(("proof", "offered"), [("receipt", True), ("none", False), (None, None)])
def test_proof_is_offered_refused_or_was_never_asked_for(proof, offered):
    assert fact("proof_offered", small_shop(claim(proof=proof))) is offered


def test_proof_that_we_asked_for_in_vain_is_not_offered():
    asked = step("CL-1", "information_asked", "2026-04-02T10:00")
    assert fact("proof_offered", small_shop(claim(), steps=[asked], today="2026-04-30")) is False


def test_a_second_request_without_a_reply_is_unanswered():
    steps = [
        step("CL-1", "information_asked", "2026-04-02T10:00"),
        step("CL-1", "information_received", "2026-04-05T10:00"),
        step("CL-1", "information_asked", "2026-04-06T10:00"),
    ]
    shop = small_shop(claim(), steps=steps, today="2026-04-30")
    assert fact("proof_request_unanswered", shop) is True


def test_proof_that_came_later_counts():
    came = step("CL-1", "information_received", "2026-04-02T10:00", proof="photo")
    assert fact("proof_offered", small_shop(claim(proof="none"), steps=[came])) is True


@pytest.mark.parametrize(("today", "unanswered"), [("2026-04-08", None), ("2026-04-30", True)])
def test_a_request_is_unanswered_only_when_the_time_for_it_is_over(today, unanswered):
    asked = step("CL-1", "information_asked", "2026-04-02T10:00")
    assert (
        fact("proof_request_unanswered", small_shop(claim(), steps=[asked], today=today))
        is unanswered
    )


def test_a_request_that_was_answered_is_not_unanswered():
    asked = step("CL-1", "information_asked", "2026-04-02T10:00")
    came = step("CL-1", "information_received", "2026-04-05T10:00")
    shop = small_shop(claim(), steps=[asked, came], today="2026-04-30")
    assert fact("proof_request_unanswered", shop) is False


@pytest.mark.parametrize(
    ("signed_by", "contradicted"), [("C-1", True), ("neighbour", False), (None, None)]
)
def test_a_signature_contradicts_only_if_it_is_the_customers(signed_by, contradicted):
    shop = small_shop(claim(reason="not_delivered"), events=[delivered(signed_by)])
    assert fact("contradicted", shop) is contradicted


def test_a_parcel_that_came_after_the_complaint_contradicts_nobody():
    late = delivered(at="2026-04-05T12:00")
    assert fact("contradicted", small_shop(claim(reason="not_delivered"), events=[late])) is False


def test_a_parcel_that_never_came_contradicts_nobody():
    assert fact("contradicted", small_shop(claim(reason="not_delivered"), events=[])) is False


def test_goods_that_were_returned_before_cannot_break_after():
    returned = replace(delivered(), event_id="OE-2", event="returned", at="2026-03-10T12:00")
    shop = small_shop(claim(event_on="2026-03-20"), events=[delivered(), returned])
    assert fact("contradicted", shop) is True


@pytest.mark.parametrize(
    ("event_on", "impossible"),
    [("2026-02-20", True), ("2026-03-01", False), ("2026-04-02", True), (None, None)],
)
def test_dates_before_the_order_or_after_the_telling_cannot_be(event_on, impossible):
    assert fact("dates_impossible", small_shop(claim(event_on=event_on))) is impossible


@pytest.mark.parametrize(
    ("bought", "broke", "guarantee", "presumed"),
    [
        ("2024-01-31T10:00", "2025-09-30", True, True),  # month 20
        ("2024-01-31T10:00", "2026-01-31", True, True),  # the last day of month 24
        ("2024-01-31T10:00", "2026-02-01", True, False),  # the day after
        ("2023-02-28T10:00", "2026-02-28", True, False),  # the last day of month 36
        ("2023-02-28T10:00", "2026-03-01", False, False),
    ],
)
def test_guarantee_and_presumption_run_from_the_order_by_the_markets_months(
    bought, broke, guarantee, presumed
):
    order = replace(ORDER, ordered_at=bought)
    shop = small_shop(claim(event_on=broke), orders=[order], events=[])
    assert fact("in_guarantee", shop) is guarantee
    assert fact("in_presumption", shop) is presumed


def test_a_guarantee_runs_from_the_handing_over_where_that_is_on_record():
    order = replace(ORDER, ordered_at="2023-02-28T10:00")
    late = delivered(at="2023-03-10T12:00")
    shop = small_shop(claim(event_on="2026-03-05"), orders=[order], events=[late])
    assert fact("in_guarantee", shop) is True


def test_a_guarantee_covers_faults_and_not_manners():
    assert fact("in_guarantee", small_shop(claim(reason="staff_treatment"))) is False


@pytest.mark.parametrize(("came", "broken"), [("2026-03-05", False), ("2026-03-06", True)])
def test_a_promise_is_broken_the_day_after(came, broken):
    shop = small_shop(claim(reason="late"), events=[delivered(at=f"{came}T18:00")])
    assert fact("promise_broken", shop) is broken


def test_what_has_not_come_by_today_breaks_the_promise():
    assert fact("promise_broken", small_shop(claim(reason="not_delivered"), events=[])) is True


@pytest.mark.parametrize(
    ("because", "vulnerable"), [("disability", True), ("none", False), (None, None)]
)
def test_special_care_is_needed_not_needed_or_was_never_asked_about(because, vulnerable):
    assert fact("vulnerable", small_shop(claim(vulnerable_because=because))) is vulnerable


def test_the_product_says_whether_it_is_essential():
    assert fact("essential", small_shop(claim())) is False
    assert fact("essential", small_shop(claim(product_id="P-2"))) is True


def test_customers_with_the_same_fault_are_counted_within_thirty_days():
    cases = [
        claim(claim_id="CL-1", customer_id="C-1", received_at="2026-01-01T09:00"),
        claim(claim_id="CL-2", customer_id="C-2", received_at="2026-04-01T09:00"),
        claim(claim_id="CL-3", customer_id="C-3", received_at="2026-04-20T09:00"),
        claim(claim_id="CL-4", customer_id="C-3", received_at="2026-04-21T09:00"),
    ]
    counted = evidence(small_shop(*cases))["same_cause_customers"]
    assert list(counted) == [1, 1, 2, 2]


@pytest.mark.parametrize(("first", "counted"), [("2026-03-02", 2), ("2026-03-01", 1)])
def test_the_same_fault_is_looked_for_thirty_days_back(first, counted):
    other = claim(claim_id="CL-0", customer_id="C-2", received_at=f"{first}T09:00")
    assert fact("same_cause_customers", small_shop(other, claim())) == counted


def test_a_remedy_that_came_after_the_case_was_told_does_not_close_it():
    again = claim(claim_id="CL-2", received_at="2026-04-20T09:00", event_on="2026-03-25")
    done = step("CL-1", "action", "2026-04-25T10:00", remedy="replacement")
    assert fact("already_remedied", small_shop(claim(), again, steps=[done]), "CL-2") is False


def test_goods_that_were_returned_can_still_have_been_served_badly():
    returned = replace(delivered(), event_id="OE-2", event="returned", at="2026-03-10T12:00")
    rude = claim(reason="staff_treatment", event_on="2026-03-20")
    assert fact("contradicted", small_shop(rude, events=[delivered(), returned])) is False


def test_a_guests_order_is_a_sale_to_whoever_names_it():
    order = replace(ORDER, customer_id=None)
    assert fact("sale_found", small_shop(claim(), orders=[order])) is True


def test_customers_without_a_name_count_one_by_one():
    cases = [
        claim(claim_id=f"CL-{n}", customer_id=None, event_on=f"2026-03-2{n}") for n in range(3)
    ]
    assert evidence(small_shop(*cases))["same_cause_customers"].max() == 3


def test_a_complaint_about_how_we_handled_a_complaint_is_repeated_trouble():
    about = claim(claim_id="CL-2", reason="complaint_handling", received_at="2026-06-03T09:00")
    shop = small_shop(claim(), about, today="2026-06-30")
    assert fact("repeated", shop, "CL-2") is True
    assert fact("earlier_late", shop, "CL-2") is True


@pytest.mark.parametrize(
    ("blank", "facts"),
    [
        ("reason", ["sale_needed", "contradicted", "in_guarantee", "repeated", "duplicate"]),
        ("customer_id", ["duplicate", "repeated", "earlier_late"]),
        ("event_on", ["dates_impossible", "duplicate", "in_guarantee", "in_presumption"]),
        ("received_at", ["dates_impossible"]),
        ("narrative", ["hazard", "discrimination"]),
        ("answer_by", ["clock_breached"]),
        ("product_id", ["essential"]),
        ("amount", ["amount"]),
    ],
)
def test_what_is_not_written_down_is_not_known(blank, facts):
    case = Evidence.from_row(evidence(small_shop(claim(**{blank: None}))).loc["CL-1"])
    assert [getattr(case, name) for name in facts] == [None] * len(facts)


def test_an_empty_book_gives_an_empty_table():
    assert len(evidence(small_shop())) == 0


def test_columns_that_a_learner_added_do_no_harm():
    shop = small_shop(claim(reason="not_delivered"))
    shop.claims["signed_by"] = "nobody"
    shop.claims.index = [99]
    assert fact("contradicted", shop) is True


def test_an_order_that_stands_twice_in_the_records_gives_one_case():
    assert len(evidence(small_shop(claim(), orders=[ORDER, ORDER]))) == 1


def test_a_book_that_lacks_a_column_is_refused_by_name():
    shop = small_shop(claim())
    del shop.claims["reason"]
    with pytest.raises(ValueError, match="The table claims has no column 'reason'"):
        evidence(shop)


def test_each_case_carries_its_market():
    assert fact("market", small_shop(claim(), market="generic")) == "generic"


def test_golden_13_a_good_customers_scratched_mug_is_lower_like_anybodys():
    orders = [replace(ORDER, order_id=f"O-{n}", total=900) for n in range(2, 9)]
    mug = claim(reason="wrong_item", amount=4, proof="receipt")
    shop = small_shop(mug, orders=[ORDER, *orders])
    assert triage(evidence(shop).loc["CL-1"]).level == "lower"


def test_golden_14_asking_in_passing_makes_it_a_claim():
    text = "A DISGRACE!!! Nobody answers the phone. I want my money."
    assert fact("asks_for_something", small_shop(claim(wants=None, narrative=text))) is True


def test_golden_15_a_visitor_who_bought_nothing_has_a_complaint_all_the_same():
    visitor = claim(
        customer_id=None,
        order_id=None,
        product_id=None,
        reason="staff_treatment",
        narrative="I was refused entry with my pushchair. I asked for the complaint form.",
        wants=None,
        proof=None,
    )
    facts = Evidence.from_row(evidence(small_shop(visitor)).loc["CL-1"])
    assert facts.sale_needed is False
    assert facts.asks_for_something is False
    assert triage(facts).disposition != "unfounded_imaginary"


def test_reading_the_evidence_changes_nothing_in_the_shop():
    shop = small_shop(claim())
    before = shop.claims.copy()
    evidence(shop)
    pd.testing.assert_frame_equal(shop.claims, before)


def written(text, at="2026-04-20T09:00", **fields):
    usual = {"message_id": "M-1", "claim_id": "CL-1", "customer_id": "C-1", "direction": "in"}
    return Message(**usual, at=at, kind="reply", text=text, **fields)


def test_what_is_asked_for_in_a_later_message_counts():
    told = claim(wants=None, narrative="It does not heat.")
    assert fact("asks_for_something", small_shop(told)) is False
    message = written("And now I want my money back.")
    assert fact("asks_for_something", small_shop(told, messages=[message])) is True


def test_a_danger_told_in_a_later_message_counts():
    shop = small_shop(claim(), messages=[written("Since yesterday there is smoke as well.")])
    assert fact("hazard", shop) is True


def test_a_letter_that_came_is_a_reply_though_nobody_entered_it():
    asked = step("CL-1", "information_asked", "2026-04-03T10:00")
    late = {"steps": [asked], "today": "2026-05-30"}
    assert fact("proof_request_unanswered", small_shop(claim(), **late)) is True
    replied = small_shop(claim(), messages=[written("I lost the receipt.")], **late)
    assert fact("proof_request_unanswered", replied) is False


def test_a_warranty_card_is_something_to_show():
    card = WarrantyCard(
        card_id="W-1", customer_id="C-1", product_id="P-1", purchased_on="2026-03-01"
    )
    shop = small_shop(claim(order_id=None), orders=(), lines=(), events=(), warranty_cards=[card])
    assert fact("sale_found", shop) is False
    assert fact("proof_offered", shop) is True
    assert fact("in_guarantee", shop) is True


def test_a_sum_below_zero_is_not_known_and_the_case_is_judged_all_the_same():
    shop = small_shop(claim(amount=-5))
    assert fact("amount", shop) is None
    assert len(triage(evidence(shop))) == 1


def test_a_case_dated_tomorrow_is_asked_about():
    shop = small_shop(claim(event_on="2026-04-02"))
    assert fact("dates_impossible", shop) is True


@pytest.mark.parametrize(
    ("name", "case", "where"),
    [
        ("hazard", {"narrative": "There was smoke."}, "the narrative, “smoke”"),
        ("sale_found", {}, "order O-1"),
        ("sale_found", {"order_id": "O-404", "product_id": "P-2"}, "no order"),
        ("contradicted", {"reason": "not_delivered"}, "order event OE-1"),
        ("amount", {"amount": 25}, "the form, amount: 25.0"),
        ("vulnerable", {}, "the form, vulnerable_because: left open"),
        ("repeated", {}, "no case"),
    ],
)
def test_each_fact_names_the_record_in_which_it_was_seen(name, case, where):
    assert seen_in(small_shop(claim(**case)), "CL-1", name) == where


@pytest.mark.parametrize("name", kinds(Evidence))
def test_every_fact_can_be_looked_up_even_on_an_empty_form(name):
    assert seen_in(small_shop(Claim(claim_id="CL-1")), "CL-1", name)


def test_the_explanation_names_the_records_of_the_facts_that_decide():
    shop = small_shop(claim(reason="not_delivered"))
    said = explain(evidence(shop).loc["CL-1"], shop)
    assert "Seen for contradicted: order event OE-1." in said


def test_who_the_customer_is_or_spends_changes_no_ruling():
    shop = small_shop(claim(amount=80))
    plain = triage(evidence(shop))
    shop.customers["gender"], shop.customers["birth_on"] = "f", pd.Timestamp("1950-01-01")
    shop.orders["total"] = 9000.0
    assert triage(evidence(shop)).equals(plain)


def test_where_the_law_presumes_nothing_not_even_the_first_day_is_presumed():
    broken_at_once = claim(event_on="2026-03-04")
    assert fact("in_presumption", small_shop(broken_at_once, market="IN")) is False
    assert fact("in_presumption", small_shop(broken_at_once, market="GB")) is True
