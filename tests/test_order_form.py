"""The order form, without a page and on one."""

from datetime import date

import pytest

import retailkit as rk
from retailkit.customers import CollectionChannel

NOOR = {"given_name": "Noor", "family_name": "Haddad", "phone": "+34 600 000 000"}
KETTLE = {
    "product_id": "P-01",
    "quantity": 2,
    "in_stock": "no",
    "commits": "yes",
    "prepaid": "yes",
}


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=60, market="ES")


@pytest.fixture
def form(shop):
    return rk.forms.order_form(shop)


@pytest.fixture
def known(shop):
    return shop.customers["customer_id"].iloc[0]


def test_a_saved_order_gets_a_number_and_is_told_to_the_customer(form):
    said = form.fill(**NOOR, **KETTLE).save()
    told = "Order O-desk-1 was taken on 30 June 2026: no day is promised yet"
    assert said[0] == "Saved as O-desk-1: 2 × kettle, 49.90 altogether, paid ahead."
    assert said[1] == "New in the computer: Noor Haddad, customer number C-desk-1."
    assert said[2].startswith(f"We tell the customer: “{told}")


def test_somebody_new_becomes_a_customer_through_the_order_form(form):
    form.fill(**NOOR, **KETTLE).save()
    assert form.customers[0].given_name == "Noor"
    assert form.customers[0].channel == CollectionChannel.ORDER_FORM
    assert form.orders[0].customer_id == "C-desk-1"


def test_a_known_customer_is_asked_for_nothing_more(form, known):
    said = form.fill(customer_id=known, **KETTLE).save()
    assert said[0].startswith("Saved as")
    assert form.customers == []


def test_a_day_that_is_promised_is_told(form, known):
    said = form.fill(customer_id=known, promised_on="2026-07-09", **KETTLE).save()
    assert "we promised it by 9 July 2026" in said[-1]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"in_stock": "yes"}, "What is in the shop can be taken along at once."),
        ({"commits": "no"}, "Without that promise it is a question and no order."),
        ({"quantity": 0}, "An order is for one piece or more."),
        ({"promised_on": "2026-06-29"}, "29 June 2026 has gone by: at the shop it is 30 June"),
        ({"phone": "600"}, "'600' has no country in front."),
        ({"phone": None}, "Neither e-mail nor telephone."),
        ({"given_name": None}, "No customer number? Then the computer needs a first name."),
        ({"customer_id": "C-404"}, "Our records hold no customer C-404."),
        ({"prepaid": "perhaps"}, "prepaid: 'perhaps' is not an answer. Choose yes or no"),
    ],
)
def test_what_is_the_matter_is_said_and_nothing_is_saved(form, answers, says):
    said = form.fill(**{**NOOR, **KETTLE, **answers}).save()
    assert said[0] == "Not saved yet."
    assert any(line.startswith(says) for line in said)
    assert form.orders == []


def test_a_name_that_was_missing_is_needed_no_longer_once_the_number_is_there(form, known):
    form.fill(**KETTLE).save()
    assert form.fill(customer_id=known).save()[0].startswith("Saved as")


def test_the_shop_now_holds_what_was_saved_and_the_shop_itself_is_left_as_it_was(form, shop):
    before = {name: len(table) for name, table in shop.tables.items()}
    form.fill(**NOOR, **KETTLE).save()
    now = form.shop_now()
    grown = {name for name, table in now.tables.items() if len(table) > before[name]}
    assert grown == {"customers", "orders", "order_lines", "order_events"}
    assert {name: len(table) for name, table in shop.tables.items()} == before
    assert rk.tracking_status(now, "O-desk-1") == "not_promised"


def test_who_ordered_once_is_known_the_next_time(form):
    form.fill(**NOOR, **KETTLE).save()
    assert form.fill(customer_id="C-desk-1", **KETTLE).save()[0].startswith("Saved as O-desk-2")


def test_a_new_form_goes_on_counting_where_the_last_one_ended(form):
    form.fill(**NOOR, **KETTLE).save()
    form.undo()
    form.fill(**NOOR, **KETTLE).save()
    after = rk.forms.order_form(form.shop_now())
    assert after.fill(customer_id="C-desk-2", **KETTLE).save()[0].startswith("Saved as O-desk-3")


def test_undo_takes_the_order_and_the_customer_back(form):
    form.fill(**NOOR, **KETTLE).save()
    assert form.undo() == ["O-desk-1 is taken back."]
    assert form.customers == []
    assert form.undo() == ["There is nothing to take back."]


def test_yes_and_no_are_words_in_the_plain_form(form):
    form.fill(prepaid=True, in_stock="no")
    assert "[yes] Does the customer pay ahead? (prepaid)" in repr(form)
    assert "[no] Is that in the shop right now? (in_stock)" in repr(form)


def test_yes_and_no_are_chosen_on_the_page(form):
    form._repr_mimebundle_()
    field = form._page.fields["prepaid"]
    assert field.options == (("please choose", ""), ("yes", True), ("no", False))
    field.value = False
    assert form.answers["prepaid"] is False
    form.fill(prepaid="yes")
    assert field.value is True


def test_a_form_filled_on_the_page_is_saved_whole(form):
    form._repr_mimebundle_()
    for name, value in {**NOOR, **KETTLE, "quantity": "2"}.items():
        choice = {"yes": True, "no": False}.get(value, value)
        form._page.fields[name].value = choice
    form._page.fields["promised_on"].value = date(2026, 7, 9)
    assert form.save()[0].startswith("Saved as O-desk-1")
