"""Long work shows how far it is, where somebody is watching; short work shows nothing.

A terminal gets a line that goes again. On the page of the course it is a bar below the cell;
no other notebook gets one, for there nobody can tell a watching learner from a machine that
stores what is shown.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol, TypeVar

from retailkit.catalogue import say

Thing = TypeVar("Thing")
Tell = Callable[[float], None]
"""Is told which share of the work is done, from 0 to 1."""

SECONDS_BEFORE, SECONDS_BETWEEN = 2.0, 0.5
"""How long work takes before it is called long, and how long a bar stands still."""

WATCHED = "RETAILKIT_LAB"
"""The setting by which a kernel knows that the course's own page shows its cells."""

_under_way = threading.Lock()


class Bar(Protocol):
    """Shows a share, and goes again."""

    def show(self, share: float) -> None: ...
    def clear(self) -> None: ...


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """A bar for the length of a block, once it has taken long; work within work shows none.

    >>> with progress("Making the shop") as tell:
    ...     tell(0.5)
    """
    if not _under_way.acquire(blocking=False):
        yield lambda share: None
        return
    now = time.monotonic()
    bar, due = None, now + SECONDS_BEFORE

    def tell(share: float) -> None:
        nonlocal bar, due
        if time.monotonic() >= due:
            bar = bar or _bar(what)
            due = time.monotonic() + SECONDS_BETWEEN
            if bar:
                bar.show(min(max(share, 0.0), 1.0))

    try:
        yield tell
    finally:
        _under_way.release()
        if bar:
            bar.clear()


def going_through(what: str, things: Sequence[Thing]) -> Iterator[Thing]:
    """The things one after the other, with a bar where that takes long.

    >>> list(going_through("Looking at letters", "abc"))
    ['a', 'b', 'c']
    """
    with progress(what) as tell:
        for number, thing in enumerate(things):
            tell(number / len(things))
            yield thing


def _bar(what: str) -> Bar | None:
    """The bar that whoever watches can see; None where nobody watches."""
    if os.environ.get(WATCHED) and "ipykernel" in sys.modules:
        return OnThePage(say(what))
    with suppress(AttributeError, ValueError):  # a program without a window has no stream
        if sys.stderr.isatty():
            return InTheTerminal(say(what))
    return None


class InTheTerminal:
    """A line at the foot of a terminal."""

    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._line = Progress(console=Console(stderr=True), transient=True)
        self._task = self._line.add_task(what, total=1.0)
        self._line.start()

    def show(self, share: float) -> None:
        self._line.update(self._task, completed=share)

    def clear(self) -> None:
        self._line.stop()


class OnThePage:
    """A bar below the cell. When the work is done, nothing is left to be seen or stored of it."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._handle: Any = None

    def show(self, share: float) -> None:
        from IPython.display import display

        page = {"text/plain": self.words(share), "text/html": self.page(share)}
        if self._handle is None:
            self._handle = display(page, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(page, raw=True)

    def clear(self) -> None:
        self._handle.update({"text/plain": "", "text/html": ""}, raw=True)

    def words(self, share: float) -> str:
        """What the bar says."""
        return f"{self._what}: {share:.0%}"

    def page(self, share: float) -> str:
        """The bar as HTML."""
        return (
            f'<label>{self.words(share)} <progress max="1" value="{share:.2f}"></progress></label>'
        )
