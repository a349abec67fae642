"""Lesson 06: who our best customers are, and what they buy."""

from __future__ import annotations

from datetime import date
from typing import Any

from retailkit.catalogue import say
from retailkit.course import cases_06 as pick
from retailkit.course.exercises import Cases, Exercise, Lesson, WrongAnswer
from retailkit.course.judges import fraction, listed, no_number, number
from retailkit.course.quiz_06 import QUIZ
from retailkit.course.shortfall import Shortfall
from retailkit.insight import purchase_file
from retailkit.records import understood


def day_times_money(answer: Any, right: Any, cases: Cases) -> str | None:
    """Three values in order: a day, a count and an amount."""
    given = listed(answer)
    if given is None or len(given) != len(right):
        return say(
            "A list of three is asked for: a day as text, a count and an amount, "
            'like ["2026-02-28", 3, 120.5].'
        )
    try:
        last = understood("the day", given[0], date)
    except (ValueError, TypeError):
        return say(
            'The first of the three is a day as text: year, month and day, like "2026-02-28".'
        )
    good = [last == date.fromisoformat(right[0])]
    for mine, wanted in zip(given[1:], right[1:], strict=True):
        if problem := no_number(mine):
            said = say("The second and the third of the three are numbers.")
            return f"{said} {problem}"
        # people write cents, and sums of them differ in the last bits
        good.append(number(mine, wanted, cases) is None or abs(mine - wanted) < HALF_A_CENT)
    if all(good):
        return None
    said = say("{good} of 3 are right. Which orders are purchases, in the end?", good=sum(good))
    return Shortfall(said, sum(good) / 3)


HALF_A_CENT = 0.005

