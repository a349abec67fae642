"""Lesson 02: who helps after the sale, and how."""

from __future__ import annotations

from retailkit.aftersales import request_file
from retailkit.course import cases_02 as pick
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import fraction, line_numbers, words_in_order
from retailkit.course.quiz_02 import QUIZ
from retailkit.services import Provider, SupportType

TECHNICAL, ONSITE, TRAINING = SupportType

EXERCISES = (
    Exercise(
        id="2.1",
        asks="Which kind of support is it? Put six words into the list: online_technical, onsite_customer or training.",
        right=pick.kinds,
        cases=pick.six_requests,
        card=request_file,
        judge=words_in_order(
            [kind.value for kind in SupportType],
            advice="Read what each customer would like to happen, and where the customer is.",
        ),
        yes="You went by what the customers need and where they are, and not by what they bought.",
        hints=(
            "Where is the customer, and what should have happened at the end of the talk?",
            "In the store at the sale: onsite_customer. To learn it from the ground up: training. To get over one obstacle, from afar: online_technical.",
            'Look for the cards with "here" or "before I take it home" first. They are "onsite_customer".',
        ),
        how="""kinds = [rk.right_support(card[1]).support_type for card in six]""",
        why="card[1] is the second line of a card, the customer's words, and right_support reads them. "
        "Six words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="took the help desk for training",
                answer=lambda shop: pick.kinds(shop, online_technical=TRAINING),
                says="You sent everybody with a difficulty to training. Who wants to get over one obstacle now, from afar, needs no lessons.",
            ),
            WrongAnswer(
                name="took shown in the store for training",
                answer=lambda shop: pick.kinds(shop, onsite_customer=TRAINING),
                says="Some of your customers stand in front of you and have not even left with the goods. Being shown something on the spot is no training.",
            ),
            WrongAnswer(
                name="took training for the help desk",
                answer=lambda shop: pick.kinds(shop, training=TECHNICAL),
                says="Nothing is wrong where somebody would like to learn. A help desk explains one thing and hangs up.",
            ),
            WrongAnswer(
                name="went by the goods alone",
                answer=pick.kinds_by_goods,
                says="It looks as if you went by the goods: technology to the help desk, and the rest to the store. Go by what the customer needs.",
            ),
        ),
    ),
    Exercise(
        id="2.2",
        asks="Who gives the support? Put six words into the list: retailer, manufacturer or third_party.",
        right=pick.providers,
        cases=pick.six_more,
        card=request_file,
        judge=words_in_order(
            [provider.value for provider in Provider],
            advice="For each card, find the kind first, then the line of the directory with these goods.",
        ),
        yes="First the kind, then the goods: so nobody is sent from one door to the next.",
        hints=(
            "Which of the three kinds is it? And what kind of goods stands on the card, in brackets?",
            'Look in the directory for the lines of that kind only. If no line names the goods, the line with "all" holds.',
            "Begin with the customer who is in the store: for that kind the directory has one line only.",
        ),
        how="""table = rk.support_requests(shop).set_index("service_id")
providers = table.loc[more.numbers, "provider"]""",
        why="support_requests reads every request for its kind and looks up its goods in the "
        "directory. Six words read off the directory by hand are just as right.",
        wrong=(
            WrongAnswer(
                name="kept everything in the shop",
                answer=lambda shop: [str(Provider.RETAILER)] * len(pick.providers(shop)),
                says="The shop cannot do everything itself. For some goods the directory names somebody who knows them better.",
            ),
            WrongAnswer(
                name="went by the goods alone",
                answer=pick.providers_by_goods,
                says="You went by the goods alone. The same goods have different helpers for different kinds of support.",
            ),
            WrongAnswer(
                name="sent somebody away from the store",
                answer=lambda shop: pick.providers_if(shop, ONSITE, Provider.MANUFACTURER),
                says="One customer stands in the store right now. Who can help at once?",
            ),
            WrongAnswer(
                name="sent all training out of the house",
                answer=lambda shop: pick.providers_if(shop, TRAINING, Provider.THIRD_PARTY),
                says="Not all training goes to the training company. For which goods does the directory name it?",
            ),
        ),
    ),
    Exercise(
        id="2.3",
        asks="Which lines were sent to the wrong kind of support? Put their numbers into the list.",
        right=pick.sent_wrongly,
        sheet=pick.lines,
        cases=lambda shop: {str(n): line for n, line in enumerate(pick.lines(shop), 1)},
        judge=line_numbers,
        yes="Three customers who came to the wrong place first, and had to be sent on.",
        hints=(
            "Cover the last words of each line. Where would you have sent it?",
            "Three of the eight lines were sent wrongly.",
            "Look for a customer who is in the store and was sent somewhere else.",
        ),
        how="""lines = requests.set_index("service_id").loc[eight.numbers]
differs = lines["sent_to"] != lines["belongs_to"]
wrong_lines = [line for line, wrong in enumerate(differs, 1) if wrong]""",
        why="The table also holds where each request belongs, so the computer can compare. "
        "The numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="listed the ones sent rightly",
                answer=pick.sent_rightly,
                says="Those are the lines that were sent rightly. The others are asked for.",
            ),
            WrongAnswer(
                name="wanted all technology at the help desk",
                answer=pick.away_from_the_help_desk,
                says="You marked whatever has technology in it and did not go to the help desk. Some of these customers want to learn, or stand in the store.",
            ),
            WrongAnswer(
                name="overlooked the customer in the store",
                answer=lambda shop: pick.sent_wrongly(shop, ONSITE),
                says="One is missing: a customer who was in the store and was sent to training.",
            ),
            WrongAnswer(
                name="overlooked who wanted to learn",
                answer=lambda shop: pick.sent_wrongly(shop, TRAINING),
                says="One is missing: a customer who wanted to learn, and was sent to somebody who does not teach.",
            ),
        ),
    ),
    Exercise(
        id="2.4",
        asks="Which share of all requests was sent to the wrong kind of support? Give a number between 0 and 1.",
        right=pick.share_sent_wrongly,
        judge=fraction,
        yes="So many were sent on from the wrong place. One filter found them all.",
        hints=(
            "What must be different in a row, if the request was sent wrongly?",
            "Compare two columns of the table with !=, and keep the rows that say yes. Then divide two numbers of rows.",
            'The filter is requests["sent_to"] != requests["belongs_to"]. A share is len(...) of a part / len(...) of the whole.',
        ),
        how="""wrong = requests[requests["sent_to"] != requests["belongs_to"]]
share = len(wrong) / len(requests)""",
        why="The filter keeps the rows in which the two columns differ. A share is the part divided by the whole.",
        wrong=(
            WrongAnswer(
                name="counted and did not divide",
                answer=pick.number_sent_wrongly,
                says="That is how many were sent wrongly. For the share, divide it by the number of all requests.",
            ),
            WrongAnswer(
                name="took the share of those sent rightly",
                answer=lambda shop: 1 - pick.share_sent_wrongly(shop),
                says="That is the share that was sent rightly. != keeps the rows that differ, and == those that agree.",
            ),
            WrongAnswer(
                name="divided by those sent rightly",
                answer=lambda shop: (
                    pick.share_sent_wrongly(shop) / (1 - pick.share_sent_wrongly(shop))
                ),
                says="You divided by the requests that were sent rightly. A share is a part of the whole: divide by all requests.",
            ),
            WrongAnswer(
                name="gave it in per cent",
                answer=lambda shop: 100 * pick.share_sent_wrongly(shop),
                says="That is in per cent. A share lies between 0 and 1: leave out the times 100.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=2,
    teaches=("A1", "A2", "A3", "A4"),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=4000,
    faults={"wrong_support": 0.12, "unfounded_claim": 0.025},
)
