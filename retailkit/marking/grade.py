"""Marks for a class: every notebook run apart, every answer judged here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.course.exercises import find_exercise, find_lesson
from retailkit.marking.crew import Job, done_by_all
from retailkit.marking.due import due_at
from retailkit.marking.judging import Mark, fits
from retailkit.marking.limits import Limits
from retailkit.marking.roster import Learner
from retailkit.marking.submissions import HandedIn, bare, handed_in
from retailkit.words import count_of, listing

FEW = 2
"""An answer that fits the data of more others than this fits so many by chance."""


@dataclass(kw_only=True)
class Marked:
    """The marks of one learner, with what was noticed: for the learner, and for the teacher."""

    learner: Learner
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    for_teacher: list[str] = field(default_factory=list)
    late: bool = False
    not_marked: set[int] = field(default_factory=set)

    @property
    def all_marks(self) -> list[Mark]:
        return [mark for lesson in sorted(self.marks) for mark in self.marks[lesson]]

    @property
    def total(self) -> float:
        return sum(mark.mark for mark in self.all_marks)


@dataclass(kw_only=True, repr=False)
class Marks:
    """The marks of a class, and what was noticed about files that are nobody's."""

    learners: list[Marked]
    lessons: list[int]
    strangers: list[str]
    limits: list[str]

    @property
    def exercises(self) -> list[str]:
        """The numbers of the exercises that were marked, in order."""
        return [one.id for lesson in self.lessons for one in find_lesson(lesson).exercises]

    def __repr__(self) -> str:
        marked = sum(bool(one.all_marks) for one in self.learners)
        learners = count_of(marked, "learner")
        said = say("Marked: {learners} of {all}.", learners=learners, all=len(self.learners))
        if not self.lessons:
            return said
        lessons = listing([str(one) for one in self.lessons])
        return said + say(" Lesson {lessons}.", lessons=lessons)


