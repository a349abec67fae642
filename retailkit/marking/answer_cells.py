"""Where the answers stand in a notebook: by the lesson's own names, wherever its cells are.

The kit's lessons say by which name each exercise is answered: its check asks for it. A
learner's cells may have been moved, copied, renamed or deleted, so they are found by what
they say and not by their numbers.
"""

from __future__ import annotations

import ast
import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from retailkit.catalogue import say
from retailkit.course.exercises import find_lesson, lessons
from retailkit.handout import packaged_lessons

CHECK, GIVEN = "check", "given"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A cell to run, and what is read out after it: exercise, expression, whether a check asked."""

    source: str
    reads: list[tuple[str, str, bool]]


@functools.cache
def answer_names(number: int) -> dict[str, str]:
    """The name that holds the answer to each exercise of a lesson, by exercise.

    >>> answer_names(1)["1.1"]
    'how_many'
    """
    ours = [exercise.id for exercise in find_lesson(number).exercises]
    names: dict[str, str] = {}
    for source in _own_cells(number):
        for exercise, answer in _asked(source, CHECK):
            if isinstance(answer, ast.Name) and exercise in ours:
                names.setdefault(exercise, answer.id)
    return names


@functools.cache
def _own_cells(number: int) -> tuple[str, ...]:
    """The code cells of the kit's own copy of a lesson, without those that are answered in."""
    ours = [path for path in packaged_lessons() if path.name.startswith(f"{number:02d}_")]
    cells = [
        cell for path in ours for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]
    return tuple(
        source_of(cell)
        for cell in cells
        if cell["cell_type"] == "code" and "answer" not in cell["metadata"].get("tags", [])
    )


def source_of(cell: dict[str, Any]) -> str:
    """What stands in a cell, in whichever way it is stored."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def code_cells(content: bytes) -> list[dict[str, Any]]:
    """The code cells of a notebook.

    Raises ValueError, which says why it is none.

    >>> code_cells(b"{}")
    Traceback (most recent call last):
    ValueError: it holds no cells
    """
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, RecursionError):
        raise ValueError(say("it is no notebook (not JSON)")) from None
    except (KeyError, TypeError):
        raise ValueError(say("it holds no cells")) from None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ValueError(say("it holds no cells"))
    return [cell for cell in cells if cell.get("cell_type") == "code"]


def lesson_of(cells: Iterable[dict[str, Any]]) -> int | None:
    """The lesson that these cells are of: by the exercises that they check, or else by their ids.

    >>> lesson_of([{"source": "rk.check('7.1', kinds)"}])
    7
    """
    cells = list(cells)
    checked = [exercise for cell in cells for exercise, _ in _asked(source_of(cell), CHECK)]
    found = [int(exercise.split(".")[0]) for exercise in checked if re.match(r"\d+\.", exercise)]
    ids = [re.match(r"(\d\d)_\w+-\d+", str(cell.get("id", ""))) for cell in cells]
    found = found or [int(name.group(1)) for name in ids if name]
    counted = Counter(number for number in found if number in lessons())
    return counted.most_common(1)[0][0] if counted else None


def steps_of(sources: list[str], number: int) -> list[Step]:
    """The cells of a learner's notebook in order, and what to read out after each.

    An answer is read after the cell that checks it: whatever that cell hands in. Where no
    cell checks it any more, it is read after the cells that set its name.
    """
    names, own = answer_names(number), set(_own_cells(number))
    typed = {
        (exercise, ast.dump(answer))
        for source in own
        for exercise, answer in _asked(source, CHECK)
        if not isinstance(answer, ast.Name)
    }
    steps = []
    for source in sources:
        reads = [
            (exercise, ast.unparse(answer), True)
            for exercise, answer in _asked(source, CHECK)
            # the lesson itself shows what a wrong answer looks like; that is nobody's answer
            if exercise in names and (exercise, ast.dump(answer)) not in typed
        ]
        if source not in own:
            set_here = _names_set(source)
            reads += [(one, name, False) for one, name in names.items() if name in set_here]
        # a check alone in its cell changes nothing: its answer is read, and judged on our side
        steps.append(Step(source="" if _only_checks(source) else source, reads=reads))
    return steps


def _only_checks(source: str) -> bool:
    """Whether a cell does nothing but ask for a check."""
    body = _tree(source).body
    return len(body) == 1 and isinstance(body[0], ast.Expr) and any(_asked(source, CHECK))


def takes_ours(sources: list[str], number: int) -> list[str]:
    """The exercises for which a cell of the learner's own asks for the course's answer."""
    own = set(_own_cells(number))
    theirs = [source for source in sources if source not in own]
    asked = {exercise for source in theirs for exercise, _ in _asked(source, GIVEN)}
    return sorted(asked & set(answer_names(number)))


def _asked(source: str, what: str) -> Iterator[tuple[str, ast.expr]]:
    """The exercise and the answer of each call of `check` or `given` in a cell."""
    for node in ast.walk(_tree(source)):
        if not isinstance(node, ast.Call) or len(node.args) != 2:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0]
        if name == what and isinstance(first, ast.Constant):
            yield str(first.value), node.args[1]


def _names_set(source: str) -> set[str]:
    """The names that a cell gives a value to."""
    found = set()
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return found


def forget() -> None:
    """Keep nothing of the cells that were read: the next notebook may look through our memory."""
    _tree.cache_clear()


@functools.lru_cache(maxsize=2048)
def _tree(source: str) -> ast.Module:
    """A cell as Python reads it; an empty one where it cannot be read."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        plain: str = TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call]
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])
