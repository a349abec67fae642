"""The notebooks for teachers: short, plain, and made-up work to practise marking on."""

import json
import zipfile

import nbformat
import pytest
from typer.testing import CliRunner

from retailkit.cli import app
from retailkit.course import builder
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.handout import teachers_notebooks
from retailkit.marking.answer_cells import answer_names
from retailkit.marking.due import due_at
from retailkit.marking.practice import practice_work
from retailkit.marking.roster import Learner
from retailkit.marking.submissions import handed_in

DUE = "2026-11-30"
FOUR = [Learner(name="", code_name=name) for name in ("blue-fox", "red-cat", "wise-owl", "elk")]


def written(work, name, lesson=0):
    """What stands in the cells of a made-up hand-in where an exercise is answered."""
    with zipfile.ZipFile(work / f"handin-{name}.zip") as packed:
        notebook = json.loads(packed.read(packed.namelist()[0]))
    names = answer_names(lesson).values()
    return {
        name: "".join(cell["source"])
        for name in names
        for cell in notebook["cells"]
        if "answer" in cell["metadata"].get("tags", []) and "".join(cell["source"]).startswith(name)
    }


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return practice_work(FOUR, tmp_path_factory.mktemp("class") / "handed-in", 0, DUE)


@pytest.mark.parametrize("path", teachers_notebooks(), ids=lambda path: path.stem)
def test_a_notebook_for_teachers_is_short(path):
    cells = nbformat.read(path, as_version=4).cells
    assert 15 <= len(cells) <= 25
    assert max(len(c.source.splitlines()) for c in cells if c.cell_type == "code") <= 5


def test_there_are_two_notebooks_for_teachers():
    assert [path.name for path in teachers_notebooks()] == ["T1_data.ipynb", "T2_marking.ipynb"]


def test_a_notebook_for_teachers_has_no_blank_to_fill_in():
    (source,) = (builder.HOME / "source" / "teacher").glob("T1*")
    (target,) = builder.targets(source, builder.HOME)
    assert target == builder.HOME / "teacher" / "T1_data.ipynb"


def test_the_first_made_up_learner_solves_everything(work):
    how = [exercise.how for exercise in find_lesson(0).exercises]
    assert list(written(work, "blue-fox").values()) == how


def test_the_second_makes_a_known_mistake_of_their_own_shop(work):
    orders = len(shop_of("red-cat", 0).orders)
    wrong = [one.answer(shop_of("red-cat", 0)) for one in find_lesson(0).exercises[1].wrong]
    typed = written(work, "red-cat")["on_the_website"]
    assert typed == f"on_the_website = {wrong[0]}"
    assert wrong[0] < orders


def test_the_third_copies_and_leaves_the_last_open(work):
    right = find_lesson(0).exercises[0].right(shop_of("blue-fox", 0))
    assert written(work, "wise-owl") == {
        "customers": f"customers = {right}",
        "on_the_website": "on_the_website = ...",
    }


def test_the_third_alone_is_late(work):
    late = {one.code_name for one in handed_in(work) if one.at > due_at(DUE)}
    assert late == {"wise-owl"}


def test_after_the_third_it_goes_around_again(work):
    assert written(work, "elk") == written(work, "blue-fox")


def test_made_up_work_takes_the_place_of_made_up_work_alone(work, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=r"also holds 'mine\.txt'\. Choose a folder"):
        practice_work(FOUR[:1], tmp_path, 0, DUE)
    assert (tmp_path / "mine.txt").exists()


def test_a_lesson_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="There is no lesson 40"):
        practice_work(FOUR, tmp_path / "work", 40, DUE)
    assert not (tmp_path / "work").exists()


def test_a_teacher_finds_the_notebooks_beside_the_lessons(tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("retailkit.lab.running", stopped)
    done = CliRunner().invoke(app, ["lab", "--teacher", "--folder", str(tmp_path)])
    assert "For you as a teacher: T1_data.ipynb and T2_marking.ipynb" in done.output
    assert {"00_welcome.ipynb", "T1_data.ipynb"} <= {path.name for path in tmp_path.iterdir()}
