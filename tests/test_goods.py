"""What is sold in each market, for how much, and when."""

import pytest

from retailkit.generate.goods import (
    FILES,
    goods,
    prices,
    products_table,
    weights,
)
from retailkit.markets import rules_of


def place_of(name, market):
    return [item.name for item in goods(market)].index(name)


@pytest.mark.parametrize("market", FILES)
def test_what_is_sold_everywhere_has_the_same_number_everywhere(market):
    everywhere = goods("generic")
    here = goods(market)[: len(everywhere)]
    assert [(item.product_id, item.name) for item in here] == [
        (item.product_id, item.name) for item in everywhere
    ]
    assert goods(market)[-1].product_id == f"P-{len(goods(market)):02d}"


@pytest.mark.parametrize("market", ["ES", "IN", "GB"])
def test_each_country_sells_something_of_its_own(market):
    assert 6 <= len(goods(market)) - len(goods("generic")) <= 10


def test_a_region_sells_what_its_country_sells():
    assert goods("ES-AN") == goods("ES")


@pytest.mark.parametrize("market", ["ES", "generic"])
def test_no_guarantee_is_shorter_than_the_law_or_the_house_says(market):
    least = rules_of(market).guarantee_months.value
    assert min(item.guarantee_months for item in goods(market)) >= least


def test_prices_are_rounded_as_they_are_in_the_shops():
    assert all(price == int(price) for price in prices("IN"))
    assert all(round(price * 100) % 100 in {0, 99} for price in prices("GB"))
    assert all(round(price * 100) % 5 == 0 or price < 15 for price in prices("ES"))


@pytest.mark.parametrize("market", FILES)
def test_the_table_has_one_row_per_product(market):
    table = products_table(market)
    assert table.num_rows == len(goods(market)) == len(prices(market)) == weights(market).shape[1]
    assert table["price"].to_pylist() == prices(market).tolist()
    assert table["name"][0].as_py() == "kettle"


@pytest.mark.parametrize(
    ("market", "name", "much", "little"),
    [
        ("ES", "pedestal fan", 7, 1),
        ("ES", "brazier heater", 1, 7),
        ("IN", "air cooler", 5, 12),
        ("IN", "string of lights", 10, 3),
        ("GB", "electric blanket", 12, 7),
    ],
)
def test_goods_sell_in_their_season(market, name, much, little):
    sold = weights(market)[:, place_of(name, market)]
    assert sold[much - 1] > 3 * sold[little - 1]


def test_a_market_that_sells_nothing_is_named():
    with pytest.raises(ValueError, match="'FR' is not a market"):
        goods("FR")
