"""The pictures of after-sales service: true titles, words with the numbers, grey that reads."""

from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest

import retailkit as rk

COLUMNS = ["with_service", "without", "naive", "fair", "low", "high", "n"]


def measured(**rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)


GOOD = [0.94, 0.86, -0.01, 0.08, 0.02, 0.14, 500]
CHANCE = [0.5, 0.4, 0.3, 0.1, -0.9, 1.1, 30]
WORSE = [0.1, 0.2, 0.0, -0.1, -0.15, -0.05, 300]
UNKNOWN = [None] * 6 + [0]


def title(picture):
    return picture.axes[0].get_title(loc="left")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ({"enjoyment": GOOD}, "Surely better with service: 1 of 1"),
        ({"enjoyment": GOOD, "impression": WORSE}, "Surely better with service: 1 of 2, worse: 1"),
        ({"impression": CHANCE}, "All 1 difference may be chance"),
        ({"impression": UNKNOWN}, "Not known yet what service brings"),
    ],
)
def test_the_title_says_how_many_benefits_are_sure(rows, finding):
    assert title(rk.figures.benefits(measured(**rows))) == finding


def test_the_words_have_the_shares_the_interval_and_the_naive_difference():
    words = str(rk.figures.benefits(measured(enjoyment=GOOD, impression=UNKNOWN)))
    assert "enjoyment: 94% with, 86% without, fair +8.0 (+2.0 to +14.0), naive -1.0;" in words
    assert words.endswith("impression: not known yet.")


def test_a_score_is_not_called_a_share():
    assert "recommendation: +50 with, +40 without" in str(
        rk.figures.benefits(measured(recommendation=CHANCE))
    )


def test_an_interval_that_leaves_the_picture_ends_in_arrows():
    axes = rk.figures.benefits(measured(impression=CHANCE)).axes[0]
    assert {"<", ">"} <= {line.get_marker() for line in axes.lines}
    assert "<" not in {
        line.get_marker() for line in rk.figures.benefits(measured(impression=GOOD)).axes[0].lines
    }


def planned(*rows):
    table = pd.DataFrame(rows, columns=["when", "service_type", "cost"])
    return table.assign(when=pd.to_datetime(table["when"]))


def test_the_plan_names_its_fullest_week_and_leaves_no_week_out():
    plan = planned(("2026-07-01", "security", 1.2), ("2026-07-14", "promotional", 2))
    picture = rk.figures.plan_by_week(plan)
    assert title(picture) == "2 contacts, most in the week of 29 June: 1"
    assert "week of 6 July: nothing, cost 0; week of 13 July: 1 promotional, cost 2." in str(
        picture
    )


def test_the_number_above_a_week_keeps_clear_of_the_title():
    lacks_the_last_kind = planned(*[("2026-07-01", "security", 1.2)] * 33)
    axes = rk.figures.plan_by_week(lacks_the_last_kind).axes[0]
    assert axes.get_ylim()[1] > 1.1 * 33


def test_a_plan_of_nothing_cannot_be_drawn():
    with pytest.raises(ValueError, match="The plan has no contact, so there is nothing to draw"):
        rk.figures.plan_by_week(planned())


@pytest.mark.parametrize(
    ("draw", "what"), [("benefits", "The table of benefits"), ("plan_by_week", "The plan")]
)
def test_a_table_without_its_columns_is_refused_in_a_sentence(draw, what):
    with pytest.raises(ValueError, match=f"{what} has no column"):
        getattr(rk.figures, draw)(pd.DataFrame({"a": [1]}))


def test_the_colours_of_services_are_told_apart_on_a_grey_printer():
    grey = [
        0.299 * red + 0.587 * green + 0.114 * blue
        for red, green, blue in map(mpl.colors.to_rgb, rk.figures.SERVICE_COLOURS.values())
    ]
    assert grey == sorted(grey)
    assert min(later - before for before, later in pairwise(grey)) > 0.05


def test_a_real_shop_s_pictures_can_be_drawn():
    shop = rk.make_shop(seed=7)
    for picture in (
        rk.figures.benefits(rk.benefits(shop)),
        rk.figures.plan_by_week(rk.plan_after_sales(shop, on="2026-06-30", budget=40)),
    ):
        assert picture.png().startswith(b"\x89PNG")
