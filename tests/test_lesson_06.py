"""Lesson 06: its card and checks on many learners' shops, its groups, its desk and its lines."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from learners import LEARNERS, TWENTY
from random_orders import random_orders
from served_shop import bought, served_shop

import retailkit as rk
from retailkit.course import cases_06
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.customers import CustomerGroup
from retailkit.insight import customer_groups, group_limits, purchase_file
from retailkit.insight.purchases import CALLED_OFF
from retailkit.orders import Order, OrderLine, Product

EXERCISES = find_lesson(6).exercises


@pytest.mark.parametrize("learner", LEARNERS[:5])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_is_right(monkeypatch, exercise, learner):
    monkeypatch.setenv("RETAILKIT_CODENAME", learner)
    shop = rk.my_shop(lesson=6)
    lines, best = rk.sales_lines(shop), rk.best_customers(shop.orders)
    names = {"rk": rk, "shop": shop, "one": rk.cases("6.1")}
    names |= {"customers": rk.rfm(shop.orders, on=shop.today)}
    names |= {"early": rk.trend(shop.orders, on="2026-05-12")}
    names |= {"theirs": lines[lines["customer_id"].isin(best.index)]}
    exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
    answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
    assert _problem(exercise, answer, shop) is None


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_the_customer_by_hand_ends_with_an_order_that_is_no_purchase(learner):
    (own,) = cases_06.one_customer(shop_of(learner, 6)).values()
    assert own["status"].iloc[-1] in CALLED_OFF
    assert 4 <= len(own) <= 7


@pytest.mark.slow
def test_hardly_any_neighbour_has_the_same_answer():
    shops = [shop_of(learner, 6) for learner in TWENTY[:10]]
    different = {each.id: len({repr(each.right(shop)) for shop in shops}) for each in EXERCISES}
    assert {number: count for number, count in different.items() if count < 8} == {}


def check(exercise_id, answer):
    return repr(rk.check(exercise_id, answer))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("2026-01-01", "A list of three is asked for"),
        (["2026-01-01", 3], "A list of three is asked for"),
        (["soon", 3, 10.0], "The first of the three is a day as text"),
        (["2026-01-01", "three", 10.0], "The second and the third of the three are numbers."),
        (["1999-01-01", -1, -1], "0 of 3 are right."),
    ],
)
def test_a_customer_by_hand_that_cannot_be_taken_is_told_why(answer, said):
    assert said in check("6.1", answer)


def test_the_money_by_hand_may_be_off_by_less_than_a_cent():
    last, times, money = cases_06.last_times_money(shop_of("demo", 6))
    assert check("6.1", [last, times, money + 0.001]).startswith("Yes.")
    assert check("6.1", (last, times, money + 0.01)).startswith("Not quite. 2 of 3")


def test_a_share_that_was_rounded_is_told_so():
    right = cases_06.share_of_best(shop_of("demo", 6))
    assert check("6.2", round(right, 2)).startswith("Not quite. Near, but rounded")
    assert check("6.2", right + 0.1) == "Not quite. That is too high."
    assert check("6.2", right - 0.1) == "Not quite. That is too low."
    assert "A number is asked for" in check("6.2", "much")


# ---- the four groups ----


def scored(recency, frequency):
    return pd.DataFrame({"recency_score": [recency], "frequency_score": [frequency]})


@pytest.mark.parametrize(
    ("recency", "frequency", "group"),
    [(4, 4, "regular"), (3, 5, "fading"), (5, 3, "recent"), (1, 1, "occasional")],
)
def test_a_score_of_four_is_lately_or_often(recency, frequency, group):
    assert customer_groups(scored(recency, frequency)).item() == group


@given(seed=st.integers(0, 10_000))
def test_the_limits_say_the_same_as_the_scores(seed):
    customers = rk.rfm(random_orders(seed))
    most, fewest = group_limits(customers)
    lately, often = customers["days_since_last"] <= most, customers["frequency"] >= fewest
    words = {(1, 1): "regular", (0, 1): "fading", (1, 0): "recent", (0, 0): "occasional"}
    said = [words[pair] for pair in zip(lately, often, strict=True)]
    assert said == customer_groups(customers).to_list()


def test_a_guest_is_in_no_group():
    shop = shop_of("demo", 6)
    groups = customer_groups(rk.rfm(shop.orders))
    assert groups.index.notna().all()
    assert set(groups) == {str(group) for group in CustomerGroup}


def test_groups_need_their_scores():
    with pytest.raises(ValueError, match="The table of customers has no column"):
        customer_groups(pd.DataFrame({"money": [1]}))


# ---- a customer's card, and the lines that were sold ----

MUG = Product(product_id="P-1", name="set of mugs", category="kitchen")


def order(order_id, at, total, status="delivered", customer_id="C-1"):
    return Order(
        order_id=order_id, customer_id=customer_id, ordered_at=at, total=total, status=status
    )


def line(order_id, quantity=1, unit_price=10.0):
    return OrderLine(
        line_id=f"L-{order_id}",
        order_id=order_id,
        product_id="P-1",
        quantity=quantity,
        unit_price=unit_price,
    )


@pytest.fixture
def shop():
    orders = [
        order("O-2", "2026-03-04T10:00", 20.0),
        order("O-1", "2026-01-05T10:00", 5.5, status="cancelled"),
        order("O-3", "2026-03-09T10:00", 10.0, customer_id=None),
    ]
    lines = [line("O-1"), line("O-2", quantity=2), line("O-3")]
    return served_shop(products=[MUG], orders=orders, order_lines=lines)


def test_a_card_lists_orders_in_time_and_says_what_is_no_purchase(shop):
    assert purchase_file(shop, "C-1") == [
        "Customer C-1, seen from 30 June 2026.",
        "2 orders.",
        "5 January 2026: 5.50, cancelled.",
        "4 March 2026: 20.00.",
    ]


def test_a_customer_without_an_order_has_no_card(shop):
    with pytest.raises(ValueError, match="no order of a customer 'C-2'"):
        purchase_file(shop, "C-2")


def test_a_line_of_a_cancelled_order_was_not_sold(shop):
    lines = rk.sales_lines(shop)
    assert lines["order_id"].to_list() == ["O-2", "O-3"]
    assert rk.notes(lines) == ["Left out: 1 order cancelled or returned."]


def test_a_line_holds_what_it_brought_and_guests_buy_too(shop):
    lines = rk.sales_lines(shop)
    assert lines["money"].to_list() == [20.0, 10.0]
    assert lines[["month", "product", "category"]].iloc[0].to_list() == [
        3,
        "set of mugs",
        "kitchen",
    ]
    assert pd.isna(lines["customer_id"].iloc[1])


def test_the_lines_of_a_shop_add_up_to_its_orders():
    shop = shop_of("demo", 6)
    sold = shop.orders[~shop.orders["status"].isin(CALLED_OFF)]
    assert rk.sales_lines(shop)["money"].sum() == pytest.approx(sold["total"].sum())


def test_a_shop_that_has_sold_nothing_has_no_lines():
    assert rk.sales_lines(served_shop()).empty


# ---- the customer desk ----


@pytest.fixture
def desk():
    return rk.forms.customer_desk(shop_of("demo", 6))


def group_of(desk):
    return desk.customers["group"][desk.cards[len(desk.ruled)]]


def test_the_desk_has_twelve_customers_of_every_group(desk):
    some = desk.customers.loc[desk.cards]
    assert some["group"].value_counts().to_list() == [3, 3, 3, 3]


def test_a_card_at_the_desk_says_what_lately_and_often_mean(desk):
    assert f"Card 1 of 12\nCustomer {desk.cards[0]}" in repr(desk)
    assert "In this shop, lately is on " in repr(desk)


def test_a_customer_in_the_right_group_is_said_to_be_the_desks(desk):
    said = desk.fill(group=group_of(desk)).save()
    assert said[0].endswith("The desk says the same.")
    assert said[-1] == "Of 1 customer you and the desk agree on 1."


def test_a_customer_in_the_wrong_group_is_told_why(desk):
    right = group_of(desk)
    wrong = next(group for group in CustomerGroup if group != right)
    said = desk.fill(group=wrong).save()
    assert said[0].endswith(f"The desk says {right}.")
    assert said[1].startswith("The last purchase was on ")
    assert said[-1] == "Of 1 customer you and the desk agree on 0."


def test_a_group_at_the_desk_is_taken_back(desk):
    assert desk.undo() == ["There is nothing to take back."]
    desk.fill(group="fading").save()
    assert desk.undo() == [f"Your answer to {desk.cards[0]} is taken back."]
    assert desk.grouped.empty


def test_the_last_customer_ends_the_desk():
    desk = rk.forms.customer_desk(shop_of("demo", 6), cards=2)
    for _ in desk.cards:
        desk.fill(group=group_of(desk)).save()
    assert "All customers are in a group." in repr(desk)
    assert desk.fill(group="fading").save()[0] == "All customers are in a group."
    assert len(desk.grouped) == 2


def test_a_desk_of_a_shop_with_one_customer_has_one_card():
    parts = bought("P-1", "2026-03-01T09:00")
    parts["orders"] = [order("O-1", "2026-03-01T09:00", 10.0)]
    desk = rk.forms.customer_desk(served_shop(parts))
    assert desk.cards == ["C-1"]
    assert "The desk says occasional." in repr(desk.fill(group="regular").save())
