"""Checks: blank, right and wrong answers of every exercise, and that a check leaves no trace."""

import sys

import numpy as np
import pandas as pd
import pytest
from sweeps import one_in

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.feedback import SIGNS, Feedback, Outcome
from retailkit.course.judges import is_blank
from retailkit.course.places import my_shop, shop_of

EXERCISES = {
    exercise.id: (exercise, lesson)
    for lesson in lessons().values()
    for exercise in lesson.exercises
}
NEIGHBOURS = ["demo", "kestrel", "river-9"]
ODD = {
    "a truth": True,
    "a fraction": 3.5,
    "a strange word": "xyz",
    "bytes": b"x",
    "a dictionary": {"a": 1},
    "a list of numbers": [1, 2],
    "a set": {1},
    "an object": object(),
    "a function of Python": len,
    "a function of nothing": lambda: 1,
    "a generator": (n for n in range(3)),
    "a function that quits": lambda case: sys.exit(),
    "a long text": "x" * 500,
    "a table": pd.DataFrame({"a": [1]}),
}


def shop_for(exercise_id, learner="demo"):
    return shop_of(learner, EXERCISES[exercise_id][1].number)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_blank_is_not_yet(exercise_id):
    blanks = [..., None, "", [], [...], np.nan, pd.NA]
    said = {repr(blank): repr(rk.check(exercise_id, blank)) for blank in blanks}
    assert said == dict.fromkeys(said, f"Not yet. {EXERCISES[exercise_id][0].asks}")


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_two_mistakes_never_get_the_same_sentence(exercise_id):
    said = [wrong.says for wrong in EXERCISES[exercise_id][0].wrong]
    assert len(said) >= 2
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    "exercise_id", ["0.1", "0.2", "1.1", "7.2", "7.3", "7.4", "8.2", "8.3", "8.4"]
)
def test_a_neighbours_answer_is_not_right(exercise_id):
    exercise = EXERCISES[exercise_id][0]
    answers = [repr(exercise.right(shop_for(exercise_id, name))) for name in NEIGHBOURS]
    assert len(set(answers)) == len(answers)


def test_six_words_in_order_are_not_the_same_for_everybody():
    exercise = EXERCISES["7.1"][0]
    assert len({repr(exercise.right(shop_for("7.1", name))) for name in NEIGHBOURS}) > 1


def test_an_answer_may_come_as_a_column_and_with_capitals_and_blanks():
    kinds = EXERCISES["7.1"][0].right(shop_for("7.1"))
    assert rk.check("7.1", pd.Series(kinds)).outcome == Outcome.YES
    assert rk.check("7.1", tuple(f" {kind.title()} " for kind in kinds)).outcome == Outcome.YES
    unfounded = EXERCISES["7.4"][0].right(shop_for("7.4"))
    assert rk.check("7.4", pd.Index(unfounded)).outcome == Outcome.YES
    assert rk.check("7.4", set(unfounded)).outcome == Outcome.YES


def test_the_number_of_an_exercise_may_come_as_a_number():
    assert rk.check(7.2, ...).outcome == Outcome.NOT_YET


def test_a_number_with_the_shops_own_comma_or_point_is_explained():
    # the shop says 1,518 orders, or 1.518 in Spanish; who copies that hands in something else
    assert "Write the number without it." in repr(rk.check("0.1", (1, 518)))
    assert "1.518 has a part behind the point." in repr(rk.check("0.1", 1.518))


@pytest.mark.parametrize("exercise_id", one_in(11, EXERCISES))
def test_whatever_is_handed_in_a_check_answers_in_a_sentence(exercise_id):
    said = {name: rk.check(exercise_id, odd) for name, odd in ODD.items()}
    assert {name: one.outcome for name, one in said.items()} == dict.fromkeys(
        ODD, Outcome.NOT_QUITE
    )
    assert not [name for name, one in said.items() if len(one.sentence) >= 600]
    assert not [name for name, one in said.items() if " at 0x" in one.sentence]


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_every_exercise_has_hints_and_a_solution_with_its_why(exercise_id):
    exercise = EXERCISES[exercise_id][0]
    assert 2 <= len(exercise.hints) <= 3
    assert repr(rk.hint(exercise_id)).startswith(f"Hint. {exercise.hints[0]}")
    assert exercise.why in repr(rk.solution(exercise_id))
    assert exercise.how.splitlines()[0] in repr(rk.solution(exercise_id))
    assert "SOLUTION" not in repr(rk.solution(exercise_id))


