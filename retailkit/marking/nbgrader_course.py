"""The lessons as a course of nbgrader: the same cells, with what nbgrader must know of them.

Nothing of nbgrader is needed to write them: what it reads is plain JSON in each cell, schema 3
of <https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html>.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from retailkit.catalogue import later, say
from retailkit.course.exercises import find_exercise
from retailkit.handout import lessons_to_hand_out, unrun
from retailkit.keep import CannotKeep, write_file
from retailkit.marking.answer_cells import answer_names, source_of
from retailkit.words import count_of

SETTINGS_FILE = "nbgrader_config.py"
SETTINGS = """\
# The settings of the course; nbgrader reads them where it is started in this folder.

from retailkit.marking.nbgrader_run import WhoseShop

c = get_config()
c.CourseDirectory.course_id = "retailkit"
# the blank stands in the cell already
c.ClearSolutions.code_stub = {"python": ""}
# as long as `retailkit grade` gives a cell
c.Execute.timeout = 60
# every learner has a shop of their own: each notebook is run on its learner's
c.Autograde.autograde_preprocessors.insert(0, WhoseShop)
# where nbgrader's student IDs are code names, nothing; else the roster that says whose they are
c.WhoseShop.roster = ""
"""

ANSWER = """{blank}
### BEGIN SOLUTION
{how}
### END SOLUTION"""
"""An answer cell. nbgrader cuts the solution out; the blank above it is what stays."""

CHECK = """{check}
display({variable})
round(float({variable}.share), 4)  # {mark}"""
"""A check cell. nbgrader takes a number at its end for the mark, and shows what is displayed."""

SAID = "what_the_check_said"
"""The name that holds it: one that no lesson uses."""

MARK = later("your mark, from 0 to 1")


def write_course(folder: str | Path) -> list[str]:
    """Write the lessons into `folder` as the sources of a course; what was done, in sentences.

    Each is an assignment: DIR/source/00_welcome/00_welcome.ipynb. A file that is there and
    says something else stays: it is the teacher's, or an older one of ours. Raises ValueError
    where `folder` is a file, CannotKeep where it cannot be written.
    """
    folder = Path(folder).expanduser().absolute()
    if folder.is_file():
        raise ValueError(
            say("'{folder}' is a file. Choose a folder for the course.", folder=folder)
        )
    files = {
        folder / "source" / path.stem / path.name: as_source(path) for path in lessons_to_hand_out()
    }
    files[folder / SETTINGS_FILE] = SETTINGS
    said, new = [], 0
    for path, text in files.items():
        if not path.exists():
            _make_folder(path.parent)
            write_file(path, text)
            new += path.name != SETTINGS_FILE
        elif _read(path) != text.encode():
            kept = later(
                "'{file}' says something else than ours now, and stays as it is. "
                "Delete it to get ours."
            )
            said.append(say(kept, file=path.relative_to(folder).as_posix()))
    lessons = count_of(new, "lesson")
    return [say("Wrote {lessons} into {folder}.", lessons=lessons, folder=folder / "source"), *said]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotKeep(folder, error) from error


def _read(path: Path) -> bytes:
    """What a file holds; nothing where it is a folder, or may not be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def as_source(path: Path) -> str:
    """A lesson's notebook as nbgrader's source of it: with solutions, marks and metadata."""
    notebook = with_marks(json.loads(unrun(path.read_bytes())), int(path.name[:2]))
    for cell in notebook["cells"]:
        source, about = source_of(cell), cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            # every lesson is an assignment, and lies in a folder of its own
            cell["source"] = re.sub(r"\]\((\d\d_\w+)\.ipynb\)", r"](../\1/\1.ipynb)", source)
        elif about.get("solution"):
            cell["source"] = ANSWER.format(blank=source, how=_how(exercise_of(about["grade_id"])))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def with_marks(notebook: dict[str, Any], number: int) -> dict[str, Any]:
    """A notebook of a lesson whose checks give nbgrader's marks, answers as they are."""
    waiting = dict(answer_names(number))
    for cell in notebook["cells"]:
        source = source_of(cell)
        if "answer" in cell["metadata"].get("tags", []):
            exercise = next(one for one, name in waiting.items() if _answers(source, name))
            cell["metadata"] |= _about("answer", exercise)
        elif exercise := _checked_in(source, waiting):
            waiting.pop(exercise)
            cell["source"] = CHECK.format(check=f"{SAID} = {source}", variable=SAID, mark=say(MARK))
            cell["metadata"] |= _about("check", exercise)
    return notebook


def exercise_of(grade_id: str) -> str:
    """The exercise that a cell of nbgrader's is about.

    >>> exercise_of("check-7-1")
    '7.1'
    """
    return grade_id.partition("-")[2].replace("-", ".")


def _how(exercise: str) -> str:
    lines = say(find_exercise(exercise)[0].how).splitlines()
    return "\n".join(line for line in lines if " SOLUTION" not in line)


def _answers(source: str, name: str) -> bool:
    """Whether a cell is the one in which a name is given its value."""
    return bool(re.search(rf"^(def )?{name}\b", source, re.MULTILINE))


def _checked_in(source: str, waiting: dict[str, str]) -> str:
    """The exercise whose answer a cell checks, if it does."""
    found = (one for one, name in waiting.items() if source.startswith(f'rk.check("{one}", {name}'))
    return next(found, "")


def _about(kind: str, exercise: str) -> dict[str, Any]:
    """What nbgrader must know of a cell: whether it is answered in, or gives the mark."""
    about = {
        "schema_version": 3,
        "cell_type": "code",
        "grade_id": f"{kind}-{exercise.replace('.', '-')}",
        "grade": kind == "check",
        "solution": kind == "answer",
        "locked": kind == "check",
        "task": False,
    }
    return {"nbgrader": about | ({"points": 1} if kind == "check" else {})}
