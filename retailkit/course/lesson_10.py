"""Lesson 10: what is done for customers who have bought."""

from __future__ import annotations

from numbers import Real
from typing import Any

from retailkit.catalogue import later, say
from retailkit.course import cases_10 as pick
from retailkit.course import report_10 as owner
from retailkit.course.exercises import Cases, Exercise, Lesson, WrongAnswer
from retailkit.course.judges import fraction, line_numbers, number, words_in_order
from retailkit.course.quiz_10 import QUIZ
from retailkit.services import ServiceType
from retailkit.stages import customer_file

PROMOTIONAL, PSYCHOLOGICAL, SECURITY, MAINTENANCE = ServiceType

EXACT, ROUNDED = 0.00005, 0.005
"""A difference of shares is right to four places; with two places it is only nearly so."""


def difference_of_shares(answer: Any, right: Any, cases: Cases) -> str | None:
    """A difference of two shares, in parts of 1, to four places."""
    problem = number(answer, right, cases)
    if problem is None or isinstance(answer, (bool, str)) or not isinstance(answer, Real):
        return problem
    off = abs(float(answer) - right)
    if off <= EXACT:
        return None
    if abs(float(answer) / 100 - right) <= ROUNDED:
        return say("That looks like per cent. Give the difference in parts of 1: 12% is 0.12.")
    if off <= ROUNDED:
        return say("Nearly. Did you round? Give four places at least, or let Python subtract.")
    return say("That is too high.") if answer > right else say("That is too low.")


