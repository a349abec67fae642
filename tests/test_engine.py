"""The engine besides single judges: shares, earlier answers, fresh shops, every message."""

import re

import pytest
from learners import TWENTY
from sweeps import mostly_slow

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.feedback import Feedback, Outcome
from retailkit.course.judges import line_numbers, words_in_order
from retailkit.course.places import shop_of
from retailkit.course.shortfall import Shortfall, share_right
from retailkit.course.texts import text_that_says
from retailkit.generate import FAULTS

EXERCISES = [exercise for lesson in lessons().values() for exercise in lesson.exercises]


def shop_for(exercise, learner="demo"):
    return shop_of(learner, int(exercise.id.split(".")[0]))


# ---- shares


def test_a_right_answer_has_the_whole_share_and_a_blank_none():
    right = EXERCISES[0].right(shop_for(EXERCISES[0]))
    assert rk.check("0.1", right).share == 1.0
    assert rk.check("0.1", ...).share == 0.0


def test_a_list_has_the_share_of_its_right_words():
    said = words_in_order(["a", "b"])(["a", "b", "b", "b"], ["a", "b", "a", "b"], {})
    assert (said, said.share) == (
        "3 of 4 are right. Read the texts again, to the last sentence.",
        0.75,
    )


def test_a_line_too_many_costs_a_share():
    lines = dict.fromkeys("abcde")
    assert line_numbers([1, 2, 3], [1, 2], lines).share == pytest.approx(2 / 3)
    assert line_numbers([3], [1, 2], lines).share == 0.0


def test_a_list_of_everything_earns_nothing():
    lines = dict.fromkeys("abcde")
    assert line_numbers([1, 2, 3, 4, 5], [1, 2, 3, 4], lines).share == 0.0


def test_what_has_no_share_earns_nothing():
    assert share_right("no share") == 0.0


def test_a_known_slip_keeps_the_share_of_what_is_right():
    exercise = next(one for one in EXERCISES if one.id == "7.1")
    right = exercise.right(shop_for(exercise))
    other = "claim" if right[0] == "complaint" else "complaint"
    assert rk.check("7.1", [other, *right[1:]]).share == pytest.approx(5 / 6)


# ---- free texts


TEXT = text_that_says(lambda text, cases: {"a day": "day" in text, "a name": "Ana" in text}, "note")


def test_a_text_is_told_what_was_not_found_and_that_a_program_reads_it():
    said = TEXT("On that day.", "a day, Ana", {})
    assert isinstance(said, Shortfall)
    assert said.startswith("Not found in your note yet: a name. Of 2 things, 1 are there.")
    assert said.endswith("say it in plainer words: a program reads this.")
    assert said.share == 0.5


def test_a_text_that_says_all_is_right_whatever_else_it_says():
    assert TEXT("Ana calls on a sunny day.", "a day, Ana", {}) is None
    assert TEXT(3, "a day, Ana", {}).startswith("A text is asked for")


# ---- an earlier answer, and what follows from it


def wrong_letter_and_its_fault():
    """A letter that is not broken in the shop, and the fault of the six that would break it."""
    exercise = next(one for one in EXERCISES if one.id == "9.5")
    shop = shop_for(exercise)
    right = exercise.right(shop)
    fault = next(
        name for name in exercise.cases(shop) if FAULTS[name].breaks != FAULTS[right].breaks
    )
    return FAULTS[fault].breaks, fault, right


def test_what_follows_from_a_slip_counts_and_the_slip_is_named():
    letter, fault, _ = wrong_letter_and_its_fault()
    assert rk.check("9.5", fault).outcome == "Not quite"
    said = rk.check("9.5", fault, given=[letter])
    assert (said.outcome, said.share) == ("Yes", 1.0)
    assert said.sentence.startswith("It follows from your answer to 9.4. That one is not right yet")


def test_what_does_not_follow_from_a_slip_does_not_count():
    letter, fault, right = wrong_letter_and_its_fault()
    assert rk.check("9.5", fault, given=[FAULTS[right].breaks]).outcome == "Not quite"
    others = [name for name in FAULTS if FAULTS[name].breaks not in (letter, None)]
    assert rk.check("9.5", others[0], given=[letter]).outcome == "Not quite"


