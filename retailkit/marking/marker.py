"""The marking process: it runs each notebook in a process of its own, and judges here.

A marker is started once and stays warm: Python, tables and the shop are there before a
notebook's own process is split off from it. It knows code names and no names.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.marking.answer_cells import Step
from retailkit.marking.limits import Limits
from retailkit.marking.plain import MOST_BYTES, CannotBeRead, line_of, message_in

MOST_SENT = 20_000_000
"""So many bytes a notebook may send in all; what comes after them is not read."""

SECONDS_TO_END = 5


class Ended(Exception):
    """The learner's program has ended, or was ended."""


class Run:
    """One notebook's program, from outside: what it tells, and what it is asked."""

    def __init__(self, steps: list[Step], limits: Limits, folder: Path) -> None:
        self.missing: list[str] = []
        self._until = time.monotonic() + limits.seconds
        self._sent = 0
        self._left = b""
        job = {
            "steps": [{"source": step.source, "reads": step.reads} for step in steps],
            "seconds_for_a_cell": limits.seconds_for_a_cell,
            "limits": limits.plain(),
            "folder": str(folder),
        }
        start = _split_off if sys.platform == "linux" else _started_anew
        self.process, self._talk = start(job)

    def tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._talk.sendall(line_of(message))

    def heard(self) -> dict[str, Any]:
        """The next thing that the program tells.

        Raises Ended with the reason why it tells nothing more.
        """
        while b"\n" not in self._left:
            if len(self._left) > MOST_BYTES or self._sent > MOST_SENT:
                raise Ended(say("it sent more than any answer needs"))
            self._left += self._received()
        line, _, self._left = self._left.partition(b"\n")
        try:
            return message_in(line)
        except CannotBeRead as error:
            raise Ended(str(error)) from None

    def _received(self) -> bytes:
        left = self._until - time.monotonic()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._talk, selectors.EVENT_READ)
            if left <= 0 or not waiting.select(left):
                raise Ended(say("its time was up"))
        try:
            got = self._talk.recv(1 << 16)
        except OSError:
            got = b""
        if not got:
            raise Ended(say("it ended by itself before its last cell"))
        self._sent += len(got)
        return got

    def ask(self, name: str, arguments: list[Any]) -> dict[str, Any]:
        """What one of the learner's functions gives."""
        self.tell({"call": name, "with": arguments})
        try:
            said = self.heard()
        except Ended as error:
            return {"raises": ["TimeoutError", str(error)]}
        whole = "gives" in said or len(said.get("raises", [])) == 2
        return said if whole else {"raises": ["ValueError", say("it gave no answer")]}

    def end(self) -> None:
        """End the program with everything that it started."""
        self._talk.close()
        with contextlib.suppress(OSError, AttributeError):
            os.killpg(self.process, signal.SIGKILL)
        if sys.platform == "linux":
            _end_orphans()
        else:
            _end_started(self.process)


@contextlib.contextmanager
def running(steps: list[Step], limits: Limits) -> Iterator[Run]:
    """A notebook's program in a folder of its own; both are gone at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="retailkit-marking-"))
    try:
        run = Run(steps, limits, folder)
        try:
            yield run
        finally:
            run.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _split_off(job: dict[str, Any]) -> tuple[int, socket.socket]:
    """A copy of this process, which becomes the learner's: warm, and with nothing of ours open."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child:
        theirs.close()
        return child, ours
    try:
        _be_the_learners(job, theirs)
    finally:
        os._exit(0)


def _be_the_learners(job: dict[str, Any], talk: socket.socket) -> None:
    from retailkit.marking.limits import enter
    from retailkit.marking.reading_out import read_out

    os.setsid()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.dup2(talk.fileno(), 3)
    os.closerange(4, 4096)
    missing = enter(job["folder"], job["limits"])
    with os.fdopen(os.dup(3), "rb") as read, os.fdopen(os.dup(3), "wb") as write:
        write.write(line_of({"limits": missing}))
        write.flush()
        read_out(job, read, write)


_started: dict[int, subprocess.Popen[bytes]] = {}


def _started_anew(job: dict[str, Any]) -> tuple[int, socket.socket]:
    """A fresh Python, where no process can be split off from another; slower, and just as fair."""
    import threading

    ours, theirs = socket.socketpair()
    program = subprocess.Popen(
        [sys.executable, "-P", "-m", "retailkit.marking.reading_out"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _started[program.pid] = program

    into: Any = program.stdin
    out_of: Any = program.stdout

    def carry(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while part := read(1 << 16):
                write(part)
        with contextlib.suppress(OSError):
            theirs.shutdown(socket.SHUT_WR)

    def write_on(part: bytes) -> None:
        into.write(part)
        into.flush()

    for pair in ((theirs.recv, write_on), (out_of.read1, theirs.sendall)):
        threading.Thread(target=carry, args=pair, daemon=True).start()
    ours.sendall(line_of(job))
    return program.pid, ours


def _end_started(number: int) -> None:
    program = _started.pop(number)
    program.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(SECONDS_TO_END)


def _end_orphans() -> None:
    """Kill whatever is left of a notebook's program: it all belongs to us by now."""
    from retailkit.marking import linux

    until = time.monotonic() + SECONDS_TO_END
    while left := linux.children(os.getpid()):
        for process in left:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if time.monotonic() > until:
            return


def main() -> None:
    """Do one job after the other: each a line of JSON in, one line of JSON out."""
    from retailkit.marking.jobs import done

    if sys.platform == "linux":
        from retailkit.marking import linux

        linux.take_in_orphans()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints here must not stand among the results
    for line in sys.stdin:
        try:
            result = done(json.loads(line))
        except Exception as error:  # one notebook that we cannot mark must not stop the others
            result = {"failed": str(error) or type(error).__name__}
        out.write(json.dumps(result) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
