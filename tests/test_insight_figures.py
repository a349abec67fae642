"""The pictures of insight: true titles for every table, words with the numbers, grey that reads."""

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_orders import random_orders

import retailkit as rk
from retailkit.figures.fields import SHADES

ORDERS = pd.DataFrame(
    {
        "customer_id": ["ana", "ana", "ben", "eva", "eva"],
        "ordered_at": ["2025-01-01", "2025-02-05", "2025-02-10", "2026-02-01", "2026-03-20"],
        "total": [30.0, 10.0, 20.0, 45.0, 5.0],
    }
)
PICTURES = {
    "trend": lambda orders: rk.figures.trend(rk.trend(orders)),
    "weeks": lambda orders: rk.figures.trend(rk.trend(orders, by="week")),
    "value curve": lambda orders: rk.figures.value_curve(rk.rfm(orders)),
    "grid": lambda orders: rk.figures.rfm_grid(rk.rfm(orders)),
    "cohorts": lambda orders: rk.figures.cohort_table(rk.cohorts(orders)),
}


def title(picture):
    return picture.axes[0].get_title(loc="left")


def test_the_trend_compares_the_last_whole_period_with_its_year_before():
    assert (
        title(rk.figures.trend(rk.trend(ORDERS)))
        == "Feb 2026 brought 50% more than the year before"
    )
    less = rk.trend(ORDERS.replace({"total": {45: 15}}))
    assert title(rk.figures.trend(less)) == "Feb 2026 brought 50% less than the year before"
    same = rk.trend(ORDERS.replace({"total": {45: 30}}))
    assert title(rk.figures.trend(same)) == "Feb 2026 brought as much as the year before"


def test_without_a_year_before_the_trend_names_the_best_whole_period():
    assert (
        title(rk.figures.trend(rk.trend(ORDERS[:3])))
        == "The best whole month was Jan 2025, with 30"
    )


def test_without_a_whole_period_the_trend_says_so():
    assert title(rk.figures.trend(rk.trend(ORDERS[:1]))) == "No month is whole yet"


def test_the_words_of_the_trend_mark_what_is_not_whole_and_what_was_before():
    words = str(rk.figures.trend(rk.trend(ORDERS[1:])))
    assert "Feb 2025 30 (perhaps not whole); Mar 2025 0;" in words
    assert words.endswith(
        "Feb 2026 45 (the year before 30); Mar 2026 5 (not over, the year before 0)."
    )


def test_what_is_not_whole_is_hatched_and_not_only_coloured():
    bars = rk.figures.trend(rk.trend(ORDERS)).axes[0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [False] * 14 + [True]


@pytest.mark.parametrize(
    ("by", "name"), [("day", "20 Mar 2026 5"), ("quarter", "Q1 2026 50"), ("year", "2026 50")]
)
def test_periods_are_named_as_people_write_them(by, name):
    assert name in str(rk.figures.trend(rk.trend(ORDERS, by=by)))


def test_the_value_curve_says_what_the_top_tenth_brings():
    picture = rk.figures.value_curve(rk.rfm(ORDERS))
    assert title(picture) == "The top tenth (1 of 3) brings 45% of the money"
    assert "The top half (2 of 3): 82%." in str(picture)


def test_without_money_the_value_curve_says_so():
    picture = rk.figures.value_curve(rk.rfm(ORDERS.assign(total=0)))
    assert title(picture) == "All 3 customers together brought no money"


def test_the_grid_says_who_buys_lately_and_often():
    customers = pd.DataFrame(
        {"recency_score": [5, 4, 5], "frequency_score": [5, 4, 1], "money": [30, 20, 50]}
    )
    picture = rk.figures.rfm_grid(customers)
    assert title(picture) == "2 customers buy lately and often: 50% of the money"
    assert "Recency 5: 1 customer (50%) at frequency 1, 1 customer (30%) at frequency 5." in str(
        picture
    )


def test_the_grid_writes_each_number_on_its_field():
    customers = pd.DataFrame({"recency_score": [5], "frequency_score": [2], "money": [9]})
    picture = rk.figures.rfm_grid(customers)
    assert title(picture) == "No customer buys lately and often"
    [text] = picture.axes[0].texts
    assert (text.get_text(), text.get_position()) == ("1\n100%", (1, 0))
    assert [label.get_text() for label in picture.axes[0].get_yticklabels()] == list("54321")


def test_the_cohort_table_says_how_many_came_back_and_leaves_the_unknown_blank():
    picture = rk.figures.cohort_table(rk.cohorts(ORDERS[:3], on="2025-03-31"))
    assert title(picture) == "A month later, 50% of 2 bought again"
    assert (
        "Jan 2025 (1 new): 1 100%, 2 0%; Feb 2025 (1 new): 1 0%; Mar 2025 (0 new): not known"
        in str(picture)
    )
    assert len(picture.axes[0].texts) == 3


def test_a_shop_in_its_first_month_cannot_know_who_comes_back():
    picture = rk.figures.cohort_table(rk.cohorts(ORDERS[:1]))
    assert title(picture) == "It is too early to know who comes back"


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
@settings(max_examples=10)  # each draws a picture
@given(seed=st.integers(0, 500))
def test_every_table_can_be_drawn_under_a_title_that_fits(draw, seed):
    picture = draw(random_orders(seed))
    assert str(picture).split(". ")[0] in {"Bar chart", "Line chart", "Grid", "Table"}
    assert title(picture) in str(picture)
    assert len(title(picture)) <= 60


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("rows", [1, 2, 5])
def test_few_orders_are_drawn_and_nobodys_style_is_changed(draw, rows):
    before = dict(mpl.rcParams)
    assert draw(ORDERS[:rows]).png().startswith(b"\x89PNG")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_the_same_table_gives_the_same_picture(draw):
    assert draw(ORDERS).png() == draw(ORDERS).png()


def test_a_darker_field_is_darker_in_grey_too():
    greys = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in SHADES(range(256))]
    assert greys == sorted(greys, reverse=True)


@pytest.mark.parametrize(
    ("draw", "what"),
    [
        (rk.figures.trend, "The trend has no column 'money'"),
        (rk.figures.value_curve, "The table of customers has no column 'money'"),
        (rk.figures.rfm_grid, "The table of customers has no column 'recency_score'"),
        (rk.figures.cohort_table, "The table of cohorts has no column 'customers'"),
    ],
)
def test_orders_in_place_of_a_report_are_told_apart(draw, what):
    with pytest.raises(ValueError, match=what):
        draw(ORDERS)
