"""Whether an answer still rests on what the notebook's cells say now.

JupyterLab tells the kernel with which cell each run belongs. So it can be known that a cell was
*run again with another text* after the answer had been worked out from it. Nobody here sees a
text that was typed and not run, for that stands on the page alone; and where a page does not
say which cell it is, nothing is said.
"""

from __future__ import annotations

import ast
import contextlib
from dataclasses import dataclass, field
from typing import Any

from retailkit.catalogue import say


@dataclass
class Runs:
    """The runs of a notebook's cells, first to last: which cell, and its text."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def add(self, cell: str | None, text: str) -> None:
        """Note that a cell is run."""
        if cell:
            self.seen.append((cell, text))

    def changed_since(self, name: str) -> str | None:
        """A name that a cell now makes otherwise than when `name` was worked out; None if none."""
        made, needed = self._latest(name, len(self.seen))
        return self._changed(needed, made, {name}) if made is not None else None

    def _changed(self, needed: set[str], before: int, done: set[str]) -> str | None:
        for name in sorted(needed - done):
            place, its_needs = self._latest(name, before)
            if place is None:
                continue
            if self._is_changed(place, before):
                return name
            if found := self._changed(its_needs, place, done | needed):
                return found
        return None

    def _is_changed(self, place: int, before: int) -> bool:
        """Whether the cell of a run was run again with another text, later than `before`."""
        cell, text = self.seen[place]
        later = [other for of, other in self.seen[before + 1 :] if of == cell]
        return bool(later) and later[-1] != text

    def _latest(self, name: str, before: int) -> tuple[int | None, set[str]]:
        """The last run earlier than `before` that made a name, and the names it needed."""
        for place in range(before - 1, -1, -1):
            made, needed = names_of(self.seen[place][1])
            if name in made:
                return place, needed
        return None, set()


def names_of(text: str) -> tuple[set[str], set[str]]:
    """The names that a cell makes, and those that it needs.

    >>> names_of("late = open_orders[open_orders['promised_on'] < today]")[0]
    {'late'}
    >>> sorted(names_of("late = open_orders[open_orders['promised_on'] < today]")[1])
    ['open_orders', 'today']
    """
    made: set[str] = set()
    needed: set[str] = set()
    with contextlib.suppress(SyntaxError):  # a magic, or half a line: nothing is known of it
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name):
                (needed if isinstance(node.ctx, ast.Load) else made).add(node.id)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                made.add(node.name)
    return made, needed - made


RUNS = Runs()


def watch_cells() -> None:
    """From now on, keep in mind which cells are run; outside a notebook nothing happens."""
    shell = _notebook()
    if shell and not getattr(shell, "retailkit_watches", False):
        shell.events.register("pre_run_cell", _noted)
        shell.retailkit_watches = True


def _noted(info: Any) -> None:
    RUNS.add(getattr(info, "cell_id", None), info.raw_cell)


def stale(exercise_id: str, runs: Runs = RUNS) -> str | None:
    """The sentence for an answer whose cell rests on one that was changed since; None if none."""
    if not runs.seen:
        return None
    answer = checked_name(runs.seen[-1][1], exercise_id)
    changed = runs.changed_since(answer) if answer else None
    if changed is None:
        return None
    return say(
        "Mind: `{answer}` was worked out before you changed `{changed}`. "
        "Run the cell of `{answer}` again, then this check.",
        answer=answer,
        changed=changed,
    )


def checked_name(text: str, exercise_id: str) -> str | None:
    """The name that a cell hands to the check of an exercise, if it is a plain name.

    >>> checked_name('rk.check("1.1", how_many)', "1.1")
    'how_many'
    """
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and len(node.args) == 2):
                continue
            which, answer = node.args
            if isinstance(which, ast.Constant) and str(which.value) == exercise_id:
                return answer.id if isinstance(answer, ast.Name) else None
    return None


def _notebook() -> Any:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()
