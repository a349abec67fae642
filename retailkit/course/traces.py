"""Running what a learner wrote without leaving a trace of it.

Put back as it was: what is drawn by chance, the names and the plain lists of the notebook,
warnings, the options of pandas and matplotlib, the environment and the folder. What a function
does to a table of the notebook *in place*, or to files, nobody can take back here.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

NOTEBOOK = "__main__"
"""The module in whose names a notebook's cells work."""


@contextlib.contextmanager
def leaving_no_trace(answer: Any = None) -> Iterator[None]:
    """Whatever runs inside, such as a function handed in, prints nothing and changes nothing."""
    silence = io.StringIO()
    with contextlib.ExitStack() as afterwards:
        afterwards.enter_context(warnings.catch_warnings(action="ignore"))
        for put_back in (*_chance(answer), *_names(answer), _place(), _pandas_options()):
            afterwards.callback(put_back)
        if "matplotlib" in sys.modules:
            afterwards.enter_context(sys.modules["matplotlib"].rc_context())
        afterwards.enter_context(contextlib.redirect_stdout(silence))
        afterwards.enter_context(contextlib.redirect_stderr(silence))
        yield


def _chance(answer: Any) -> Iterator[Callable[[], None]]:
    """Put back the two common sources of chance, and those that a function can reach by name."""
    import numpy as np

    state, numpy_state = random.getstate(), np.random.get_state()
    yield lambda: random.setstate(state)
    yield lambda: np.random.set_state(numpy_state)
    for thing in _within_reach(answer):
        if isinstance(thing, random.Random):
            yield _resetting(thing, thing.getstate())
        if isinstance(thing, np.random.RandomState):
            thing = thing._bit_generator  # noqa: PLW2901 - the source behind it
        bits = getattr(thing, "bit_generator", thing)
        if isinstance(bits, np.random.BitGenerator):
            yield _setting(bits, copy.deepcopy(bits.state))


def _resetting(source: random.Random, state: Any) -> Callable[[], None]:
    return lambda: source.setstate(state)


def _setting(bits: Any, state: Any) -> Callable[[], None]:
    return lambda: setattr(bits, "state", state)


def _within_reach(answer: Any) -> list[Any]:
    """What a function can reach: the notebook's names, what it closes over, its defaults."""
    cells = getattr(answer, "__closure__", None) or ()
    defaults = getattr(answer, "__defaults__", None) or ()
    held = [cell.cell_contents for cell in cells if _is_filled(cell)]
    return [*_notebook(answer).values(), *held, *defaults]


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _notebook(answer: Any) -> dict[str, Any]:
    """The names among which a function was written, if that is a notebook."""
    names = getattr(answer, "__globals__", {})
    return names if names.get("__name__") == NOTEBOOK else {}


def _names(answer: Any) -> Iterator[Callable[[], None]]:
    """Put back the names of the notebook, and what its plain lists, dictionaries and sets hold."""
    names = _notebook(answer)
    before = dict(names)
    plain = [
        (thing, copy.copy(thing))
        for name, thing in before.items()
        # In, Out and the like are the notebook's own books, which nobody else keeps
        if type(thing) in {list, dict, set} and name not in {"In", "Out"} and name[0] != "_"
    ]

    def put_back() -> None:
        for name in set(names) - set(before):
            del names[name]
        names.update(before)
        for thing, held in plain:
            if isinstance(thing, list):
                thing[:] = held
            else:
                thing.clear()
                thing.update(held)

    yield put_back


def _place() -> Callable[[], None]:
    """Put back the folder and the environment."""
    folder, environment = os.getcwd(), dict(os.environ)  # noqa: PTH109 - as chdir will want it

    def put_back() -> None:
        os.chdir(folder)
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)

    return put_back


def _pandas_options() -> Callable[[], None]:
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return lambda: None
    before = dict(_options(pandas.options))

    def put_back() -> None:
        # some options are on their way out, and say so whenever they are read
        with warnings.catch_warnings(action="ignore"):
            for name, value in _options(pandas.options):
                if value is not before[name]:
                    pandas.set_option(name, before[name])

    return put_back


def _options(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name in dir(group):
        value = getattr(group, name)
        if type(value) is type(group):
            yield from _options(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