def test_hints_lead_from_one_to_the_next_and_then_to_the_solution():
    assert 'There are 2 more: rk.hint("7.1", 2)' in repr(rk.hint("7.1"))
    assert 'There is one more: rk.hint("7.1", 3)' in repr(rk.hint("7.1", 2))
    assert 'The last hint. Then: rk.solution("7.1")' in repr(rk.hint("7.1", 3))


def test_a_hint_that_is_not_there_is_said_so():
    assert repr(rk.hint("7.1", 4)) == "Cannot be checked. Exercise 7.1 has hints 1 to 3."


@pytest.mark.parametrize(
    "verb", [lambda: rk.check("7.11", 1), lambda: rk.hint("7.11"), lambda: rk.solution("7.11")]
)
def test_an_exercise_that_is_not_there_is_named_with_those_that_are(verb):
    assert "There is no exercise '7.11'. There are 0.1" in repr(verb())


def test_a_function_left_as_it_was_is_not_yet():
    def my_level(case):
        if case.hazard:
            return "serious"
        return ...

    assert rk.check("7.5", my_level).outcome == Outcome.NOT_YET


def test_a_function_that_stops_is_told_where_and_why():
    said = repr(rk.check("7.5", lambda case: "serious" if case.amount >= 600 else "lower"))
    assert said.startswith("Not quite. Your function stopped at the case CL-")
    assert "None cannot be compared" in said


def test_a_function_without_a_return_is_told_so():
    assert "Is there a return on every path?" in repr(rk.check("7.5", lambda case: None))


def test_a_function_with_a_strange_word_is_told_the_words():
    assert "Choose serious, middle or lower." in repr(rk.check("7.5", lambda case: "urgent"))


def test_a_rule_that_only_knows_the_visible_shop_fails_on_a_fresh_one():
    exercise = EXERCISES["7.5"][0]
    shop = shop_for("7.5")
    known = {case: exercise.right(shop)(case) for case in exercise.cases(shop).values()}
    said = repr(rk.check("7.5", lambda case: known.get(case, "lower")))
    assert said.startswith("Not quite. Right for your shop, but not for another one.")


def test_a_check_says_the_same_words_every_time():
    assert repr(rk.check("7.2", 1)) == repr(rk.check("7.2", 1))


def test_a_lesson_goes_on_with_the_courses_answer_and_says_so(capsys):
    rule = rk.given("7.5", ...)
    assert rule(rk.Evidence(hazard=True)) == "serious"
    assert "You have no answer to 7.5 yet" in capsys.readouterr().out


def test_a_lesson_goes_on_with_the_learners_own_answer(capsys):
    def mine(case):
        return "lower"

    assert rk.given("7.5", mine) is mine
    assert capsys.readouterr().out == ""


def test_every_learner_has_a_shop_of_their_own(monkeypatch):
    seeds = set()
    for name in ("a", "b", "c"):
        monkeypatch.setenv("RETAILKIT_CODENAME", name)
        seeds.add(my_shop(lesson=0).seed)
    assert len(seeds) == 3


def test_a_shop_that_a_learner_changes_does_not_change_the_check():
    shop = my_shop(lesson=0)
    shop.customers["given_name"] = "nobody"
    assert "nobody" not in set(my_shop(lesson=0).customers["given_name"])


def test_a_lesson_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match="There is no lesson 99. There are lessons 0, 1, "):
        my_shop(lesson=99)


def test_the_cases_of_an_exercise_are_shown_as_cards():
    cards = rk.cases("7.3")
    assert cards.numbers == list(EXERCISES["7.3"][0].cases(shop_for("7.3")))
    assert repr(cards).count("Case CL-") == 5


@pytest.mark.parametrize(
    ("answer", "blank"),
    [(0, False), ("a", False), (False, False), (" ", True), (("a", None), True)],
)
def test_what_counts_as_blank(answer, blank):
    assert is_blank(answer) is blank


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("outcome", Outcome)
def test_the_edge_of_a_feedback_is_seen_on_white_and_on_black(outcome):
    light = luminance(SIGNS[outcome][1])
    assert (1 + 0.05) / (light + 0.05) >= 3
    assert (light + 0.05) / 0.05 >= 3


def test_feedback_says_the_outcome_in_words_and_escapes_what_was_typed():
    page = Feedback(Outcome.NOT_QUITE, "'<b>' is none of them.")._repr_html_()
    assert "<strong>Not quite.</strong>" in page
    assert "<b>" not in page
    assert 'role="status"' in page
