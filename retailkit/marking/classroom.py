"""A class on the disk: a pack for each student, and the teacher's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.course.builder import HOME
from retailkit.course.exercises import lessons
from retailkit.keep import CannotKeep, whole_folder, write_file, write_private
from retailkit.marking.code_names import with_code_names
from retailkit.marking.crew import done_by_all
from retailkit.marking.packs import cards
from retailkit.marking.pages import page, table_of
from retailkit.marking.roster import Learner, named, read_roster
from retailkit.marking.tables import as_csv
from retailkit.words import count_of, listing

STUDENTS, TEACHER = "students", "teacher"
ROSTER, SECRET = "roster.csv", "class-secret.txt"


def classroom(
    roster: str | Path,
    folder: str | Path,
    *,
    secret: str | None = None,
    answers_to: Iterable[int] | None = None,
    crew: int | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> list[str]:
    """Make every student's pack and the teacher's; what was done, in sentences.

    `answers_to` are the lessons whose right answers are worked out for everybody: all, if
    nothing is said, which takes most of the time. Written whole or not at all. Made again
    with a longer roster, everybody keeps the code name they have. Raises ImportProblems for
    a bad roster, ValueError where the folder holds something else, CannotKeep where it
    cannot be written.
    """
    folder = Path(folder).expanduser().absolute()
    answers_to = list(lessons() if answers_to is None else answers_to)
    learners = read_roster(roster)
    _refuse_other_things(folder)
    secret = secret or _secret_of(folder) or secrets.token_hex(16)
    before = _code_names_of(folder)
    kept = [named(one, before.get(one.key, one.code_name)) for one in learners]
    everybody = with_code_names(kept, secret)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(folder) as draft:
        for name in (STUDENTS, TEACHER):
            (draft / name).mkdir()
        answers = _made(everybody, draft / STUDENTS, answers_to, crew, progress)
        _write_teachers(everybody, answers, secret, draft / TEACHER)
    return _said(folder, len(everybody), sum(one.key not in before for one in everybody))


def _said(folder: Path, packs: int, new: int) -> list[str]:
    return [
        say(
            "Made {packs} in {students}, {new} of them new.",
            packs=count_of(packs, "pack"),
            students=folder / STUDENTS,
            new=new,
        ),
        say(
            "Names and code names stand together in {teacher} alone: keep it to yourself. "
            "Whoever has its class-secret.txt and the names can work the code names out.",
            teacher=folder / TEACHER,
        ),
    ]


def _refuse_other_things(folder: Path) -> None:
    """A folder is replaced as a whole, so nothing but an earlier class may lie in it."""
    if folder.is_file():
        raise ValueError(say("'{folder}' is a file. Choose a folder for the class.", folder=folder))
    there = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
    others = [name for name in there if name not in (STUDENTS, TEACHER)]
    if others:
        raise ValueError(
            say(
                "'{folder}' also holds {others}. Choose a folder for the class alone.",
                folder=folder,
                others=listing(others[:5]),
            )
        )


def _secret_of(folder: Path) -> str | None:
    file = folder / TEACHER / SECRET
    return file.read_text(encoding="utf-8").strip() if file.exists() else None


def _code_names_of(folder: Path) -> dict[str, str]:
    """The code names that were given out earlier, by learner."""
    file = folder / TEACHER / ROSTER
    return {one.key: one.code_name for one in read_roster(file)} if file.exists() else {}


def _made(
    everybody: list[Learner],
    students: Path,
    answers_to: list[int],
    crew: int | None,
    progress: Callable[[float], None],
) -> list[list[str]]:
    """Write everybody's pack; returns the right answers to these lessons, each with its learner."""
    jobs: list[dict[str, Any]] = []
    for one in everybody:
        about = {"learner": one.code_name}
        jobs.append({**about, "pack": str(students / f"{one.code_name}.zip")})
        # lesson by lesson, so that all hands have work to the end
        jobs += [{**about, "answers": [number]} for number in answers_to]
    found = []
    for number, (job, result) in enumerate(done_by_all(jobs, crew), 1):
        if result is None or "failed" in result:
            why = (result or {}).get("failed", say("the program that makes it ended"))
            raise CannotKeep(students, OSError(why))
        found += [[str(job["learner"]), *row] for row in result.get("answers", [])]
        progress(number / len(jobs))
    place = {one.code_name: number for number, one in enumerate(everybody)}
    return sorted(found, key=lambda row: (place[row[0]], int(row[1])))


def _write_teachers(
    everybody: list[Learner], answers: list[list[str]], secret: str, folder: Path
) -> None:
    write_file(folder / ROSTER, _roster_of(everybody))
    write_file(folder / "cards.pdf", cards(everybody))
    if answers:
        names = ["code_name", "lesson", "exercise", "answer"]
        write_file(folder / "answers.csv", as_csv(names, answers))
    write_file(folder / "solutions.html", _solutions())
    write_private(folder / SECRET, f"{secret}\n")
    # a checkout has the solved lessons; an installed kit has the solutions alone
    for solved in sorted((HOME / "solved").glob("*.ipynb")):
        (folder / "solved").mkdir(exist_ok=True)
        write_file(folder / "solved" / solved.name, solved.read_bytes())


def _roster_of(everybody: list[Learner]) -> str:
    """The roster with code names; of the other columns, those that say something."""
    table = [asdict(one) for one in everybody]
    names = [name for name in table[0] if any(row[name] for row in table)]
    headers = ["id" if name == "learner_id" else name for name in names]
    return as_csv(headers, [[row[name] for name in names] for row in table])


def _solutions() -> str:
    rows = [
        [exercise.id, say(exercise.asks), say(exercise.how), say(exercise.why)]
        for lesson in lessons().values()
        for exercise in lesson.exercises
    ]
    names = [say("Exercise"), say("Asks"), say("One way"), say("Why")]
    return page(say("Solutions"), [table_of(names, rows)])
