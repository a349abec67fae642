"""How a table is judged: what is said names columns and rows, and never what is right."""

import pandas as pd
import pytest

import retailkit as rk
from retailkit.course.places import shop_of
from retailkit.course.tables import table

RIGHT = pd.DataFrame(
    {
        "order_id": ["O-1", "O-2", "O-3", "O-4", "O-5", "O-6"],
        "total": [10.0, 20.0, None, 40.0, 51.5, 60.0],
        "on": pd.to_datetime(["2026-01-01"] * 6),
    }
)
JUDGE = table(key="order_id")


def said(answer):
    return JUDGE(answer, RIGHT, {})


def test_the_right_table_is_right_in_any_order_and_with_columns_in_any_order():
    assert said(RIGHT.sample(frac=1, random_state=1)[["on", "total", "order_id"]]) is None


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (12, "A table is asked for; this is a number, 12."),
        (RIGHT["total"], "A table is asked for; this is a column."),
        (RIGHT.drop(columns="on"), "A column is missing: on."),
        (RIGHT[["order_id"]], "2 columns are missing: total and on."),
        (RIGHT.assign(x=1), "A column is too many: x."),
        (pd.concat([RIGHT, RIGHT[["on"]]], axis=1), "A column is there twice: on."),
        (RIGHT.assign(on="soon"), "The column on holds text; it should hold dates."),
        (RIGHT.assign(order_id=None), "In the column order_id a field is empty"),
        (RIGHT.iloc[[0, 0, 1]], "1 row there more than once, such as O-1."),
        (RIGHT.iloc[:4], "Your table has 2 rows missing."),
        (
            pd.concat([RIGHT, RIGHT.assign(order_id=[f"X-{n}" for n in range(6)])]),
            "Your table has 6 rows too many, such as X-0, X-1 and X-2.",
        ),
        (
            RIGHT.assign(total=RIGHT["total"] * 2),
            "In the column total, 5 rows not right: O-1, O-2 and O-4 and others.",
        ),
        (
            RIGHT.assign(total=[10, 20, 30, 40, 51.5, 60]),
            "In the column total, 1 row not right: O-3.",
        ),
    ],
    ids=lambda part: part[:30] if isinstance(part, str) else "",
)
def test_what_is_wrong_is_named(answer, sentence):
    assert said(answer).startswith(sentence)


def test_a_row_that_is_missing_is_never_named_and_no_right_value_is():
    wrong = RIGHT.assign(total=1.0).iloc[:3]
    text = said(wrong) + said(RIGHT.assign(total=0.0))
    assert not [key for key in ("O-4 ", "O-5 ", "10.0", "51.5") if key in said(wrong)]
    assert "51.5" not in text


def test_the_share_is_that_of_the_rows_that_are_right():
    assert said(RIGHT.iloc[:3]).share == pytest.approx(0.5)
    assert said(RIGHT.assign(total=[10, 20, None, 0, 0, 0])).share == pytest.approx(0.5)


def test_an_order_list_is_checked_as_a_table():
    shop = shop_of("demo", 1)
    late = shop.orders[shop.orders["status"] == "open"]
    late = late[late["promised_on"] < str(shop.today)]
    assert rk.check("1.3", late).outcome == "Yes"
    half = rk.check("1.3", late.iloc[: len(late) // 2])
    assert half.sentence.endswith("rows missing.")
    assert 0.4 < half.share < 0.6
    assert rk.check("1.3", late[["order_id"]]).sentence.startswith("7 columns are missing")
