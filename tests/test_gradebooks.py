"""Gradebooks: marks in the columns that Moodle and Canvas import, or one sentence why not."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from retailkit.cli import app
from retailkit.marking.classroom import classroom
from retailkit.marking.grade import Marked, Marks
from retailkit.marking.gradebooks import for_gradebook, ready_for
from retailkit.marking.judging import Mark
from retailkit.marking.roster import Learner, read_roster
from retailkit.marking.written import write_marks

ANA = Learner(
    name="Ana Ruiz",
    learner_id="0071",
    email="ana@school.example",
    username="aruiz",
    section="4B",
    code_name="blue-fox",
)
LUIS = Learner(
    name="=SUM(A1)",
    learner_id="0072",
    email="luis@school.example",
    username="lgil",
    section="4B",
    code_name="red-owl",
)


def marked(learner, lesson=0, marks=()):
    given = [
        Mark(exercise=f"{lesson}.{number}", mark=mark, outcome="", reason="")
        for number, mark in enumerate(marks, 1)
    ]
    return Marked(learner=learner, marks={lesson: given} if given else {})


def of(*learners):
    return Marks(learners=list(learners), lessons=[0], strangers=[], limits=[])


CLASS = of(marked(ANA, marks=[1, 1, 0.5]), marked(LUIS))


def rows_in(text):
    return list(csv.reader(io.StringIO(text)))


def test_moodle_gets_hundredths_and_no_mark_for_who_handed_nothing_in():
    assert rows_in(for_gradebook(CLASS, "moodle")) == [
        ["Email address", "Username", "ID number", "Lesson 0"],
        ["ana@school.example", "aruiz", "0071", "83.33"],
        ["luis@school.example", "lgil", "0072", "-"],
    ]


def test_canvas_gets_points_and_how_many_there_could_be():
    assert rows_in(for_gradebook(CLASS, "canvas")) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 0"],
        ["Points Possible", "", "", "", "", "3"],
        ["Ana Ruiz", "", "0071", "aruiz", "4B", "2.5"],
        ["'=SUM(A1)", "", "0072", "lgil", "4B", ""],
    ]


def test_moodle_is_told_what_everybody_has_and_nothing_else():
    without = [Learner(name=one.name, email=one.email, code_name="a") for one in (ANA, LUIS)]
    text = for_gradebook(of(*map(marked, without)), "moodle")
    assert rows_in(text)[0] == ["Email address", "Lesson 0"]


def test_a_column_that_does_not_tell_learners_apart_is_left_out():
    at_home = [replace(one, email="us@home.example") for one in (ANA, LUIS)]
    assert ready_for("moodle", at_home) == ["username", "learner_id"]
    text = for_gradebook(of(*map(marked, at_home)), "moodle")
    assert rows_in(text)[0] == ["Username", "ID number", "Lesson 0"]


def test_canvas_is_told_no_id_that_it_could_take_for_another():
    alike = [replace(one, username="class") for one in (ANA, LUIS)]
    _, _, *rows = rows_in(for_gradebook(of(*map(marked, alike)), "canvas"))
    assert [row[2:4] for row in rows] == [["0071", ""], ["0072", ""]]


@pytest.mark.parametrize(
    ("gradebook", "learners", "said"),
    [
        (
            "moodle",
            [ANA, Learner(name="Luis Gil", learner_id="")],
            (
                "Moodle finds learners by email, username or id. Fill one of these columns of the "
                "roster for everybody; Luis Gil has no email."
            ),
        ),
        (
            "canvas",
            [Learner(name="Ana Ruiz", email="ana@school.example")],
            (
                "Canvas finds learners by id or username. Fill one of these columns of the roster "
                "for everybody; Ana Ruiz has no id."
            ),
        ),
        (
            "moodle",
            [Learner(name=name, email=mail) for name, mail in (("A", "x@y.z"), ("B", "X@y.z"))],
            (
                "Moodle tells learners apart by email, and 'x@y.z' stands there twice. "
                "Leave email out of the roster, or write another."
            ),
        ),
        (
            "canvas",
            [Learner(name="Ana", learner_id="=1+1")],
            (
                "Canvas would not find '=1+1': a spreadsheet takes it for a formula, so it is "
                "changed when it is written. Leave id out of the roster, or write another."
            ),
        ),
    ],
)
def test_what_a_gradebook_needs_and_the_roster_lacks_is_one_sentence(gradebook, learners, said):
    with pytest.raises(ValueError) as caught:
        ready_for(gradebook, learners)
    assert str(caught.value) == said


def test_nothing_is_marked_for_a_gradebook_that_would_find_nobody(tmp_path):
    (tmp_path / "roster.csv").write_text("name,code name\nAna,blue-fox\n", encoding="utf-8")
    words = ["grade", str(tmp_path), "--roster", str(tmp_path / "roster.csv"), "--for", "moodle"]
    assert "Ana has no email" in str(CliRunner().invoke(app, words).exception)


def test_an_unknown_gradebook_is_told_which_there_are():
    with pytest.raises(ValueError, match=r"'Moodel'.*moodle"):
        ready_for("Moodel", [ANA])


def test_a_gradebook_is_written_beside_the_marks(tmp_path):
    *_, beside = write_marks(CLASS, tmp_path / "marks.csv", "canvas")
    assert beside == tmp_path / "marks-canvas.csv"
    assert beside.read_text(encoding="utf-8") == for_gradebook(CLASS, "canvas")


def test_nothing_is_written_where_the_roster_does_not_do(tmp_path):
    with pytest.raises(ValueError, match="Fill one of these columns"):
        write_marks(of(marked(Learner(name="Ana"))), tmp_path / "marks.csv", "moodle")
    assert not list(tmp_path.iterdir())


def test_a_class_keeps_the_columns_that_a_gradebook_needs(tmp_path, monkeypatch):
    monkeypatch.setattr("retailkit.marking.classroom._made", lambda *_: [])
    text = "First name,Surname,ID number,Email address,Username\nAna,Ruiz,7,a@b.example,aruiz\n"
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    classroom(tmp_path / "roster.csv", tmp_path / "4b", secret="pineapple", answers_to=[])
    kept = Path(tmp_path, "4b", "teacher", "roster.csv")
    assert kept.read_text(encoding="utf-8").startswith("name,id,email,username,code_name\n")
    [ana] = read_roster(kept)
    assert (ana.learner_id, ana.email, ana.username) == ("7", "a@b.example", "aruiz")
