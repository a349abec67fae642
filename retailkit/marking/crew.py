"""Several marking processes at work side by side."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

Job = dict[str, Any]


def hands() -> int:
    """As many marking processes as there are processors for them."""
    return max(1, min(8, os.cpu_count() or 1))


def done_by_all(jobs: Iterable[Job], crew: int | None = None) -> Iterator[tuple[Job, Job | None]]:
    """Each job with what came of it, in the order in which they are done.

    None where a job has ended its marking process; the others go on in a fresh one.
    """
    waiting = list(jobs)
    to_do: queue.SimpleQueue[Job] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Job, Job | None]] = queue.SimpleQueue()
    for job in waiting:
        to_do.put(job)
    stop, markers = threading.Event(), list[subprocess.Popen[str]]()
    count = min(crew or hands(), len(waiting))
    threads = [
        threading.Thread(target=_work, args=(to_do, done, stop, markers)) for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in waiting:
            yield done.get()
    finally:
        stop.set()
        for marker in markers:
            marker.kill()  # with it goes whatever notebook it runs: we were stopped, or are done
        for thread in threads:
            thread.join()


def _work(
    to_do: Any, done: Any, stop: threading.Event, markers: list[subprocess.Popen[str]]
) -> None:
    while not to_do.empty() and not stop.is_set():
        with _marker() as marker:
            markers.append(marker)
            while not stop.is_set():
                try:
                    job = to_do.get_nowait()
                except queue.Empty:
                    return
                result = _asked(marker, job)
                done.put((job, result))
                if result is None:
                    break


@contextmanager
def _marker() -> Iterator[subprocess.Popen[str]]:
    marker = subprocess.Popen(
        [sys.executable, "-P", "-m", "retailkit.marking.marker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        # Ctrl-C is for us; a marker ends when nobody gives it work any more
        start_new_session=True,
    )
    try:
        yield marker
    finally:
        for pipe in (marker.stdin, marker.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both were asked for
        marker.kill()
        marker.wait()


def _asked(marker: subprocess.Popen[str], job: Job) -> Job | None:
    if not marker.stdin or not marker.stdout:
        return None  # cannot be: both were asked for
    try:
        marker.stdin.write(json.dumps(job) + "\n")
        marker.stdin.flush()
        line = marker.stdout.readline()
        return dict(json.loads(line)) if line else None
    except (OSError, ValueError):
        return None
