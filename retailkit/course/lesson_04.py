"""Lesson 04: where is it safe to keep them."""

from __future__ import annotations

from retailkit.catalogue import later
from retailkit.course import cases_04 as pick
from retailkit.course import saturday_04 as saturday
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import line_numbers, words_in_order
from retailkit.course.quiz_04 import QUIZ
from retailkit.customers import RecordKeepingBenefit as Benefit

EXERCISES = (
    Exercise(
        id="4.1",
        asks="In which rows are digits of the telephone number lost? Put the row numbers into the list.",
        right=lambda shop: saturday.rows_with(shop, saturday.SHORTENED),
        cases=saturday.lines_of_list,
        judge=line_numbers,
        yes="Nobody can bring these digits back from the file: they have to come from the paper, or from the customer.",
        hints=(
            "Which of the two sentences of the refusal says that something is lost?",
            "The first three rows of a kind are written out in full. Where do the others of that kind stand?",
            "Look for E+11. Take the rows that are written out, and those from the line that begins with: The same in.",
        ),
        how=later("""faults = refused.table
lost = faults[faults["found"].str.contains("digits are lost")]["row"].to_list()"""),
        why="The refusal has a table with one row for each fault. Its sentence says where digits are lost. "
        "Row numbers read from the sentences and typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="took every refused row",
                answer=lambda shop: saturday.rows_with(
                    shop, saturday.SHORTENED, saturday.WITHOUT_ZERO
                ),
                says="You listed everything that was refused. Where only the zero in front is gone, "
                "all the other digits are still there.",
            ),
            WrongAnswer(
                name="took the rows without the zero",
                answer=lambda shop: saturday.rows_with(shop, saturday.WITHOUT_ZERO),
                says="In those rows only the zero in front is gone, and we know where it belongs. "
                "In which rows have other digits gone as well?",
            ),
            WrongAnswer(
                name="took only the rows that are written out",
                answer=lambda shop: saturday.rows_with(shop, saturday.SHORTENED)[:3],
                says="You took the rows that are written out in full. The line below them, "
                "The same in ..., lists the others.",
            ),
            WrongAnswer(
                name="counted customers and not rows",
                answer=lambda shop: [
                    row - 1 for row in saturday.rows_with(shop, saturday.SHORTENED)
                ],
                says="You counted the customers. In a spreadsheet the names of the columns are row 1, "
                "so the first customer stands in row 2.",
            ),
        ),
    ),
    Exercise(
        id="4.2",
        asks='Which fits? Put six words into the list: "spreadsheet" or "crm".',
        right=pick.fitting,
        sheet=pick.six_keepers,
        judge=words_in_order(
            pick.STORES, advice="For each line ask: how much is kept about one customer?"
        ),
        yes="How much is known about each customer decides, and how many people work with it.",
        hints=(
            "Would one row for each customer be enough, or does each customer need a whole file?",
            "Count what is kept about ONE customer. The number of customers says little.",
            'Name and telephone number, kept by one person: "spreadsheet". Many orders and answers for each customer: "crm".',
        ),
        how=later("""detailed = ["orders", "buys", "repair"]
stores = ["crm" if any(word in line for word in detailed) else "spreadsheet" for line in six]"""),
        why="Where orders, purchases or repairs of each customer are kept, one row for each customer is not enough. "
        "Six words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="went by the number of customers",
                answer=pick.by_size,
                says="You went by the number of customers. A long list with one short row for each of them "
                "is still simple, and a few customers can have a lot written about them.",
            ),
            WrongAnswer(
                name="took a database for everybody",
                answer=lambda shop: [pick.CRM] * len(pick.fitting(shop)),
                says="You gave everybody a database. For somebody who works alone with a few words "
                "about each customer that is more work than help.",
            ),
            WrongAnswer(
                name="took a spreadsheet for everybody",
                answer=lambda shop: [pick.SPREADSHEET] * len(pick.fitting(shop)),
                says="You gave everybody a spreadsheet. Where does it put the tenth order of the same customer, "
                "and who keeps several people from overwriting each other?",
            ),
        ),
    ),
    Exercise(
        id="4.3",
        asks="Which role is enough for each task? Put six roles into the list.",
        right=pick.roles_of,
        sheet=pick.six_tasks,
        judge=pick.six_roles,
        yes="Each task is done, and nobody sees more than the task needs.",
        hints=(
            "What must you read for this task, and whose name or number do you need for it?",
            'crm.as_role("trainer").sees("customers") lists which fields of a customer a role sees. "claims" and "consents" are tables, too.',
            'Start with the task that needs neither a name nor a thing: it is for the "auditor".',
        ),
        how=later("""who = {"moved": "sales_associate", "mend": "technician", "Ring": "trainer",
       "offers": "marketing", "in time": "auditor", "decide": "responsible_person"}
roles = [role for task in tasks for word, role in who.items() if word in task]"""),
        why="Each task has a word that says what is needed: an address to write, a fault to read, a number to call, "
        "a yes to offers, days without names, or a case together with its customer. Six roles typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="gave everything to the responsible person",
                answer=lambda shop: ["responsible_person"] * len(pick.roles_of(shop)),
                says="The responsible person could do all of it, and would see far more than most tasks need. "
                "Which role is enough?",
            ),
            WrongAnswer(
                name="let the sales associate call about the training",
                answer=lambda shop: pick.roles_of(shop, trainer="sales_associate"),
                says="The sales associate could call about the training, and sees birthday and street too. "
                "Another role sees the telephone number and fewer other fields.",
            ),
            WrongAnswer(
                name="swapped technician and trainer",
                answer=lambda shop: pick.roles_of(shop, trainer="technician", technician="trainer"),
                says="You have technician and trainer the wrong way round: who works on the thing, "
                "and who has to reach a person?",
            ),
            WrongAnswer(
                name="let the responsible person check the cases",
                answer=lambda shop: pick.roles_of(shop, auditor="responsible_person"),
                says="To see whether cases were answered in time and in good words, nobody needs a name. "
                "One role checks without names.",
            ),
        ),
    ),
    Exercise(
        id="4.4",
        asks="Which benefit does each card show? Put seven words into the list.",
        right=pick.benefits_of,
        sheet=pick.seven_cards,
        judge=words_in_order(
            [benefit.value for benefit in Benefit],
            advice="Each benefit stands once. For each card ask: who has something from it, and what?",
        ),
        yes="Seven cards, seven benefits. Somebody had to write things down first, and keep them safe.",
        hints=(
            "Who has something from the records here: the person at work, the state, one human being, or those who plan?",
            "Each benefit stands once, so begin with those that you are sure of. Who is ill or leaves? Who counts money?",
            'The tax belongs to "interests", money that is added up to "cost".',
        ),
        how=later("""signs = {"twice": "efficiency", "second time": "efficiency", "tax": "interests",
         "hold about": "rights", "blamed": "rights", "money": "cost",
         "we said no": "re_examination", "closed": "re_examination",
         "without names": "research", "ill for": "stability", "for good": "stability"}
benefits = [next(signs[sign] for sign in signs if sign in card) for card in cards]"""),
        why="A few words of each card give it away, such as tax, money or ill. Seven words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="swapped interests and rights",
                answer=lambda shop: pick.benefits_of(
                    shop, interests=Benefit.RIGHTS, rights=Benefit.INTERESTS
                ),
                says="You have interests and rights the wrong way round. Interests are those of the state "
                "and of the shop as a whole; rights belong to one person, a customer or somebody of our staff.",
            ),
            WrongAnswer(
                name="swapped research and looking again",
                answer=lambda shop: pick.benefits_of(
                    shop, research=Benefit.RE_EXAMINATION, re_examination=Benefit.RESEARCH
                ),
                says="You have research and re_examination the wrong way round. Who looks again at one decision "
                "wants to judge it; research looks for something new.",
            ),
            WrongAnswer(
                name="swapped efficiency and stability",
                answer=lambda shop: pick.benefits_of(
                    shop, efficiency=Benefit.STABILITY, stability=Benefit.EFFICIENCY
                ),
                says="You have efficiency and stability the wrong way round. Efficiency saves time in one piece of work; "
                "stability means that service goes on although people come and go.",
            ),
            WrongAnswer(
                name="swapped cost and interests",
                answer=lambda shop: pick.benefits_of(
                    shop, cost=Benefit.INTERESTS, interests=Benefit.COST
                ),
                says="You have cost and interests the wrong way round. When the owner adds up money, that is cost; "
                "when the state asks for proof, that is an interest.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=4,
    teaches=("A8", "A9", "A10"),
    exercises=EXERCISES,
    quiz=QUIZ,
    market="GB",
    files=saturday.files,
)
