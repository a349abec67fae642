"""Lesson 08: a case from start to finish."""

from __future__ import annotations

from retailkit.catalogue import LANGUAGES, later, say
from retailkit.claims import Function
from retailkit.course import cases_08 as pick
from retailkit.course.exercises import Cases, Exercise, Lesson, WrongAnswer
from retailkit.course.judges import days_in_order, line_numbers, words_in_order
from retailkit.course.quiz_08 import QUIZ
from retailkit.course.texts import text_that_says
from retailkit.reading import Required

SERVICE, TECHNICIAN, TRAINER = Function


def what_is_told(text: str, cases: Cases) -> dict[str, bool]:
    """What an acknowledgement of this case has to tell, and whether it does, read as a customer reads it."""
    from retailkit.letters import missing

    (case,) = cases.values()
    everything = missing("", "acknowledgement", case.market)
    # a lesson may be written in one language, and the computer speak another
    read = [set(missing(text, "acknowledgement", case.market, code)) for code in LANGUAGES]
    lacking = min(read, key=len)
    if str(case.claim.claim_id).lower() not in text.lower():
        lacking.add(Required.REFERENCE)
    told = {thing.meaning.rstrip(".").lower(): thing not in lacking for thing in everything}
    on_our_day = Required.DEADLINES in lacking or pick.names(text, case.due.date)
    return told | {say("the day that holds for us"): on_our_day}


