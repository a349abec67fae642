"""Calm outputs: a slip in a cell is told in a sentence, with the full traceback one step away.

Only what a learner's own line went wrong with is told so. Every other error shows its
traceback as ever; and the output of a cell that failed stays an error in either case.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import itertools
import linecache
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

from retailkit.catalogue import later, say
from retailkit.words import did_you_mean, listing

SLIPS = (NameError, AttributeError, KeyError, TypeError, ValueError, OSError, ImportError)
MORE = later("To see where Python stopped, run this in an empty cell: %tb")
WIDTH = 80
OURS = str(Path(__file__).parent)
OR_SKIPPED = later(
    "Or a cell above was not run: run the set-up cell first, then the cells in their order "
    "(menu Run, Run All Above Selected Cell)."
)
SKIPPED = later(
    "A cell above was not run: run the set-up cell first, then the cells in their order "
    "(menu Run, Run All Above Selected Cell)."
)
HAS_NO = {
    "DataFrame": later("A table has no {name!r}."),
    "Series": later("A column has no {name!r}."),
}
"""What is said where a thing of this kind lacks a part."""
SHOWN_COLUMNS = 12
IN_A_SENTENCE = ("are in the columns", "not found in axis", "not in index", "are in the [columns]")


def load_ipython_extension(shell: Any) -> None:
    """What IPython calls where the kit is named among its extensions."""
    speak_calmly(shell)


def speak_calmly(shell: Any = None) -> None:
    """From now on a slip in a cell is told in a sentence; outside a notebook nothing changes."""
    if shell is None:
        # who is not in a notebook need not load IPython to learn it
        shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    # where somebody has a handler of their own, it stays
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc(SLIPS, _told)


def _told(
    shell: Any,
    kind: type[Exception],
    error: Exception,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    said = sentence(error, trace, shell.user_ns)
    if said is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)
        return
    # where %tb looks for it
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    # still an error for whoever runs the notebook, with its name and its words
    shell._showtraceback(kind, error, [textwrap.fill(said, WIDTH), say(MORE)])


def sentence(error: Exception, trace: TracebackType, known: dict[str, Any]) -> str | None:
    """What went wrong, where it was a slip in the learner's own line; else nothing.

    `known` are the names of the notebook.

    >>> notebook = {"shop": "Ana's"}
    >>> try:
    ...     exec("shpo", notebook)
    ... except NameError as error:
    ...     print(sentence(error, error.__traceback__, notebook))
    `shpo` is not known yet. Did you mean 'shop'? Or a cell above was not run: run the set-up \
cell first, then the cells in their order (menu Run, Run All Above Selected Cell).
    """
    # before the cell come the calls of the notebook itself
    frames = list(itertools.dropwhile(lambda at: at[0].f_globals is not known, _frames(trace)))
    own = [at for at in frames if at[0].f_globals is known]
    if not own:
        return None
    for tell in (_left_open, _not_known, _no_such_column, _no_such_part, _said_by_us):
        if said := tell(error, frames, own, known):
            return said
    return None


Frames = list[tuple[FrameType, int]]
"""From the learner's cell inwards: where each call stands, and at which line."""


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _left_open(error: Exception, frames: Frames, own: Frames, known: dict[str, Any]) -> str | None:
    """A name that still holds the three dots of an exercise."""
    if not isinstance(error, (TypeError, AttributeError, ValueError, KeyError)):
        return None
    used = _names_in(*own[-1])
    if open_names := [name for name in used if known.get(name) is ...]:
        names = listing(f"`{name}`" for name in open_names)
        if len(open_names) == 1:
            return say(
                "{name} still holds the three dots of an exercise. Put your answer in their "
                "place, run that cell, and then this one.",
                name=names,
            )
        return say(
            "{names} still hold the three dots of an exercise. Put your answer in their "
            "place, run that cell, and then this one.",
            names=names,
        )
    if "ellipsis" in str(error) and len(frames) == len(own):
        return say(
            "Three dots (...) stand where an answer belongs. Put your answer in their place."
        )
    return None


def _names_in(frame: FrameType, line: int) -> list[str]:
    """The names that the statement at this line of a cell uses."""
    source = "".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # a cell with a line of IPython's own, such as %time
        return []
    at = [node for node in tree.body if node.lineno <= line <= (node.end_lineno or node.lineno)]
    used = [node.id for part in at for node in ast.walk(part) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(used))


