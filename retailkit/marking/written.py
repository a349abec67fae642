"""Marks on the disk: a table for the teacher, one for a gradebook, the reasons, and the pages."""

from __future__ import annotations

from pathlib import Path

from retailkit.catalogue import say
from retailkit.keep import whole_folder, write_file
from retailkit.marking.grade import Marks
from retailkit.marking.gradebooks import for_gradebook
from retailkit.marking.pages import class_page, learner_page, marks_table, points
from retailkit.marking.tables import as_csv


def write_marks(marks: Marks, out: str | Path, gradebook: str | None = None) -> list[Path]:
    """Write the marks, and beside them a folder with the reasons and the pages.

    For a `gradebook`, "moodle" or "canvas", also the file that it imports. The folder goes
    first: a table of marks never stands without its reasons. Raises CannotKeep where they
    cannot be written; then what was there is unchanged. Raises ValueError where there is no
    such gradebook, or the roster does not say by what it finds the learners.
    """
    out = Path(out)
    imported = for_gradebook(marks, gradebook) if gradebook else ""
    pages = out.with_name(f"{out.stem}-pages")
    if pages.exists() and not (pages / "class.html").exists() and any(pages.iterdir()):
        raise ValueError(
            say("'{pages}' holds something else. Choose another name with --out.", pages=pages)
        )
    with whole_folder(pages) as draft:
        write_file(draft / "class.html", class_page(marks))
        write_file(draft / "reasons.csv", _reasons(marks))
        for one in marks.learners:
            write_file(draft / f"{one.learner.code_name}.html", learner_page(one))
    write_file(out, _table(marks))
    if not gradebook:
        return [out, pages]
    beside = out.with_name(f"{out.stem}-{gradebook}.csv")
    write_file(beside, imported)
    return [out, pages, beside]


def _table(marks: Marks) -> str:
    """One row per learner: name, id, code name, points, of how many, each exercise, remarks."""
    names = ["name", "id", "code_name", "points", "of", *marks.exercises, "late", "remarks"]
    rows = []
    for one in marks.learners:
        by_exercise = {mark.exercise: points(mark.mark) for mark in one.all_marks}
        rows.append(
            [
                one.learner.name,
                one.learner.learner_id,
                one.learner.code_name,
                points(one.total),
                str(len(marks.exercises)),
                *(by_exercise.get(exercise, "") for exercise in marks.exercises),
                "yes" if one.late else "",
                " ".join(one.remarks),
            ]
        )
    return as_csv(names, rows)


def _reasons(marks: Marks) -> str:
    table = marks_table(marks)
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    return as_csv(list(table.columns), rows)
