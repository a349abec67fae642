"""Marking thirty notebooks, beside nbgrader on the same notebooks in the same run.

Run `python benchmarks/marking.py --nbgrader PYTHON`, where PYTHON belongs to an environment
that has nbgrader and the kit; `--quick` takes six notebooks, `--lesson N` another lesson.
Without --nbgrader, a fresh kernel for each notebook (nbclient) is measured instead. Twenty
notebooks are honest (solved, blank, partly wrong), ten are hostile. Both sides get the same
limit of time for a notebook. nbgrader marks the course that the kit makes for it.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from retailkit.course.exercises import find_lesson
from retailkit.marking.grade import grade
from retailkit.marking.limits import Limits
from retailkit.marking.nbgrader_course import SETTINGS, SETTINGS_FILE, as_source, with_marks
from retailkit.marking.roster import Learner

HOME = Path(__file__).parents[1] / "notebooks"
SECONDS = 40

HOSTILE = {
    "endless-loop": "while True: pass",
    "flood-of-output": "print('x' * 50_000_000)",
    "patched-checker": "import retailkit as rk, retailkit.course.checks as c\n"
    "rk.check = c.check = lambda *_: print('Yes.')",
    "forged-marks": "print('1.0'); print('{\"marks\": [{\"mark\": 1.0}]}')",
    "early-exit": "import os; os._exit(0)",
    "system-exit": "raise SystemExit(0)",
    "deleted-cells": "",
    "writes-outside": "open('../../../../{outside}/file', 'w').write('x')\n"
    "open('{outside}/file', 'w').write('x')",
    "leaves-processes": "import subprocess\n"
    "subprocess.Popen(['sleep', '77777'], start_new_session=True)",
    "much-memory": "much = bytearray(30_000_000_000)",
}
"""What stands in a cell of an otherwise blank notebook; its right mark is nothing at all."""


def lesson(number: int, *, solved: bool) -> dict[str, Any]:
    """A lesson's notebook without what it has shown."""
    (path,) = (HOME / "solved" if solved else HOME).glob(f"{number:02d}_*.ipynb")
    notebook: dict[str, Any] = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def honest(number: int, place: int) -> dict[str, Any]:
    """One of twenty: solved, blank, or with one exercise after another left blank."""
    solved, blank = lesson(number, solved=True), lesson(number, solved=False)
    answers = [
        at
        for at, cell in enumerate(solved["cells"])
        if "answer" in cell["metadata"].get("tags", [])
    ]
    for turn, at in enumerate(answers):
        if place % (2 ** (turn + 1)) >= 2**turn:
            solved["cells"][at] = blank["cells"][at]
    return solved


def hostile(number: int, code: str, outside: Path) -> dict[str, Any]:
    """A blank notebook with mischief in it; without code, one that has lost its cells."""
    notebook = lesson(number, solved=False)
    notebook["cells"].insert(2, _cell("mine", code.replace("{outside}", str(outside)), {}))
    if not code:
        notebook["cells"] = [one for one in notebook["cells"] if one["cell_type"] != "code"]
        keep = lesson(number, solved=False)["cells"]
        notebook["cells"] += [one for one in keep if "my_shop" in "".join(one["source"])]
    return notebook


def the_class(number: int, outside: Path, *, quick: bool) -> dict[str, dict[str, Any]]:
    """All notebooks, by code name."""
    made = {f"honest-{place:02d}": honest(number, place) for place in range(4 if quick else 20)}
    codes = dict(list(HOSTILE.items())[:2]) if quick else HOSTILE
    return made | {name: hostile(number, code, outside) for name, code in codes.items()}


def our_marks(notebooks: dict[str, dict[str, Any]], number: int) -> dict[str, dict[str, float]]:
    """What `retailkit grade` gives, by code name and exercise."""
    with tempfile.TemporaryDirectory() as place:
        for name, notebook in notebooks.items():
            with zipfile.ZipFile(Path(place, f"{name}.zip"), "w") as packed:
                packed.writestr("lesson.ipynb", json.dumps(notebook))
        roster = [Learner(name=name, code_name=name) for name in notebooks]
        limits = Limits(seconds=SECONDS, seconds_for_a_cell=SECONDS / 4)
        marks = grade(place, roster, limits=limits)
    return {
        one.learner.code_name: {mark.exercise: mark.mark for mark in one.all_marks}
        for one in marks.learners
    }


def _cell(name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "execution_count": None, "outputs": [], "id": name}
    return {**cell, "metadata": metadata, "source": source}


MARKS_GIVEN = """import json
from nbgrader.api import Gradebook
from retailkit.marking.nbgrader_course import exercise_of
found = {}
with Gradebook("sqlite:///BOOK") as book:
    for one in book.assignment_submissions("ps1"):
        for notebook in one.notebooks:
            grades = {exercise_of(grade.name): grade.score for grade in notebook.grades}
            found[one.student.id] = grades
print(json.dumps(found))
"""


