"""The learner's side of marking: run the cells in order, and send out the answers as data.

Everything here runs beside the learner's own code, which may change any of it. It can
only ever send answers: whether they are right is judged in another process.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
from collections.abc import Callable, Iterator
from typing import IO, Any

from retailkit.catalogue import say
from retailkit.marking.plain import line_of, message_in, packed, unpacked

LONGEST_SAID = 4_000
"""So many letters of what a cell prints and shows are kept."""

LONGEST_ERROR = 300


class Said(io.TextIOBase):
    """What a cell prints: its beginning is kept, the rest goes nowhere."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = LONGEST_SAID

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._room > 0:
            self._parts.append(text[: self._room])
            self._room -= len(text)
        return len(text)

    def take(self) -> str:
        """What was said since it was last asked."""
        said = "".join(self._parts)
        self._parts, self._room = [], LONGEST_SAID
        return said


def read_out(job: dict[str, Any], read: IO[bytes], write: IO[bytes]) -> None:
    """Run the steps of a job, tell of each, and then answer for the learner's functions."""
    tell = _teller(write)
    said, ours = Said(), os.getpid()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        shell = _shell()
        functions: dict[str, Any] = {}
        for number, step in enumerate(job["steps"]):
            error = _run(shell, step["source"], job["seconds_for_a_cell"])
            if os.getpid() != ours:
                os._exit(0)  # a copy that a cell made of itself has no say
            tell({"ran": number, "error": error, "said": said.take()})
            for exercise, expression, checked in step["reads"]:
                with contextlib.suppress(BaseException):
                    value = eval(expression, shell.user_ns)  # noqa: S307  # the learner's own code
                    if callable(value):
                        functions[f"{exercise} {number}"] = value
                    tell({"answer": exercise, "of": number, "checked": checked, **_value(value)})
        tell({"end": True})
        for line in read:
            tell(_called(functions, message_in(line)))
            said.take()


def _teller(write: IO[bytes]) -> Callable[[dict[str, Any]], None]:
    def tell(message: dict[str, Any]) -> None:
        write.write(line_of(message))
        write.flush()

    return tell


def _value(value: Any) -> dict[str, Any]:
    try:
        return {"value": packed(value)}
    except BaseException as error:
        return {"value": {"other": type(error).__name__}}


def _called(functions: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
    """What a learner's function gives for one case."""
    try:
        arguments = [unpacked(part) for part in message["with"]]
        return {"gives": packed(functions[message["call"]](*arguments))}
    except BaseException as error:
        return {"raises": [type(error).__name__, str(error)[:LONGEST_ERROR]]}


def _shell() -> Any:
    """A notebook's Python, without its page: magics, `display` and last lines work alike."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    InteractiveShell.clear_instance()
    shell: Any = InteractiveShell.instance(config=settings)
    # a picture nobody sees is not drawn
    shell.display_formatter.active_types = ["text/plain"]
    for name in ("showtraceback", "showsyntaxerror", "ask_exit"):
        setattr(shell, name, lambda *_, **__: None)
    return shell


def _run(shell: Any, source: str, seconds: float) -> str | None:
    """Run a cell; what went wrong in it, in a line."""
    try:
        with _no_longer_than(seconds):
            done = shell.run_cell(source, store_history=True, silent=False)
    except BaseException as error:
        return _in_short(error)
    failed = done.error_before_exec or done.error_in_exec
    return _in_short(failed) if failed else None


def _in_short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


class TooLong(BaseException):
    """A cell that does not end; no `except Exception` of the learner's holds it up."""


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield  # Windows: the whole notebook has its time, a single cell has none
        return

    def stop(*_: object) -> None:
        raise TooLong(say("the cell was stopped after {seconds:g} seconds", seconds=seconds))

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Take one job from the standard input; for systems on which a program cannot be forked."""
    with os.fdopen(os.dup(0), "rb") as read, os.fdopen(os.dup(1), "wb") as write:
        job = message_in(read.readline())
        from retailkit.marking.limits import enter

        write.write(line_of({"limits": enter(job["folder"], job["limits"])}))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        read_out(job, read, write)


if __name__ == "__main__":
    main()
