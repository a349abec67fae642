"""The teacher's guide says what the lessons say: their parts, exercises, facts and forms."""

import functools
import importlib.util
import inspect
import re
from pathlib import Path

import pytest
from sweeps import one_in

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.facts import facts

FOLDER = Path(__file__).parents[1] / "docs" / "teachers"
GUIDE = (FOLDER / "guide.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\d+) · .*?\n(.*?)(?=^## )", GUIDE, re.MULTILINE | re.DOTALL))
MAPPED = re.findall(r"^\|[^|]+\| ([AB]\d[AB\d, ]*) \| ([\d, ]+) \|$", GUIDE, re.MULTILINE)


def plan():
    spec = importlib.util.spec_from_file_location("plan", FOLDER / "plan.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_minutes_and_facts_in_the_guide_are_those_of_the_lessons():
    assert plan().written(GUIDE) == GUIDE, "run: python docs/teachers/plan.py"


def test_a_guide_without_its_marks_is_not_written():
    with pytest.raises(ValueError, match="0 places marked 'plan 7'"):
        plan().written(GUIDE.replace("<!-- plan 7 -->", ""))


def test_the_forms_that_are_reckoned_as_decks_are_decks():
    for name in plan().DECKS:
        assert "print_answers" in dir(a_form(name))


def test_every_lesson_has_its_section():
    assert [int(number) for number in SECTIONS] == list(lessons())


@pytest.mark.parametrize("number", lessons())
def test_every_exercise_has_a_line_on_what_goes_wrong(number):
    rows = re.findall(r"^\| (\d+\.\d) \|", SECTIONS[str(number)], re.MULTILINE)
    assert rows == [exercise.id for exercise in lessons()[number].exercises]


@pytest.mark.parametrize("number", lessons())
def test_every_lesson_has_something_to_talk_about_and_to_print(number):
    assert "**Talk about it.**" in SECTIONS[str(number)]
    assert "**On paper**" in SECTIONS[str(number)]


@pytest.mark.parametrize("number", lessons())
def test_what_can_wait_stands_in_the_lesson(number):
    short = re.findall(r"^\*\*If time is short\*\*: (.*)$", SECTIONS[str(number)], re.MULTILINE)
    parts = plan().parts_of(number)
    for name in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", " ".join(short)):
        assert name in parts or f"*{name}" in "".join(parts.values()), name


def on_paper():
    """Each form that the guide says prints, and whether with its answers."""
    for line in re.findall(r"^\*\*On paper\*\*: (.*)$", GUIDE, re.MULTILINE):
        for part in re.split(r"[;.]", line):
            names = re.findall(r"`(\w+)`", part)
            yield from ((name, "with its answers" in part) for name in names)


@functools.cache
def a_shop():
    return rk.make_shop(seed=7, customers=400, market="ES", faults={"duplicate_customer": 0.02})


def a_form(name):
    given = {"shop": a_shop(), "budget": 900, "on": "2026-07-01"}
    make = getattr(rk.forms, name)
    return make(**{one: given[one] for one in inspect.signature(make).parameters if one in given})


@pytest.mark.parametrize(("name", "with_answers"), one_in(5, sorted(set(on_paper()))))
def test_what_the_guide_prints_prints(name, with_answers, tmp_path):
    form = a_form(name)
    assert str(form.print(tmp_path / "form.pdf")).startswith("Written: form.pdf")
    assert ("print_answers" in dir(form)) == with_answers


@pytest.mark.parametrize(("named", "listed"), MAPPED)
def test_a_syllabus_is_mapped_to_the_lessons_that_teach_its_facts(named, listed):
    wanted = set(named.split(", "))
    assert wanted <= set(facts())
    teach = {str(one.number) for one in lessons().values() if wanted & set(one.teaches)}
    # lesson 11 teaches no fact of its own, and uses all
    assert teach <= set(listed.split(", ")) <= teach | {"11"}


def test_three_syllabuses_are_mapped():
    assert len(MAPPED) == 19
    assert not [code for code in re.findall(r"RAS/N\d+", GUIDE) if code > "RAS/N0132"]


@pytest.mark.slow
def test_the_unfairness_that_the_guide_plants_is_seen_and_its_twin_has_less_of_it():
    (code,) = [
        block for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if "unf" in block
    ]
    names: dict = {}
    exec(code, names)  # noqa: S102 - the guide's own words
    clean = rk.make_shop(seed=7, customers=1500, market="ES", faults={})
    planted, twin = rk.outcome_gaps(names["shop"]), rk.outcome_gaps(clean)
    here = ("customer value", "buys little")
    assert round(planted.loc[here, "refused"], 2) == 0.14
    assert round(planted.loc[here, "others"], 2) == 0.01
    assert 0 < twin.loc[here, "gap"] < planted.loc[here, "gap"]
    assert twin.loc[here, "low"] < 0
    assert rk.audit(names["shop"]).loc["D", "verdict"] != "broken"
