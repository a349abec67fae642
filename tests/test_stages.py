"""Stages: before, during and after a sale, as the records show them."""

from dataclasses import replace

import pandas as pd
import pytest
from small_shop import DELIVERED, ORDER, claim, small_shop, step

import retailkit as rk
from retailkit.orders import Enquiry, OrderEvent
from retailkit.records import table
from retailkit.services import Service
from retailkit.stages import Stage, customers_by_stage, customers_of


def shop_with(questions=(), services=(), **rows):
    shop = small_shop(**rows)
    more = {"enquiries": table(questions, Enquiry), "services": table(services, Service)}
    return replace(shop, tables={**shop.tables, **more})


def question(at, order_id="O-1"):
    return Enquiry(
        enquiry_id="EN-1", customer_id="C-1", order_id=order_id, at=at, question="Where is it?"
    )


CARD = Service(service_id="SE-1", customer_id="C-1", at="2026-03-30T10:00", activity="greeting")


def stages(shop):
    return [thing.stage for thing in rk.happenings(shop, "C-1")]


def test_an_order_begins_and_its_delivery_ends_the_ordering():
    assert [(thing.what, thing.stage) for thing in rk.happenings(shop_with(), "C-1")] == [
        ("ordered on the website: kettle", Stage.ORDERING),
        ("handed over: kettle", Stage.ORDERING),
    ]


def test_what_is_taken_along_in_the_store_is_one_thing():
    shop = shop_with(orders=(replace(ORDER, place="store"),))
    assert [thing.what for thing in rk.happenings(shop, "C-1")] == ["bought in the store: kettle"]


def test_a_question_before_the_delivery_belongs_to_ordering():
    shop = shop_with(questions=[question("2026-03-02T10:00")])
    assert stages(shop) == [Stage.ORDERING] * 3


@pytest.mark.parametrize("late", [question("2026-03-09T10:00"), question("2026-03-02T10:00", None)])
def test_a_question_after_it_or_about_no_order_could_be_either(late):
    assert None in stages(shop_with(questions=[late]))


def test_goods_that_come_back_could_be_either():
    back = OrderEvent(event_id="OE-2", order_id="O-1", event="returned", at="2026-03-09T10:00")
    assert stages(shop_with(events=(DELIVERED, back)))[-1] is None


def test_what_went_wrong_and_its_answer_are_claims():
    shop = small_shop(claim(), steps=[step("CL-1", "communicated", "2026-04-02T09:00")])
    assert stages(shop)[-2:] == [Stage.CLAIMS, Stage.CLAIMS]


def test_a_greeting_is_after_sales():
    things = rk.happenings(shop_with(services=[CARD]), "C-1")
    assert (things[-1].what, things[-1].stage) == (
        "from us: a card or a small gift",
        Stage.AFTER_SALES,
    )


def test_what_happened_is_told_from_first_to_last():
    shop = rk.make_shop(seed=7, customers=60, market="ES")
    for number in shop.customers["customer_id"]:
        moments = [thing.at for thing in rk.happenings(shop, number)]
        assert moments == sorted(moments)


def test_the_card_of_a_customer_numbers_its_lines():
    lines = rk.customer_file(shop_with(), "C-1")
    assert lines[0] == "Customer C-1"
    assert lines[2] == "1: 1 March 2026, ordered on the website: kettle"


def test_a_customer_who_is_not_there_is_met_with_one_who_is():
    with pytest.raises(ValueError, match="The shop has no customer 'C-404'. Its numbers look like"):
        rk.customer_file(small_shop(), "C-404")


def test_who_orders_twice_in_a_month_counts_once_and_a_guest_not_at_all():
    orders = [
        replace(ORDER, order_id=f"O-{n}", customer_id=who)
        for n, who in enumerate(["C-1", "C-1", None])
    ]
    months = customers_by_stage(small_shop(orders=orders, lines=()))
    assert months["ordering"].to_dict() == {
        pd.Period("2026-03"): 1,
        pd.Period("2026-04"): 0,
    }


def test_every_month_has_a_row_up_to_today():
    months = customers_by_stage(rk.make_shop(seed=7, customers=60, market="ES"))
    assert list(months.index) == list(pd.period_range(months.index[0], "2026-06", freq="M"))
    assert list(months.columns) == [str(stage) for stage in Stage]


def test_a_shop_without_orders_has_a_month_without_customers():
    months = customers_by_stage(small_shop(orders=(), lines=(), events=()))
    assert months.to_numpy().sum() == 0


def test_the_picture_says_how_many_pass_each_stage():
    shop = rk.make_shop(seed=7, customers=300, market="ES")
    who = customers_of(shop)
    ordered = who[Stage.ORDERING]
    counts = [len(ordered), *(len(ordered & who[s]) for s in (Stage.CLAIMS, Stage.AFTER_SALES))]
    title = "Of {} who ordered, {} raised a case, {} had a service".format(*counts)
    chart = rk.figures.stages(shop)
    assert chart.axes[0].get_title(loc="left") == title
    last = customers_by_stage(shop).iloc[-1]
    assert repr(chart).endswith(
        f"Jun 2026 ordering {last['ordering']}, claims {last['claims']}, "
        f"after sales {last['after_sales']}."
    )


def test_a_picture_of_no_orders_is_refused():
    with pytest.raises(ValueError, match="No customer has ordered yet"):
        rk.figures.stages(small_shop(orders=(), lines=(), events=()))
