"""Lesson 07: what must be answered first."""

from __future__ import annotations

from collections.abc import Callable

from retailkit.catalogue import say
from retailkit.claims import Kind
from retailkit.course import cases_07 as pick
from retailkit.course.exercises import Cases, Exercise, Lesson, WrongAnswer
from retailkit.course.functions import rule
from retailkit.course.judges import case_number, case_numbers, number, words_in_order
from retailkit.course.practice import as_cases
from retailkit.course.quiz_07 import QUIZ
from retailkit.markets import rules_of
from retailkit.shop import Shop
from retailkit.triage import Evidence, Level


def card_rule(
    high: Callable[[Evidence], bool] | None = None,
    both: Callable[[Evidence], bool] | None = None,
    fourth_line_first: bool = False,
) -> Callable[[Evidence], str]:
    """The owner's rule card as a function; the arguments make it wrong in the ways learners do."""
    high = high or (lambda case: (case.amount or 0) >= rules_of(case.market).amount_high.value)
    both = both or (lambda case: bool(case.vulnerable and case.essential))

    def level(case: Evidence) -> str:
        if case.hazard or case.privacy_breach or case.discrimination:
            return "serious"
        if fourth_line_first and (case.in_guarantee or case.promise_broken):
            return "middle"
        if both(case) or high(case):
            return "serious"
        if case.in_guarantee or case.promise_broken:
            return "middle"
        if (case.amount or 0) >= rules_of(case.market).amount_middle.value:
            return "middle"
        return "lower"

    return level


def more_than(case: Evidence) -> bool:
    """An amount above the high limit, where the card says that it need only reach it."""
    return (case.amount or 0) > rules_of(case.market).amount_high.value


def cases_of_the_book(shop: Shop) -> Cases:
    """Every case of the book, and made-up ones that lie on the limits and above the high one."""
    limits = rules_of(shop.market)
    high, middle = limits.amount_high.value, limits.amount_middle.value
    above, market = high + 100, shop.market
    made_up = {
        say("with an amount of exactly {euros}", euros=high): Evidence(amount=high, market=market),
        say("with an amount of exactly {euros}", euros=middle): Evidence(
            amount=middle, market=market
        ),
        say("with an amount of {euros}", euros=above): Evidence(amount=above, market=market),
        say("in guarantee, with an amount of {euros}", euros=above): Evidence(
            amount=above, in_guarantee=True, market=market
        ),
    }
    return as_cases(pick.facts_of(shop)) | made_up


RULE_OF_THE_CARD = """def my_level(case):
    if at_risk(case):
        return "serious"
    # BEGIN SOLUTION
    if case.vulnerable and case.essential:
        return "serious"
    if case.amount is not None and case.amount >= high:
        return "serious"
    if case.in_guarantee or case.promise_broken:
        return "middle"
    if case.amount is not None and case.amount >= middle:
        return "middle"
    return "lower"
    # END SOLUTION"""

