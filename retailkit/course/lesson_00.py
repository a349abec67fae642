"""Lesson 00: how the course works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import number
from retailkit.course.quiz_00 import QUIZ
from retailkit.orders import Place
from retailkit.shop import Shop

if TYPE_CHECKING:
    import pandas as pd


def orders_by_month(shop: Shop) -> pd.Series[int]:
    """How many orders came in each month, the first month first; months without one are left out."""
    counts: pd.Series[int] = shop.orders["ordered_at"].dt.to_period("M").value_counts()
    return counts.sort_index()


def year_of_the_busiest(shop: Shop) -> int:
    """The year of the month with the most orders."""
    month: Any = orders_by_month(shop).idxmax()
    return int(month.year)


def orders_by(place: Place) -> Callable[[Shop], int]:
    """How many orders are placed there."""
    return lambda shop: int((shop.orders["place"] == place).sum())


EXERCISES = (
    Exercise(
        id="0.1",
        asks="How many customers does your shop have? Give a number.",
        right=lambda shop: len(shop.customers),
        judge=number,
        yes="You read it from the shop itself, and so did the check: nobody typed the answer in.",
        hints=(
            "What did your shop say when it introduced itself?",
            "Put a number in the place of the three dots, without quotation marks.",
        ),
        how="customers = len(shop.customers)",
        why="shop.customers is a table with one row per customer, and len counts its rows. "
        "The number from the shop's introduction, typed in, is just as right.",
        wrong=(
            WrongAnswer(
                name="counted the orders",
                answer=lambda shop: len(shop.orders),
                says="That is the number of orders. One customer can order many times.",
            ),
            WrongAnswer(
                name="counted complaints and claims",
                answer=lambda shop: len(shop.claims),
                says="That is the number of complaints and claims. Most customers never complain.",
            ),
        ),
    ),
    Exercise(
        id="0.2",
        asks="How many orders were placed on the website? Give a number.",
        right=orders_by(Place.WEBSITE),
        judge=number,
        yes="You found the word in the column and counted its rows.",
        hints=(
            "Which row of the small table above has the word website in it?",
            "The number stands to the right of the word. Put it in the place of the three dots.",
        ),
        how='on_the_website = (shop.orders["place"] == "website").sum()',
        why="The comparison asks each row whether its place is the website, and sum counts the yes. "
        "The number read from the table and typed in is just as right.",
        wrong=(
            WrongAnswer(
                name="took the store's row",
                answer=orders_by(Place.STORE),
                says="Those are the orders placed in the store. Look for the row of the website.",
            ),
            WrongAnswer(
                name="took the telephone's row",
                answer=orders_by(Place.PHONE),
                says="Those are the orders placed by phone. Look for the row of the website.",
            ),
            WrongAnswer(
                name="counted all orders",
                answer=lambda shop: len(shop.orders),
                says="Those are all orders, from everywhere. Take only the row of the website.",
            ),
        ),
    ),
    Exercise(
        id="0.3",
        asks="How many orders came in the busiest month? Give a number.",
        right=lambda shop: int(orders_by_month(shop).max()),
        judge=number,
        yes="You read it from the picture. So many orders did the shop take in that month.",
        hints=(
            "Which bar is the tallest, and what does the title say about it?",
            "The title ends in a number of orders. Put it in the place of the three dots.",
        ),
        how='months = shop.orders["ordered_at"].dt.to_period("M")\n'
        "busiest = months.value_counts().max()",
        why="The first line takes the month of each order; the second counts how often each month "
        "stands there, and takes the largest count. The number read from the title is just as "
        "right.",
        wrong=(
            WrongAnswer(
                name="took the year",
                answer=year_of_the_busiest,
                says="That is the year in the title. The number of orders stands at its end.",
            ),
            WrongAnswer(
                name="took the last bar",
                answer=lambda shop: int(orders_by_month(shop).iloc[-1]),
                says="That is the last month in the picture. Look for the tallest bar.",
            ),
            WrongAnswer(
                name="counted all orders",
                answer=lambda shop: len(shop.orders),
                says="Those are the orders of all months together. Take one month only.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=0,
    teaches=(),
    exercises=EXERCISES,
    quiz=QUIZ,
)
