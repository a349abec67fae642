"""Lesson 09: what is planted in many learners' shops is found, and nothing else is blamed."""

from types import SimpleNamespace

import pytest
from learners import LEARNERS, TWENTY

import retailkit as rk
from retailkit.course import cases_09, notices_09
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.generate import FAULTS
from retailkit.principles import PRINCIPLES, Source
from retailkit.principles.published import published
from retailkit.procedure import Procedure

EXERCISES = find_lesson(9).exercises
IN_SPAIN = SimpleNamespace(market="ES", today=rk.make_shop(customers=1).today)


@pytest.fixture(scope="module", params=LEARNERS[:16])
def shop(request):
    return shop_of(request.param, 9)


# ---- in every learner's shop ----


def test_the_planted_principle_is_broken_and_no_other(shop):
    broken, unsure, unlucky = cases_09.letters_drawn(shop)
    found = cases_09.report(shop)["verdict"]
    assert found.to_dict() == {
        letter: {broken: "broken", unsure: "not_enough_evidence"}.get(letter, "kept")
        for letter in found.index
    }
    assert cases_09.report(shop)["value"][unlucky] > 0


def test_the_six_lines_hold_all_three_verdicts(shop):
    said = cases_09.verdicts(shop)
    assert [said.count(word) for word in ("kept", "broken", "not_enough_evidence")] == [3, 1, 2]


def test_the_numbers_of_a_line_give_its_verdict(shop):
    for line, counts, said in zip(
        cases_09.six_counts(shop),
        cases_09.six_counts(shop).counts,
        cases_09.verdicts(shop),
        strict=True,
    ):
        assert line.startswith(f"{counts[0]:,} of {counts[1]:,} ")
        assert rk.verdict(*counts).verdict == said


@pytest.mark.parametrize("learner", LEARNERS[:3])
def test_the_solutions_that_are_shown_are_right(learner):
    shop = shop_of(learner, 9)
    names = {"rk": rk, "shop": shop, "report": cases_09.report(shop)}
    sheets = {"9.1": "measures", "9.2": "notice", "9.3": "lines", "9.5": "six"}
    for exercise in EXERCISES:
        if exercise.id in sheets:
            names[sheets[exercise.id]] = exercise.sheet(shop)
        exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
        answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
        assert _problem(exercise, answer, shop) is None


# ---- what is planted ----


def test_every_principle_is_broken_for_somebody():
    drawn = [FAULTS[list(cases_09.planted(seed))[1]].breaks for seed in range(200)]
    assert set(drawn) == {one.letter for one in PRINCIPLES}


def test_what_breaks_a_principle_has_its_usual_share():
    for seed in range(50):
        name, share = list(cases_09.planted(seed).items())[1]
        assert share == FAULTS[name].default


def test_the_slips_lie_within_their_standards():
    for seed in range(50):
        for name, share in list(cases_09.planted(seed).items())[2:]:
            assert (
                0 < share < rk.PRINCIPLES["ABCDEFGHI".index(FAULTS[name].breaks)].headline.tolerated
            )


def test_neighbours_have_other_shops():
    plans = {tuple(cases_09.planted(shop_of(name, 9).seed)) for name in TWENTY[:4]}
    assert len(plans) > 1


# ---- the notice next door ----


def broken_letters(promise):
    procedure = Procedure(**promise.means)
    return [
        one.letter
        for one in PRINCIPLES
        for indicator in one.indicators
        if indicator.source == Source.PUBLISHED
        and published(indicator, procedure, IN_SPAIN).verdict == "broken"
    ]


def test_a_promise_breaks_one_principle_or_none():
    assert [broken_letters(each) for each in notices_09.ALWAYS] == [["A"], ["E"], [], []]
    good, bad = zip(*notices_09.ONE_OF_TWO, strict=True)
    assert [broken_letters(each) for each in good] == [[], [], [], []]
    assert [broken_letters(each) for each in bad] == [["B"], ["D"], ["H"], ["I"]]


# ---- answers of other kinds ----


def check(exercise_id, answer):
    return repr(rk.check(exercise_id, answer))


@pytest.mark.parametrize(
    ("exercise_id", "answer", "said"),
    [
        ("9.1", "A", "A list of 9 words is asked for"),
        ("9.1", ["A"] * 8, "9 words are asked for, in order; yours has 8."),
        ("9.4", 3, "A list of letters is asked for; this is a number, 3."),
        ("9.4", ["X"], "'x' is no letter. Choose A, B, C"),
        ("9.4", list("ABCDEFGHI"), "Your list has 8 letters too many."),
        ("9.5", 3, "One word is asked for, between quotation marks; this is a number, 3."),
        ("9.5", "the weather", "'the weather' is none of the words."),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_why(exercise_id, answer, said):
    assert said in check(exercise_id, answer)


def test_a_letter_counts_however_it_is_typed():
    (letter,) = cases_09.letters_with(shop_of("demo", 9), "broken")
    for answer in (letter, [letter], letter.lower(), (f" {letter} ",)):
        assert check("9.4", answer).startswith("Yes.")


# ---- the repair that is none ----


@pytest.mark.slow
def test_promising_less_mends_nothing_and_makes_people_wait():
    late = next(
        shop
        for shop in (shop_of(name, 9) for name in TWENTY[:8])
        if "C" in cases_09.letters_drawn(shop)[:1]
    )
    twin = rk.compare(late, procedure=Procedure(acknowledge_within_hours=48))
    assert (twin.principles["verdict_before"] == twin.principles["verdict_after"]).all()
    assert twin.effects.loc["hours to acknowledgement (median)", "change"] > 1