def _not_known(error: Exception, frames: Frames, own: Frames, known: dict[str, Any]) -> str | None:
    """A name that was never given a value: misspelt, or from a cell that was not run."""
    if not isinstance(error, NameError) or isinstance(error, UnboundLocalError):
        return None
    name = error.name
    if not name or len(frames) != len(own):
        return None
    names = [word for word in [*known, *dir(builtins)] if _is_near(name, word)]
    meant = did_you_mean(name, names)
    skipped = say(OR_SKIPPED if meant else SKIPPED)
    return f"{say('`{name}` is not known yet.', name=name)}{meant} {skipped}"


def _is_near(name: str, word: str) -> bool:
    """Whether a name looks like a slip of the finger in a word; short words are soon alike."""
    alike = difflib.SequenceMatcher(None, name.lower(), word.lower()).ratio()
    return not word.startswith("_") and alike > 0.7


def _no_such_column(
    error: Exception, frames: Frames, own: Frames, known: dict[str, Any]
) -> str | None:
    """A column that the table does not have."""
    if not isinstance(error, KeyError) or not error.args:
        return None
    beyond = frames[frames.index(own[-1]) + 1 :]
    if not beyond or not _is_of(beyond[0][0], "pandas"):
        return None
    for frame, _ in beyond:
        table = _table_in(frame.f_locals)
        if table is None:
            continue
        columns = [str(column) for column in table.columns]
        missing = [name for name in _asked_for(error, frame.f_locals) if name not in columns]
        if not missing:
            return None
        more = [say("more")] if len(columns) > SHOWN_COLUMNS else []
        said = say(
            "The table has no column {missing!r}. It has {columns}.",
            missing=missing[0],
            columns=listing([*columns[:SHOWN_COLUMNS], *more]),
        )
        return f"{said}{did_you_mean(missing[0], columns)}"
    return None


def _table_in(values: dict[str, Any]) -> Any:
    """The table that a function of pandas is at work on."""
    for name in ("self", "obj"):
        value = values.get(name)
        for table in (value, getattr(value, "obj", None)):
            if type(table).__name__ == "DataFrame":
                return table
    return None


def _asked_for(error: KeyError, values: dict[str, Any]) -> list[str]:
    """The names that were looked for and may not be there."""
    (key, *_) = error.args
    asked = values.get("key")
    if isinstance(asked, list):
        return [name for name in asked if isinstance(name, str)]
    if not isinstance(key, str):
        return []
    # where several are looked for at once, pandas names them within a sentence
    return re.findall(r"'([^']*)'", key) if key.endswith(IN_A_SENTENCE) else [key]


def _no_such_part(
    error: Exception, frames: Frames, own: Frames, known: dict[str, Any]
) -> str | None:
    """A part that a thing does not have, such as `shop.claim_step`."""
    if not isinstance(error, AttributeError) or not error.name:
        return None
    thing, name = error.obj, error.name
    if isinstance(thing, ModuleType) and thing.__name__ == "retailkit":
        return str(error)  # it has a sentence of its own
    # between the cell and the error may lie the lookup of a table, and nothing else
    if any(not _is_of(frame, "pandas") for frame, _ in frames[len(own) :]):
        return None
    parts = [part for part in dir(thing) if not part.startswith("_")]
    meant = did_you_mean(name, parts)
    kind = type(thing).__name__
    said = say(HAS_NO.get(kind, later("A {kind} has no {name!r}.")), kind=kind, name=name)
    return f"{said}{meant}" if meant else None


def _said_by_us(error: Exception, frames: Frames, own: Frames, known: dict[str, Any]) -> str | None:
    """A sentence that the kit raises itself: it says what is allowed and what to try."""
    frame, line = frames[-1]
    ours = isinstance(error, (ValueError, OSError, ImportError))
    if not ours or not frame.f_code.co_filename.startswith(OURS):
        return None
    raised = linecache.getline(frame.f_code.co_filename, line, frame.f_globals).strip()
    return str(error) if raised.startswith("raise ") else None


def _is_of(frame: FrameType, package: str) -> bool:
    return str(frame.f_globals.get("__name__", "")).split(".")[0] == package
