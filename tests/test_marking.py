"""Marking: a class of good work, mistakes and mischief, marked in one go."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from handed_in import lesson, with_answers, with_cell, without_cells

from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.generate import FAULTS
from retailkit.marking.grade import grade
from retailkit.marking.judging import Answer, marks_of
from retailkit.marking.limits import Limits
from retailkit.marking.pages import class_page, learner_page
from retailkit.marking.roster import Learner
from retailkit.marking.written import write_marks

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux keeps these")

pytestmark = pytest.mark.slow  # each runs notebooks

LEFT = "987654"
"""How long a process sleeps that a notebook leaves behind: told from all others by it."""

FORGED = """
import json, sys, retailkit as rk, retailkit.course.checks as checks
checks.check = rk.check = lambda *_: print("Yes. 100 points")
checks._checked = None
print(json.dumps({"marks": [{"exercise": "0.1", "mark": 1.0}]}))
print('{"answer": "0.1", "checked": true, "value": 1}', file=sys.__stdout__)
import os
for number in range(3, 40):
    try:
        os.write(number, b'{"marks": 2, "ran": "x"}\\n{"answer": "0.1", "value": {"other": []}}\\n')
    except OSError:
        pass
"""

MAGICS = """%matplotlib inline
!echo hello
import asyncio
await asyncio.sleep(0)
"""

BOMB = f"""
import os
while True:
    try:
        if os.fork() == 0:
            os.setsid()
            os.execvp("sleep", ["sleep", "{LEFT}"])
    except OSError:
        break
