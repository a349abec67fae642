"""Lesson 03: how we come to know our customers."""

from __future__ import annotations

from typing import Any

from retailkit.catalogue import later, say
from retailkit.claims import Reason, Remedy
from retailkit.course import cases_03 as pick
from retailkit.course.exercises import Cases, Exercise, Lesson, WrongAnswer
from retailkit.course.judges import number, words_in_order
from retailkit.course.quiz_03 import QUIZ
from retailkit.course.shortfall import Shortfall
from retailkit.customers import CollectionChannel
from retailkit.forms.kinds.complaint_form import ComplaintForm
from retailkit.words import listing

CARD = CollectionChannel.WARRANTY_CARD


def complaint(answer: Any, right: Any, cases: Cases) -> str | None:
    """A complaint form on which the last complaint tells the same as the right one."""
    if not isinstance(answer, ComplaintForm):
        return say("The form itself is asked for. Write its name, note, without quotation marks.")
    if not answer.taken:
        return say("Nothing is saved on this form yet. Save it, and read what it says.")
    mine, wanted = pick.noted(answer), pick.noted(right)
    off = [name for name in wanted if mine[name] != wanted[name]]
    named = [say(name) for name in off if name != "private"]
    if not off:
        return None
    said = say("Write down what happened, and nothing that is private.")
    if named:
        said = say(
            "Not as in the talk: {facts}. Read it again, line by line.", facts=listing(named)
        )
    return Shortfall(said, 1 - len(off) / len(wanted))


