"""Lesson 09: whether a procedure keeps the nine principles."""

from __future__ import annotations

from retailkit.catalogue import later
from retailkit.course import cases_09 as pick
from retailkit.course import notices_09 as next_door
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import line_numbers, one_word, some_letters, words_in_order
from retailkit.course.quiz_09 import QUIZ
from retailkit.principles import PRINCIPLES, Verdict

LETTERS = [one.letter for one in PRINCIPLES]
LEFT_OUT, PAID_BACK, IN_25_DAYS, _ = next_door.ALWAYS

EXERCISES = (
    Exercise(
        id="9.1",
        asks='Which principle does each line show? Put nine letters into the list, like "A".',
        right=pick.measured,
        sheet=pick.measures,
        judge=words_in_order(
            LETTERS, advice="Each letter comes once. Read the nine meanings again."
        ),
        yes="What can be counted can be looked at together, and need not be argued about.",
        hints=(
            "For each line: what did the customer miss? To see it, to reach it, to be told, to be treated alike ...?",
            "Begin with the clear ones: money is E, other people's data is F, causes are I.",
            'A list of letters looks like this: ["E", "F", ...]. Each of the nine comes once.',
        ),
        how="""known = rk.indicators(rk.audit(shop)).reset_index()
letters = [known[known["counts"] == line]["letter"].iloc[0] for line in measures]""",
        why="The kit keeps a list of all indicators with their letters, and this looks each line up. "
        "Nine letters found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="swapped visibility and accessibility",
                answer=lambda shop: pick.measured(shop, {"A": "B", "B": "A"}),
                says="You have A and B the wrong way round. Visible: one knows how it is done. Accessible: one is able to do it.",
            ),
            WrongAnswer(
                name="swapped diligence and responsibility",
                answer=lambda shop: pick.measured(shop, {"C": "H", "H": "C"}),
                says="You have C and H the wrong way round: one is about when something is done, the other about who is in charge of it.",
            ),
            WrongAnswer(
                name="swapped openness and improvement",
                answer=lambda shop: pick.measured(shop, {"G": "I", "I": "G"}),
                says="You have G and I the wrong way round: one asks the customer how it went, the other looks for what made it happen.",
            ),
            WrongAnswer(
                name="swapped objectivity and privacy",
                answer=lambda shop: pick.measured(shop, {"D": "F", "F": "D"}),
                says="You have D and F the wrong way round: one is about a fair decision, the other about what is told to strangers.",
            ),
        ),
    ),
    Exercise(
        id="9.2",
        asks="Which lines of the notice break a principle? Put their numbers into the list.",
        right=next_door.broken_promises,
        sheet=next_door.notice,
        cases=lambda shop: {str(n): line for n, line in enumerate(next_door.notice(shop), 1)},
        judge=line_numbers,
        yes="A promise stands there for everybody to read, so one look is enough to judge it.",
        hints=(
            "Four lines break a principle. Hold each line against the meanings of A to I.",
            "The six basics are where, means, who, deadlines, options and tracking. Does the notice tell all of them?",
            "Start with the line about money. E says that complaining costs the customer nothing.",
        ),
        how=later("""clues = ["costs", "how it stands", "in German", "also decides",
         "All of us", "any more"]
numbered = list(enumerate(notice, 1))
broken_lines = [number for number, line in numbered for clue in clues if clue in line]"""),
        why="Each clue is a piece of a promise that breaks a principle. Being slower than we are breaks none, as long as "
        "the law allows it. Numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="let the fee pass",
                answer=lambda shop: next_door.broken_promises(shop, but=[PAID_BACK]),
                says="One line is missing: a fee that may be given back is a fee all the same, and it keeps people from complaining.",
            ),
            WrongAnswer(
                name="missed what is not said",
                answer=lambda shop: next_door.broken_promises(shop, but=[LEFT_OUT]),
                says="One line is missing: a long line can still leave something out. Count the six basics in it.",
            ),
            WrongAnswer(
                name="missed both",
                answer=lambda shop: next_door.broken_promises(shop, but=[PAID_BACK, LEFT_OUT]),
                says="Two lines are missing: look at the one about money, and at the one that tells where and how.",
            ),
            WrongAnswer(
                name="took slow for too late",
                answer=lambda shop: next_door.broken_promises(shop, more=[IN_25_DAYS]),
                says="One line too many: slower than we are, but the law gives that much time.",
            ),
        ),
    ),
    Exercise(
        id="9.3",
        asks="What does each line show? Put six words into the list: kept, broken or not_enough_evidence.",
        right=pick.verdicts,
        sheet=pick.six_counts,
        judge=words_in_order(
            [verdict.value for verdict in Verdict],
            advice="For each line ask where the interval lies: below the standard, above it, or on both sides.",
        ),
        yes="You asked how sure one can be before you praised or blamed anybody.",
        hints=(
            "For each line: where do both ends of the interval lie, and where does the standard lie?",
            "rk.verdict works out the interval. Which three numbers of a line does it need?",
            "5% is 0.05 and 10% is 0.1. Where nothing is tolerated, leave tolerated out.",
        ),
        how="""verdicts = [rk.verdict(*counts).verdict for counts in lines.counts]""",
        why="lines.counts holds the three numbers of each line, and the star hands them over one by one. "
        "Six words found by trying each line out are just as right.",
        wrong=(
            WrongAnswer(
                name="went by the share alone",
                answer=pick.by_the_share_alone,
                says="You compare the share alone with the standard. Chance moves a share up and down: compare both ends of its interval.",
            ),
            WrongAnswer(
                name="took one bad case for a broken principle",
                answer=pick.one_bad_case_breaks,
                says="You call everything broken in which anything went wrong. One slip breaks a principle only where nothing is tolerated.",
            ),
            WrongAnswer(
                name="took not known for kept",
                answer=lambda shop: pick.never_unsure(shop, Verdict.KEPT),
                says="You call kept what nobody can tell yet. If the upper end lies beyond the standard, it may be broken.",
            ),
            WrongAnswer(
                name="took not known for broken",
                answer=lambda shop: pick.never_unsure(shop, Verdict.BROKEN),
                says="You call broken what nobody can tell yet. If the lower end lies within the standard, it may be bad luck.",
            ),
        ),
    ),
    Exercise(
        id="9.4",
        asks='Which principles are broken in your shop? Put their letters into the list, like ["A", "B"].',
        right=lambda shop: pick.letters_with(shop, Verdict.BROKEN),
        judge=some_letters(LETTERS),
        yes="A procedure is as good as its weakest principle: good marks elsewhere do not make up for it.",
        hints=(
            "In the picture: which mark is a diamond?",
            'The column "verdict" of the report has the word for each letter. Filter it.',
            'report[report["verdict"] == "broken"] shows the rows; the letters stand in bold on the left.',
        ),
        how="""rows = report[report["verdict"] == "broken"]
broken = list(rows.index)""",
        why="The filter keeps the rows whose verdict is broken, and the index of the rows holds their letters. "
        "Letters read from the picture are just as right.",
        wrong=(
            WrongAnswer(
                name="counted what nobody can tell as broken",
                answer=lambda shop: pick.letters_with(
                    shop, Verdict.BROKEN, Verdict.NOT_ENOUGH_EVIDENCE
                ),
                says="Not kept is not yet broken: for one of these the evidence is not enough.",
            ),
            WrongAnswer(
                name="counted every slip",
                answer=pick.letters_with_a_slip,
                says="Those are the principles for which anything went wrong at all. How much of it does the standard let pass?",
            ),
            WrongAnswer(
                name="took the open one for the broken one",
                answer=lambda shop: pick.letters_with(shop, Verdict.NOT_ENOUGH_EVIDENCE),
                says="That is what nobody can tell yet. Broken is where the whole interval lies beyond the standard.",
            ),
        ),
    ),
    Exercise(
        id="9.5",
        asks="What is to be mended first? Give the name of one fault, between quotation marks.",
        right=pick.broken_by,
        sheet=pick.what_may_be_wrong,
        cases=pick.fault_names,
        judge=one_word,
        builds_on="9.4",
        follows=pick.faults_behind,
        yes="This is what happens again and again in your shop, and a standard is broken by it.",
        hints=(
            "Which of the six meanings says the same as the sentence that the audit gave as its reason?",
            "Go back to the case that shows it. What is missing in its steps or letters, or stands there wrongly?",
            "Leave out all faults that have nothing to do with the meaning of your broken principle.",
        ),
        how="""happens = rk.planted_faults(shop)["fault"].unique()
in_question = [name for name in happens if rk.FAULTS[name].breaks in broken]
fault = in_question[0]""",
        why="The kit has a list of what was planted in your shop, and of the letter that each fault breaks. "
        "A real shop has no such list: there the name is found by reading the cases, as you did.",
        wrong=(
            WrongAnswer(
                name="mended what nobody can tell yet",
                answer=lambda shop: list(pick.planted(shop.seed))[2],
                says="That happens, and nobody can tell yet whether too often. Look at what is surely broken first.",
            ),
            WrongAnswer(
                name="mended bad luck",
                answer=lambda shop: list(pick.planted(shop.seed))[3],
                says="That happened in a few cases only. Put those right one by one; the procedure holds.",
            ),
            WrongAnswer(
                name="mended what does not happen",
                answer=lambda shop: next(
                    name for name in pick.fault_names(shop) if name not in pick.planted(shop.seed)
                ),
                says="No case of yours shows that. Read once more the reason that the audit gave.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=9,
    teaches=("B14",),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=8000,
    faults=pick.planted,
)
