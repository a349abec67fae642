"""Tables on a page: every header says what it belongs to, every text is as it is stored."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from retailkit.shown import table_page
from retailkit.text import escaped

PRICES = pd.DataFrame({"name": ["kettle", "lamp"], "price": [29.0, 12.5]})


def headers(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<th[^>]* scope="(\w+)"[^>]*>([^<]*)</th>', page)


@pytest.mark.parametrize(
    "table",
    [
        PRICES,
        PRICES.set_index("name"),
        PRICES.set_index(["name", "price"]).assign(sold=1),
        PRICES.pivot_table(index="name", columns="price", values="price"),
        PRICES.T,
        pd.DataFrame(),
        pd.DataFrame({("a", "b"): [1], ("a", "c"): [2]}),
        PRICES.head(0),
    ],
)
def test_every_header_says_what_it_belongs_to_and_none_is_empty(table):
    page = table_page(table)
    assert page.count("<th ") == page.count(" scope=")
    assert not re.search(r"<th(?!ead)[^>]*></th>", page)


def test_the_name_of_the_rows_stands_in_the_line_of_the_columns():
    page = table_page(PRICES.set_index("name"))
    assert headers(page) == [("col", "name"), ("col", "price"), ("row", "kettle"), ("row", "lamp")]
    assert page.count("<tr") == 3


def test_the_name_of_the_columns_spans_them():
    page = table_page(PRICES.pivot_table(index="name", columns="price", values="price"))
    assert '<th colspan="2" scope="colgroup">price</th>' in page
    assert headers(page)[1:4] == [("col", "name"), ("col", "12.5"), ("col", "29.0")]


def test_a_table_shown_in_part_says_so_in_its_caption():
    page = table_page(pd.DataFrame({"a": range(100)}))
    assert "100 rows and 1 columns, shown in part.</caption>" in page
    assert "<p>" not in page


def test_text_from_the_right_is_shown_from_the_right():
    page = table_page(pd.DataFrame({"name": ["דנה", "Dana", "سارة"]}))
    assert page.count('<td dir="auto">') == 2


def test_markup_and_dollar_signs_stay_text():
    with pd.option_context("display.html.use_mathjax", False):
        page = table_page(pd.DataFrame({"<b>": ["<i>&amp;</i> $5 $6"]}))
    assert "&lt;i&gt;&amp;amp;&lt;/i&gt; $5 $6" in page
    assert "&lt;b&gt;" in page
    assert "tex2jax_ignore" in page


def test_where_pandas_shows_text_alone_so_do_we():
    with pd.option_context("display.notebook_repr_html", False):
        assert table_page(PRICES) is None


def test_a_name_from_the_right_does_not_move_what_stands_beside_it():
    assert "of <bdi>דנה כהן</bdi> 3 pieces" in escaped("Order 7 of דנה כהן 3 pieces")
    assert "“<bdi>!שלום</bdi>”" in escaped("Ana says “!שלום”.")


def test_a_text_all_from_the_right_is_read_from_the_right():
    assert escaped("שלום!") == '<span class="tex2jax_ignore" dir="auto">שלום!</span>'