def grade(
    submissions: str | Path,
    roster: list[Learner],
    *,
    due: datetime | str | None = None,
    limits: Limits | None = None,
    crew: int | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Marks:
    """The marks for everything that was handed in, for everybody on the roster.

    A lesson that anybody handed in is marked for all; who did not hand it in has no marks
    there. Nothing that is wrong with one hand-in stops the others. `due` is a moment, or a
    day as text, to its end. Raises ValueError where nothing was handed in.
    """
    due = due_at(due) if isinstance(due, str) else due
    marked = {one.code_name.lower(): Marked(learner=one) for one in roster}
    strangers: list[str] = []
    work: dict[tuple[str, int], bytes] = {}
    for one in sorted(handed_in(Path(submissions)), key=lambda one: (one.at, one.file)):
        whose = _whose(one, marked)
        if whose is None:
            strangers.append(_strange(one))
            continue
        _take(one, marked[whose], whose, work, due)
    lessons = sorted({lesson for _, lesson in work})
    results = _results(work, marked, limits or Limits(), crew, progress)
    missing = _note_results(results, marked)
    _note_others_data(results, marked)
    for whoever in marked.values():
        _note_missing(whoever, lessons)
    return Marks(
        learners=list(marked.values()), lessons=lessons, strangers=strangers, limits=missing
    )


def _whose(one: HandedIn, marked: dict[str, Marked]) -> str | None:
    """Whose work it is: by its slip, or else by a code name in the name of the file."""
    inside = one.code_name.lower()
    if inside:
        return inside if inside in marked else None
    words = one.file.lower()
    found = [name for name in marked if re.search(_as_a_word(name), words)]
    longest = max(found, key=len, default=None)
    # within the file "blue-fox.zip" the name "fox" is not meant, if there is such a one
    others = [name for name in found if longest and name not in longest]
    return None if others else longest


def _as_a_word(name: str) -> str:
    return rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"


def _strange(one: HandedIn) -> str:
    said = say(
        "{file}: inside it says {code_name!r}, which is nobody on the roster."
        if one.code_name
        else "{file}: it names no code name of the roster.",
        file=one.file,
        code_name=one.code_name,
    )
    return " ".join([said, *one.remarks])


def _take(
    one: HandedIn,
    whose: Marked,
    name: str,
    work: dict[tuple[str, int], bytes],
    due: datetime | None,
) -> None:
    whose.remarks += one.remarks
    if name not in one.file.lower():
        whose.for_teacher.append(
            say("The file is called '{file}'; inside it says {name}.", file=one.file, name=name)
        )
    again = sorted(lesson for lesson in one.notebooks if (name, lesson) in work)
    if again:
        said = listing([str(lesson) for lesson in again])
        whose.remarks.append(
            say("Lesson {lessons} was handed in twice; the later one counts.", lessons=said)
        )
    work.update({(name, lesson): content for lesson, content in one.notebooks.items()})
    if due and one.at > due:
        whose.late = True
        moment = one.at.astimezone(due.tzinfo)
        whose.remarks.append(
            say(
                "Late: handed in on {day} at {time}.",
                day=f"{moment:%Y-%m-%d}",
                time=f"{moment:%H:%M}",
            )
        )


def _results(
    work: dict[tuple[str, int], bytes],
    marked: dict[str, Marked],
    limits: Limits,
    crew: int | None,
    progress: Callable[[float], None],
) -> dict[tuple[str, int], Job | None]:
    found: dict[tuple[str, int], Job | None] = {}
    with tempfile.TemporaryDirectory(prefix="retailkit-handed-in-") as folder:
        jobs = []
        for number, ((name, lesson), content) in enumerate(work.items()):
            file = Path(folder, f"{number}.json")
            file.write_bytes(bare(content))
            learner = marked[name].learner.code_name
            jobs.append(
                {"learner": learner, "lesson": lesson, "notebook": str(file)}
                | {"limits": limits.plain()}
            )
        for job, result in done_by_all(jobs, crew):
            found[str(job["learner"]).lower(), int(job["lesson"])] = result
            progress(len(found) / len(work))
    return found


def _note_results(
    results: dict[tuple[str, int], Job | None], marked: dict[str, Marked]
) -> list[str]:
    """Give everybody their marks; returns the limits that this system could not set."""
    missing: set[str] = set()
    for (name, lesson), result in sorted(results.items()):
        whose = marked[name]
        if result is None or "failed" in result:
            why = (result or {}).get("failed", say("the run was ended from inside"))
            whose.remarks.append(
                say("Lesson {lesson} is not marked: {why}", lesson=lesson, why=why)
            )
            whose.not_marked.add(lesson)
            continue
        whose.marks[lesson] = [Mark(**mark) for mark in result["marks"]]
        whose.remarks += [of_lesson(lesson, said) for said in _run_remarks(result)]
        if result["takes_ours"]:
            said = say(
                "takes the course's own answer to {exercises} (rk.given).",
                exercises=listing(result["takes_ours"]),
            )
            whose.for_teacher.append(of_lesson(lesson, said))
        missing |= set(result["missing_limits"])
    return sorted(missing)


def of_lesson(lesson: int, remark: str) -> str:
    """A remark, and of which lesson it is."""
    return say("Lesson {lesson}: {remark}", lesson=lesson, remark=remark)


def _run_remarks(result: Job) -> Iterator[str]:
    if result["ended"]:
        yield say("the run did not reach its last cell: {why}.", why=result["ended"])
        yield say("what was answered before that counts.")
    if result["missing_checks"]:
        yield say("the cells of {exercises} are gone.", exercises=listing(result["missing_checks"]))
    if count := len(result["errors"]):
        yield say(
            "one cell stopped with an error, first: {error}"
            if count == 1
            else "{count} cells stopped with an error, first: {error}",
            count=count,
            error=result["errors"][0][1],
        )


def _note_others_data(
    results: dict[tuple[str, int], Job | None], marked: dict[str, Marked]
) -> None:
    """Tell the teacher of wrong answers that are right for somebody else's shop."""
    for (name, lesson), result in sorted(results.items()):
        for exercise, answer in (result or {}).get("wrong", {}).items():
            others = [
                other
                for (other, same), theirs in results.items()
                if same == lesson
                and other != name
                and (theirs or {}).get("rights")
                and _fits(exercise, answer, (theirs or {})["rights"])
            ]
            if 0 < len(others) <= FEW:
                whose = listing([marked[other].learner.code_name for other in others])
                marked[name].for_teacher.append(
                    say(
                        "Exercise {exercise}: the answer is wrong here and right for {whose}. "
                        "Small numbers may agree by chance.",
                        exercise=exercise,
                        whose=whose,
                    )
                )


def _fits(exercise_id: str, answer: Any, rights: dict[str, Any]) -> bool:
    exercise, _ = find_exercise(exercise_id)
    return exercise_id in rights and fits(exercise, answer, rights[exercise_id])


def _note_missing(one: Marked, lessons: list[int]) -> None:
    missing = [str(lesson) for lesson in lessons if lesson not in {*one.marks, *one.not_marked}]
    if missing:
        one.remarks.append(say("Missing: lesson {lessons}.", lessons=listing(missing)))
