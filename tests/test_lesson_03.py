"""Lesson 03: its talks, its form and its checks on many learners' shops."""

import pytest
from learners import LEARNERS, TWENTY

import retailkit as rk
from retailkit.course import cases_03
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.customers import CollectionChannel
from retailkit.forms import complaint_form

EXERCISES = find_lesson(3).exercises


@pytest.mark.parametrize("learner", LEARNERS[:5])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_is_right(exercise, learner):
    shop = shop_of(learner, 3)
    sheet = exercise.sheet(shop)
    names = {"rk": rk, "shop": shop, "talks": sheet, "talk": sheet, "note": complaint_form(shop)}
    exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
    answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
    assert _problem(exercise, answer, shop) is None


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_what_the_lesson_shows_is_there_in_every_shop(learner):
    shop = shop_of(learner, 3)
    assert shop.customer("C-000007").given_name
    assert len(shop.enquiries[shop.enquiries["answered_at"].isna()]) >= 3
    assert len(shop.claims[shop.claims["heard_by"].isna()]) >= 3
    assert shop.products.set_index("product_id")["name"]["P-01"] == "kettle"
    assert len(shop.surveys.merge(shop.customers, on="customer_id")) < len(shop.surveys)


def test_a_talk_of_each_way_can_be_told_apart_by_its_words():
    for way, talks in cases_03.HEARD.items():
        assert isinstance(way, CollectionChannel)
        assert len(set(talks)) == len(talks) == 2


def test_a_neighbours_answers_are_not_right():
    one, other = (shop_of(learner, 3) for learner in TWENTY[:2])
    for exercise in EXERCISES:
        assert _problem(exercise, exercise.right(other), one) is not None


def check(answer):
    return repr(rk.check("3.2", answer))


@pytest.fixture
def note():
    return cases_03.right_note(shop_of("demo", 3))


def test_the_form_itself_is_asked_for():
    assert "The form itself is asked for." in check("note")


def test_a_form_that_is_not_saved_is_told_so():
    empty = complaint_form(shop_of("demo", 3)).fill(reason="late")
    assert "Nothing is saved on this form yet." in check(empty)


def test_the_last_note_on_the_form_counts(note):
    assert check(note).startswith("Yes.")
    known = note.saved[0]
    note.fill(customer_id=known.customer_id, channel="desk", reason="late", heard_by="S-1")
    note.fill(narrative="It came too late.").save()
    assert "Not as in the talk: how it reached us" in check(note)
    note.undo()
    assert check(note).startswith("Yes.")


def test_what_is_not_as_in_the_talk_is_named_and_never_told(note):
    said = check(cases_03.right_note(shop_of("demo", 3), channel="desk"))
    assert said == (
        "Not quite. Not as in the talk: how it reached us. Read it again, line by line."
    )


@pytest.mark.parametrize(
    "narrative",
    [
        "It came on Wednesday instead of Friday.",
        "Too late! The customer is very angry and asks for a price reduction.",
        "Promised for Friday. We harm our good name like this.",
    ],
)
def test_a_complaint_in_ones_own_words_is_right(narrative):
    assert check(cases_03.right_note(shop_of("demo", 3), narrative=narrative)).startswith("Yes.")


@pytest.mark.parametrize("private", ["her daughter", "A broken arm.", "the child was ill"])
def test_what_is_private_is_found_however_it_is_put(private):
    said = check(cases_03.right_note(shop_of("demo", 3), narrative=f"Late. {private}"))
    assert "one thing too many" in said