EXERCISES = (
    Exercise(
        id="7.1",
        asks='Complaint or claim? Put six words into the list, "complaint" or "claim", in the order of the cards.',
        right=pick.kinds_of,
        cases=pick.six_texts,
        judge=words_in_order([kind.value for kind in Kind]),
        yes="It does not matter which word people use, or how angry they are. What matters is whether they ask for something.",
        hints=(
            "Does the person want anything from us, or only say that they are not content?",
            "Read each text to its last sentence. Some ask in passing and leave the field on the form open.",
            "Start with the first card: if it asks for money, for a repair, for anything, it is a claim.",
        ),
        how="kinds = [shop.claim(number).kind for number in six.numbers]",
        why="A complaint says that somebody is dissatisfied. A claim also asks for something to put "
        "it right, on the form or in passing in the text.",
        wrong=(
            WrongAnswer(
                name="read only the form",
                answer=pick.kinds_by_the_form,
                says="You went by the form alone. Read the texts to the end: somebody asks for "
                "something in passing.",
            ),
            WrongAnswer(
                name="took every case for a claim",
                answer=lambda shop: [str(Kind.CLAIM)] * len(pick.six_texts(shop)),
                says="Not everybody who is unhappy asks for something. Some only want us to know.",
            ),
            WrongAnswer(
                name="swapped the two words",
                answer=lambda shop: pick.swapped(pick.kinds_of(shop)),
                says="You have the two words the wrong way round: a claim is the one that asks for something.",
            ),
        ),
    ),
    Exercise(
        id="7.2",
        asks="How many cases in the book are claims? Give a number.",
        right=lambda shop: int(pick.book_of(shop)["asks_for_something"].fillna(False).sum()),
        judge=number,
        yes="The rest are complaints: people who want us to know, and ask for nothing.",
        hints=(
            "Which column of facts says whether a case asks for something?",
            ".sum() on a column of yes and no counts the yes.",
        ),
        how='claims = facts["asks_for_something"].sum()',
        why="The column holds yes, no or not known for each case; .sum() counts the yes alone.",
        wrong=(
            WrongAnswer(
                name="counted the whole book",
                answer=lambda shop: len(shop.claims),
                says="That is the whole book, complaints and claims. Count only those that ask for something.",
            ),
            WrongAnswer(
                name="counted the filled-in fields",
                answer=lambda shop: int(pick.on_the_form(pick.book_of(shop)).sum()),
                says="That counts what was asked for on the form. Some ask in passing, in the text alone.",
            ),
            WrongAnswer(
                name="counted the complaints",
                answer=lambda shop: int((~pick.book_of(shop)["asks_for_something"]).sum()),
                says="Those are the complaints. The claims are the ones that ask for something.",
            ),
        ),
    ),
    Exercise(
        id="7.3",
        asks="Which of the five cases do you answer first? Give its number as text.",
        right=pick.most_pressing,
        cases=pick.five_cases,
        judge=case_number,
        yes="Somebody was or could be hurt. It is told quietly, and it comes before everything else.",
        hints=(
            "What could happen to somebody tomorrow if nobody reads this case today?",
            "Look for a danger in the facts: smoke, sparks, a cut. Capitals and exclamation marks are no danger.",
            'Write the number between quotation marks, like this: first = "CL-000001-1"',
        ),
        how="""levels = rk.triage(facts).loc[five.numbers, "level"]
first = levels[levels == "serious"].index[0]""",
        why="Danger to people decides before money, before waiting time, and long before tone.",
        wrong=(
            WrongAnswer(
                name="took the oldest",
                answer=pick.oldest,
                says="That one has waited long, but it can wait: nobody is in danger and little is at stake.",
            ),
            WrongAnswer(
                name="took the loudest",
                answer=pick.loudest,
                says="That one is the loudest. Anger shows how somebody feels, not how serious the matter is.",
            ),
            WrongAnswer(
                name="took the dearest",
                answer=pick.dearest,
                says="That one is about a good deal of money. Money comes after people.",
            ),
        ),
    ),
    Exercise(
        id="7.4",
        asks="Which of these cases are unfounded? Put their numbers into the list, as text.",
        right=pick.unfounded,
        cases=pick.doubtful_cases,
        judge=case_numbers,
        yes="In these alone a record of ours says the opposite, or no sale fits and no proof came. The others deserve an answer.",
        hints=(
            "For each case: does a record of ours say the opposite? And if no sale is on record: did we ask, and did a reply come?",
            "A customer without a receipt can be right: is the sale in our records?",
            "Who signed for the parcel, the customer or somebody else? And where it says that there was no reply, was a sale found at all?",
        ),
        how="""dispositions = rk.triage(facts).loc[doubtful.numbers, "disposition"]
unfounded = list(dispositions[dispositions.str.startswith("unfounded")].index)""",
        why="False: a record of ours contradicts what the case rests on. Imaginary: no sale of ours "
        "fits, and our request for proof went unanswered. Nothing less will do.",
        wrong=(
            WrongAnswer(
                name="counted a missing receipt as false",
                answer=lambda shop: [*pick.unfounded(shop), *pick.no_receipt(shop)],
                says="A missing receipt is not a lie: in one of your cases the sale stands in our own records.",
            ),
            WrongAnswer(
                name="counted another's signature as the customer's",
                answer=lambda shop: [*pick.unfounded(shop), *pick.signed_by_another(shop)],
                says="In one of your cases somebody else signed for the parcel. The customer may well have nothing.",
            ),
            WrongAnswer(
                name="did not ask first",
                answer=lambda shop: [*pick.unfounded(shop), *pick.still_asking(shop)],
                says="In one of your cases something is still to be asked. Ask once before you judge.",
            ),
            WrongAnswer(
                name="doubted everybody",
                answer=lambda shop: list(pick.doubtful_cases(shop)),
                says="You doubt everybody. A case is unfounded only where a record says the opposite, or where no sale fits and no reply came.",
            ),
        ),
    ),
    Exercise(
        id="7.5",
        asks="Write the owner's card as a function: my_level gives each case serious, middle or lower.",
        right=lambda shop: card_rule(),
        cases=cases_of_the_book,
        judge=rule([level.value for level in Level]),
        yes="Your rule follows the card on your shop, and on two other shops that you have never seen.",
        hints=(
            "Which line of the card comes next? Write one if for each line, in the order of the card.",
            "An amount can be not known. Ask first: case.amount is not None and case.amount >= high",
            'Start like this: if case.vulnerable and case.essential: return "serious"',
        ),
        how=RULE_OF_THE_CARD,
        why="The first line that applies decides, so the order of the lines is part of the rule. "
        "What is not known (None) counts neither as yes nor as no.",
        fresh_shops=True,
        wrong=(
            WrongAnswer(
                name="or instead of and",
                answer=lambda shop: card_rule(
                    both=lambda case: bool(case.vulnerable or case.essential)
                ),
                says="The card says: special care AND essential. With or, one of them is already enough.",
            ),
            WrongAnswer(
                name="left out the amount",
                answer=lambda shop: card_rule(high=lambda case: False),
                says="Cases about a large amount come out too low. Which line of the card is about money?",
            ),
            WrongAnswer(
                name="more than instead of reaches",
                answer=lambda shop: card_rule(high=more_than),
                says="The card says that an amount reaches the limit. An amount of exactly the limit reaches it: is it > or >= ?",
            ),
            WrongAnswer(
                name="asked for the guarantee too early",
                answer=lambda shop: card_rule(fourth_line_first=True),
                says="The first line that fits decides, so their order counts. In your function the guarantee comes before a line that says serious.",
            ),
        ),
    ),
)


LESSON = Lesson(
    number=7, teaches=("B4", "B5", "B6", "B7", "B8"), exercises=EXERCISES, quiz=QUIZ, customers=2000
)
