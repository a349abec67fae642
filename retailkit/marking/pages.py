"""The pages that marking gives: one for each learner, and one of the class for the teacher."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from retailkit.catalogue import language, later, say
from retailkit.course.exercises import find_exercise
from retailkit.course.feedback import Outcome
from retailkit.figures import class_marks
from retailkit.marking.grade import Marked, Marks
from retailkit.marking.judging import Mark
from retailkit.text import escaped

STYLE = """body { font: 16px/1.45 sans-serif; color: #1F2A33; background: #FFFFFF; max-width: 60rem;
margin: 2rem auto; padding: 0 1rem } table { border-collapse: collapse; width: 100% } td, th {
text-align: left; padding: .4rem; border-bottom: 1px solid #8A939A; vertical-align: top }
img { max-width: 100% } .quiet { color: #5B6770 }"""

NOT_LIMITED = {
    "files": later(
        "The kernel could not keep notebooks to their own folder; Python alone watched them."
    ),
    "memory": later("This system sets no limit to memory."),
    "network": later("The network could not be taken away from the notebooks."),
    "processes": later("The number of processes could not be limited."),
}
"""What is said of each limit that the system at hand could not set."""


def points(number: float) -> str:
    """A mark as people write it.

    >>> points(2.0), points(0.6667)
    ('2', '0.67')
    """
    return f"{number:.2f}".rstrip("0").rstrip(".")


def learner_page(one: Marked) -> str:
    """What a learner gets back: each exercise with its mark and the reason. It holds no name."""
    title = say("Marks for {code_name}", code_name=one.learner.code_name)
    total = say("{points} of {most} points", points=points(one.total), most=len(one.all_marks))
    rows = [
        [mark.exercise, points(mark.mark), say(mark.outcome), f"{mark.reason}{_next_step(mark)}"]
        for mark in one.all_marks
    ]
    parts = [
        f"<p><strong>{total}</strong></p>",
        _list(one.remarks),
        table_of([say("Exercise"), say("Points"), say("Outcome"), say("Why")], rows),
    ]
    return page(title, parts)


def _next_step(mark: Mark) -> str:
    """The first hint, for who has not solved an exercise."""
    if mark.outcome == Outcome.YES:
        return ""
    exercise, _ = find_exercise(mark.exercise)
    hint = say(exercise.hints[0])
    return f" {say('A question to go on with: {hint}', hint=hint)}"


def class_page(marks: Marks) -> str:
    """The class for its teacher: who has what, what went badly and why, what was noticed."""
    alone = say("For the teacher alone: names and code names stand together here.")
    parts = [f"<p>{alone}</p>"]
    if any(one.all_marks for one in marks.learners):
        chart = class_marks(marks_table(marks))
        parts += [chart._repr_html_(), f"<p class='quiet'>{escaped(chart.words)}</p>"]
    rows = [
        [one.learner.name, one.learner.code_name, points(one.total), _remarks(one)]
        for one in marks.learners
    ]
    parts += [
        _heading(say("Everybody")),
        table_of(
            [
                say("Name"),
                say("Code name"),
                say("Points of {most}", most=len(marks.exercises)),
                say("Noticed"),
            ],
            rows,
        ),
        _heading(say("What went badly, and why")),
        table_of([say("Exercise"), say("Solved"), say("Known mistakes")], list(_slips(marks))),
        _heading(say("Answers that fit another learner's shop, and more to look at")),
        _list(_for_teacher(marks))
        or f"<p>{say('None was noticed among those who handed the same lesson in.')}</p>",
        _heading(say("Files that are nobody's")) if marks.strangers else "",
        _list(marks.strangers),
        _heading(say("Within which limits the notebooks ran")),
        _list(limits_said(marks.limits)),
    ]
    return page(say("Marks of the class"), parts)


def _heading(text: str) -> str:
    return f"<h2>{text}</h2>"


def _for_teacher(marks: Marks) -> list[str]:
    return [
        f"{one.learner.code_name}: {said}" for one in marks.learners for said in one.for_teacher
    ]


def limits_said(missing: Iterable[str]) -> list[str]:
    """What of the limits could not be set on this system, in sentences.

    >>> limits_said([])
    ['Time, memory, files, processes and the network: all were limited by the kernel.']
    """
    said = [say(NOT_LIMITED[name]) for name in missing if name in NOT_LIMITED]
    whole = say("Time, memory, files, processes and the network: all were limited by the kernel.")
    return said or [whole]


def marks_table(marks: Marks) -> pd.DataFrame:
    """One row per learner and exercise that was marked, in the order of the exercises."""
    rows = [
        {
            "code_name": one.learner.code_name,
            "lesson": lesson,
            "exercise": mark.exercise,
            "mark": mark.mark,
            "answered": mark.outcome != Outcome.NOT_YET,
            "outcome": mark.outcome,
            "known_mistake": mark.slip,
            "reason": mark.reason,
        }
        for one in marks.learners
        for lesson in sorted(one.marks)
        for mark in one.marks[lesson]
    ]
    table = pd.DataFrame(rows)
    place = {exercise: number for number, exercise in enumerate(marks.exercises)}
    if table.empty:
        return table
    return table.sort_values("exercise", key=lambda names: names.map(place), kind="stable")


def _remarks(one: Marked) -> str:
    return " ".join(one.remarks)


def _slips(marks: Marks) -> Iterable[list[str]]:
    """Each exercise that somebody has not solved: how many have, and how often which mistake."""
    every = [mark for one in marks.learners for mark in one.all_marks]
    for exercise in marks.exercises:
        theirs = [mark for mark in every if mark.exercise == exercise]
        solved = sum(mark.mark >= 1 for mark in theirs)
        if solved == len(theirs):
            continue
        slips = Counter(mark.slip for mark in theirs if mark.slip)
        unknown = sum(
            mark.mark < 1 and not mark.slip and mark.outcome != Outcome.NOT_YET for mark in theirs
        )
        blank = sum(mark.outcome == Outcome.NOT_YET for mark in theirs)
        said = [f"{say(name)} ({number})" for name, number in slips.most_common()]
        said += [say("another mistake ({unknown})", unknown=unknown)] if unknown else []
        said += [say("left open ({blank})", blank=blank)] if blank else []
        yield [exercise, say("{solved} of {all}", solved=solved, all=len(theirs)), "; ".join(said)]


def lines_of(marks: Marks) -> list[str]:
    """The whole in a few lines of text, for who marks at the command line."""
    every = [one for one in marks.learners if one.all_marks]
    said = [repr(marks)]
    if every:
        said.append(class_marks(marks_table(marks)).words)
    said += [
        f"{one.learner.code_name}: {' '.join(one.remarks)}" for one in marks.learners if one.remarks
    ]
    return said + marks.strangers + limits_said(marks.limits)


def table_of(names: list[str], rows: list[list[str]]) -> str:
    """A table for a page; the first cell of a row names it. Everything in it is escaped."""
    if not rows:
        return f"<p>{say('Nothing to show.')}</p>"
    head = "".join(f"<th scope='col'>{escaped(name)}</th>" for name in names)
    body = "".join(
        f"<tr><th scope='row'>{escaped(first)}</th>"
        + "".join(f"<td>{escaped(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(sentences: list[str]) -> str:
    items = "".join(f"<li>{escaped(one)}</li>" for one in sentences)
    return f"<ul>{items}</ul>" if items else ""


def page(title: str, parts: list[str]) -> str:
    """A page of its own, in plain style."""
    return (
        f"<!DOCTYPE html><html lang='{language()}'><head><meta charset='utf-8'>"
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head><body><main><h1>{html.escape(title)}</h1>"
        f"{''.join(parts)}</main></body></html>\n"
    )
