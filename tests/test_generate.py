"""A shop is a function of its seed, and its records hang together."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from retailkit.generate.claims import case_of
from retailkit.generate.steps import STATUS_AFTER, steps_of
from retailkit.generate.unfounded import with_unfounded

from retailkit.claims import asks_for_something
from retailkit.generate import BLOCK, make_shop
from retailkit.generate.causes import stories_of
from retailkit.generate.life import goods, life
from retailkit.generate.narratives import narrative
from retailkit.generate.orders import orders_of
from retailkit.generate.staff import Desk
from retailkit.markets import answer_days, rules_of
from retailkit.narratives import tells
from retailkit.procedure import Procedure
from retailkit.records import dtype, kinds
from retailkit.shop import RECORDS

MARKETS = ("ES", "generic")


@pytest.fixture(scope="module", params=MARKETS)
def shop(request):
    return make_shop(seed=7, customers=1000, market=request.param)


@pytest.fixture(scope="module")
def cases():
    """What lies behind the claims of several shops."""
    return [case for seed in range(5) for case in cases_of(seed, 1, BLOCK + 1)]


def cases_of(seed, first, end, market="ES"):
    numbers = np.arange(first, end)
    orders = orders_of(seed, numbers)
    stories = with_unfounded(stories_of(orders, numbers), orders, first)
    return [case_of(story, market) for story in stories]


def unfounded(shop):
    return {
        case.claim_id
        for first in range(1, len(shop.customers) + 1, BLOCK)
        for case in cases_of(shop.seed, first, min(first + BLOCK, len(shop.customers) + 1))
        if case.story.part in {"false", "imaginary"}
    }


def fingerprint(shop):
    text = "".join(table.to_csv(index=False, lineterminator="\n") for table in shop.tables.values())
    return hashlib.sha256(text.encode()).hexdigest()


# ---- the same shop every time ----


def test_the_same_seed_gives_the_same_tables():
    assert fingerprint(make_shop(seed=3)) == fingerprint(make_shop(seed=3))


def test_another_seed_gives_other_people():
    one, two = make_shop(seed=3, customers=50), make_shop(seed=4, customers=50)
    assert not one.customers["email"].equals(two.customers["email"])


@settings(max_examples=8, deadline=None)
@given(
    st.integers(min_value=0, max_value=2**40),
    st.integers(min_value=1, max_value=700),
    st.integers(min_value=1, max_value=700),
)
def test_a_larger_shop_begins_with_the_smaller_one(seed, some, more):
    few, many = sorted((some, some + more))
    small, large = make_shop(seed, few), make_shop(seed, many)
    for name in ("customers", "orders", "order_lines", "order_events"):
        beginning = large.tables[name].head(len(small.tables[name]))
        assert_frame_equal(beginning, small.tables[name])
    planted = unfounded(small) | unfounded(large)
    for name in ("claims", "claim_steps"):
        assert_frame_equal(
            honest_of(large, name, planted, few), honest_of(small, name, planted, few)
        )


def honest_of(shop, name, planted, customers):
    """The rows about claims that nobody made up, of the first customers."""
    table = shop.tables[name]
    theirs = table["claim_id"].str[3:9].astype(int) <= customers
    return table[theirs & ~table["claim_id"].isin(planted)].reset_index(drop=True)


def test_a_shop_does_not_depend_on_the_computer_it_is_made_on():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_generate import fingerprint, make_shop\n"
        "print(fingerprint(make_shop(seed=5, customers=60, market='ES')))"
    )
    elsewhere = {"PYTHONHASHSEED": "99", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == fingerprint(make_shop(seed=5, customers=60, market="ES"))


def test_faker_is_not_needed_to_make_a_shop():
    code = (
        "import sys; sys.modules['faker'] = None\n"
        "from retailkit.generate import make_shop; make_shop(customers=5)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_another_procedure_changes_steps_and_status_only():
    promised, slower = Procedure(), Procedure(acknowledge_within_hours=72, answer_within_days=60)
    one = make_shop(seed=7, market="ES", procedure=promised)
    two = make_shop(seed=7, market="ES", procedure=slower)
    for name in RECORDS.keys() - {"claims", "claim_steps"}:
        assert_frame_equal(one.tables[name], two.tables[name])
    assert_frame_equal(one.claims.drop(columns="status"), two.claims.drop(columns="status"))
    assert not one.claim_steps.equals(two.claim_steps)


# ---- bad input ----


@pytest.mark.parametrize(
    ("given_wrong", "sentence"),
    [
        ({"seed": "seven"}, "seed: 'seven' is not a whole number. Choose one, like 7."),
        ({"seed": 1.5}, "seed: 1.5 is not a whole number. Choose one, like 7."),
        ({"customers": True}, "customers: True is not a whole number. Choose one, like 7."),
        ({"customers": 0}, "customers: 0 is too few. Choose 1 or more."),
        (
            {"market": "es"},
            "'es' is not a market. Choose ES, ES-AN, GB, IN or generic. Did you mean 'ES'?",
        ),
    ],
)
def test_what_cannot_be_a_shop_is_said_in_a_sentence(given_wrong, sentence):
    with pytest.raises(ValueError) as told:
        make_shop(**given_wrong)
    assert str(told.value) == sentence


def test_a_procedure_must_be_a_procedure():
    with pytest.raises(ValueError, match="'fast' is not a procedure. Write it like Procedure"):
        make_shop(procedure="fast")


def test_the_smallest_shop_has_every_table():
    tables = make_shop(customers=1).tables
    assert list(tables) == list(RECORDS)


# ---- the tables ----


def test_tables_have_the_columns_and_kinds_of_their_records(shop):
    assert list(shop.tables) == list(RECORDS)
    for name, record in RECORDS.items():
        expected = {column: dtype(kind) for column, kind in kinds(record).items()}
        found = shop.tables[name].dtypes.astype(str).to_dict()
        assert found == expected


def test_every_word_is_on_its_list(shop):
    for name, record in RECORDS.items():
        for row in shop.tables[name].head(300).to_dict("records"):
            record.from_row(row)


def test_numbers_are_unique_and_found_where_they_are_named(shop):
    keys = {"customer_id": "customers", "order_id": "orders", "product_id": "products"}
    keys |= {"claim_id": "claims", "staff_id": "staff"}
    for name, table in shop.tables.items():
        own = table.columns[0]
        assert table[own].is_unique, name
        for key in set(table.columns) & keys.keys():
            assert table[key].dropna().isin(shop.tables[keys[key]][key]).all(), (name, key)
    assert shop.claims["heard_by"].isin(shop.staff["staff_id"]).all()
    assert shop.claims["about_staff"].dropna().isin(shop.staff["staff_id"]).all()


def test_numbers_carry_the_number_of_their_customer(shop):
    lines = shop.order_lines
    assert (lines["line_id"].str[3:].str.rsplit("-", n=1).str[0] == lines["order_id"].str[2:]).all()
    claims = shop.claims.dropna(subset=["customer_id"])
    assert (claims["claim_id"].str[3:9] == claims["customer_id"].str[2:]).all()
    steps = shop.claim_steps
    assert (steps["step_id"].str[3:].str.rsplit("-", n=1).str[0] == steps["claim_id"].str[3:]).all()
    assert shop.customers["customer_id"].iloc[6] == "C-000007"


def test_the_total_of_an_order_is_the_sum_of_its_lines(shop):
    lines = shop.order_lines.assign(value=shop.order_lines.eval("quantity * unit_price"))
    sums = lines.groupby("order_id")["value"].sum()
    totals = shop.orders.set_index("order_id")["total"]
    assert_frame_equal(sums.sort_index().to_frame("v"), totals.sort_index().to_frame("v"))


def test_no_product_stands_twice_on_an_order(shop):
    assert not shop.order_lines.duplicated(["order_id", "product_id"]).any()


def test_the_middle_basket_is_near_the_middle_amount(shop):
    assert 50 <= shop.orders["total"].median() <= 70


def test_about_every_seventh_customer_complains_once():
    claims = [len(make_shop(seed=seed).claims) for seed in range(6)]
    assert 60 <= np.mean(claims) <= 80


# ---- time ----


def test_nothing_has_happened_on_or_after_today(shop):
    for table in shop.tables.values():
        for column in table.columns[table.columns.str.endswith("_at") | (table.columns == "at")]:
            assert (table[column].dropna() < pd.Timestamp(shop.today)).all()


def test_nobody_orders_before_the_shop_knows_them(shop):
    orders = shop.orders.merge(shop.customers, on="customer_id")
    assert (orders["ordered_at"] >= orders["joined_at"]).all()


def test_orders_of_a_customer_are_numbered_as_they_came(shop):
    owner = shop.orders["order_id"].str[:8]
    assert (shop.orders.groupby(owner)["ordered_at"].diff().dropna() >= pd.Timedelta(0)).all()


def test_no_event_comes_before_its_cause(shop):
    at = shop.order_events.pivot_table(
        index="order_id", columns="event", values="at", aggfunc="first"
    )
    at = at.join(shop.orders.set_index("order_id")["ordered_at"])
    pairs = (("ordered_at", "paid"), ("ordered_at", "shipped"), ("shipped", "delivered"))
    pairs += (("delivered", "returned"), ("ordered_at", "cancelled"))
    for earlier, later in pairs:
        both = at.dropna(subset=[earlier, later])
        assert (both[earlier] <= both[later]).all(), later


def test_the_status_of_an_order_is_what_happened_to_it(shop):
    events = shop.order_events.groupby("order_id")["event"].agg(set)
    for row in shop.orders.itertuples():
        happened = events.get(row.order_id, set())
        expected = next(
            (e for e in ("cancelled", "returned", "delivered") if e in happened), "open"
        )
        assert row.status == expected


def test_goods_from_the_counter_are_taken_along_at_once(shop):
    store = shop.orders[shop.orders["place"] == "store"].merge(shop.order_events, on="order_id")
    taken = store[store["event"] == "delivered"]
    assert (taken["at"] == taken["ordered_at"]).all()
    own = taken.dropna(subset=["customer_id"])
    assert (own["signed_by"] == own["customer_id"]).all()


def test_parcels_are_signed_for_by_customers_neighbours_or_nobody(shop):
    signers = shop.order_events["signed_by"].dropna()
    assert set(signers[~signers.str.startswith("C-")]) == {"neighbour", "family member"}


def test_steps_of_a_case_follow_each_other(shop):
    for _, steps in shop.claim_steps.groupby("claim_id"):
        assert steps["step"].iloc[0] == "received"
        assert all(one < two for one, two in pairwise(steps["at"]))


def test_the_status_of_a_case_agrees_with_its_last_step(shop):
    last = shop.claim_steps.groupby("claim_id")["step"].last()
    status = shop.claims.set_index("claim_id")["status"]
    assert (
        last.map({step.value: after.value for step, after in STATUS_AFTER.items()}) == status
    ).all()


def test_the_desk_works_while_the_shop_is_open(shop):
    at = shop.claim_steps["at"]
    assert (at.dt.day_of_week < 6).all()
    assert at.dt.hour.between(9, 19).all()


# ---- the procedure ----


def test_acknowledgements_keep_the_promise(shop):
    acknowledged = shop.claim_steps[shop.claim_steps["step"] == "acknowledged"].merge(shop.claims)
    waited = acknowledged["at"] - acknowledged["received_at"]
    assert (waited <= pd.Timedelta(hours=2)).all()


def test_answers_come_before_the_last_day_but_for_a_few(shop):
    answered = shop.claim_steps[shop.claim_steps["step"] == "communicated"].merge(
        shop.claims, on="claim_id"
    )
    late = answered["at"].dt.normalize() > answered["answer_by"]
    assert 0 < late.mean() < 0.08
    waited = (answered["at"] - answered["received_at"])[~late]
    assert (waited <= pd.Timedelta(days=10)).all()


def test_the_last_day_for_the_answer_is_the_market_s(shop):
    received = shop.claims["received_at"].to_numpy().astype("datetime64[D]")
    expected = answer_days(received, shop.market)
    assert (shop.claims["answer_by"].to_numpy().astype("datetime64[D]") == expected).all()


def test_a_slower_promise_breaks_deadlines():
    slow = make_shop(seed=7, procedure=Procedure(answer_within_days=40))
    answered = slow.claim_steps[slow.claim_steps["step"] == "communicated"].merge(
        slow.claims, on="claim_id"
    )
    assert (answered["at"].dt.normalize() > answered["answer_by"]).mean() > 0.3


def test_the_fee_of_the_procedure_is_on_the_first_step():
    steps = make_shop(seed=7, customers=100, procedure=Procedure(fee=2)).claim_steps
    assert (steps.loc[steps["step"] == "received", "fee"] == 2).all()
    assert steps.loc[steps["step"] != "received", "fee"].isna().all()


@pytest.mark.parametrize("staff", [1, 2, 7])
def test_any_number_of_people_can_run_the_desk(staff):
    shop = make_shop(seed=7, customers=200, procedure=Procedure(staff=staff))
    assert len(shop.staff) == staff
    assert shop.claim_steps["staff_id"].isin(shop.staff["staff_id"]).all()


def test_nobody_decides_about_their_own_conduct(shop):
    decided = shop.claim_steps[shop.claim_steps["step"] == "decided"].merge(
        shop.claims.dropna(subset=["about_staff"]), on="claim_id"
    )
    assert len(decided)
    assert (decided["staff_id"] != decided["about_staff"]).all()


# ---- what the records show ----


def events_of(shop):
    """When each thing happened to each order."""
    events = shop.order_events
    return events.pivot_table(index="order_id", columns="event", values="at", aggfunc="first")


def claims_with_events(shop):
    """Each claim beside the order it names and what happened to it."""
    events = shop.order_events.pivot_table(
        index="order_id", columns="event", values="at", aggfunc="first"
    )
    signed = shop.order_events.dropna(subset=["signed_by"]).set_index("order_id")["signed_by"]
    orders = shop.orders.set_index("order_id")[["ordered_at", "promised_on"]]
    return shop.claims.join(orders.join(events).join(signed), on="order_id")


def of_part(shop, part):
    blocks = range(1, len(shop.customers) + 1, BLOCK)
    cases = [case for first in blocks for case in cases_of(shop.seed, first, first + BLOCK)]
    found = [case.claim_id for case in cases if case.story.part == part]
    return claims_with_events(shop)[lambda table: table["claim_id"].isin(found)]


@pytest.mark.parametrize("customers", [500, 499, 73, 1000])
def test_the_share_of_unfounded_claims_is_exact_in_each_block(customers):
    shop = make_shop(seed=11, customers=customers)
    number = shop.claims["claim_id"].str[3:9].astype(int)
    planted = shop.claims["claim_id"].isin(unfounded(shop))
    blocks = planted.groupby((number - 1) // BLOCK)
    assert (blocks.sum() == (blocks.size() * 0.025).round()).all()


def test_half_of_the_unfounded_claims_are_false_and_half_imaginary():
    parts = Counter(case.story.part for seed in range(12) for case in cases_of(seed, 1, BLOCK + 1))
    assert parts["false"]
    assert abs(parts["false"] - parts["imaginary"]) <= 6


def test_a_false_claim_is_contradicted_by_our_own_records(shop):
    false = of_part(shop, "false")
    assert len(false)
    signed = (false["reason"] == "not_delivered") & (false["signed_by"] == false["customer_id"])
    returned = (false["reason"] == "defective") & (false["returned"] < false["event_on"])
    assert (signed | returned).all()


def test_no_honest_claim_is_contradicted_by_our_own_records(shop):
    honest = claims_with_events(shop)[lambda table: ~table["claim_id"].isin(unfounded(shop))]
    signed = (honest["reason"] == "not_delivered") & (honest["signed_by"] == honest["customer_id"])
    goods_reasons = ["defective", "safety_or_hygiene", "damaged", "missing_part"]
    returned = honest["reason"].isin(goods_reasons) & honest["returned"].notna()
    assert not (signed | returned).any()


def test_an_imaginary_claim_is_about_something_never_sold_to_them(shop):
    imaginary = of_part(shop, "imaginary")
    assert len(imaginary)
    assert imaginary["order_id"].isna().all()
    assert (imaginary["proof"] == "none").all()
    sold = shop.orders.merge(shop.order_lines, on="order_id")
    assert imaginary.merge(sold, on=["customer_id", "product_id"]).empty


def test_the_question_behind_an_imaginary_claim_has_long_been_open(shop):
    steps = shop.claim_steps[
        shop.claim_steps["claim_id"].isin(of_part(shop, "imaginary")["claim_id"])
    ]
    asked = steps[steps["step"] == "information_asked"]
    assert len(asked) == steps["claim_id"].nunique()
    assert (asked["at"] < pd.Timestamp(shop.today) - pd.Timedelta(days=10)).all()
    assert not (steps["step"] == "information_received").any()


def test_what_is_told_twice_comes_within_a_week_by_another_channel(shop):
    twice = of_part(shop, "duplicate")
    same = ["customer_id", "order_id", "product_id", "reason", "event_on"]
    pairs = twice.dropna(subset=["customer_id"]).merge(
        shop.claims, on=same, suffixes=("", "_first")
    )
    pairs = pairs[pairs["received_at_first"] < pairs["received_at"]]
    assert set(pairs["claim_id"]) == set(twice.dropna(subset=["customer_id"])["claim_id"])
    assert (pairs["received_at"] - pairs["received_at_first"] <= pd.Timedelta(days=7)).all()
    assert (pairs["channel"] != pairs["channel_first"]).all()


def test_what_is_already_put_right_was_put_right_before():
    shop = make_shop(seed=7, customers=3000, market="ES")
    later = of_part(shop, "remedied")
    actions = shop.claim_steps[shop.claim_steps["step"] == "action"].merge(
        shop.claims, on="claim_id"
    )
    pairs = later.merge(actions, on=["order_id", "product_id"], suffixes=("", "_first"))
    before = pairs[(pairs["at"] < pairs["received_at"]) & (pairs["event_on"] < pairs["at"])]
    assert len(later)
    assert set(before["claim_id"]) == set(later["claim_id"])


def test_some_who_come_again_had_been_answered_late():
    shop = make_shop(seed=7, customers=3000, market="ES")
    again = of_part(shop, "again").drop(columns=["promised_on"])
    answers = shop.claim_steps[shop.claim_steps["step"] == "communicated"].merge(
        shop.claims, on="claim_id"
    )
    answers["too_late"] = answers["at"].dt.normalize() > answers["answer_by"]
    pairs = again.merge(answers, on=["order_id", "product_id", "reason"], suffixes=("", "_first"))
    pairs = pairs[pairs["received_at_first"] < pairs["received_at"]]
    assert pairs["too_late"].any()
    assert not pairs["too_late"].all()


def test_every_story_is_met_in_a_large_shop():
    shop = make_shop(seed=7, customers=3000)
    claims, products = shop.claims, shop.products.set_index("product_id")
    hazard = claims["narrative"].map(lambda text: tells("hazard", text))
    essential = claims["product_id"].map(products["essential"]).fillna(False).astype(bool)
    vulnerable = claims["vulnerable_because"].fillna("none") != "none"
    silent = claims["wants"].fillna("nothing") == "nothing"
    asking = claims["narrative"].map(lambda text: tells("asks", text)).astype(bool)
    found = {
        "hazard in calm words": hazard & ~claims["narrative"].str.contains("!"),
        "loud about little": ~hazard
        & claims["narrative"].str.contains("!!!")
        & (claims["amount"] < 60),
        "expensive": claims["amount"] >= rules_of("generic").amount_high.value,
        "essential and vulnerable": essential & vulnerable,
        "asked in passing": silent & asking,
        "nothing asked": silent & ~asking,
        "no product": claims["product_id"].isna() & claims["order_id"].notna(),
        "all open": claims[["order_id", "product_id", "proof"]].isna().all(axis=1)
        & (claims["reason"] == "defective"),
        "no receipt, though it was sold": (claims["proof"] == "none") & claims["order_id"].notna(),
        "withdrawn": claims["status"] == "withdrawn",
        "about how a complaint was handled": claims["reason"] == "complaint_handling",
        "still open": ~claims["status"].isin(["closed", "communicated", "withdrawn"]),
        "guest": claims["customer_id"].isna(),
    }
    assert [name for name, those in found.items() if not those.any()] == []


def test_some_days_are_a_slip_of_the_pen():
    shop = make_shop(seed=7, customers=3000)
    table = claims_with_events(shop)
    impossible = (table["event_on"] < table["ordered_at"].dt.normalize()) | (
        table["event_on"] > table["received_at"]
    )
    assert 0.003 < impossible.mean() < 0.025


def test_a_bad_batch_shows_itself_in_several_homes_within_a_month():
    claims = make_shop(seed=7, customers=3000).claims
    defective = claims[(claims["reason"] == "defective")].sort_values("received_at")
    most = 0
    for _, group in defective.groupby("product_id"):
        at = group["received_at"].to_numpy()
        most = max(
            most,
            int((np.searchsorted(at, at + np.timedelta64(30, "D")) - np.arange(len(at))).max()),
        )
    assert most >= 3


def test_a_parcel_signed_for_by_a_neighbour_can_be_missing(shop):
    missing = claims_with_events(shop)[lambda table: table["reason"] == "not_delivered"]
    assert (missing["signed_by"] == "neighbour").any()
    assert missing["delivered"].isna().any()


# ---- what people say ----


def test_texts_tell_what_happened_and_nothing_else(cases):
    for case in cases:
        text = narrative(case)
        for signal in ("hazard", "privacy", "discrimination"):
            assert tells(signal, text) == (case.told == signal), (signal, text)


def test_texts_ask_exactly_where_the_case_says_so(cases):
    for case in cases:
        text = narrative(case)
        assert tells("asks", text) == case.asks_in_text, text
        assert asks_for_something(case.wants, text) == case.asks


@pytest.mark.parametrize("item", goods(), ids=lambda item: item.name)
def test_every_symptom_is_read_as_what_it_is(item):
    assert not any(
        tells("hazard", text) for text in (*item.faults, item.said, item.part, item.service)
    )
    assert all(tells("hazard", text) for text in item.hazards)
    for text in (*item.faults, *item.hazards, item.said, item.name, item.a, item.the):
        assert not tells("asks", text)
        assert not tells("privacy", text)


def test_texts_are_of_a_length_that_can_be_read_aloud(cases):
    words = [len(narrative(case).split()) for case in cases]
    assert 35 <= np.median(words) <= 48
    assert max(words) <= 110


def test_few_texts_are_the_same(cases):
    texts = Counter(narrative(case) for case in cases)
    assert sum(texts.values()) - len(texts) < len(cases) * 0.06


def test_no_slot_stays_open_and_no_cell_starts_a_formula(cases):
    for case in cases:
        text = narrative(case)
        assert "{" not in text
        assert "None" not in text
        assert "  " not in text
        assert text[0] not in "=+-@"


def test_tone_is_no_guide_to_danger(cases):
    hazards = [case for case in cases if case.told == "hazard"]
    assert hazards
    assert not any(case.angry for case in hazards)
    assert any(case.angry for case in cases)


def test_the_money_back_is_not_more_than_was_paid(cases):
    desk = Desk(procedure=Procedure(), market="ES", seed=0)
    for case in cases:
        for step in steps_of(case, desk):
            if step.remedy == "refund" and step.amount and case.story.bought:
                assert step.amount <= case.story.bought.total


def test_every_strength_says_where_it_comes_from():
    from retailkit.generate.life import _strengths

    assert all(set(entry) == {"value", "source"} for entry in _strengths().values())
    assert life("today").isoformat() == "2026-06-30"