EXERCISES = (
    Exercise(
        id="3.1",
        asks="Through which way did each of the seven come? Put seven words into the list, in the order of the lines.",
        right=pick.through,
        sheet=pick.seven_talks,
        judge=words_in_order(
            [way.value for way in CollectionChannel],
            advice="Ask of each line: what does the person do, and on which paper would you note it?",
        ),
        yes="Whoever knows the ways takes out the right form at once, and asks for nothing twice.",
        hints=(
            "Which of the seven does something that fits only one of the words, such as giving marks?",
            "Somebody promises to buy: order_form. Somebody only asks: enquiry. Somebody is not content: complaint.",
            "Marks out of 5 are a survey. Words of one's own that nobody has to answer are feedback.",
        ),
        how=later("""sorts = {"buy": "order_form", "promise": "order_form", "find out": "enquiry",
         "look it up": "enquiry", "not pleased": "complaint", "annoys": "complaint",
         "box of": "warranty_card", "altogether": "survey", "door": "feedback",
         "this card": "feedback", "our page": "website"}
ways = [next(way for word, way in sorts.items() if word in talk.lower()) for talk in talks]"""),
        why="A few words decide each time: who promises to buy fills in an order form, who gives "
        "marks a survey. Seven words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="took the website for an enquiry",
                answer=lambda shop: pick.through(shop, website=CollectionChannel.ENQUIRY),
                says="One of them was typed in on our page at midnight, with nobody at the desk. That way has a word of its own.",
            ),
            WrongAnswer(
                name="took a complaint for feedback",
                answer=lambda shop: pick.through(shop, complaint=CollectionChannel.FEEDBACK),
                says="One of them tells us that something went wrong. That is more than an opinion: it needs an answer.",
            ),
            WrongAnswer(
                name="took a survey for feedback",
                answer=lambda shop: pick.through(shop, survey=CollectionChannel.FEEDBACK),
                says="Both say what somebody thinks. Look for the numbers: marks are given in only one of them.",
            ),
            WrongAnswer(
                name="took an order for an enquiry",
                answer=lambda shop: pick.through(shop, order_form=CollectionChannel.ENQUIRY),
                says="One of them does not only ask, but promises to buy and pays ahead.",
            ),
        ),
    ),
    Exercise(
        id="3.2",
        asks="Fill in the form, save it, and put its name, note, in the place of the dots.",
        right=pick.right_note,
        sheet=pick.telephone,
        judge=complaint,
        yes="Who, why, who heard it, what was done: whoever takes up the case tomorrow knows what you know.",
        hints=(
            "Who complains, why, who heard it, and what has been done? Which line of the talk answers each?",
            "Look at the line above the talk: who are you? And at the last line: what have you done, and what have you only promised?",
            'Begin like this: note.fill(customer_id=talk.numbers[0], channel="phone")',
        ),
        how=later("""caller, you = talk.numbers
note.fill(customer_id=caller, channel="phone", reason="late", heard_by=you, done="apology")
note.fill(narrative="Promised for Friday, it came the Wednesday after. I want some money back.")
note.save()
my_note = note"""),
        why="You heard it yourself, so you stand there, even if it is about a colleague. All that "
        "has been done is to apologise. The daughter's arm helps nobody to answer, so it stays out.",
        wrong=(
            WrongAnswer(
                name="named the colleague whom it is about",
                answer=pick.note_about,
                says="You noted the colleague who is complained about. Who heard it?",
            ),
            WrongAnswer(
                name="took the wish for what was done",
                answer=lambda shop: pick.right_note(shop, done=Remedy.PRICE_REDUCTION),
                says="Part of the money back is what the customer would like. What has been done so far?",
            ),
            WrongAnswer(
                name="took lateness for something that never came",
                answer=lambda shop: pick.right_note(shop, reason=Reason.NOT_DELIVERED),
                says="You noted that it has not come. Read the first line to its end.",
            ),
            WrongAnswer(
                name="wrote down what is private",
                answer=lambda shop: pick.right_note(
                    shop, narrative="Too late. The daughter has a broken arm. Wants money back."
                ),
                says="All that is needed is there, and one thing too many: how somebody's child is does not help us to answer. Undo, and leave it out.",
            ),
        ),
    ),
    Exercise(
        id="3.3",
        asks="Of how many customers who first came through a warranty card do we know the birthday? Give a number.",
        right=lambda shop: pick.birthdays(pick.came_through(shop, CARD)),
        judge=number,
        yes="A birthday is known where somebody asked for it and the customer wanted to say it.",
        hints=(
            "Two filters are needed. Which customers do you want, and which of those have a birthday in the table?",
            'Filter shop.customers by the column "channel" first. Then keep the rows whose "birth_on" is filled in.',
            'The second filter is through_cards[through_cards["birth_on"].notna()], and len counts.',
        ),
        how="""through_cards = shop.customers[shop.customers["channel"] == "warranty_card"]
known = len(through_cards[through_cards["birth_on"].notna()])""",
        why="The first filter keeps those who came through a warranty card, the second those of "
        "them whose birthday is filled in.",
        wrong=(
            WrongAnswer(
                name="counted all who came through a card",
                answer=lambda shop: len(pick.came_through(shop, CARD)),
                says="Those are all who came through a warranty card. Some of them never told us their birthday.",
            ),
            WrongAnswer(
                name="counted all birthdays",
                answer=lambda shop: pick.birthdays(shop.customers),
                says="Those are the birthdays of customers from all seven ways. Filter the way first.",
            ),
            WrongAnswer(
                name="counted the empty ones",
                answer=lambda shop: (
                    len(pick.came_through(shop, CARD))
                    - pick.birthdays(pick.came_through(shop, CARD))
                ),
                says="Those are the ones who did not tell us. notna keeps what is filled in, isna what is empty.",
            ),
            WrongAnswer(
                name="counted the cards",
                answer=lambda shop: len(shop.warranty_cards),
                says="Those are cards, and one customer can send in many. The column channel says through which way somebody first came.",
            ),
        ),
    ),
    Exercise(
        id="3.4",
        asks="How many different customers stand on our survey cards? Give a number.",
        right=lambda shop: int(shop.surveys["customer_id"].nunique()),
        judge=number,
        yes="You counted people. A card more is not always a customer more.",
        hints=(
            "Is every card another person? And does every card name a person?",
            "Which verb counted the people behind the warranty cards?",
            'Choose the column shop.surveys["customer_id"], and put .nunique() behind it.',
        ),
        how="""people = shop.surveys["customer_id"].nunique()""",
        why="nunique counts every customer once, however many cards there are, and leaves out the "
        "empty fields of the anonymous cards.",
        wrong=(
            WrongAnswer(
                name="counted all cards",
                answer=lambda shop: len(shop.surveys),
                says="Those are all cards. Some name nobody, and some customers filled in several.",
            ),
            WrongAnswer(
                name="counted the signed cards",
                answer=pick.signed,
                says="You left out the anonymous cards. But you still count cards: some customers filled in several.",
            ),
            WrongAnswer(
                name="counted nobody as a customer",
                answer=lambda shop: len(shop.surveys["customer_id"].unique()),
                says="One too many: the empty field of the anonymous cards is no customer.",
            ),
            WrongAnswer(
                name="counted those who first came through a survey",
                answer=lambda shop: len(pick.came_through(shop, CollectionChannel.SURVEY)),
                says="Those are the customers whom we first met through a survey. Look at the surveys themselves.",
            ),
        ),
    ),
    Exercise(
        id="3.5",
        asks="On how many survey cards has somebody written a name afterwards? Give a number.",
        right=lambda shop: pick.signed(shop, on_the_card=False),
        judge=number,
        yes="These names have to go. Those customers gave their marks because nobody would know.",
        hints=(
            "Which field does the desk fill in on a signed card, and leave empty on an anonymous one?",
            "Two filters: first the cards that name a customer, then those of them that do not say what they are about.",
            'Begin with named = shop.surveys[shop.surveys["customer_id"].notna()]',
        ),
        how="""named = shop.surveys[shop.surveys["customer_id"].notna()]
afterwards = len(named[named["about_id"].isna()])""",
        why="A card that was signed names its order or case. A card with a name and without that "
        "number was anonymous when it came in.",
        wrong=(
            WrongAnswer(
                name="counted all cards with a name",
                answer=pick.signed,
                says="Those are all cards with a name. Most of them were signed by the customers themselves: their order or case stands on the card.",
            ),
            WrongAnswer(
                name="counted all cards that came in anonymous",
                answer=lambda shop: int(shop.surveys["about_id"].isna().sum()),
                says="Those are all cards that came in without a name. On most of them there is still none.",
            ),
            WrongAnswer(
                name="counted the cards that are anonymous still",
                answer=lambda shop: int(shop.surveys["customer_id"].isna().sum()),
                says="Those are the cards that name nobody, as it should be. You look for a name where there should be none.",
            ),
            WrongAnswer(
                name="counted the ones that were signed rightly",
                answer=lambda shop: pick.signed(shop, on_the_card=True),
                says="Those are the cards that customers signed. You want the ones with a name whose field about_id is empty.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=3,
    teaches=("A5", "A6", "A7"),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=1500,
    faults=pick.planted,
)
