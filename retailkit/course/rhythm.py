"""The rhythm of a lesson: how long its cells are, how much it says, and what stands where.

The limits, and what is let pass for now, stand in `rhythm.toml`. The builder refuses a lesson
that is out of rhythm.
"""

from __future__ import annotations

import functools
import itertools
import re
import statistics
import tomllib
from collections.abc import Collection
from importlib import resources
from typing import Any

from retailkit.catalogue import later, say
from retailkit.course.exercises import Lesson
from retailkit.words import count_of

OF_THE_KIT = re.compile(r"\brk\.((?:forms\.|figures\.)?\w+)")
MARK = "SOLUTION"


@functools.cache
def rules() -> dict[str, Any]:
    """The limits of each measure, and for some lessons the value that is let pass."""
    text = resources.files("retailkit.course").joinpath("rhythm.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def measures(student: Any, lesson: Lesson, known: Collection[str] = ()) -> dict[str, float]:
    """What can be counted of a student's notebook; `known` are names of earlier lessons."""
    cells = student.cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    first = next(n for n, cell in enumerate(cells) if cell.cell_type == "code")
    prose = sum(_words(cell.source) for cell in cells if cell.cell_type == "markdown")
    pairs = itertools.pairwise(cell.cell_type for cell in cells)
    follows = sum(one == other == "code" for one, other in pairs)
    return {
        later("cells"): len(cells),
        later("median lines of code"): statistics.median(_lines(text) for text in code),
        later("longest cell"): max(_lines(text) for text in code),
        later("words per line of code"): round(prose / sum(_lines(text) for text in code), 1),
        later("words before the first cell"): sum(_words(cell.source) for cell in cells[:first]),
        later("code directly after code"): round(follows / len(code), 2),
        later("new names in a cell"): _most_new_names(code, known),
        later("exercises"): len(lesson.exercises),
        later("questions in the quiz"): len(lesson.quiz),
    }


def names_in(notebook: Any) -> set[str]:
    """The names of the library that a notebook uses."""
    return set(OF_THE_KIT.findall("\n".join(cell.source for cell in notebook.cells)))


def out_of_rhythm(student: Any, lesson: Lesson, known: Collection[str] = ()) -> list[str]:
    """What is wrong with the rhythm of a lesson, one sentence each."""
    let_pass = rules()["let_pass"].get(f"lesson {lesson.number}", {})
    said = []
    for name, value in measures(student, lesson, known).items():
        low, high = rules()["limits"][name]
        worst = let_pass.get(name, high)
        if not min(low, worst) <= value <= max(high, worst):
            sentence = "{measure}: {value}. Lessons have {low} to {high}."
            said.append(say(sentence, measure=say(name), value=value, low=low, high=high))
    return said + _out_of_place(student, lesson)


def too_long(run: Any, number: int) -> str | None:
    """Which output of a notebook that has been run is longer than a screen, if one is."""
    shown = [
        (str(output.get("text") or output.get("data", {}).get("text/plain", "")), cell.source)
        for cell in run.cells
        for output in cell.get("outputs", [])
    ]
    name = "lines of an output"
    most = rules()["let_pass"].get(f"lesson {number}", {}).get(name, rules()["limits"][name][1])
    long = [code for text, code in shown if len(text.splitlines()) > most]
    sentence = "An output has more than {most} lines: {code!r}."
    return say(sentence, most=most, code=long[0]) if long else None


def _out_of_place(student: Any, lesson: Lesson) -> list[str]:
    """What has to stand in a lesson, and does not, or not in its place."""
    texts = [cell.source for cell in student.cells]
    quiz = [n for n, text in enumerate(texts) if text == f"rk.quiz({lesson.number})"]
    recap = [n for n, text in enumerate(texts) if say("## What you can do now") in text]
    set_up = [text for text in texts if text.startswith("import retailkit as rk")]
    checks = [text for text in texts if text.startswith("rk.check(")]
    asked = [one.id for one in lesson.exercises if any(f'"{one.id}"' in text for text in checks)]
    unchecked = len(lesson.exercises) - len(asked)
    stands = {
        say("It does not open with a question."): texts[0].splitlines()[0].endswith("?"),
        say("There is not one set-up cell."): len(set_up) == 1 and _lines(set_up[0]) <= SET_UP,
        say("The quiz does not stand right before the recap."): recap == [n + 1 for n in quiz],
        say("It does not end with something to talk about."): say("**To talk about:**")
        in texts[-1],
        say("{exercises} without a check.", exercises=count_of(unchecked, "exercise")): unchecked
        == 0,
    }
    return [sentence for sentence, is_so in stands.items() if not is_so]


SET_UP = 3
"""Two lines, and one that shows the shop."""


def _most_new_names(code: list[str], known: Collection[str]) -> int:
    seen, most = set(known), 0
    for text in code:
        new = set(OF_THE_KIT.findall(text)) - seen
        most, seen = max(most, len(new)), seen | new
    return most


def _lines(code: str) -> int:
    return sum(bool(line.strip()) and MARK not in line for line in code.splitlines())


def _words(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))
