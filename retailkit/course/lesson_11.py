"""Lesson 11: running the desk, with little money and a shop that is not as it should be."""

from __future__ import annotations

from retailkit.catalogue import later
from retailkit.course import cases_11 as pick
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import fraction, line_numbers, some_letters
from retailkit.course.quiz_11 import QUIZ
from retailkit.principles import PRINCIPLES

LETTERS = [one.letter for one in PRINCIPLES]

EXERCISES = (
    Exercise(
        id="11.1",
        asks='Which principles are broken in your shop? Put their letters into the list, like ["A", "B"].',
        right=pick.broken,
        judge=some_letters(LETTERS),
        yes="That is where the desk stands today. Now you know what the money is for.",
        hints=(
            "In the picture: which marks are diamonds?",
            'The column "verdict" of the report has the word for each letter. Filter it.',
            'report[report["verdict"] == "broken"] shows the rows; the letters stand in bold on the left.',
        ),
        how="""rows = report[report["verdict"] == "broken"]
letters = list(rows.index)""",
        why="The filter keeps the rows whose verdict is broken, and the index of the rows holds their letters. "
        "Letters read from the picture are just as right.",
        wrong=(
            WrongAnswer(
                name="missed the promise",
                answer=lambda shop: [one for one in pick.broken(shop) if one != "C"],
                says="One is missing, and it is the one you have just seen: how long the customer waited for a word from us.",
            ),
            WrongAnswer(
                name="took kept for broken",
                answer=pick.not_broken,
                says="Those are the ones that are not broken. A diamond stands for broken, a circle does not.",
            ),
            WrongAnswer(
                name="took all nine",
                answer=lambda shop: LETTERS,
                says="That is all nine. Some of them are kept in your shop, and need no money.",
            ),
        ),
    ),
    Exercise(
        id="11.2",
        asks="What share of the customers waited longer than one hour? Give a number from 0 to 1, as Python computes it.",
        right=lambda shop: pick.waited_longer(shop, 1),
        judge=fraction,
        yes="So that is how many people hear from you later than you said. No principle is kept like this.",
        hints=(
            "For one wait: is it longer than an hour? Which sign asks that?",
            "waits > 1 is a column of yes and no. Its mean is the share of yes.",
            "Write too_late = (waits > 1) and then what makes a share of it.",
        ),
        how="""too_late = (waits > 1).mean()""",
        why="The comparison is made for each wait, and the mean of yes and no is the share of yes.",
        wrong=(
            WrongAnswer(
                name="gave the share in time",
                answer=lambda shop: 1 - pick.waited_longer(shop, 1),
                says="That is the share of those who heard in time. The others are asked for.",
            ),
            WrongAnswer(
                name="counted",
                answer=lambda shop: int((pick.waits(shop) > 1).sum()),
                says="That is how many customers waited longer. Of how many? A share is asked for.",
            ),
            WrongAnswer(
                name="gave per cent",
                answer=lambda shop: 100 * pick.waited_longer(shop, 1),
                says="That is so many of a hundred. As a share it is a number from 0 to 1.",
            ),
            WrongAnswer(
                name="took the mean wait",
                answer=lambda shop: float(pick.waits(shop).mean()),
                says="That is the mean wait in hours. Compare each wait with one hour first.",
            ),
        ),
    ),
    Exercise(
        id="11.3",
        asks="Which changes do you take on? Put the numbers of their lines into the list.",
        right=lambda shop: pick.lines_of(shop, pick.plan(shop)),
        sheet=pick.changes,
        cases=lambda shop: {str(n): line for n, line in enumerate(pick.changes(shop), 1)},
        judge=line_numbers,
        yes="Each broken principle is mended, and no euro goes to what works already.",
        hints=(
            "For each broken letter: which line is about it? One of the letters has two lines.",
            "Where two lines mend the same principle, look at what they cost, and at what two people can promise.",
            "Begin with C: one of its two lines costs nothing. Then go on letter by letter.",
        ),
        how="""cheap_first = sorted(rk.CHANGES.values(), key=lambda change: change.cost)
wanted = [next(one for one in cheap_first if one.letter == letter) for letter in letters]
numbered = list(enumerate(lines, 1))
chosen = [number for number, line in numbered for one in wanted if one.says in line]""",
        why="For each broken letter it takes the cheapest change that is for it, and looks up its line. "
        "Line numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="hired where a promise would do",
                answer=lambda shop: pick.lines_of(
                    shop, [*(set(pick.plan(shop)) - {pick.KEPT_PROMISE}), pick.DEAREST]
                ),
                says="Two more people would keep the old promise, and cost more than there is. What can the two of you promise?",
            ),
            WrongAnswer(
                name="left out what costs nothing",
                answer=lambda shop: pick.lines_of(shop, set(pick.plan(shop)) - {pick.KEPT_PROMISE}),
                says="One principle stays broken, and the change that mends it costs nothing at all.",
            ),
            WrongAnswer(
                name="spent it on what works",
                answer=lambda shop: pick.lines_of(shop, pick.all_that_fits(shop)),
                says="You take on everything that one can pay alone. Together it is more than the budget, and some of it mends what is not broken.",
            ),
            WrongAnswer(
                name="took both for one principle",
                answer=lambda shop: pick.lines_of(shop, [*pick.plan(shop), pick.DEAREST]),
                says="Two of your lines are for the same principle. One of them is enough, and the other is more than you can pay.",
            ),
        ),
    ),
    Exercise(
        id="11.4",
        asks="Which sentences may stand in the report? Put their numbers into the list.",
        right=lambda shop: pick.sentences(shop, pick.COUNTED, pick.LATE, pick.OPEN),
        sheet=pick.draft,
        cases=lambda shop: {str(n): line for n, line in enumerate(pick.draft(shop), 1)},
        judge=line_numbers,
        yes="You tell the owner what was counted, and what nobody knows yet.",
        hints=(
            "For each sentence: was that counted? Look it up in what the comparison says.",
            "Look at the hours to the acknowledgement in both shops. Who has become faster?",
            "Three sentences may stand. One of them says what we do not know yet.",
        ),
        how=later("""too_much = ["faster", "will bring", "nobody has"]
numbered = list(enumerate(sentences, 1))
may_stand = [number for number, line in numbered if not any(word in line for word in too_much)]"""),
        why="What nobody counted and what promises the future is left out. Numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="promised orders",
                answer=lambda shop: pick.sentences(
                    shop, pick.COUNTED, pick.LATE, pick.OPEN, pick.ORDERS
                ),
                says="One sentence promises more orders. Look at the orders of both shops: the twin has about as many, and nobody knows the future.",
            ),
            WrongAnswer(
                name="took an honest promise for speed",
                answer=lambda shop: pick.sentences(
                    shop, pick.COUNTED, pick.LATE, pick.OPEN, pick.FASTER
                ),
                says="One sentence says that somebody works faster. Compare the hours to the acknowledgement: only the promise has changed.",
            ),
            WrongAnswer(
                name="left out what is not known",
                answer=lambda shop: pick.sentences(shop, pick.COUNTED, pick.LATE),
                says="One more may stand: a sentence that says what we do not know yet is true, and the owner needs it.",
            ),
            WrongAnswer(
                name="believed in the end of complaints",
                answer=lambda shop: pick.sentences(
                    shop, pick.COUNTED, pick.LATE, pick.OPEN, pick.NOBODY
                ),
                says="One sentence says that nobody will complain. Goods still break and parcels still come late: a good procedure answers that well, it does not stop it.",
            ),
            WrongAnswer(
                name="let everything stand",
                answer=lambda shop: list(range(1, len(pick.draft(shop)) + 1)),
                says="You let everything stand. Ask of each sentence: was that counted, and in which shop?",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=11,
    teaches=(),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=4000,
    procedure=pick.procedure,
    faults=pick.planted,
)