EXERCISES = (
    Exercise(
        id="6.1",
        asks='When did this customer last buy, on how many days, and for how much in all? Put three values into the list, like ["2026-02-28", 3, 120.5].',
        right=pick.last_times_money,
        cases=pick.one_customer,
        card=purchase_file,
        judge=day_times_money,
        yes="Recency, frequency and money of one customer, worked out by hand.",
        hints=(
            "Which of these orders stayed with the customer and were paid for, in the end?",
            "Cross out the lines that say cancelled or returned. What is the last day that is left, and how many are left?",
            'Python adds up for you: 20.5 + 30 + 9.95. The list begins with the day as text, like "2026-02-28".',
        ),
        how="""row = rk.rfm(shop.orders, on=shop.today).loc[one.numbers[0]]
by_hand = [row["last_on"].date(), row["frequency"], row["money"]]""",
        why="rfm does for every customer what you have done for one: it leaves out what was cancelled "
        "or returned. Three values worked out by hand are just as right.",
        wrong=(
            WrongAnswer(
                name="took every order for a purchase",
                answer=pick.with_what_came_back,
                says="You took every order for a purchase. What was cancelled or came back brings no money in the end.",
            ),
            WrongAnswer(
                name="took the first day for the last",
                answer=pick.from_the_first,
                says="Count and money are right. The day is that of the first purchase, and the last one is asked for.",
            ),
            WrongAnswer(
                name="kept the money of what came back",
                answer=pick.with_the_money_of_all,
                says="Day and count are right. In the money there is still an order that was cancelled or came back.",
            ),
        ),
    ),
    Exercise(
        id="6.2",
        asks="Which share of the money does the best fifth of your customers bring? Give a number between 0 and 1.",
        right=pick.share_of_best,
        judge=fraction,
        yes="That is this shop's own share: looked up, and not believed.",
        hints=(
            "What is the part here, and what is the whole?",
            "best_customers takes share=0.2 for the best fifth. Their money is the part, and the money of all customers is the whole.",
            'Start with fifth = rk.best_customers(shop.orders, share=0.2), and add up fifth["money"].',
        ),
        how="""fifth = rk.best_customers(shop.orders, share=0.2)
share = fifth["money"].sum() / customers["money"].sum()""",
        why="The part is what the best fifth brings, the whole what all customers bring. Guests have no "
        "number, so they can be neither best customers nor part of this whole.",
        wrong=(
            WrongAnswer(
                name="believed the saying",
                answer=lambda shop: 0.8,
                says="That is what the saying says. What do your own customers say?",
            ),
            WrongAnswer(
                name="took the best tenth",
                answer=lambda shop: pick.share_of_best(shop, 0.1),
                says="That is the best tenth. For the best fifth, write share=0.2.",
            ),
            WrongAnswer(
                name="divided by every order in the book",
                answer=pick.share_of_every_order,
                says="You divided by all orders in the book, with those of guests and those that were cancelled or came back. The whole is the money of all customers.",
            ),
            WrongAnswer(
                name="counted heads",
                answer=pick.share_of_heads,
                says="That is the share of the customers, about a fifth by definition. Which share of the money is it?",
            ),
        ),
    ),
    Exercise(
        id="6.3",
        asks="By how much did a day of May differ from a day of April? Give the change as a number: 0.1 is a tenth more, -0.1 a tenth less.",
        right=pick.change,
        judge=fraction,
        yes="Days against days: that is fair, even in the middle of a month.",
        hints=(
            "Which of the three columns can be compared, when one month has 30 days and the other only 12?",
            "The change is new / old - 1. Here May is new, and April is old.",
            'The new one is early.loc["2026-05", "money_per_day"].',
        ),
        how="""april = early.loc["2026-04", "money_per_day"]
may = early.loc["2026-05", "money_per_day"]
change = may / april - 1""",
        why="The money of twelve days says little beside the money of thirty. Money per day can be "
        "compared, although twelve days may still be better or worse than the rest of the month.",
        wrong=(
            WrongAnswer(
                name="compared twelve days with a whole month",
                answer=lambda shop: pick.ratio(shop, "money") - 1,
                says="You did what the owner did: twelve days of May against thirty days of April.",
            ),
            WrongAnswer(
                name="forgot to take off one",
                answer=lambda shop: pick.ratio(shop, "money_per_day"),
                says="That is May divided by April. Take 1 off, and the change is left.",
            ),
            WrongAnswer(
                name="took April for the new one",
                answer=lambda shop: 1 / pick.ratio(shop, "money_per_day") - 1,
                says="You went backwards in time, from May to April. May is the new month, and April the old one.",
            ),
            WrongAnswer(
                name="gave it in per cent",
                answer=lambda shop: 100 * pick.change(shop),
                says="That is in per cent. Leave out the times 100.",
            ),
        ),
    ),
    Exercise(
        id="6.4",
        asks="Of the money that your best customers spend, which share goes on electronics? Give a number between 0 and 1.",
        right=pick.part_of_goods,
        judge=fraction,
        yes="Compare it with the share of all customers, and you know what is special about the best.",
        hints=(
            "Whose money is the whole here: everybody's, or that of the best customers?",
            "Filter theirs by its category, add up the money, and divide by all money in theirs.",
            'The part is theirs[theirs["category"] == "electronics"]["money"].sum().',
        ),
        how="""electronics = theirs[theirs["category"] == "electronics"]
part = electronics["money"].sum() / theirs["money"].sum()""",
        why='The question begins with "of the money that your best customers spend", and so that money '
        "is the whole.",
        wrong=(
            WrongAnswer(
                name="took all customers",
                answer=lambda shop: pick.part_of_goods(shop, of_best=False),
                says="That is the share for everybody. Use theirs, the lines of the best customers.",
            ),
            WrongAnswer(
                name="took the wrong whole",
                answer=pick.part_bought_by_the_best,
                says="You divided by all the money for electronics. That says how much of the electronics the best customers buy, which is another question.",
            ),
            WrongAnswer(
                name="divided by all money",
                answer=pick.part_of_all_money,
                says="You divided by the money of everybody. The whole is what the best customers spend.",
            ),
            WrongAnswer(
                name="counted lines",
                answer=pick.part_of_lines,
                says="You counted lines, and a laptop counts there as much as a mug. Add up the money.",
            ),
        ),
    ),
    Exercise(
        id="6.5",
        asks="How many customers are fading: bought often, and not lately? Give a number.",
        right=pick.fading,
        judge=number,
        yes="These customers liked the shop once. Who among them may we ask what has changed?",
        hints=(
            "Two things at once: often, and not lately. Which columns say so, and which scores?",
            "Often is a frequency_score of 4 or 5: >= 4. Not lately is a recency_score of 3 or less: < 4.",
            'Start with often = customers[customers["frequency_score"] >= 4], and filter that once more.',
        ),
        how="""often = customers[customers["frequency_score"] >= 4]
fading = len(often[often["recency_score"] < 4])""",
        why="One filter after the other: first who bought often, then those of them who have not bought lately.",
        wrong=(
            WrongAnswer(
                name="forgot the second filter",
                answer=lambda shop: len(pick.often(shop)),
                says="Those are all who buy often. Some of them were here last week.",
            ),
            WrongAnswer(
                name="kept those who bought lately",
                answer=lambda shop: len(pick.often(shop)) - pick.fading(shop),
                says="Those are the regular ones. A high recency score means lately, and a low one long ago.",
            ),
            WrongAnswer(
                name="forgot that they bought often",
                answer=lambda shop: int((~pick.lately(shop)).sum()),
                says="Those are all who have not bought lately. Most of them never bought often.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=6,
    teaches=("A13",),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=3000,
    faults={"unfounded_claim": 0.025},
)
