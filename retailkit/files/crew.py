"""A cluster on this computer, as a program of its own: `python -m retailkit.files.crew 2 FOLDER`.

It says its address and goes when nobody holds its input any more, also where whoever started
it was killed. So Ctrl-C does not reach the workers, and what they say to programmers is shown
to nobody.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

SECONDS_TO_START, SECONDS_TO_GO = 60.0, 10.0
"""How long workers may take to say where they are, and to go before they are made to."""


@contextmanager
def crew(workers: int) -> Iterator[str]:
    """The address of a cluster of so many processes, which lasts as long as the block.

    Raises RuntimeError where the processes do not start in time.
    """
    with tempfile.TemporaryDirectory(prefix="retailkit-", ignore_cleanup_errors=True) as place:
        command = [sys.executable, "-m", __name__, str(workers), place]
        started = subprocess.Popen(
            command,
            cwd=place,  # no file of a learner's own is taken for a part of Python
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            address = _address(started)
            if not address:
                raise RuntimeError
            yield address
        finally:
            _let_go(started)


def _address(started: subprocess.Popen[str]) -> str:
    """Where it says that it is; nothing where it does not start in time."""
    late = threading.Timer(SECONDS_TO_START, started.kill)
    late.start()
    try:
        return started.stdout.readline().strip() if started.stdout else ""
    finally:
        late.cancel()


def _let_go(started: subprocess.Popen[str]) -> None:
    try:
        started.communicate(timeout=SECONDS_TO_GO)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()


def main() -> None:
    """Start the workers, say where they are, and wait until nobody wants them any more."""
    dask, distributed = import_module("dask"), import_module("distributed")
    workers, place = sys.argv[1:]
    dask.config.set({"temporary-directory": place})
    with distributed.LocalCluster(
        n_workers=int(workers),
        threads_per_worker=1,
        processes=True,
        memory_limit=None,  # so few blocks are under way that none need go to a disk
        dashboard_address=None,
    ) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201 - whoever started us reads it
        sys.stdin.read()


if __name__ == "__main__":
    main()
