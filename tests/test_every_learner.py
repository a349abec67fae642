"""Every exercise in every learner's shop: blank, right and known wrong answers, each its word."""

import pytest
from learners import LEARNERS
from sweeps import one_in

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.places import shop_of


@pytest.mark.parametrize("learner", LEARNERS)
@pytest.mark.parametrize("lesson", one_in(3, lessons()))
def test_every_answer_gets_its_own_sentence(lesson, learner, monkeypatch):
    monkeypatch.setenv("RETAILKIT_CODENAME", learner)
    shop = shop_of(learner, lesson)
    expected, said = {}, {}
    for exercise in lessons()[lesson].exercises:
        right = exercise.right(shop)
        answers = [
            (..., f"Not yet. {exercise.asks}"),
            (right, f"Yes. {exercise.yes}"),
            *((wrong.answer(shop), f"Not quite. {wrong.says}") for wrong in exercise.wrong),
        ]
        feedback = [rk.check(exercise.id, answer) for answer, _ in answers]
        expected[exercise.id] = [sentence for _, sentence in answers]
        said[exercise.id] = [repr(one) for one in feedback]
        assert [one.share == 1 for one in feedback] == [one is right for one, _ in answers]
        # what is a rule is tried on fresh shops, so that nobody can write down the visible one
        assert callable(right) == exercise.fresh_shops
    assert said == expected