EXERCISES = (
    Exercise(
        id="8.1",
        asks='Whose job is each? Put six words into the list: "customer_service", "technician" or "trainer".',
        right=pick.whose,
        sheet=pick.six_jobs,
        judge=words_in_order([function.value for function in Function]),
        yes="Customer service speaks for the shop, the technician works on the thing, and the trainer works with the person.",
        hints=(
            "Who works on paper, who works on the thing, and who works with the person?",
            "Look at the first word of each job: write, mend, show ... Who does that?",
            'Start with the jobs that end in a letter or a form: they are "customer_service".',
        ),
        how=later("""who = {"Write": "customer_service", "Tell": "customer_service", "Send": "customer_service",
       "Mend": "technician", "Test": "technician", "Replace": "technician",
       "Show": "trainer", "Practise": "trainer", "Explain": "trainer"}
functions = [who[job.split()[0]] for job in jobs]"""),
        why="The first word of each job says what is done, and that decides whose it is. Six words typed in are just as right.",
        wrong=(
            WrongAnswer(
                name="took the technician for the trainer",
                answer=lambda shop: pick.whose_if(shop, {TRAINER: TECHNICIAN}),
                says="You give the trainer nothing to do. The technician works on the thing; when somebody learns to use it, that is training.",
            ),
            WrongAnswer(
                name="swapped technician and trainer",
                answer=lambda shop: pick.whose_if(shop, {TRAINER: TECHNICIAN, TECHNICIAN: TRAINER}),
                says="You have technician and trainer the wrong way round: who repairs, and who teaches?",
            ),
            WrongAnswer(
                name="let customer service do the training",
                answer=lambda shop: pick.whose_if(shop, {TRAINER: SERVICE}),
                says="Whoever talks with customers is not always customer service: showing them how to use a thing is a function of its own.",
            ),
            WrongAnswer(
                name="gave everything to customer service",
                answer=lambda shop: [SERVICE.value] * len(pick.whose(shop)),
                says="Customer service starts the process and keeps the customer informed, but does not repair and does not train.",
            ),
        ),
    ),
    Exercise(
        id="8.2",
        asks='What is the last day for each answer? Put two days into the list, as text like "2026-02-28".',
        right=pick.last_days,
        sheet=pick.two_dates,
        judge=days_in_order,
        yes="You counted working days from the day after, and left out weekends and public holidays.",
        hints=(
            "Which day is number one: the day on which the case came in, or the one after it?",
            "Write the days down and number them. Saturdays, Sundays and public holidays get no number. Where is the 10?",
            "Of a case received on a Monday without holidays near it, day 1 is Tuesday, day 4 is Friday, and day 5 is the Monday after.",
        ),
        how="""received = [shop.claim(number).received_at for number in two.numbers]
days = [rk.answer_by(on, market="ES-AN").date for on in received]""",
        why="The law of Andalusia gives ten working days, counted from the day after. answer_by knows the holidays of each year; two days counted by hand are just as right.",
        wrong=(
            WrongAnswer(
                name="forgot the holidays",
                answer=lambda shop: pick.last_days(shop, pick.forgot_holidays),
                says="You counted a public holiday as a working day. Look at the holidays beside the case.",
            ),
            WrongAnswer(
                name="counted the first day",
                answer=lambda shop: pick.last_days(shop, pick.counted_the_first),
                says="You counted the day on which the case came in. Day one is the first working day after it.",
            ),
            WrongAnswer(
                name="counted calendar days",
                answer=lambda shop: pick.last_days(shop, pick.calendar_days),
                says="You counted every day of the calendar. The law speaks of working days: Monday to Friday, without public holidays.",
            ),
        ),
    ),
    Exercise(
        id="8.3",
        asks="Mend the acknowledgement: add what the customer still has to be told.",
        right=lambda shop: pick.acknowledgement(shop).text,
        sheet=pick.too_little,
        cases=lambda shop: {"the case": pick.case_to_acknowledge(shop)},
        judge=text_that_says(what_is_told, "letter"),
        yes="Now the customer knows number, person, day, place, means, how to ask, and where else to turn.",
        hints=(
            "Read the draft as the customer: what would you still have to ring up and ask?",
            'rk.missing(draft.text, "acknowledgement", market="ES-AN") lists what is missing. For the day, compare the law\'s with our promise.',
            'One sentence of each kind: "Ana is responsible for your case." "You will have our answer by 3 March 2026." "Outside our shop you can turn to the OMIC."',
        ),
        how=later("""number = draft.numbers[0]
acknowledgement = rk.letter(number, "acknowledgement", shop, language="en").text"""),
        why="The desk writes a whole acknowledgement from the records. Sentences of your own are just as right, as long as nothing is missing.",
        wrong=(
            WrongAnswer(
                name="handed in the draft",
                answer=lambda shop: pick.too_little(shop).text,
                says="That still lacks all that the draft lacks. Add your sentences to draft.text.",
            ),
            WrongAnswer(
                name="named no place outside",
                answer=lambda shop: pick.without(shop, Required.OPTIONS),
                says="One thing is missing: where to turn outside the shop, such as the OMIC. Customers are told that from the start.",
            ),
            WrongAnswer(
                name="named no day",
                answer=lambda shop: pick.without(shop, Required.DEADLINES),
                says="Your letter names no day for the answer. Soon is not a day.",
            ),
            WrongAnswer(
                name="named the law's day",
                answer=pick.with_the_laws_day,
                says="The day for the answer is missing, or it is not the one that holds. Law and promise both run: the earlier day holds.",
            ),
        ),
    ),
    Exercise(
        id="8.4",
        asks="Which lines of the letter must go? Put their numbers into the list.",
        right=pick.to_strike_out,
        sheet=pick.too_much,
        cases=lambda shop: {str(n): line for n, line in enumerate(pick.too_much(shop), 1)},
        judge=line_numbers,
        yes="What is left is about this customer and this case, and nobody else.",
        hints=(
            "For each line: whose business is it? The customer's, a stranger's, a colleague's, or only the shop's?",
            "Three lines must go: one about another customer, one about a colleague's private life, one from our own notes.",
        ),
        how="""customer = shop.claim(letter.numbers[0]).customer_id
numbered = enumerate(letter, 1)
too_much = [number for number, line in numbered if rk.leaks(line, shop, customer)]""",
        why="rk.leaks reads each line for what this customer must not be told. Numbers found by reading are just as right.",
        wrong=(
            WrongAnswer(
                name="kept the colleague's illness",
                answer=lambda shop: pick.to_strike_out(shop, but=1),
                says="One line still tells how a colleague is. That is private, even if it explains the delay.",
            ),
            WrongAnswer(
                name="kept the other customer",
                answer=lambda shop: pick.to_strike_out(shop, but=0),
                says="One line still names another customer. However kindly it is meant, nobody's data goes to somebody else.",
            ),
            WrongAnswer(
                name="kept our own note",
                answer=lambda shop: pick.to_strike_out(shop, but=2),
                says="One line still shows a note that we made for ourselves. Give reasons in a letter, and keep the notes at the desk.",
            ),
            WrongAnswer(
                name="struck out the places outside",
                answer=lambda shop: [
                    *pick.to_strike_out(shop),
                    *pick.carrying(shop, Required.OPTIONS),
                ],
                says="One line too many is gone: every answer tells where else to turn, even if we would rather not be checked.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=8,
    teaches=("B9", "B10", "B11", "B12", "B13"),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=5000,
    market="ES-AN",
    faults={"late_answer": 0.1, "unfounded_claim": 0.025},
)
