"""What nbval judges, cell by cell, written down as data: a plugin for pytest.

It stands in the process that runs a notebook, and nowhere else. nbval compares; here its
verdicts are noted, and the kernel is watched, so that one that ends is noticed at once.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from queue import Empty
from typing import Any

import nbval.plugin
import pytest
from nbval.kernel import RunningKernel

from retailkit.proof.hygiene import text_of

SECONDS_TO_STOP = 30
"""So long after its time is up a cell may go on showing things before its kernel is ended."""

MOST_TOLD = 200_000
STEP = 0.5


class KernelEnded(Exception):
    """The kernel is gone: the cell has ended it, or the computer has."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the notes are written, and in which folder the notebook is run."""
    parser.addoption("--told-in")
    parser.addoption("--run-in")


def pytest_configure(config: pytest.Config) -> None:
    """See to it that nbval takes watched kernels."""
    seconds, folder = config.option.nbval_cell_timeout, config.option.run_in

    class Watched(RunningKernel):  # type: ignore[misc]  # nbval has no types
        """A kernel that is missed when it ends, and stopped when its time is long up."""

        until = float("inf")

        def __init__(self, name: str, cwd: str, **options: Any) -> None:
            super().__init__(name, cwd=folder, **options)

        def execute_cell_input(self, *given: Any, **options: Any) -> Any:
            self.until = time.monotonic() + seconds + SECONDS_TO_STOP
            return super().execute_cell_input(*given, **options)

        def get_message(self, stream: str, timeout: float | None = None) -> Any:
            end = time.monotonic() + (timeout or 0)
            while time.monotonic() < self.until:
                try:
                    return super().get_message(stream, timeout=STEP)
                except Empty:
                    if not self.is_alive():
                        raise KernelEnded from None
                    if time.monotonic() > end:
                        raise
            raise Empty

    nbval.plugin.RunningKernel = Watched


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    """Note what became of a cell."""
    report = yield
    if call.when == "call" or (call.when == "setup" and not report.passed):
        told = {"cell": item.cell_num + 1, "when": call.when, **_verdict(item, call)}
        with Path(item.config.option.told_in).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")
    return report


def _verdict(item: Any, call: Any) -> dict[str, Any]:
    """In a word what became of a cell, with what there is to tell."""
    if call.excinfo is None:
        return {"verdict": "well" if item.options["check"] else "not compared"}
    error, said = call.excinfo.value, str(call.excinfo.value)
    if isinstance(error, nbval.plugin.NbCellError):
        if "Timeout" in said:
            return {"verdict": "time"}
        if "exception" in said:
            return {"verdict": "stops", "says": text_of(item.test_outputs[-1])[:300]}
        return {"verdict": "differs", **_difference(item)}
    if isinstance(error, pytest.skip.Exception):
        return {"verdict": "skipped"}
    ended = isinstance(error, KernelEnded) or "Kernel dead" in said
    return {"verdict": "ended"} if ended else {"verdict": "broken", "says": said[:300]}


def _difference(item: Any) -> dict[str, str]:
    """The first kind of output in which the two differ, as it is stored and as it came."""
    stored, came = (_by_kind(item, outputs) for outputs in (item.cell.outputs, item.test_outputs))
    for kind in [*came, *stored]:
        one, other = stored.get(kind, ""), came.get(kind, "")
        if one != other:
            return {"kind": kind, "stored": one[:MOST_TOLD], "came": other[:MOST_TOLD]}
    return {"kind": "", "stored": "", "came": ""}


def _by_kind(item: Any, outputs: Any) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for output in outputs:
        if "data" in output:
            for kind, content in output["data"].items():
                if kind not in item.parent.skip_compare:
                    found.setdefault(kind, []).append(str(item.sanitize(content)))
        else:
            kind = str(output.get("name") or output["output_type"])
            found.setdefault(kind, []).append(str(item.sanitize(text_of(output))))
    words = sorted(found, key=lambda kind: kind not in ("stdout", "text/plain"))
    return {kind: "\n".join(found[kind]) for kind in words}
