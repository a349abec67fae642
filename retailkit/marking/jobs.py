"""The jobs of a marking process: mark a notebook, make a pack, work answers out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.course.places import forget_shops
from retailkit.journal import standing_in_for
from retailkit.marking.answer_cells import Step, code_cells, forget, source_of, steps_of, takes_ours
from retailkit.marking.judging import answers_of, marks_of, rights_of
from retailkit.marking.limits import Limits
from retailkit.marking.marker import Ended, Run, running
from retailkit.marking.packs import right_answers, write_pack
from retailkit.marking.reading_out import LONGEST_ERROR


def done(job: dict[str, Any]) -> dict[str, Any]:
    """What came of a job."""
    warm_up()
    if "pack" in job:
        write_pack(str(job["learner"]), Path(job["pack"]))
        return {}
    if "answers" in job:
        return {"answers": right_answers(str(job["learner"]), job["answers"])}
    return marked(job)


def marked(job: dict[str, Any]) -> dict[str, Any]:
    """The marks for a learner's notebook, with everything that was noticed on the way."""
    lesson, learner = int(job["lesson"]), str(job["learner"])
    sources = [source_of(cell) for cell in code_cells(Path(job["notebook"]).read_bytes())]
    # the learner's program is split off from this one, and finds its shop made
    rights = rights_of(lesson, learner)
    steps = steps_of(sources, lesson)
    forget()  # what others wrote is none of its business
    with standing_in_for(learner), running(steps, Limits(**job["limits"])) as run:
        told, why = _told(run)
        answers = answers_of([one for one in told if "answer" in one], run.ask)
        marks = marks_of(lesson, learner, answers)
    forget_shops()
    wrong = [mark.exercise for mark in marks if mark.mark < 1 and mark.exercise in rights]
    return {
        "marks": [mark.plain() for mark in marks],
        "rights": rights,
        "wrong": {one: answers[one].data for one in wrong if one in answers},
        "errors": [[one["ran"], one["error"]] for one in told if one.get("error")],
        "ended": why,
        "takes_ours": takes_ours(sources, lesson),
        "missing_checks": _unchecked(steps, answers, marks),
        "missing_limits": run.missing,
    }


def _told(run: Run) -> tuple[list[dict[str, Any]], str]:
    """Everything that the program told up to its last cell; and why it ended, if before that."""
    told: list[dict[str, Any]] = []
    # the first thing said is ours; what follows may be anything
    try:
        run.missing = list(run.heard()["limits"])
    except Ended as error:
        raise OSError(
            say("The notebook's own process could not be started: {error}.", error=error)
        ) from None
    while True:
        try:
            message = run.heard()
        except Ended as error:
            return told, str(error)
        if message.get("end"):
            return told, ""
        if isinstance(message.get("answer"), str):
            told.append(message)
        elif isinstance(message.get("ran"), int) and isinstance(message.get("error"), str):
            told.append({"ran": message["ran"], "error": message["error"][:LONGEST_ERROR]})


def _unchecked(steps: list[Step], answers: dict[str, Any], marks: list[Any]) -> list[str]:
    """The exercises of which neither an answer nor a check is left in the notebook."""
    there = {exercise for step in steps for exercise, _, _ in step.reads}
    return [mark.exercise for mark in marks if mark.exercise not in there | set(answers)]


def warm_up() -> None:
    """Load what every lesson uses, once."""
    import ipywidgets  # noqa: F401
    import matplotlib.figure  # noqa: F401
    import pandas  # noqa: ICN001, F401
    from IPython.core.interactiveshell import InteractiveShell  # noqa: F401

    import retailkit.figures
    import retailkit.forms  # noqa: F401
