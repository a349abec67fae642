"""Lesson 08: its sheets and checks on many learners' shops, its board and its picture."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from learners import LEARNERS
from small_shop import claim, small_shop, step

import retailkit as rk
from retailkit.claims import StaffMember
from retailkit.course import cases_08
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.course.sheets import Sheet

EXERCISES = find_lesson(8).exercises
NAMES = {"8.1": "jobs", "8.2": "two", "8.3": "draft", "8.4": "letter"}
"""What the lesson calls the sheet of each exercise."""


@pytest.mark.parametrize("learner", LEARNERS[:5])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_is_right(exercise, learner):
    shop = shop_of(learner, 8)
    names = {"rk": rk, "shop": shop, NAMES[exercise.id]: exercise.sheet(shop)}
    exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
    answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
    assert _problem(exercise, answer, shop) is None


def check(exercise_id, answer):
    return repr(rk.check(exercise_id, answer))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("2026-04-10", "A list of 2 days is asked for"),
        (["2026-04-10"], "2 days are asked for, one for each line; yours has 1."),
        (["2026-04-10", "soon"], "'soon' is no day."),
        (["1999-01-01", "1999-01-01"], "0 of 2 days are right."),
    ],
)
def test_days_that_cannot_be_taken_are_told_why(answer, said):
    assert said in check("8.2", answer)


def test_days_may_come_as_text_as_dates_and_as_deadlines():
    shop = shop_of("demo", 8)
    right = cases_08.last_days(shop)
    received = [shop.claim(number).received_at for number in rk.sheet("8.2").numbers]
    deadlines = [rk.answer_by(on, market="ES-AN") for on in received]
    for answer in (right, [day.isoformat() for day in right], deadlines, pd.DatetimeIndex(right)):
        assert check("8.2", answer).startswith("Yes.")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (3, "A list of line numbers is asked for"),
        ([0], "0 is no line. The lines have the numbers 1 to"),
        (["3"], "'3' is no line."),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "Your list has"),
    ],
)
def test_lines_that_cannot_be_taken_are_told_why(answer, said):
    assert said in check("8.4", answer)


def test_an_acknowledgement_in_ones_own_words_is_right():
    shop = shop_of("demo", 8)
    case = cases_08.case_to_acknowledge(shop)
    due = case.due.date
    mine = f"""Ana looks after your case {case.claim.claim_id}.
    We answer by {due:%B} {due.day}, that is {due.isoformat()}.
    You can ask us at any time about the state of your case.
    If you do not agree, turn to the OMIC."""
    assert check("8.3", f"{rk.sheet('8.3').text}\n\n{mine}").startswith("Yes.")


def test_a_letter_may_be_written_in_english_where_the_computer_speaks_spanish(monkeypatch):
    exercise = next(one for one in find_lesson(8).exercises if one.id == "8.3")
    english = exercise.right(shop_of("demo", 8))
    monkeypatch.setenv("RETAILKIT_LANG", "es")
    assert check("8.3", english).startswith("Sí.")


def test_a_letter_that_lacks_other_things_is_told_which():
    said = check("8.3", "Ana is responsible for it.")
    assert "Not found in your letter yet: the number of the case, by when" in said


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("by 9 July 2026", True),
        ("July 9", True),
        ("the 9th of July", True),
        ("2026-07-09", True),
        ("29 July 2026", False),
        ("13 July 2026", False),
        ("July 90", False),
    ],
)
def test_a_day_is_found_however_it_is_written(written, named):
    assert cases_08.names(written, date(2026, 7, 9)) is named


def test_a_sheet_shows_what_a_person_wrote_as_text():
    page = Sheet(["<b>$5</b>\nand more"], known=["<i>"])._repr_html_()
    assert "&lt;b&gt;$5&lt;/b&gt;</span><br>" in page
    assert "<i>" not in page


STAFF = [
    StaffMember(staff_id="S-1", name="Ana", function="customer_service"),
    StaffMember(staff_id="S-2", name="Ben", function="technician"),
    StaffMember(staff_id="S-3", name="Carla", function="trainer"),
]


@pytest.fixture
def board():
    case = rk.open_case(claim(), market="ES", at="2026-04-01T09:00", heard_by="S-1")
    return rk.forms.case_board(small_shop(staff=STAFF), case)


def go(board, *steps, **more):
    for name in steps:
        board.fill(step=name, by="S-1", **more).save()
    return board


def test_the_board_shows_the_case_and_what_may_come_next(board):
    assert "Case CL-1: received, with S-1." in repr(board)
    assert "What may come next: acknowledged, withdrawn, escalated or handed over." in repr(board)
    assert "[open] What happens next? (step)" in repr(board)


def test_a_step_an_hour_later_is_the_usual_one(board):
    go(board, "acknowledged")
    assert board.case.steps[-1].at.isoformat() == "2026-04-01T10:00:00"
    go(board, "assessed", at="2026-04-02T10:00")
    assert board.case.steps[-1].at.isoformat() == "2026-04-02T10:00:00"


def test_a_step_that_may_not_happen_is_said_and_not_taken(board):
    said = board.fill(step="closed", by="S-1").save()
    assert said[0] == "Not saved yet."
    assert "rule 16" in said[1]
    assert len(board.case.steps) == 1


def test_what_was_refused_can_be_mended_by_changing_any_answer(board):
    go(board, "acknowledged", "assessed")
    assert "rule 21" in repr(board.fill(step="action", by="S-3", remedy="repair").save())
    assert board.fill(by="S-2").save()[0].startswith("Done: action.")
    assert board.case.steps[-1].function == "technician"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("action", "An action needs its remedy"),
        ("decided", "A decision needs its outcome"),
    ],
)
def test_a_step_that_lacks_something_says_what(board, step, said):
    go(board, "acknowledged", "assessed")
    assert said in repr(board.fill(step=step, by="S-1").save())


def test_a_case_is_brought_to_its_end_on_the_board(board):
    go(board, "acknowledged", "assessed")
    board.fill(step="decided", by="S-1", outcome="accepted", note="It leaks.").save()
    go(board, "communicated", "closed")
    assert board.case.status == "closed"
    go(board, "reopened", note="It leaks again.")
    assert board.case.status == "reopened"


def test_every_step_can_be_taken_on_the_board(board):
    go(board, "handed_over", "acknowledged", "assessed", "information_asked")
    go(board, "information_received", "investigated", note="A photo came.")
    board.fill(step="decided", by="S-1", outcome="partly", note="So far.").save()
    go(board, "communicated")
    board.fill(step="review_asked", by="S-2").save()
    go(board, "escalated", "withdrawn")
    assert board.case.status == "withdrawn"


def test_a_step_on_the_board_is_taken_back(board):
    go(board, "acknowledged")
    assert board.undo() == ["'acknowledged' is taken back."]
    assert board.case.status == "received"
    assert board.undo() == ["There is nothing to take back."]


def test_the_board_takes_the_open_case_that_is_due_first():
    steps = [step("CL-1", "received", "2026-04-01T09:00", staff_id="S-1")]
    shop = small_shop(claim(status="received"), steps=steps, staff=STAFF)
    assert rk.forms.case_board(shop).case.claim.claim_id == "CL-1"


def test_a_shop_without_open_cases_says_so():
    with pytest.raises(ValueError, match="No case of this shop is open"):
        rk.forms.case_board(small_shop(claim(status="closed")))


def waiting(claim_id, received_at, answer_by, **more):
    fields = {"received_at": received_at, "answer_by": answer_by, "status": "received", **more}
    return claim(claim_id=claim_id, **fields)


def test_the_picture_counts_the_waiting_and_the_late():
    shop = small_shop(
        waiting("CL-1", "2026-03-01T09:00", "2026-04-01"),
        waiting("CL-2", "2026-03-30T09:00", "2026-04-30"),
        waiting("CL-3", "2026-03-23T09:00", "2026-04-02"),
        waiting("CL-4", "2026-03-23T09:00", "2026-04-23", status="communicated"),
    )
    words = rk.figures.open_cases(shop).words
    assert "3 cases wait for an answer, 1 past the last day." in words
    assert "CL-1: 32 days old, 22 days late; CL-3: 10 days old, today is the last day" in words
    assert "CL-2: 3 days old, 7 days left" in words


def test_the_earlier_of_law_and_promise_is_the_last_day():
    shop = small_shop(waiting("CL-1", "2026-03-30T09:00", "2026-04-03"))
    assert "1 day left" in rk.figures.open_cases(shop).words
    slow = replace(shop, procedure=rk.Procedure(answer_within_days=2))
    assert "1 day late" in rk.figures.open_cases(slow).words


def test_a_case_without_a_day_of_receipt_has_no_bar_and_is_told():
    shop = small_shop(waiting("CL-1", None, None), waiting("CL-2", "2026-04-01T09:00", None))
    words = rk.figures.open_cases(shop).words
    assert "2 cases wait for an answer, none past the last day" in words
    assert words.endswith("1 case without a day of receipt.")


def test_more_cases_than_can_be_read_are_counted_in_words():
    days = range(1, 21)
    shop = small_shop(*[waiting(f"CL-{n}", f"2026-03-{n:02}T09:00", "2026-04-20") for n in days])
    words = rk.figures.open_cases(shop).words
    assert words.startswith("Bar chart. 20 cases wait for an answer")
    assert words.endswith("5 cases more, due later, without a bar.")


def test_where_nobody_waits_the_picture_says_so():
    assert rk.figures.open_cases(small_shop()).words == "Bar chart. No case waits for an answer."