def test_whoever_names_every_letter_has_chosen_nothing():
    _, fault, _ = wrong_letter_and_its_fault()
    assert rk.check("9.5", fault, given=list("ABCDEFGHI")).outcome == "Not quite"


@pytest.mark.parametrize("given", [..., None, [], 7, "A", object(), [None], {"A": 1}])
def test_the_right_answer_is_right_whatever_was_answered_before(given):
    _, _, right = wrong_letter_and_its_fault()
    said = rk.check("9.5", right, given=given)
    assert said.outcome == "Yes"
    assert "follows" not in said.sentence


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_what_builds_on_another_exercise_names_one_of_its_lesson(exercise):
    assert exercise.builds_on in {"", *(one.id for one in EXERCISES if one.id < exercise.id)}


# ---- rules are tried on fresh shops


@pytest.mark.parametrize("learner", mostly_slow(TWENTY, 4))
def test_a_rule_that_knows_the_visible_cases_by_heart_fails(learner, monkeypatch):
    monkeypatch.setenv("RETAILKIT_CODENAME", learner)
    for exercise in EXERCISES:
        if exercise.fresh_shops:
            shop = shop_for(exercise, learner)
            known = {case: exercise.right(shop)(case) for case in exercise.cases(shop).values()}
            said = rk.check(exercise.id, lambda case, known=known: known.get(case, "lower"))
            assert said.sentence.startswith("Right for your shop, but not for another one.")
            assert said.outcome == "Not quite"


# ---- a teacher's wish


def test_a_teacher_can_keep_the_solutions_back(monkeypatch):
    monkeypatch.setenv("RETAILKIT_SOLUTIONS", "off")
    said = rk.solution("1.1")
    assert repr(said) == (
        'Solution. Your teacher keeps the solutions back. rk.hint("1.1") helps you on.'
    )
    assert said.code == ""


def test_a_word_in_the_lessons_folder_keeps_them_back_too(monkeypatch, tmp_path):
    monkeypatch.setenv("RETAILKIT_LESSONS", str(tmp_path))
    assert "len(open_orders)" in rk.solution("1.1").code
    (tmp_path / ".retailkit").mkdir()
    (tmp_path / ".retailkit" / "solutions").write_text("Off\n")
    assert rk.solution("1.1").code == ""
    monkeypatch.setenv("RETAILKIT_SOLUTIONS", "on")
    assert "len(open_orders)" in rk.solution("1.1").code


# ---- every message


def messages():
    """Everything that a check, a hint or a solution can say of itself, as feedback."""
    for exercise in EXERCISES:
        yield Feedback(Outcome.NOT_YET, exercise.asks)
        yield Feedback(Outcome.YES, exercise.yes)
        yield from (Feedback(Outcome.NOT_QUITE, wrong.says) for wrong in exercise.wrong)
        yield from (rk.hint(exercise.id, n) for n in range(1, len(exercise.hints) + 1))
        yield rk.solution(exercise.id)
    yield Feedback(Outcome.CANNOT_SAY, "<b id='x'>&\"</b> <script>alert(1)</script>", "<i>code</i>")


@pytest.mark.parametrize("feedback", list(messages()), ids=lambda one: one.sentence[:40])
def test_every_message_can_be_read_by_everybody(feedback):
    page = feedback._repr_html_()
    assert page.startswith('<div role="status"')
    assert f"<strong>{feedback.outcome}.</strong>" in page
    # no id that could stand twice on a page, no markup but our own
    tags = {tag.split()[0] for tag in re.findall(r"<([^/][^>]*)>", page)}
    assert tags <= {"div", "strong", "span", "pre"}
    assert not re.search(r"<[^>]*\bid=", page)
    # the words take the page's own ink and ground, light or dark, so their contrast is the page's
    styles = ";".join(re.findall(r'style="([^"]*)"', page))
    assert not re.search(r"(?<![-\w])(color|background|opacity|font-size)\s*:", styles)
    assert 'aria-hidden="true"' in page
    assert len(feedback.sentence) > 8
