"""Work to be handed in: one zip under the code name, after a fresh run in order."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from retailkit.catalogue import later, say
from retailkit.course.feedback import Outcome
from retailkit.handout import packaged_lessons, unrun
from retailkit.lab import codename_for
from retailkit.marking.answer_cells import code_cells, lesson_of, source_of, steps_of
from retailkit.marking.crew import done_by_all
from retailkit.marking.grade import of_lesson
from retailkit.marking.limits import Limits
from retailkit.marking.packs import write_zip
from retailkit.marking.submissions import SLIP, bare
from retailkit.words import count_of, listing

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
FROM_THE_TOP = later("Choose Run, then Restart Kernel and Run All Cells, and look at it again.")


def handin(
    folder: Path,
    lessons: list[int],
    *,
    at: datetime,
    out: Path | None = None,
    limits: Limits | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> list[str]:
    """Pack a learner's lessons into one zip; what was done and noticed, in sentences.

    Without `lessons`, those that the learner has worked in. What would not come out again
    in a fresh run is said, and handed in all the same. What cells have shown stays at home.
    Raises ValueError where there is no code name or nothing to hand in.
    """
    folder = folder.expanduser().absolute()
    code_name = _code_name_in(folder)
    work, said = _work(folder, lessons)
    if not work:
        raise ValueError(
            " ".join([*said, say("There is no work to hand in in '{folder}'.", folder=folder)])
        )
    for lesson, remarks in _fresh(work, code_name, limits or Limits(), progress):
        said += [of_lesson(lesson, remark) for remark in remarks]
    slip = {
        "code_name": code_name,
        "handed_in_at": at.isoformat(timespec="seconds"),
        "lessons": sorted(work),
    }
    files = {path.name: _without_traces(content) for path, content in work.values()}
    out = out or folder / f"handin-{code_name}.zip"
    write_zip(out, files | {SLIP: json.dumps(slip, indent=1).encode()})
    return [*said, *_packed(sorted(work), out)]


def _packed(lessons: list[int], out: Path) -> list[str]:
    return [
        say(
            "Packed {lessons} ({numbers}) into {out}",
            lessons=count_of(len(lessons), "lesson"),
            numbers=listing([str(one) for one in lessons]),
            out=out,
        ),
        say("Your name is not in it; see that you wrote it nowhere."),
    ]


def _code_name_in(folder: Path) -> str:
    """The code name that the lessons' folder remembers."""
    if not folder.is_dir():
        raise ValueError(
            say(
                "There is no folder '{folder}'. Say where your lessons lie: --folder.",
                folder=folder,
            )
        )
    code_name = codename_for(folder, None)
    if code_name is None:
        raise ValueError(
            say(
                "You have no code name yet, and work is handed in under it. "
                "Start the course once with 'retailkit lab --codename NAME'."
            )
        )
    return code_name


def _work(folder: Path, wanted: list[int]) -> tuple[dict[int, tuple[Path, bytes]], list[str]]:
    """The learner's notebooks by lesson, and what is to be said of those left out."""
    own = {number: path for path in packaged_lessons() if (number := int(path.name[:2])) >= 0}
    work: dict[int, tuple[Path, bytes]] = {}
    said = []
    for number, ours in own.items():
        path = folder / ours.name
        if (wanted and number not in wanted) or not path.exists():
            continue
        content = path.read_bytes()
        try:
            cells = code_cells(content)
        except ValueError as error:
            said.append(say("'{file}' is left out: {error}.", file=path.name, error=error))
            continue
        untouched = [source_of(cell) for cell in cells] == _sources(ours.read_bytes())
        if wanted or not untouched:
            work[number] = (path, content)
    for number in wanted:
        if number not in own:
            known = listing([str(one) for one in own])
            raise ValueError(
                say(
                    "There is no lesson {number}. There are lessons {known}.",
                    number=number,
                    known=known,
                )
            )
        if number not in work:
            said.append(say("Lesson {number} is not in your folder.", number=number))
    return work, said


def _sources(content: bytes) -> list[str]:
    return [source_of(cell) for cell in code_cells(content)]


