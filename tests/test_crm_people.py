"""Consent, merges and checks in the database: whom it contacts, and what it gives back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import claim, small_shop
from stores import STORES, on_server, place_of
from twice_written import planted_pairs

import retailkit as rk
from retailkit.crm import NotAllowed
from retailkit.customers import Consent
from retailkit.orders import Order
from retailkit.upkeep.consent import FAR_AHEAD

NOON = datetime.fromisoformat("2026-07-01T12:00")
SHOP = rk.make_shop(seed=7, customers=150, market="ES", faults={"duplicate_customer": 0.04})
PAIR = sorted(min(planted_pairs(SHOP), key=sorted))
ASKED = {"channel": "website", "wording": "May we send you offers?"}
WORDS = "four words nobody guesses"


class Clock:
    """A clock that a test sets."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def crm(place, clock):
    with rk.open_crm(place, WORDS, now=clock) as database:
        yield database


@pytest.fixture(scope="module", params=STORES)
def kept(request, new_place):
    """A database with a whole shop, for tests that leave it as it is."""
    with new_place(request.param) as place, rk.open_crm(place, WORDS, now=Clock()) as database:
        database.store(SHOP)
        yield database


@pytest.fixture
def ana(crm):
    return crm.add(
        rk.Customer(given_name="Ana", family_name="Ruiz", email="ana@example.org", channel="survey")
    ).customer_id


# ---- consent ----


def test_an_answer_is_kept_with_when_how_and_the_words(crm, ana):
    kept = crm.consent(ana, "marketing", "given", **ASKED)
    assert crm.record("consents", kept.consent_id) == replace(kept, at=NOON)
    assert repr(crm.may_contact(ana)) == "Yes: said yes to marketing on 1 July 2026."


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"wording": " "}, "wording: not filled in yet"),
        ({"channel": None}, "channel: not filled in yet|not a"),
        ({"state": "not_asked"}, "is no answer"),
        ({"state": "yes"}, "Choose"),
        ({"channel": "complaint"}, "counts for nothing"),
        ({"customer_id": "C-9"}, "has no 'C-9'"),
    ],
)
def test_an_answer_that_would_show_nothing_is_refused(crm, ana, changed, reason):
    answer = {"customer_id": ana, "purpose": "marketing", "state": "given", **ASKED, **changed}
    with pytest.raises(ValueError, match=reason):
        crm.consent(**answer)
    assert crm.count("consents") == 0


def test_a_no_on_a_complaint_form_is_a_no(crm, ana):
    crm.consent(ana, "marketing", "given", **ASKED)
    crm.consent(ana, "marketing", "withdrawn", **ASKED | {"channel": "complaint"})
    assert not crm.may_contact(ana)


def test_a_withdrawal_holds_whatever_date_stands_on_the_yes(crm, ana):
    for at in ("2025-01-01", "2062-01-01"):
        crm.add(Consent(customer_id=ana, purpose="marketing", state="given", at=at, **ASKED))
    assert crm.may_contact(ana)
    crm.consent(ana, "marketing", "withdrawn", **ASKED)
    assert not crm.may_contact(ana)
    assert not crm.may_contact(ana, at="2070-01-01")


def test_what_held_on_an_earlier_day_can_be_asked(crm, ana, clock):
    crm.consent(ana, "marketing", "given", **ASKED)
    clock.now += timedelta(days=10)
    crm.consent(ana, "marketing", "withdrawn", **ASKED)
    assert crm.may_contact(ana, "marketing", "2026-07-03")
    assert not crm.may_contact(ana, "marketing", "2026-06-03")


def test_who_is_sent_something_said_yes_and_can_be_reached(crm, ana):
    bea = crm.add(rk.Customer(given_name="Bea", phone="+34600111222")).customer_id
    crm.add(rk.Customer(given_name="Cy", email="cy@example.org"))
    for number in (ana, bea):
        crm.consent(number, "marketing", "given", **ASKED)
    everybody = [ana, bea, ana, "C-000003", "C-000099"]
    assert [one.customer_id for one in crm.sending(everybody, text="Sale!")] == [ana]
    sent = crm.rows("messages")
    columns = ["customer_id", "direction", "medium", "kind", "text"]
    assert sent[columns].to_numpy().tolist() == [[ana, "out", "email", "offer", "Sale!"]]
    assert sent["at"].tolist() == [NOON]
    by_phone = crm.sending(everybody, text="Sale!", medium="phone", kind="greeting")
    assert [one.customer_id for one in by_phone] == [bea]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"purpose": "sharing"}, "purpose of a contact"),
        ({"medium": "desk"}, "way to contact"),
        ({"kind": "answer"}, "message for marketing"),
        ({"text": " "}, "nothing to send"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anybody_is_asked(crm, ana, asked, reason):
    with pytest.raises(ValueError, match=reason):
        crm.sending([ana], **{"text": "Sale!"} | asked)


def test_a_withdrawal_that_somebody_else_saved_a_moment_earlier_is_not_missed(crm, ana):
    bea = crm.add(rk.Customer(given_name="Bea", email="bea@example.org")).customer_id
    for number in (ana, bea):
        crm.consent(number, "marketing", "given", **ASKED)
    with rk.open_crm(place_of(crm), WORDS, now=Clock()) as other:
        going = crm.sending([ana, bea], text="Sale!")
        assert next(going).customer_id == ana
        other.consent(bea, "marketing", "withdrawn", **ASKED)
        assert list(going) == []
    assert crm.rows("messages")["customer_id"].tolist() == [ana]


ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "purpose": st.sampled_from(["marketing", "surveys"]),
            "state": st.sampled_from(
                ["given", "given", "declined", "not_asked", "withdrawn", None]
            ),
            "channel": st.sampled_from(["website", "complaint", "survey", None]),
            "at": st.one_of(
                st.none(), st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
            ),
        }
    ),
    max_size=6,
)


