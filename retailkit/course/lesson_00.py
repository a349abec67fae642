"""Lesson 00: how the course works."""

from __future__ import annotations

from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import number, word
from retailkit.orders import Place
from retailkit.shop import Shop


def busiest_place(shop: Shop) -> str:
    """Where most orders are placed."""
    return str(shop.orders["place"].value_counts().index[0])


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
        asks="Where are most orders placed? Give one word: store, website or phone.",
        right=busiest_place,
        judge=word([place.value for place in Place], "One word"),
        yes="That is where most of your shop's orders come from.",
        hints=(
            "Which row of the small table above has the largest number?",
            'Put the word in quotation marks, like this: busiest = "phone"',
        ),
        how='busiest = shop.orders["place"].value_counts().index[0]',
        why="value_counts counts how often each word appears, the most frequent first. "
        "The word read from the table and typed in is just as right.",
        wrong=(
            WrongAnswer(
                name="took the last row",
                answer=lambda shop: shop.orders["place"].value_counts().index[-1],
                says="That is where the fewest orders are placed. Look for the largest number.",
            ),
            WrongAnswer(
                name="took the second row",
                answer=lambda shop: shop.orders["place"].value_counts().index[1],
                says="That place comes second. Look for the largest number.",
            ),
        ),
    ),
)

LESSON = Lesson(number=0, teaches=(), exercises=EXERCISES)