"""


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    folder.chmod(0o777)
    return folder


@pytest.fixture(scope="module")
def work(outside, tmp_path_factory):
    neighbours = len(shop_of("good", 0).customers)
    notebooks = {
        "good": json.dumps(lesson()),
        "blank": json.dumps(lesson(solved=False)),
        "typed": with_answers(customers=len(shop_of("typed", 0).customers)),
        "neighbour": with_answers(customers=neighbours),
        "all-orders": with_answers(on_the_website="len(shop.orders)"),
        "no-checks": without_cells("rk.check"),
        "no-answers": without_cells("customers = "),
        "hard-words": with_answers(customers="'<script>alert(1)</script>'"),
        "endless": with_cell("while True: pass"),
        "exit": with_cell("import os; os._exit(0)", at=99),
        "sys-exit": with_cell("import sys; sys.exit()"),
        "flood": with_cell("print('x' * 50_000_000)"),
        "forged": with_cell(FORGED, solved=False),
        "bomb": with_cell(BOMB),
        "writes": with_cell(f"open({str(outside / 'file')!r}, 'w').write('x')"),
        "memory": with_cell("much = bytearray(9_000_000_000)"),
        "magics": with_cell(
            "%matplotlib inline\n!echo hello\nawait __import__('asyncio').sleep(0)"
        ),
        "given": with_cell("customers = rk.given('0.1', ...)", solved=False, at=99),
    }
    folder = tmp_path_factory.mktemp("work")
    for name, text in notebooks.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    (folder / "broken.ipynb").write_text("{not json", encoding="utf-8")
    (folder / "nobody.ipynb").write_text(json.dumps(lesson()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def marks(work):
    names = [file.stem for file in sorted(work.iterdir()) if file.stem != "nobody"]
    roster = [Learner(name=f"N. {name}", code_name=name) for name in [*names, "absent"]]
    limits = Limits(seconds=90, seconds_for_a_cell=8, memory=3000)
    return grade(work, roster, limits=limits)


@pytest.fixture(scope="module")
def by_name(marks):
    return {one.learner.code_name: one for one in marks.learners}


def points(one):
    return {mark.exercise: mark.mark for mark in one.all_marks}


ALL = {"0.1": 1.0, "0.2": 1.0, "0.3": 1.0}
NONE = {"0.1": 0.0, "0.2": 0.0, "0.3": 0.0}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["good", "no-checks", "endless", "sys-exit", "flood", "exit", "memory", "magics"],
)
def test_right_answers_count_whatever_else_a_notebook_does(by_name, name):
    assert points(by_name[name]) == ALL


@pytest.mark.parametrize("name", ["blank", "no-answers", "forged", "neighbour"])
def test_what_is_not_right_has_no_points(by_name, name):
    if name == "no-answers":
        assert points(by_name[name])["0.1"] == 0
    else:
        assert points(by_name[name]) == NONE


def test_a_number_typed_in_is_as_good_as_one_computed(by_name):
    assert points(by_name["typed"])["0.1"] == 1


def test_a_known_mistake_is_named_with_its_sentence(by_name):
    (mark,) = [mark for mark in by_name["all-orders"].all_marks if mark.exercise == "0.2"]
    assert mark.slip == "counted all orders"
    assert mark.reason == "Those are all orders, from everywhere. Take only the row of the website."


def test_an_answer_that_fits_a_neighbours_shop_is_told_to_the_teacher_alone(by_name):
    (said,) = by_name["neighbour"].for_teacher
    assert said.startswith("Exercise 0.1: the answer is wrong here and right for good.")
    assert "right for good" not in learner_page(by_name["neighbour"])


def test_who_takes_the_courses_own_answer_is_told_to_the_teacher(by_name):
    assert any("rk.given" in said for said in by_name["given"].for_teacher)


def test_a_notebook_that_is_none_is_named(by_name):
    assert "'broken.ipynb' is broken: it is no notebook (not JSON)." in by_name["broken"].remarks


def test_a_file_of_nobody_is_named(marks):
    (said,) = marks.strangers
    assert said.startswith("nobody.ipynb: it names no code name of the roster.")


def test_who_handed_nothing_in_is_named(by_name):
    assert by_name["absent"].remarks == ["Missing: lesson 0."]


def test_a_cell_that_does_not_end_is_named_and_costs_no_other(by_name):
    (said,) = [said for said in by_name["endless"].remarks if "stopped" in said]
    assert "the cell was stopped after 8 seconds" in said


def test_a_run_that_ends_early_is_named(by_name):
    assert any("did not reach its last cell" in said for said in by_name["exit"].remarks)


def test_a_notebook_writes_no_file_outside_its_folder(marks, outside):
    assert list(outside.iterdir()) == []


@on_linux
def test_a_notebook_leaves_no_process_behind(marks):
    running = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            running.append((one / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            continue  # it has ended meanwhile
    assert not [line for line in running if LEFT in line]


@on_linux
def test_processes_without_end_end_the_notebooks_run_at_most(by_name):
    assert points(by_name["bomb"]) in (ALL, NONE)


def test_what_a_learner_wrote_stands_escaped_on_every_page(marks, by_name):
    for page in (learner_page(by_name["hard-words"]), class_page(marks)):
        assert "<script>" not in page
    assert "&lt;script&gt;" in learner_page(by_name["hard-words"])


def test_a_learners_page_holds_no_name(by_name):
    assert "N. good" not in learner_page(by_name["good"])
    assert "Marks for good" in learner_page(by_name["good"])


def test_the_page_of_the_class_counts_mistakes(marks):
    page = class_page(marks)
    assert "counted all orders (1)" in page
    assert 'alt="Bar chart. 0.2 and 0.3 went worst.' in page


def test_marks_are_written_with_their_reasons_beside_them(marks, tmp_path):
    out, pages = write_marks(marks, tmp_path / "marks.csv")
    header, *rows = out.read_text(encoding="utf-8").splitlines()
    assert header == "name,id,code_name,points,of,0.1,0.2,0.3,late,remarks"
    assert "N. good,,good,3,3,1,1,1,," in "\n".join(rows)
    assert "counted all orders" in (pages / "reasons.csv").read_text(encoding="utf-8")
    assert (pages / "good.html").exists()


def test_a_folder_of_something_else_is_not_written_over(marks, tmp_path):
    (tmp_path / "marks-pages").mkdir()
    (tmp_path / "marks-pages" / "mine.txt").touch()
    with pytest.raises(ValueError, match="holds something else"):
        write_marks(marks, tmp_path / "marks.csv")


def test_late_work_is_marked_and_named(tmp_path):
    file = tmp_path / "ana.ipynb"
    file.write_text(json.dumps(lesson()), encoding="utf-8")
    due = datetime(2026, 3, 6, 12, tzinfo=UTC)
    late = (due + timedelta(hours=1)).timestamp()
    os.utime(file, (late, late))
    ana = Learner(name="Ana", code_name="ana")
    (one,) = grade(tmp_path, [ana], due=due, crew=1).learners
    assert one.late
    assert "Late: handed in on 2026-03-06 at 13:00." in one.remarks
    assert points(one) == ALL


def test_a_slip_made_earlier_costs_its_marks_once():
    exercise = next(one for one in find_lesson(9).exercises if one.id == "9.5")
    shop = shop_of("demo", 9)
    right = exercise.right(shop)
    wrong = next(
        name for name in exercise.cases(shop) if FAULTS[name].breaks != FAULTS[right].breaks
    )
    answers = {"9.4": Answer(value=[FAULTS[wrong].breaks]), "9.5": Answer(value=wrong)}
    marks = {mark.exercise: mark.mark for mark in marks_of(9, "demo", answers)}
    assert (marks["9.4"], marks["9.5"]) == (0, 1)