def nbgraders_marks(
    python: str, notebooks: dict[str, dict[str, Any]], number: int, place: Path
) -> tuple[dict[str, dict[str, float]], float]:
    """What nbgrader's autograde gives, and its seconds; making the assignment is not counted."""
    (place / "source" / "ps1").mkdir(parents=True)
    seconds_for_a_cell = f"c.Execute.timeout = {SECONDS}\n"
    (place / SETTINGS_FILE).write_text(SETTINGS + seconds_for_a_cell, encoding="utf-8")
    source = as_source(next(HOME.glob(f"{number:02d}_*.ipynb")))
    (place / "source" / "ps1" / "lesson.ipynb").write_text(source, encoding="utf-8")
    command = [python, "-m", "nbgrader"]
    _quietly([*command, "generate_assignment", "ps1", "--create"], place)
    for name, notebook in notebooks.items():
        folder = place / "submitted" / name / "ps1"
        folder.mkdir(parents=True)
        text = json.dumps(with_marks(copy.deepcopy(notebook), number))
        (folder / "lesson.ipynb").write_text(text, encoding="utf-8")
    start = time.perf_counter()
    _quietly([*command, "autograde", "ps1", "--create"], place)
    seconds = time.perf_counter() - start
    script = MARKS_GIVEN.replace("BOOK", str(place / "gradebook.db"))
    done = subprocess.run(
        [python, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=_with_programs_of(python),
    )
    return json.loads(done.stdout.splitlines()[-1]), seconds


def _with_programs_of(python: str) -> dict[str, str]:
    """The environment in which nbgrader finds the programs that it calls."""
    return os.environ | {"PATH": f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"}


def _quietly(command: list[str], place: Path) -> None:
    done = subprocess.run(
        command,
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        env=_with_programs_of(command[0]),
    )
    (place / "said.txt").open("a", encoding="utf-8").write(done.stdout + done.stderr)


def fresh_kernels(notebooks: dict[str, dict[str, Any]]) -> float:
    """The seconds of running each notebook in a kernel of its own, and nothing more."""
    import nbclient
    import nbformat

    start = time.perf_counter()
    for notebook in notebooks.values():
        with tempfile.TemporaryDirectory() as folder:
            client = nbclient.NotebookClient(
                nbformat.reads(json.dumps(notebook), as_version=4),
                timeout=SECONDS,
                allow_errors=True,
                resources={"metadata": {"path": folder}},
            )
            try:
                client.execute()
            except (nbclient.exceptions.CellTimeoutError, nbclient.exceptions.DeadKernelError):
                continue
    return time.perf_counter() - start


def differences(
    ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]], exercises: list[str]
) -> list[str]:
    """Where the marks are not the same."""
    said = []
    for name, marks in ours.items():
        other = theirs.get(name)
        if other is None:
            said.append(f"{name}: nbgrader has no marks")
            continue
        for exercise in exercises:
            mine, others = marks.get(exercise, 0.0), other.get(exercise, 0.0)
            if abs(mine - others) > 0.001:
                said.append(f"{name}, {exercise}: {mine:g} here, {others:g} there")
    return said


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nbgrader", help="a Python that has nbgrader and the kit")
    parser.add_argument("--lesson", type=int, default=0)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    number = given.lesson
    exercises = [exercise.id for exercise in find_lesson(number).exercises]
    with tempfile.TemporaryDirectory(prefix="retailkit-benchmark-") as folder:
        outside = Path(folder, "outside")
        outside.mkdir(mode=0o777)
        notebooks = the_class(number, outside, quick=given.quick)
        start = time.perf_counter()
        ours = our_marks(notebooks, number)
        seconds = time.perf_counter() - start
        files = len(list(outside.iterdir()))
        wrong = [name for name in HOSTILE if any(ours.get(name, {}).values())]
        print(f"lesson {number}, {len(notebooks)} notebooks")
        print(f"retailkit grade   {seconds:8.1f} s   files outside {files}, marked wrongly {wrong}")
        if given.nbgrader:
            place = Path(folder, "course")
            theirs, other = nbgraders_marks(given.nbgrader, notebooks, number, place)
            for line in differences(ours, theirs, exercises):
                print(f"  {line}")
            what = "nbgrader autograde"
        else:
            what, other = "fresh kernels     ", fresh_kernels(notebooks)
        files = len(list(outside.iterdir()))
        print(f"{what}{other:8.1f} s   files outside {files}")
        print(f"ratio {other / seconds:.1f}")


if __name__ == "__main__":
    main()
