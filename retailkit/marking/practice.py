"""Work as a class might hand it in, made up: for teachers who would like to practise marking."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from retailkit.catalogue import later, say
from retailkit.course.exercises import Exercise, find_lesson
from retailkit.course.places import shop_of
from retailkit.course.traces import leaving_no_trace
from retailkit.handout import packaged_lessons, unrun
from retailkit.keep import whole_folder
from retailkit.marking.answer_cells import answer_names
from retailkit.marking.due import due_at
from retailkit.marking.packs import write_zip
from retailkit.marking.plain import packed, unpacked
from retailkit.marking.roster import Learner
from retailkit.marking.submissions import SLIP

ALSO_HOLDS = later("'{folder}' also holds {name!r}. Choose a folder for the practice alone.")

Answer = Callable[[Exercise, int], str | None]
"""What somebody writes into the cell of an exercise, at its place from 0; None: left open."""


def practice_work(learners: list[Learner], folder: str | Path, lesson: int, due: str) -> Path:
    """Made-up hand-ins for a lesson, one zip for each learner, and the folder they lie in.

    Learners work in three ways, by turns: the first solves everything, the second makes a
    mistake that is known to happen in every second exercise, the third copies from the first,
    leaves the last exercise open and hands in a day late. Their shops are their own. An
    earlier folder of the same name is replaced. Raises ValueError where there is no such
    lesson, CannotKeep where the folder cannot be written.

    >>> import tempfile, zipfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     fox = Learner(name="", code_name="fox")
    ...     work = practice_work([fox], f"{place}/work", lesson=0, due="2026-11-30")
    ...     [zip_] = work.iterdir()
    ...     zip_.name, zipfile.ZipFile(zip_).namelist()
    ('handin-fox.zip', ['00_welcome.ipynb', 'handin.json'])
    """
    find_lesson(lesson)
    folder, moment = Path(folder).expanduser().absolute(), due_at(due)
    _refuse_other_things(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(folder) as draft, leaving_no_trace():
        for place, learner in enumerate(learners):
            name, late = learner.code_name, place % 3 == 2
            answer = _way([one.code_name for one in learners], place, lesson)
            at = moment + timedelta(days=1 if late else -1)
            write_zip(draft / f"handin-{name}.zip", dict(_files(name, lesson, answer, at)))
    return folder


def _way(names: list[str], place: int, lesson: int) -> Answer:
    """How the learner at this place works."""
    turn, way = divmod(place, 3)
    if way == 0:
        return _solved
    if way == 1:
        return _mistaken(names[place], lesson, turn)
    return _copied(names[place - way], lesson)


def _refuse_other_things(folder: Path) -> None:
    """A folder is replaced as a whole, so nothing but earlier hand-ins may lie in it."""
    there = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in there if not re.fullmatch(r"handin-.+\.zip", name)]
    if folder.is_file():
        raise ValueError(say("'{folder}' is a file. Choose a folder for it.", folder=folder))
    if others:
        raise ValueError(say(ALSO_HOLDS, folder=folder, name=others[0]))


def _solved(exercise: Exercise, place: int) -> str:
    return exercise.how


def _mistaken(name: str, lesson: int, turn: int) -> Answer:
    """Every second exercise is solved; for the others, a known mistake of one's own shop."""

    def answer(exercise: Exercise, place: int) -> str | None:
        if (place + turn) % 2 == 0:
            return exercise.how
        shop = shop_of(name, lesson)
        mistakes = [typed(wrong.answer(shop)) for wrong in exercise.wrong]
        can_be_typed = [text for text in mistakes if text is not None]
        if not can_be_typed:
            return None
        return _set(exercise, lesson, can_be_typed[turn % len(can_be_typed)])

    return answer


def _copied(neighbour: str, lesson: int) -> Answer:
    """The neighbour's right answers, all but the last."""
    last = len(find_lesson(lesson).exercises) - 1

    def answer(exercise: Exercise, place: int) -> str | None:
        value = typed(exercise.right(shop_of(neighbour, lesson)))
        return None if place == last or value is None else _set(exercise, lesson, value)

    return answer


def _set(exercise: Exercise, lesson: int, value: str) -> str:
    return f"{answer_names(lesson)[exercise.id]} = {value}"


def typed(value: Any) -> str | None:
    """A value as somebody types it in; None where nobody would.

    >>> import numpy as np
    >>> typed([np.int64(2), "claim"]), typed(print)
    ("[2, 'claim']", None)
    """
    try:
        text = repr(unpacked(packed(value)))
        ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return text


def _files(name: str, lesson: int, answer: Answer, at: datetime) -> Iterator[tuple[str, bytes]]:
    """The lesson with its answers, and the slip that says whose it is and when it came."""
    (path,) = [one for one in packaged_lessons() if one.name.startswith(f"{lesson:02d}_")]
    notebook = json.loads(unrun(path.read_bytes()))
    for place, exercise in enumerate(find_lesson(lesson).exercises):
        source = answer(exercise, place)
        if source is not None:
            _fill_in(notebook["cells"], answer_names(lesson)[exercise.id], source)
    yield path.name, json.dumps(notebook).encode()
    slip = {"code_name": name, "handed_in_at": at.isoformat(timespec="seconds")}
    yield SLIP, json.dumps({**slip, "lessons": [lesson]}).encode()


def _fill_in(cells: list[dict[str, Any]], variable: str, source: str) -> None:
    """Write an answer into the cell that is there for it."""
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        said = "".join(cell["source"])
        if "answer" in tags and re.search(rf"^(def )?{variable}\b", said, re.MULTILINE):
            cell["source"] = source