def agrees(answers, at):
    """Whether the last word for marketing up to a moment is a yes, worked out one by one."""
    said = [one for one in answers if one["purpose"] == "marketing"]
    noes = [one["at"] for one in said if one["state"] in ("declined", "withdrawn")]
    if None in noes:
        return False
    yeses = [
        one["at"]
        for one in said
        if one["state"] == "given" and one["channel"] != "complaint" and one["at"]
    ]
    yeses, noes = ([moment for moment in said if moment <= at] for said in (yeses, noes))
    return bool(yeses) and (not noes or max(yeses) > max(noes))


def shop_of(histories):
    """A shop in which each customer has answered, and ordered something."""
    numbers = [f"C-{place}" for place in range(len(histories))]
    rows = [
        Consent(consent_id=f"CO-{place}-{turn}", customer_id=f"C-{place}", **one)
        for place, answers in enumerate(histories)
        for turn, one in enumerate(answers)
    ]
    return small_shop(
        customers=[rk.Customer(customer_id=number, email="a@example.org") for number in numbers],
        consents=rows,
        orders=[Order(order_id=f"O-{number}", customer_id=number) for number in numbers],
        lines=(),
        events=(),
    )


@pytest.mark.slow
def test_nobody_without_a_living_yes_is_contacted_or_seen_by_marketing(crm):
    @settings(max_examples=6 if on_server(crm) else 30)
    @given(st.lists(ANSWERS, min_size=5, max_size=12))
    def tried(histories):
        crm.store(shop_of(histories), replace=True)
        numbers = [f"C-{place}" for place in range(len(histories))]
        right = [
            number
            for number, answers in zip(numbers, histories, strict=True)
            if agrees(answers, NOON) and agrees(answers, FAR_AHEAD.to_pydatetime())
        ]
        with crm.as_role("marketing") as marketing:
            for name in ("customers", "orders"):
                assert marketing.rows(name)["customer_id"].tolist() == right
        assert [one.customer_id for one in crm.sending(numbers, text="Hi")] == right
        assert crm.rows("messages")["customer_id"].tolist() == right

    tried()


def test_by_no_path_does_marketing_see_who_did_not_agree(crm, ana, tmp_path, clock):
    bea = crm.add(rk.Customer(given_name="Bea", email="bea@example.org", channel="survey"))
    crm.add(Order(order_id="O-1", customer_id=bea.customer_id))
    crm.add(Order(order_id="O-2"))
    crm.consent(bea.customer_id, "marketing", "given", **ASKED)
    crm.consent(ana, "surveys", "given", **ASKED)
    with crm.as_role("marketing") as marketing:
        assert marketing.count("customers") == 1
        assert len(marketing.find(ana)) == 0
        with pytest.raises(ValueError, match="customers has no 'C-000001'"):
            marketing.record("customers", ana)
        written = marketing.export("customers", tmp_path / "list.csv").read_text()
        assert "C-000002" in written
        assert "C-000001" not in written
        assert marketing.rows("consents")["customer_id"].tolist() == ["C-000002"]
        past_its_views = {
            False: ["SELECT * FROM main.customers", "INSERT INTO agreeing VALUES ('C-000001')"],
            True: [
                "SELECT * FROM retailkit.customers",
                "INSERT INTO agreeing_marketing VALUES ('C-000001')",
            ],
        }
        for statement in past_its_views[on_server(crm)]:
            with (
                marketing._engine.connect() as connection,
                pytest.raises(
                    sa.exc.DatabaseError, match="not authorized|prohibited|denied|cannot insert"
                ),
            ):
                connection.exec_driver_sql(statement)
        clock.now += timedelta(hours=1)
        crm.consent(bea.customer_id, "marketing", "withdrawn", **ASKED)
        assert marketing.count("customers") == 0
        assert marketing.rows("orders")["order_id"].tolist() == ["O-2"]  # a guest's


# ---- one record for one person ----


def same_rows(one, other):
    for name in SHOP.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name])


