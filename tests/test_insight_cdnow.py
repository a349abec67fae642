"""The published reference: the CDNOW sample, as the package lifetimes ships it.

Its table of 2,357 customers counts repeat purchases up to 30 September 1997 and gives
recency and age in weeks, to two decimals. P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting
Your Customers the Easy Way", Marketing Science 24 (2005), work with it.
"""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

import retailkit as rk

# found and not imported: the package asks for a part of setuptools that is gone
FOLDER = Path(importlib.util.find_spec("lifetimes").origin).parent / "datasets"
HALF_OF_THE_LAST_DECIMAL = 0.005


@pytest.fixture(scope="module")
def published():
    return pd.read_csv(FOLDER / "cdnow_customers_summary.csv", index_col="ID")


@pytest.fixture(scope="module")
def customers():
    names = ["master", "id", "date", "discs", "amount"]
    orders = pd.read_csv(FOLDER / "CDNOW_sample.txt", sep=r"\s+", header=None, names=names)
    orders["date"] = pd.to_datetime(orders["date"].astype(str), format="%Y%m%d")
    return rk.rfm(orders, customer="id", date="date", amount="amount", on="1997-09-30")


def test_the_customers_are_the_2357_of_the_sample(customers, published):
    assert customers.index.to_list() == published.index.to_list()
    assert len(customers) == 2357


def test_the_count_of_repeat_purchases_is_exact_for_every_customer(customers, published):
    assert (customers["frequency"] - 1 == published["frequency"]).all()


@pytest.mark.parametrize(
    ("ours", "theirs"), [("first_to_last", "recency"), ("days_since_first", "T")]
)
def test_recency_and_age_are_the_published_ones_to_the_last_decimal(
    customers, published, ours, theirs
):
    assert ((customers[ours] / 7 - published[theirs]).abs() <= HALF_OF_THE_LAST_DECIMAL).all()
