"""Lesson 01: what happens before, during and after a sale."""

from __future__ import annotations

from retailkit.course import cases_01 as pick
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import number, words_in_order
from retailkit.course.quiz_01 import QUIZ
from retailkit.course.tables import table
from retailkit.stages import Stage, customer_file
from retailkit.tracking import TrackingStatus

EXERCISES = (
    Exercise(
        id="1.1",
        asks="How many orders are open? Give a number.",
        right=lambda shop: len(pick.open_orders(shop)),
        judge=number,
        yes="So many customers are waiting for something right now. Each of them may ask where it is.",
        hints=(
            "Which rows did the filter in the cell above keep, and where do we count them?",
            "len(...) counts the rows of any table, also of a filtered one.",
            'The filtered table is shop.orders[shop.orders["status"] == "open"]. Put len( ) around it.',
        ),
        how="""open_orders = shop.orders[shop.orders["status"] == "open"]
how_many = len(open_orders)""",
        why="The filter keeps the rows whose status is open, and len counts the rows that are left. "
        "The number read from the counted words and typed in is just as right.",
        wrong=(
            WrongAnswer(
                name="counted without the filter",
                answer=lambda shop: len(shop.orders),
                says="Those are all orders, whatever became of them. Filter first, then count.",
            ),
            WrongAnswer(
                name="counted the different words",
                answer=lambda shop: shop.orders["status"].nunique(),
                says="That is how many different words stand in the column. Count the rows that say open.",
            ),
            WrongAnswer(
                name="counted the ones that are not open",
                answer=lambda shop: len(shop.orders) - len(pick.open_orders(shop)),
                says="Those are the orders that are not open. Two equals signs, ==, keep the open ones.",
            ),
        ),
    ),
    Exercise(
        id="1.2",
        asks="Where are the five orders? Put five words from the list above into the list, in the order of the cards.",
        right=pick.replies,
        cases=pick.five_orders,
        card=pick.order_card,
        judge=words_in_order(
            [status.value for status in TrackingStatus],
            advice="Start with what happened last, then look at the promised day.",
        ),
        yes="Each answer rests on two records: what happened to the order, and what we promised.",
        hints=(
            "What happened last to each order, and has the promised day gone by?",
            "Go through the words from the top. The first one that fits is the answer.",
            'A list of five words looks like this: ["late", "late", "late", "late", "late"]',
        ),
        how="""shop_now = ana.shop_now()
replies = [rk.tracking_status(shop_now, number) for number in five.numbers]""",
        why="What happened last decides: cancelled, or handed over. If neither did, compare the "
        "promised day with today. Only then ask whether the goods have left the shop.",
        wrong=(
            WrongAnswer(
                name="went by the status alone",
                answer=lambda shop: pick.replies(
                    shop, late=TrackingStatus.ON_ITS_WAY, not_promised=TrackingStatus.ON_ITS_WAY
                ),
                says="You took every open order for on its way. Open says only that the customer does "
                "not have it: has it left the shop, and which day did we promise?",
            ),
            WrongAnswer(
                name="overlooked the promised day",
                answer=lambda shop: pick.replies(shop, late=TrackingStatus.ON_ITS_WAY),
                says="An order of yours has left the shop and should have arrived before today. "
                "Compare the promised day with today.",
            ),
            WrongAnswer(
                name="took sent for handed over",
                answer=lambda shop: pick.replies(
                    shop,
                    late=TrackingStatus.HANDED_OVER,
                    on_its_way=TrackingStatus.HANDED_OVER,
                ),
                says="Shipped is not handed over: the goods have left the shop, and nobody has taken them yet.",
            ),
            WrongAnswer(
                name="called an order late without a promise",
                answer=lambda shop: pick.replies(shop, not_promised=TrackingStatus.LATE),
                says="For one order no day is promised. Without a promised day nothing can be late.",
            ),
        ),
    ),
    Exercise(
        id="1.3",
        asks="Which open orders are late? Make a table of them.",
        right=lambda shop: pick.promise_gone_by(pick.open_orders(shop), shop),
        judge=table(key="order_id"),
        yes="These customers should hear from us before they have to ask.",
        hints=(
            "Late means two things at once: still open, and the promised day has gone by. Which of the two have you filtered already?",
            'Filter open_orders once more, by the column "promised_on".',
            'The filter is open_orders["promised_on"] < today. Put it between the brackets of open_orders[ ].',
        ),
        how="""open_orders = shop.orders[shop.orders["status"] == "open"]
late = open_orders[open_orders["promised_on"] < today]""",
        why="Two filters, one after the other: first the open orders, then those of them whose "
        "promised day lies before today.",
        wrong=(
            WrongAnswer(
                name="forgot the promised day",
                answer=pick.open_orders,
                says="Those are all open orders. Some of them are on their way and in good time.",
            ),
            WrongAnswer(
                name="forgot that they must be open",
                answer=lambda shop: pick.promise_gone_by(shop.orders, shop),
                says="Most of those were handed over long ago. Filter the open orders, not all orders.",
            ),
            WrongAnswer(
                name="turned the sign round",
                answer=pick.promised_for_later,
                says="Those are promised for a day after today. Which sign means before?",
            ),
            WrongAnswer(
                name="took all orders",
                answer=lambda shop: shop.orders,
                says="Those are all orders of the shop. Two filters are needed: open, and promised before today.",
            ),
        ),
    ),
    Exercise(
        id="1.4",
        asks="Which stage does each line belong to? Put one word for each line into the list: ordering, claims or after_sales.",
        right=pick.stages_of,
        cases=pick.one_customer,
        card=customer_file,
        judge=words_in_order(
            [stage.value for stage in Stage],
            advice="For each line ask: is it about getting the goods, about something wrong, or about what comes once all is well?",
        ),
        yes="One customer, three stages, and the shop's computer holds all of it under one number.",
        hints=(
            "For each line: is the customer getting something, unhappy with something, or being looked after?",
            "Handing over the goods ends the ordering. Something that went wrong, and our answer to it, are claims.",
            'Start like this: stages = ["ordering", ...], with one word for each line.',
        ),
        how="""lines = rk.happenings(shop, one.numbers[0])
stages = [line.stage for line in lines]""",
        why="The sale ends when the goods are handed over. Whatever went wrong, and our answer, "
        "belong to claims; what we do for somebody who has bought is after-sales.",
        wrong=(
            WrongAnswer(
                name="took what went wrong for after-sales",
                answer=lambda shop: pick.stages_of(shop, claims=Stage.AFTER_SALES),
                says="It comes after the sale, but somebody says that something went wrong, or gets "
                "our answer to it. That stage has its own name.",
            ),
            WrongAnswer(
                name="took after-sales for ordering",
                answer=lambda shop: pick.stages_of(shop, after_sales=Stage.ORDERING),
                says="An offer, a card or help with the goods comes once the customer has bought. "
                "Nothing is being ordered there.",
            ),
            WrongAnswer(
                name="saw two stages only",
                answer=lambda shop: pick.stages_of(shop, claims=Stage.ORDERING),
                says="Where something went wrong, the customer is not ordering. Look for the lines about that.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=1, teaches=("B1", "B2", "B3"), exercises=EXERCISES, quiz=QUIZ, customers=4000
)