def test_a_merge_in_the_database_is_the_merge_of_the_tables_and_is_undone_exactly(crm):
    crm.store(SHOP)
    said = crm.merge(*PAIR, sure=True)
    same_rows(crm.shop(), rk.merge(SHOP, *PAIR, sure=True, at=NOON).shop)
    assert "crm.undo('MG-1')" in said[-1]
    assert len(crm.find(SHOP.customer(PAIR[1]).given_name)) > 0
    crm.undo("MG-1")
    same_rows(crm.shop(), SHOP)
    with pytest.raises(ValueError, match="is not a merge that can be undone"):
        crm.undo("MG-1")


def test_a_no_of_either_record_outlives_the_merge(crm):
    two = [rk.Customer(given_name="Ana", family_name="Ruiz", phone="+34600111222")] * 2
    keep, other = (one.customer_id for one in crm.add_all(two))
    crm.consent(other, "marketing", "declined", **ASKED)
    crm.consent(keep, "marketing", "given", **ASKED)
    crm.merge(keep, other)
    assert not crm.may_contact(keep)
    assert list(crm.sending([keep, other], text="Sale!")) == []


@pytest.mark.parametrize("later", ["a new order", "a corrected fact", "a later merge"])
def test_a_merge_with_something_new_behind_it_is_not_undone(crm, later):
    crm.store(SHOP)
    crm.merge(*PAIR, sure=True)
    if later == "a new order":
        crm.add(Order(customer_id=PAIR[0]))
    elif later == "a corrected fact":
        crm.correct(PAIR[0], phone="+34600111222")
    else:
        third = next(each for each in SHOP.customers["customer_id"] if each not in PAIR)
        crm.merge(PAIR[0], third, sure=True)
    before = crm.shop()
    with pytest.raises(ValueError, match="cannot be undone exactly: .* changed since"):
        crm.undo("MG-1")
    same_rows(crm.shop(), before)


def test_merges_are_undone_from_the_last_to_the_first(crm):
    crm.store(SHOP)
    third = next(each for each in SHOP.customers["customer_id"] if each not in PAIR)
    crm.merge(*PAIR, sure=True)
    crm.merge(third, PAIR[0], sure=True)
    crm.undo("MG-2")
    crm.undo("MG-1")
    same_rows(crm.shop(), SHOP)


def test_a_household_is_not_merged_by_mistake(crm):
    home = {"family_name": "Ruiz", "phone": "+34915551234", "street": "Calle Mayor 3"}
    crm.add_all([rk.Customer(given_name=name, **home) for name in ("Ana", "Luis")])
    with pytest.raises(ValueError, match="sure=True"):
        crm.merge("C-000001", "C-000002")
    assert crm.count("customers") == 2


# ---- checks ----


def test_the_checks_are_those_of_upkeep_on_the_databases_own_day(kept):
    today = replace(SHOP, today=NOON.date())
    pd.testing.assert_frame_equal(kept.duplicates(), rk.duplicates(SHOP))
    pd.testing.assert_frame_equal(kept.accuracy_check(), rk.accuracy_check(today))
    pd.testing.assert_frame_equal(kept.stale(12), rk.stale(today, 12))


def test_a_list_that_was_only_imported_can_be_checked(crm):
    crm.add_all([rk.Customer(given_name="Ana", family_name="Ruiz", phone="+34600111222")] * 2)
    assert crm.duplicates()[["customer_id", "other_id"]].to_numpy().tolist() == [
        ["C-000001", "C-000002"]
    ]


WHO_MAY = {
    "consent": ["sales_associate"],
    "may_contact": ["sales_associate", "marketing", "auditor"],
    "correct": ["sales_associate"],
    "accuracy_check": ["sales_associate"],
}
"""What others than the responsible person may do."""


@pytest.mark.parametrize("role", [role for role in rk.Role if role != "responsible_person"])
def test_each_role_does_what_is_its_own(role, crm, ana):
    crm.consent(ana, "marketing", "given", **ASKED)
    crm.add(claim(claim_id=None, order_id=None, product_id=None, customer_id=ana))
    with crm.as_role(role) as seen:
        deeds = {
            "consent": lambda: seen.consent(ana, "surveys", "given", **ASKED),
            "may_contact": lambda: seen.may_contact(ana),
            "correct": lambda: seen.correct(ana, phone="+34600111222"),
            "accuracy_check": seen.accuracy_check,
            "stale": seen.stale,
            "duplicates": seen.duplicates,
            "sending": lambda: list(seen.sending([ana], text="Sale!")),
            "held_on": lambda: seen.held_on(ana),
            "merge": lambda: seen.merge(ana, "C-000002"),
            "undo": lambda: seen.undo("MG-1"),
            "erase": lambda: seen.erase(ana),
        }
        for name, deed in deeds.items():
            if role in WHO_MAY.get(name, ()):
                deed()
            else:
                with pytest.raises(NotAllowed, match="Only the responsible|does not"):
                    deed()
