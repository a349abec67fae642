"""Tracking: what a customer who asks about a purchase is told, and what nobody else is told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import DELIVERED, ORDER, delivered, small_shop

import retailkit as rk
from retailkit.orders import OrderEvent, OrderEventType
from retailkit.tracking import TrackingStatus, status_on

SENT = OrderEvent(event_id="OE-0", order_id="O-1", event="shipped", at="2026-03-02T15:00")
CALLED_OFF = OrderEvent(event_id="OE-9", order_id="O-1", event="cancelled", at="2026-03-01T12:00")
CAME_BACK = OrderEvent(event_id="OE-8", order_id="O-1", event="returned", at="2026-03-20T12:00")
NO_PROMISE = replace(ORDER, promised_on=None)


def told(*events, order=ORDER, today="2026-03-03", asked_by="C-1"):
    shop = small_shop(orders=(order,), events=events, today=today)
    return rk.where_is(shop, "O-1", asked_by=asked_by)


def test_an_order_that_was_handed_over_is_said_with_the_day():
    assert told(SENT, DELIVERED) == "Order O-1 was handed over on 4 March 2026 to you."


def test_an_order_on_its_way_is_said_with_both_days():
    assert told(SENT) == (
        "Order O-1 is on its way: it left the shop on 2 March 2026, "
        "and we promised it by 5 March 2026."
    )


def test_an_order_is_late_from_the_day_after_the_promised_one():
    assert told(SENT, today="2026-03-05").startswith("Order O-1 is on its way")
    assert told(SENT, today="2026-03-06") == (
        "Order O-1 is late: it left the shop on 2 March 2026, "
        "and it should have been with you by 5 March 2026."
    )


def test_an_order_that_never_left_the_shop_can_be_late_too():
    assert "is late: it has not left the shop yet" in told(today="2026-03-06")


def test_a_cancelled_order_is_not_late():
    assert told(CALLED_OFF, today="2026-04-01") == "Order O-1 was cancelled on 1 March 2026."


def test_an_order_that_came_back_is_said_so():
    assert told(DELIVERED, CAME_BACK) == "Order O-1 came back to us on 20 March 2026."


def test_an_order_that_is_still_here_is_said_with_the_promised_day():
    assert told() == "Order O-1 is not on its way yet, and we promised it by 5 March 2026."


def test_an_order_without_a_promised_day_is_never_late():
    said = told(order=NO_PROMISE, today="2027-01-01")
    assert said.startswith("Order O-1 was taken on 1 March 2026: no day is promised yet")


def test_a_status_without_an_event_counts_too():
    order = replace(ORDER, status="cancelled")
    assert told(order=order) == "Order O-1 was cancelled."


@pytest.mark.parametrize(
    ("signed_by", "who"),
    [("neighbour", "to a neighbour."), ("C-2", "to somebody else."), ("Eva Gil", "somebody else.")],
)
def test_nobodys_name_or_number_is_told_as_the_one_who_signed(signed_by, who):
    said = told(SENT, delivered(signed_by))
    assert said.endswith(who)
    assert "C-2" not in said
    assert "Eva" not in said


def test_another_customer_is_told_the_same_as_of_an_order_that_does_not_exist():
    shop = small_shop(orders=(ORDER,), events=(DELIVERED,))
    of_another = rk.where_is(shop, "O-1", asked_by="C-2")
    of_nobody = rk.where_is(small_shop(orders=(), events=()), "O-1", asked_by="C-2")
    assert of_another == of_nobody
    assert of_another == "We find no order O-1 under the customer number C-2. Is the number right?"


def test_without_a_customer_number_only_a_guests_order_is_found():
    guest = replace(ORDER, customer_id=None)
    asks = "We find no guest's order O-1. What is the customer number?"
    assert told(SENT, DELIVERED, asked_by=None) == asks
    assert "was handed over" in told(SENT, DELIVERED, order=guest, asked_by=None)
    assert "We find no order" in told(SENT, DELIVERED, order=guest)


def test_a_slip_in_the_number_is_met_with_the_customers_own_numbers():
    shop = small_shop(orders=(ORDER, replace(ORDER, order_id="O-2", customer_id="C-2")))
    said = rk.where_is(shop, "O-3", asked_by="C-1")
    assert said.endswith("Is the number right? Did you mean 'O-1'?")


@given(
    st.lists(st.sampled_from(list(OrderEventType))),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_late_means_promised_before_today_and_nothing_that_ended_it(happened, promised_on):
    order = rk.Order(promised_on=promised_on)
    events = [OrderEvent(event=event) for event in happened]
    ends = {OrderEventType.DELIVERED, OrderEventType.RETURNED, OrderEventType.CANCELLED}
    late = bool(promised_on and promised_on < date(2026, 6, 30)) and not ends & set(happened)
    status = status_on(order, events, date(2026, 6, 30))
    assert (status == TrackingStatus.LATE) == late


def test_every_order_of_a_shop_has_an_answer_for_its_customer():
    shop = rk.make_shop(seed=7, customers=60, market="ES")
    for number, customer in zip(shop.orders["order_id"], shop.orders["customer_id"], strict=True):
        said = rk.where_is(shop, number, asked_by=customer)
        assert said.startswith(f"Order {number} ")


def test_the_card_of_an_order_says_what_the_tables_hold_and_rules_on_nothing():
    shop = small_shop(orders=(ORDER,), events=(SENT,), today="2026-03-10")
    assert repr(rk.order_file(shop, "O-1")) == (
        "Order O-1, placed on 1 March 2026.\n“Where is my order?”\n"
        "In the table orders: status not known, promised by 5 March 2026.\n"
        "In the table order_events: shipped on 2 March 2026."
    )


@pytest.mark.parametrize("verb", [rk.order_file, rk.tracking_status])
def test_an_order_that_is_not_there_is_met_with_one_that_is(verb):
    with pytest.raises(ValueError, match="The shop has no order 'O-404'. Its numbers look like"):
        verb(small_shop(), "O-404")
