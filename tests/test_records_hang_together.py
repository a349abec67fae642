"""Every table fits the others: no number without its row, and no sum that does not add up."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_series_equal
from shops import MARKETS, shop_of

from retailkit.records import dtype, kinds
from retailkit.shop import RECORDS
from retailkit.words import Word

KEYS = {
    "customer_id": "customers",
    "order_id": "orders",
    "product_id": "products",
    "claim_id": "claims",
    "staff_id": "staff",
    "heard_by": "staff",
    "about_staff": "staff",
}


@pytest.fixture(scope="module", params=[*MARKETS, "ES with every fault"])
def shop(request):
    return shop_of(request.param)


# ---- each table by itself ----


def test_tables_have_the_columns_and_kinds_of_their_records(shop):
    assert list(shop.tables) == list(RECORDS)
    for name, record in RECORDS.items():
        expected = {column: dtype(kind) for column, kind in kinds(record).items()}
        assert shop.tables[name].dtypes.astype(str).to_dict() == expected


def test_no_table_is_empty(shop):
    assert [name for name, table in shop.tables.items() if table.empty] == []


def test_every_word_is_on_its_list(shop):
    for name, record in RECORDS.items():
        for column, kind in kinds(record).items():
            if issubclass(kind, Word):
                found = set(shop.tables[name][column].dropna())
                assert found <= {word.value for word in kind}, (name, column)


def test_people_are_spoken_to_in_languages_of_the_kit(shop):
    for name in ("customers", "claims", "messages"):
        assert set(shop.tables[name]["language"]) <= {"en", "es", "hi"}, name


def test_sums_of_money_and_numbers_of_pieces_are_above_nothing(shop):
    assert (shop.products["price"] > 0).all()
    assert (shop.order_lines[["quantity", "unit_price"]] > 0).all(axis=None)
    assert (shop.orders["total"] > 0).all()
    assert (shop.claims["amount"].dropna() > 0).all()
    assert (shop.claim_steps["amount"].dropna() > 0).all()
    assert (shop.claim_steps["fee"].dropna() >= 0).all()


def test_marks_are_from_1_to_5_and_recommendations_from_0_to_10(shop):
    marks = shop.surveys[["product", "staff", "speed", "overall"]]
    assert marks.isin([1, 2, 3, 4, 5]).all(axis=None)
    assert shop.surveys["recommend"].between(0, 10).all()


def test_texts_are_whole(shop):
    texts = [shop.claims["narrative"], shop.messages["text"], shop.feedback["text"]]
    texts += [shop.signups["text"], shop.enquiries["question"], shop.enquiries["answer"].dropna()]
    texts += [shop.services["request"].dropna()]
    for text in texts:
        assert text.notna().all()
        assert not text.str.contains(r"\{|\}|\bNone\b|\bnan\b|  ").any()
        assert not text.str.match(r"[=+\-@\s]").any()


# ---- how the tables belong together ----


def test_numbers_are_unique_and_found_where_they_are_named(shop):
    for name, table in shop.tables.items():
        assert table[table.columns[0]].notna().all(), name
        assert table[table.columns[0]].is_unique, name
        for key in set(table.columns[1:]) & KEYS.keys():
            known = shop.tables[KEYS[key]].iloc[:, 0]
            assert table[key].dropna().isin(known).all(), (name, key)


def test_a_signature_of_a_customer_is_that_of_the_one_who_ordered(shop):
    signed = shop.order_events.dropna(subset=["signed_by"]).merge(shop.orders, on="order_id")
    own = signed[signed["signed_by"].str.startswith("C-")]
    assert (own["signed_by"] == own["customer_id"]).all()
    assert set(signed["signed_by"]) - set(own["signed_by"]) == {"neighbour", "family member"}


@pytest.mark.parametrize("name", ["claims", "enquiries", "services"])
def test_an_order_that_is_named_belongs_to_the_customer_who_is_named(shop, name):
    both = shop.tables[name].dropna(subset=["order_id"])
    orders = shop.orders.set_index("order_id")["customer_id"]
    assert_series_equal(both["customer_id"], both["order_id"].map(orders), check_names=False)


def test_a_message_goes_to_whoever_the_case_belongs_to(shop):
    about_cases = shop.messages.dropna(subset=["claim_id"])
    whose = about_cases["claim_id"].map(shop.claims.set_index("claim_id")["customer_id"])
    assert_series_equal(about_cases["customer_id"], whose, check_names=False)


def test_a_claim_about_an_order_names_a_product_that_is_on_it(shop):
    named = shop.claims.dropna(subset=["order_id", "product_id"])
    assert len(named)
    found = named.merge(shop.order_lines, on=["order_id", "product_id"])
    assert found["claim_id"].nunique() == len(named)


def test_a_survey_is_about_an_order_or_a_case_of_its_author(shop):
    whose = pd.concat(
        [
            shop.orders.set_index("order_id")["customer_id"],
            shop.claims.set_index("claim_id")["customer_id"],
        ]
    )
    named = shop.surveys.dropna(subset=["about_id"])
    assert (named["about_id"].map(whose) == named["customer_id"]).all()
    letters = named["about_id"].str.split("-").str[0]
    assert (letters == named["about"].map({"purchase": "O", "handling": "CL"})).all()


def test_a_warranty_card_is_about_a_piece_that_its_owner_bought(shop):
    bought = shop.order_lines.merge(shop.orders, on="order_id")
    cards = shop.warranty_cards.dropna(subset=["serial"])
    both = cards.merge(bought, on=["customer_id", "product_id", "serial"])
    assert len(both) == len(cards)
    assert (both["purchased_on"] == both["ordered_at"].dt.normalize()).all()
    assert (both["ends_on"] > both["purchased_on"]).all()


def test_no_two_pieces_have_the_same_serial_number(shop):
    pieces = shop.order_lines.dropna(subset=["serial"])
    assert not pieces.duplicated(["product_id", "serial"]).any()


def test_numbers_carry_the_number_of_their_customer(shop):
    lines = shop.order_lines
    assert (lines["line_id"].str[3:].str.rsplit("-", n=1).str[0] == lines["order_id"].str[2:]).all()
    claims = shop.claims.dropna(subset=["customer_id"])
    assert (claims["claim_id"].str[3:9] == claims["customer_id"].str[2:]).all()
    steps = shop.claim_steps
    assert (steps["step_id"].str[3:].str.rsplit("-", n=1).str[0] == steps["claim_id"].str[3:]).all()
    assert shop.customers["customer_id"].iloc[6] == "C-000007"


def test_the_total_of_an_order_is_the_sum_of_its_lines(shop):
    worth = shop.order_lines.eval("quantity * unit_price")
    sums = worth.groupby(shop.order_lines["order_id"]).sum()
    totals = shop.orders.set_index("order_id")["total"]
    assert set(sums.index) == set(totals.index)
    assert np.allclose(sums[totals.index].astype(float), totals.astype(float))


def test_no_product_stands_twice_on_an_order(shop):
    assert not shop.order_lines.duplicated(["order_id", "product_id"]).any()


def test_every_offer_and_every_card_is_a_message_and_a_service(shop):
    post = shop.messages[shop.messages["claim_id"].isna()]
    jobs = shop.services[shop.services["activity"].isin(["offer", "greeting"])]
    sent = ["customer_id", "at", "kind"]
    served = jobs.rename(columns={"activity": "kind"})
    assert set(map(tuple, post[sent].values)) == set(map(tuple, served[sent].values))
