"""Pictures: a finding in the title, words for those who cannot see it, nobody's style changed."""

import itertools

import matplotlib as mpl
import pandas as pd
import pytest

import retailkit as rk

BOOK = pd.DataFrame(
    {
        "reason": ["late", "late", "late", "defective", "defective"],
        "level": ["lower", "middle", "serious", "serious", "serious"],
        "mine": ["lower", "lower", "serious", "serious", "middle"],
    }
)


def test_the_title_says_the_finding():
    chart = rk.figures.level_by_reason(BOOK)
    assert chart.get_suptitle() == "3 of 5 are serious, most often defective"


def test_the_words_hold_the_numbers_of_every_bar():
    words = repr(rk.figures.level_by_reason(BOOK.drop(columns="mine")))
    assert words.endswith("late: 1 serious, 1 middle and 1 lower; defective: 2 serious.")


def test_differences_are_in_the_words_and_at_the_bar():
    chart = rk.figures.level_by_reason(BOOK)
    assert "late: 1 serious, 1 middle and 1 lower (1 ruled otherwise by you)" in repr(chart)
    assert any("you differ: 1" in text.get_text() for text in chart.axes[0].texts)


def test_a_book_without_serious_cases_says_so():
    book = pd.DataFrame({"reason": ["late"], "level": ["lower"]})
    assert rk.figures.level_by_reason(book).get_suptitle() == "No case is serious"


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="The table of cases has no column 'level'"):
        rk.figures.level_by_reason(BOOK.drop(columns="level"))


def test_the_page_form_carries_the_words_as_its_text():
    page = rk.figures.level_by_reason(BOOK)._repr_html_()
    assert page.startswith('<img alt="Bar chart. 3 of 5 are serious')


def test_names_with_dollar_signs_and_markup_are_drawn_as_they_are():
    book = BOOK.assign(reason="$a_b$ <b> $$")
    chart = rk.figures.level_by_reason(book)
    assert chart.png().startswith(b"\x89PNG")
    assert "<b>" not in chart._repr_html_()


def test_the_learners_own_style_is_left_alone():
    before = dict(mpl.rcParams)
    rk.figures.level_by_reason(BOOK).png()
    assert dict(mpl.rcParams) == before


def test_a_table_is_left_as_it_was():
    before = BOOK.copy()
    rk.figures.level_by_reason(BOOK)
    pd.testing.assert_frame_equal(BOOK, before)


def test_the_shop_at_a_glance_names_the_busiest_month():
    shop = rk.make_shop(seed=7, customers=200)
    months = shop.orders["ordered_at"].dt.to_period("M").value_counts()
    title = rk.figures.shop_at_a_glance(shop).axes[0].get_title(loc="left")
    assert f"{months.max()} orders" in title


def test_the_same_table_gives_the_same_picture():
    assert rk.figures.level_by_reason(BOOK).png() == rk.figures.level_by_reason(BOOK).png()


def test_words_on_every_shade_are_read_at_four_and_a_half_to_one():
    from retailkit.figures.chart import letters_on
    from retailkit.figures.fields import SHADES

    def light(colour):
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in mpl.colors.to_rgb(colour)
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05

    shades = [SHADES(step / 50)[:3] for step in range(51)]
    for shade in [*shades, *rk.figures.SERVICE_COLOURS.values(), rk.figures.NEEDS_WORK]:
        words, ground = light(letters_on(shade)), light(shade)
        assert max(words, ground) / min(words, ground) >= 4.5


def test_of_two_parts_alike_in_grey_one_has_a_pattern():
    shop = rk.make_shop(seed=7, customers=300)
    bands = rk.figures.age_bands(rk.age_bands(rk.ages(shop)))
    plan = rk.figures.plan_by_week(rk.plan_after_sales(shop, "2026-07-01", 200))
    for picture in (bands, plan):
        (axes,) = picture.axes
        parts = [part for bars in axes.containers for part in bars]
        looks = {(part.get_facecolor(), part.get_hatch()) for part in parts}
        greys = sorted(
            (0.299 * red + 0.587 * green + 0.114 * blue, hatch or "")
            for (red, green, blue, _), hatch in looks
        )
        for (one, mine), (next_, other) in itertools.pairwise(greys):
            assert next_ - one > 0.1 or mine != other