EXERCISES = (
    Exercise(
        id="10.1",
        asks="Which type of service is each line? Put seven words into the list: promotional, psychological, security or maintenance.",
        right=pick.types_of,
        cases=pick.one_customer,
        card=customer_file,
        sheet=pick.seven_services,
        judge=words_in_order(
            [kind.value for kind in ServiceType],
            advice="For each line ask: does it sell, please, protect, or help to use?",
        ),
        yes="What a service is for decides its type, not who does it and not which goods it is about.",
        hints=(
            "For each line: does it sell something, please somebody, protect the customer's money, or help to use the goods?",
            "A voucher sells. A card without an offer pleases. A guarantee protects. Whoever installs, cleans or teaches helps to use.",
            'Start like this: types = ["security", ...], with one word for each of the seven lines.',
        ),
        how=later("""purpose = {"voucher": "promotional", "contest": "promotional", "price": "promotional",
           "card": "psychological", "gift": "psychological",
           "guarantee": "security", "money back": "security",
           "technician": "maintenance", "trainer": "maintenance", "cleaned": "maintenance"}
types = [kind for line in services for word, kind in purpose.items() if word in line]"""),
        why="One word in each line says what the service is for, and that decides. Seven words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="took a kind card for an offer",
                answer=lambda shop: pick.types_of(shop, psychological=PROMOTIONAL),
                says="A card or a gift that offers nothing sells nothing. It shows customers that we value them, and that has a type of its own.",
            ),
            WrongAnswer(
                name="took the guarantee for maintenance",
                answer=lambda shop: pick.types_of(shop, security=MAINTENANCE),
                says="Guarantee and money back protect the customer, whoever does the work on the goods. That is a type of its own.",
            ),
            WrongAnswer(
                name="took help with the goods for a kindness",
                answer=lambda shop: pick.types_of(shop, maintenance=PSYCHOLOGICAL),
                says="To install, look after or explain the goods is kind, too, but it is there so that they are used properly.",
            ),
            WrongAnswer(
                name="took everything for advertising",
                answer=lambda shop: [PROMOTIONAL.value] * len(pick.types_of(shop)),
                says="After-sales service is more than selling again: look at who gains from each line, and how.",
            ),
        ),
    ),
    Exercise(
        id="10.2",
        asks="Which of these customers may we contact in July, for what stands in the line? Put the numbers of the lines into the list.",
        right=pick.to_contact,
        sheet=pick.seven_occasions,
        cases=lambda shop: {str(n): line for n, line in enumerate(pick.seven_occasions(shop), 1)},
        judge=line_numbers,
        yes="What is owed goes to everybody it is owed to; cards and offers go where the latest answer is yes.",
        hints=(
            "For each line: is it owed to the customer, or would we like to send it?",
            "What is owed needs no yes. For a card or an offer, look at the latest answer alone: is it a yes?",
            "Begin with the lines about a guarantee, an installation or a training: they all belong in the list.",
        ),
        how=later("""owed = ["guarantee", "installation", "training"]
may = rk.may_contact(shop, at="2026-07-30")["may"]
lines = zip(customers, customers.numbers, strict=True)
allowed = [any(word in line for word in owed) or may[who] for line, who in lines]
contact = [number for number, yes in enumerate(allowed, 1) if yes]"""),
        why="A guarantee, an installation and a training are owed. For the rest may_contact says whether the latest answer is a yes. Numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="contacted everybody",
                answer=lambda shop: list(range(1, len(pick.seven_occasions(shop)) + 1)),
                says="You contact everybody. Cards and offers go only to customers who said yes, and stayed with it.",
            ),
            WrongAnswer(
                name="took an old yes for a yes",
                answer=lambda shop: pick.to_contact(shop, pick.OWED, pick.MAY, pick.TAKEN_BACK),
                says="One of your customers said yes once and took it back later. The latest answer counts.",
            ),
            WrongAnswer(
                name="took silence for a yes",
                answer=lambda shop: pick.to_contact(shop, pick.OWED, pick.MAY, pick.SILENT),
                says="One of your customers has never answered. Silence is not a yes: ask first.",
            ),
            WrongAnswer(
                name="wanted a yes for everything",
                answer=lambda shop: pick.to_contact(shop, pick.MAY),
                says="You leave out what is owed. A customer need not agree to marketing to be told about a guarantee or to be offered a training.",
            ),
            WrongAnswer(
                name="served only what is owed",
                answer=lambda shop: pick.to_contact(shop, pick.OWED),
                says="Some customers want to hear from us: their latest answer is yes. They may get their card or their offer.",
            ),
        ),
    ),
    Exercise(
        id="10.3",
        asks="What does everything that is owed cost in July, security and maintenance together? Give a number.",
        right=lambda shop: pick.cost_of(shop, SECURITY, MAINTENANCE),
        judge=fraction,
        yes="With less than that, somebody would go without what we owe them. Cards and offers come after it.",
        hints=(
            "Which two of the four types are owed to customers?",
            'costs["security"] is one number out of costs. Which other one do you need?',
            'Begin with costs["security"] + and go on with the second type.',
        ),
        how='owed = costs["security"] + costs["maintenance"]',
        why="Security and maintenance are owed, so their costs are added up. Typing in the sum is just as right.",
        wrong=(
            WrongAnswer(
                name="added up the whole plan",
                answer=lambda shop: pick.cost_of(shop, *ServiceType),
                says="That is the whole plan, cards and offers included. Add up only what is owed.",
            ),
            WrongAnswer(
                name="added up what is not owed",
                answer=lambda shop: pick.cost_of(shop, PROMOTIONAL, PSYCHOLOGICAL),
                says="Those are the offers and the cards: nice to have, but nobody has a right to them.",
            ),
            WrongAnswer(
                name="left out maintenance",
                answer=lambda shop: pick.cost_of(shop, SECURITY),
                says="That is security alone. Goods that still need installation or training are owed something, too.",
            ),
            WrongAnswer(
                name="left out security",
                answer=lambda shop: pick.cost_of(shop, MAINTENANCE),
                says="That is maintenance alone. It is cheap to tell people about a guarantee, but it is not free.",
            ),
        ),
    ),
    Exercise(
        id="10.4",
        asks="Of birthdays that can be compared: how much larger is the share that bought with a card than without? Give a number, like 0.12.",
        right=pick.difference,
        judge=difference_of_shares,
        yes="All of these customers had said yes, and a draw decided who got a card. So the cards made this difference, or it is chance.",
        hints=(
            "Who must be left out, because no card could ever have gone to them? Which column says so?",
            'Filter first: alike = birthdays[birthdays["fair"]]. Then group and take the mean, as above.',
            "The share with a card is shares[True], the share without is shares[False]. Take the second from the first.",
        ),
        how="""alike = birthdays[birthdays["fair"]]
shares = alike.groupby("served")["outcome"].mean()
difference = shares[True] - shares[False]""",
        why="The filter keeps birthdays of customers who had said yes. Among them a draw decided, so those with a card and those without are alike in the rest.",
        wrong=(
            WrongAnswer(
                name="compared everybody",
                answer=lambda shop: pick.difference(shop, fair=False),
                says="That compares everybody with everybody. Leave out those who could not have got a card.",
            ),
            WrongAnswer(
                name="took the difference the wrong way round",
                answer=lambda shop: -pick.difference(shop),
                says="You have the difference the wrong way round: it is the share with a card, less the share without.",
            ),
            WrongAnswer(
                name="gave the share with a card",
                answer=lambda shop: float(pick.shares_who_bought(shop, True)[True]),
                says="That is the share that bought with a card. Some would have bought without it: take their share off.",
            ),
            WrongAnswer(
                name="gave the share without a card",
                answer=lambda shop: float(pick.shares_who_bought(shop, True)[False]),
                says="That is the share that bought without a card. How much more is it with one?",
            ),
        ),
    ),
    Exercise(
        id="10.5",
        asks="Which sentences may stand in the report? Put their numbers into the list.",
        right=owner.sentences,
        sheet=owner.report,
        cases=lambda shop: {str(n): line for n, line in enumerate(owner.report(shop), 1)},
        judge=line_numbers,
        yes="One sentence rests on a draw, one counts what was answered, and one says how little we know. An honest report needs all three.",
        hints=(
            "For each sentence: who is compared with whom, and how sure can we be?",
            "Look for the words that promise more than was measured: surely, did that, will.",
            "Three sentences may stay. One tells about a fair comparison, one about an interval, and one counts answers and claims no more.",
        ),
        how=later("""too_much = ["surely", "did that", "will buy"]
numbered = enumerate(report, 1)
may_stand = [number for number, line in numbered if not any(word in line for word in too_much)]"""),
        why="What goes by unequal groups, calls one number sure or promises what nobody measured is left out. Numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="trusted the naive comparison",
                answer=lambda shop: owner.sentences(shop, *owner.MAY_STAND, owner.NAIVE),
                says="One of your sentences compares everybody who got an offer with everybody else. These two groups differed before the offer.",
            ),
            WrongAnswer(
                name="took one number for sure",
                answer=lambda shop: owner.sentences(shop, *owner.MAY_STAND, owner.TOO_SURE),
                says="One of your sentences calls a difference sure and forgets its interval: the true one may be smaller, or go the other way.",
            ),
            WrongAnswer(
                name="promised purchases after a claim",
                answer=lambda shop: owner.sentences(shop, *owner.MAY_STAND, owner.PROMISE),
                says="One of your sentences promises more purchases from content customers. Content is what we asked about; what they buy was not measured, and research does not promise it.",
            ),
            WrongAnswer(
                name="left out what is not known",
                answer=lambda shop: owner.sentences(shop, owner.FAIR, owner.COUNTED),
                says="One more may stand: a sentence that says how little is known is true, and the owner needs it.",
            ),
            WrongAnswer(
                name="let everything stand",
                answer=lambda shop: list(range(1, len(owner.report(shop)) + 1)),
                says="You let everything stand. Ask of each sentence: was that measured, and between whom?",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=10, teaches=("B15", "B16", "B17"), exercises=EXERCISES, quiz=QUIZ, customers=3000
)
