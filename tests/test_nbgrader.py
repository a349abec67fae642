"""nbgrader: the lessons as its course, and the same marks from it as from the kit itself."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from retailkit.cli import app
from retailkit.course.exercises import find_lesson, lessons
from retailkit.course.places import shop_of
from retailkit.handout import lessons_to_hand_out
from retailkit.keep import CannotKeep
from retailkit.marking.answer_cells import source_of
from retailkit.marking.grade import grade
from retailkit.marking.nbgrader_course import SAID, SETTINGS, as_source, exercise_of, write_course
from retailkit.marking.nbgrader_run import WhoseShop
from retailkit.marking.practice import typed
from retailkit.marking.roster import Learner

HAS_NBGRADER = importlib.util.find_spec("nbgrader") is not None
LESSON = 2
LEARNER = "blue-fox"

ITS_COMMANDS = """
import sys
from nbgrader.apps import AutogradeApp, ExportApp, GenerateAssignmentApp, GenerateFeedbackApp
for line in sys.argv[1:]:
    command, *words = line.split()
    globals()[command].launch_instance(words)
    globals()[command].clear_instance()
"""
"""What `nbgrader generate_assignment NAME` and the like do, in one Python: a start takes long."""


def notebook_of(path):
    return nbformat.reads(as_source(path), as_version=4)


def about(cell):
    return cell["metadata"].get("nbgrader", {})


@pytest.mark.parametrize("path", lessons_to_hand_out(), ids=lambda path: path.stem)
def test_every_exercise_has_a_cell_to_answer_in_and_one_that_marks_it(path):
    cells = [about(cell) for cell in notebook_of(path).cells if about(cell)]
    expected = []
    for exercise in find_lesson(int(path.name[:2])).exercises:
        number = exercise.id.replace(".", "-")
        expected += [(f"answer-{number}", True, False), (f"check-{number}", False, True)]
    found = [(one["grade_id"], one["solution"], one["grade"]) for one in cells]
    assert found == expected
    assert {one["schema_version"] for one in cells} == {3}


@pytest.mark.parametrize("path", lessons_to_hand_out(), ids=lambda path: path.stem)
def test_besides_these_cells_and_the_links_nothing_of_a_lesson_changes(path):
    ours = nbformat.read(path, as_version=4).cells
    for before, after in zip(ours, notebook_of(path).cells, strict=True):
        if not about(after) and before.cell_type == "code":
            assert after.source == before.source
        if about(after).get("solution"):
            assert after.source.startswith(f"{before.source}\n### BEGIN SOLUTION\n")


def test_a_link_leads_to_the_folder_of_the_other_assignment():
    (path,) = (path for path in lessons_to_hand_out() if path.name.startswith("00_"))
    assert "](../07_triage/07_triage.ipynb)" in as_source(path)


def test_a_course_is_written_by_one_command(tmp_path):
    done = CliRunner().invoke(app, ["lessons", "build", "--format", "nbgrader", str(tmp_path)])
    assert f"Wrote {len(lessons())} lessons into {tmp_path / 'source'}." in done.output
    assert (tmp_path / "source" / "00_welcome" / "00_welcome.ipynb").exists()
    assert (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8") == SETTINGS


def test_what_a_teacher_changed_in_a_course_stays(tmp_path):
    write_course(tmp_path)
    theirs = "c = get_config()  # señora\n".encode("latin-1")
    (tmp_path / "nbgrader_config.py").write_bytes(theirs)
    [said] = write_course(tmp_path)[1:]
    assert said == (
        "'nbgrader_config.py' says something else than ours now, and stays as it is. "
        "Delete it to get ours."
    )
    assert (tmp_path / "nbgrader_config.py").read_bytes() == theirs


def test_a_course_that_cannot_be_written_is_told_so(tmp_path):
    (tmp_path / "source").touch()
    with pytest.raises(CannotKeep, match="source"):
        write_course(tmp_path)


@pytest.mark.parametrize("path", lessons_to_hand_out(), ids=lambda path: path.stem)
def test_no_lesson_uses_the_name_that_holds_what_a_check_said(path):
    assert SAID not in path.read_text(encoding="utf-8")
    assert SAID in as_source(path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "nbgrader"], "Name the folder of the course, after the format."),
        (["--format", "otter", "course"], "'otter' is not a format. Choose nbgrader."),
        (["course"], "'course': a folder is named with --format nbgrader alone."),
    ],
)
def test_a_course_without_folder_or_format_is_told_what_is_missing(words, said):
    assert str(CliRunner().invoke(app, ["lessons", "build", *words]).exception) == said


def test_a_course_is_not_written_into_a_file(tmp_path):
    (tmp_path / "course").touch()
    with pytest.raises(ValueError, match="is a file"):
        write_course(tmp_path / "course")


@pytest.fixture
def roster(tmp_path):
    text = "name,id,username,code_name\nAna Ruiz,7,aruiz,blue-fox\nLuis Gil,8,lgil,red-owl\n"
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "roster.csv")


@pytest.mark.parametrize("student", ["aruiz", "7", "blue-fox"])
def test_a_roster_says_whose_code_name_a_student_of_nbgraders_has(roster, student):
    assert WhoseShop(roster=roster).code_name_of(student) == "blue-fox"


def test_without_a_roster_a_students_id_is_the_code_name():
    assert WhoseShop().code_name_of("blue-fox") == "blue-fox"


def test_a_student_who_is_nobody_is_told_so(roster):
    with pytest.raises(ValueError, match="has the code name, username or ID 'eva'"):
        WhoseShop(roster=roster).code_name_of("eva")
    with pytest.raises(ValueError, match="cannot be a code name"):
        WhoseShop().code_name_of("ana@school.example")


def test_a_notebook_begins_with_whose_shop_it_is_marked_on():
    empty = nbformat.v4.new_notebook()
    marked, _ = WhoseShop().preprocess(empty, {"nbgrader": {"student": "blue-fox"}})
    assert 'os.environ["RETAILKIT_CODENAME"] = "blue-fox"' in marked.cells[0].source
    assert "RETAILKIT_LESSONS" in marked.cells[0].source
    assert compile(marked.cells[0].source, "cell", "exec")


def answers():
    """Right, right in part, a known mistake, and left open: one for each exercise of the lesson."""
    right_one, in_part, mistaken, _ = find_lesson(LESSON).exercises
    shop = shop_of(LEARNER, LESSON)
    half = list(in_part.right(shop))
    half[0] = half[-1] if half[0] != half[-1] else half[1]
    return {
        right_one.id: typed(right_one.right(shop)),
        in_part.id: typed(half),
        mistaken.id: typed(mistaken.wrong[0].answer(shop)),
    }


def hand_in(course):
    """What nbgrader handed out, answered and handed in again."""
    (released,) = (course / "release").rglob("*.ipynb")
    notebook = json.loads(released.read_text(encoding="utf-8"))
    given = answers()
    for cell in notebook["cells"]:
        exercise = exercise_of(about(cell).get("grade_id", ""))
        if about(cell).get("solution") and exercise in given:
            name = source_of(cell).split(" = ")[0]
            cell["source"] = f"{name} = {given[exercise]}"
    place = course / "submitted" / LEARNER / released.stem / released.name
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(notebook), encoding="utf-8")


def nbgrader(course, *lines):
    command = [sys.executable, "-c", ITS_COMMANDS, *lines]
    # nbgrader calls other programs of its own environment by their names
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # and the shop of whoever marks, and their journal, are nothing to it
    whose = {"RETAILKIT_CODENAME": "red-owl", "RETAILKIT_LESSONS": str(course / "lessons")}
    there = os.environ | {"PATH": beside} | whose
    done = subprocess.run(
        command, cwd=course, env=there, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not HAS_NBGRADER, reason="nbgrader is not installed: pip install nbgrader")
def test_nbgrader_gives_the_same_marks_and_reasons_as_the_kit(tmp_path):
    course = tmp_path / "course"
    write_course(course)
    (name,) = (path.name for path in (course / "source").glob(f"{LESSON:02d}_*"))
    nbgrader(course, f"GenerateAssignmentApp {name} --create")
    hand_in(course)
    nbgrader(course, f"AutogradeApp {name}", f"GenerateFeedbackApp {name}", "ExportApp")
    (ours,) = grade(course / "submitted", [Learner(name="", code_name=LEARNER)], crew=1).learners

    assert theirs(course, name) == {mark.exercise: mark.mark for mark in ours.all_marks}
    with (course / "grades.csv").open(encoding="utf-8") as table:
        (row,) = csv.DictReader(table)
    assert (row["student_id"], float(row["score"])) == (LEARNER, pytest.approx(ours.total))
    assert not (course / "lessons").exists()
    page = (course / "feedback" / LEARNER / name / f"{name}.html").read_text(encoding="utf-8")
    for mark in ours.all_marks:
        assert mark.reason in page


def theirs(course, name):
    """The marks in what nbgrader has marked, by exercise."""
    path = course / "autograded" / LEARNER / name / f"{name}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return {
        exercise_of(about(cell)["grade_id"]): float(cell.outputs[-1]["data"]["text/plain"])
        for cell in cells
        if about(cell).get("grade")
    }
