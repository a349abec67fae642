"""Quizzes: four kinds of questions, a sentence for each option, and no answer on the page."""

import json
import re

import pytest
from sweeps import one_in

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.facts import facts, facts_missing, needed_in
from retailkit.course.places import shop_of
from retailkit.course.questions import choice, no, yes
from retailkit.forms.page import Page

LESSONS = sorted(lessons())
QUESTIONS = [
    pytest.param(question, id=f"{number}.{place}")
    for number in LESSONS
    for place, question in enumerate(lessons()[number].quiz, 1)
]


def fill_in(quiz, **instead):
    """Answer everything rightly, but for what is given otherwise."""
    shop = shop_of("demo", quiz.lesson.number)
    for name, (_, part) in quiz.asked.items():
        answer = instead.get(name, part.right(shop))
        letters = {text: letter for letter, text in quiz.choices.get(name, {}).items()}
        quiz.take(name, letters.get(answer, answer))
    return quiz


@pytest.mark.parametrize("number", LESSONS)
def test_right_answers_are_right_and_stay_on_the_form(number):
    quiz = fill_in(rk.quiz(number))
    said = quiz.save()
    assert said[-1] == f"All {len(quiz.lesson.quiz)} questions are right."
    assert all(re.match(r"\d[a-h]?\. Yes\. ", line) for line in said[:-1])
    assert quiz.save() == said
    assert quiz.right == len(quiz.lesson.quiz)


@pytest.mark.parametrize("number", one_in(4, LESSONS))
def test_every_option_gets_its_own_sentence(number):
    quiz = rk.quiz(number)
    for name, (question, part) in quiz.asked.items():
        right = part.right(shop_of("demo", number))
        wrong = [text for text in part.choices if text != right]
        wrong += [not right] if part.answer is bool else []
        for answer in wrong:
            line = next(
                s
                for s in fill_in(quiz, **{name: answer}).save()
                if s[: len(name)] == f"{name[1:]}."
            )
            assert line.split(". ", 2)[1] == "Not quite"
            assert line.split(". ", 2)[2] in question.sentences
            assert quiz.right == len(quiz.lesson.quiz) - 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_two_options_share_a_sentence(question):
    assert len(set(question.sentences)) == len(question.sentences) >= 3
    assert all(
        20 <= len(sentence) <= 130 or question.kind == "matching" for sentence in question.sentences
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_choice_has_a_wrong_one_and_one_that_is_right(question):
    shop = shop_of("demo", 0)
    if question.kind == "choice":
        (part,) = question.parts
        assert len(part.choices) >= 3
        assert part.right(shop) in part.choices
    if question.kind == "several":
        assert {part.right(shop) for part in question.parts} == {True, False}


@pytest.mark.parametrize("number", LESSONS)
def test_the_known_wrong_numbers_differ_from_the_right_one(number):
    shop = shop_of("kestrel", number)
    for question in lessons()[number].quiz:
        if question.kind == "number":
            (part,) = question.parts
            assert part.judged(part.right(shop), shop)[0] is True
            assert part.judged(part.right(shop) + 0.5, shop) == (False, question.sentences[1])


def test_a_known_wrong_number_is_told_what_it_is():
    quiz = rk.quiz(0)
    orders = len(shop_of("demo", 0).customers)
    assert "4. Not quite. That is how many customers there are." in repr(
        fill_in(quiz, q4=orders).save()
    )


def test_nothing_is_judged_until_all_is_answered():
    quiz = rk.quiz(1)
    quiz.fill(q2="a")
    assert quiz.save()[0] == "Not saved yet."
    assert not [line for line in quiz.said if "Not quite" in line or ". Yes." in line]


def test_a_letter_that_is_none_is_told_the_letters():
    assert (
        rk.quiz(1)
        .fill(q2="z")
        .problems["q2"]
        .startswith("'z' is not a choice here. Choose a, b or c.")
    )


def test_the_plain_text_lists_every_question_and_option():
    text = repr(rk.quiz(2))
    for question in lessons()[2].quiz:
        assert question.asks in text
        for part in question.parts:
            assert part.asks in text
            assert all(option in text for option in part.choices)
    assert "Yes or no?" in text


@pytest.mark.parametrize("number", LESSONS)
def test_what_is_right_is_nowhere_on_the_page(number):
    quiz = rk.quiz(number)
    page = Page(quiz)
    state = json.dumps([field.get_state() for field in page.fields.values()], default=str)
    shown = state + quiz._static_html() + repr(quiz) + page.said.value + page.intro.value
    for question in quiz.lesson.quiz:
        assert not [sentence for sentence in question.sentences if sentence in shown]
    values = {field.value for field in page.fields.values()}
    assert values == {""}


def test_the_order_of_options_gives_nothing_away(monkeypatch):
    places = set()
    for name in ("a", "b", "c", "d", "e", "f"):
        monkeypatch.setenv("RETAILKIT_CODENAME", name)
        choices = rk.quiz(1).choices["q2"]
        assert choices == rk.quiz(1).choices["q2"]
        places |= {
            letter for letter, text in choices.items() if text == "The goods are handed over."
        }
    assert places == {"a", "b", "c"}


def test_there_is_nothing_to_take_back():
    assert "change an answer, save again" in repr(rk.quiz(0).undo())


def test_a_lesson_may_come_as_text_and_one_that_is_not_there_is_named():
    assert rk.quiz("3").title == "Quiz 3"
    with pytest.raises(ValueError, match="There is no lesson 99"):
        rk.quiz(99)


def test_a_quiz_is_taken_up_again_where_it_was_left(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAILKIT_LESSONS", str(tmp_path))
    quiz = fill_in(rk.quiz(1), q2="The customer has paid.")
    quiz.save()
    again = rk.quiz(1)
    assert again.answers == quiz.answers
    assert repr(again.said) == "Last time 4 of 5 right."
    assert again.save() == quiz.said


def test_a_question_that_was_changed_since_is_asked_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAILKIT_LESSONS", str(tmp_path))
    fill_in(rk.quiz(1)).save()
    file = next(tmp_path.rglob("*.jsonl"))
    file.write_text(file.read_text().replace("The goods are handed over.", "An older option."))
    again = rk.quiz(1)
    assert "q2" not in again.answers
    assert again.problems == {}


def test_one_option_of_a_choice_is_right():
    with pytest.raises(ValueError, match="too many values"):
        choice("", "?", yes("a", "one"), yes("b", "two"), no("c", "three"))


# ---- the facts


def test_every_fact_is_taught_and_needed():
    assert facts_missing() == []
    assert len(facts()) == 30


@pytest.mark.parametrize("number", LESSONS)
def test_a_quiz_needs_the_facts_of_its_lesson(number):
    assert needed_in(lessons()[number]) >= set(lessons()[number].teaches)


def test_a_fact_that_nobody_teaches_is_named(monkeypatch):
    monkeypatch.setattr("retailkit.course.facts.facts", lambda: {"A1": "known", "Z9": "unheard of"})
    said = facts_missing()
    assert "No lesson teaches Z9." in said
    assert "Lesson 1 teaches B1, which is no fact." in said