def _fresh(
    work: dict[int, tuple[Path, bytes]],
    code_name: str,
    limits: Limits,
    progress: Callable[[float], None],
) -> Iterator[tuple[int, list[str]]]:
    """Run each lesson afresh in order, and say what does not come out as the notebook shows."""
    results = {}
    with tempfile.TemporaryDirectory() as place:
        jobs = []
        for lesson, (_, content) in work.items():
            copy = Path(place, f"{lesson}.json")
            copy.write_bytes(bare(content))
            about = {"learner": code_name, "lesson": lesson, "notebook": str(copy)}
            jobs.append({**about, "limits": limits.plain()})
        for job, result in done_by_all(jobs):
            results[int(job["lesson"])] = result
            progress(len(results) / len(jobs))
    for lesson in sorted(work):
        cells = code_cells(work[lesson][1])
        result = results[lesson]
        if result is None or "failed" in result or lesson_of(cells) != lesson:
            yield lesson, [say("a fresh run was not possible; it is handed in as it is.")]
        else:
            yield lesson, list(_differences(cells, lesson, result))


def _differences(cells: list[dict[str, Any]], lesson: int, result: dict[str, Any]) -> Iterator[str]:
    shown = _shown_outcomes(cells, lesson)
    found = False
    for mark in result["marks"]:
        before, now = shown.get(mark["exercise"]), mark["outcome"]
        if before and before != now:
            found = True
            yield say(
                "exercise {exercise} shows “{before}”, and a fresh run says “{now}”.",
                exercise=mark["exercise"],
                before=say(before),
                now=say(now),
            )
    for number, error in result["errors"]:
        if number < len(cells) and not _shows_an_error(cells[number]):
            found = True
            line = _first_line(cells[number])
            stops = say("the cell “{line}” stops in a fresh run: {error}.", line=line, error=error)
            yield f"{stops}{_why(error)}"
    if result["ended"]:
        found = True
        yield say("the fresh run did not reach the last cell: {why}.", why=result["ended"])
    if found:
        if _out_of_order(cells):
            yield say("its cells were run in another order than they stand in.")
        yield say(FROM_THE_TOP)


def _why(error: str) -> str:
    if not error.startswith("NameError"):
        return ""
    return say(" What it needs is made further down, or in a cell that is gone.")


def _shown_outcomes(cells: list[dict[str, Any]], lesson: int) -> dict[str, str]:
    """What the checks in a notebook have shown, by exercise, as far as they were run."""
    shown = {}
    for cell, step in zip(cells, steps_of(list(map(source_of, cells)), lesson), strict=True):
        text = _shown_text(cell)
        outcome = next(
            (one for one in Outcome if text.startswith((f"{one}.", f"{say(one)}."))), None
        )
        for exercise, _, checked in step.reads:
            if checked and outcome:
                shown[exercise] = str(outcome)
    return shown


def _shown_text(cell: dict[str, Any]) -> str:
    for output in cell.get("outputs") or []:
        if isinstance(output, dict) and isinstance(output.get("data"), dict):
            return source_of({"source": output["data"].get("text/plain", "")})
    return ""


def _shows_an_error(cell: dict[str, Any]) -> bool:
    outputs = cell.get("outputs") or []
    return any(isinstance(one, dict) and one.get("output_type") == "error" for one in outputs)


def _first_line(cell: dict[str, Any]) -> str:
    lines = source_of(cell).strip().splitlines()
    return lines[0][:60] if lines else ""


def _out_of_order(cells: list[dict[str, Any]]) -> bool:
    counts = [cell.get("execution_count") for cell in cells]
    run = [count for count in counts if isinstance(count, int)]
    return run != sorted(run)


def _without_traces(content: bytes) -> bytes:
    """A notebook without what it has shown, and without what programs note on the side.

    A path in an error or a note of a program could hold the name of whoever sat there.
    """
    notebook = json.loads(unrun(content))
    notebook["metadata"] = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        tags = (cell.get("metadata") or {}).get("tags")
        cell["metadata"] = {"tags": tags} if tags else {}
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
