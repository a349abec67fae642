"""One notebook proved: read, run by nbval in a process of its own, and reported."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retailkit.catalogue import ASKED_FOR, later, say
from retailkit.proof.findings import Finding, Report
from retailkit.proof.hygiene import CannotCheck, code_cells, named, read_notebook, untidy
from retailkit.words import count_of

SANITIZE = Path(__file__).parent / "nbval-sanitize.cfg"
SECONDS_TO_START = 180
SECONDS_FOR_A_CELL = 120
MORE_FOR_A_CELL = 40
"""What a cell may take beyond its time: to be stopped, and to say so."""


def prove(path: str | Path, seconds_for_a_cell: float = SECONDS_FOR_A_CELL) -> Report:
    """What is to be mended in a notebook; nothing, where it comes out as it is stored.

    Its code is run as your own, in its folder, by the kernel of this Python. A cell that
    takes longer than `seconds_for_a_cell` is stopped. The notebook is not changed. A file
    that cannot be checked is `refused` in the report, and raises nothing.
    """
    path = Path(path)
    try:
        notebook = read_notebook(path)
        findings = list(untidy(notebook, path))
        cells = code_cells(notebook)
        told = _run(path, len(cells), seconds_for_a_cell) if cells else []
    except CannotCheck as error:
        return Report(name=str(path), refused=str(error))
    names = {number: named(number, cell.source) for number, cell in enumerate(cells, 1)}
    findings = [*_judged(told, names, seconds_for_a_cell), *findings]
    return Report(
        name=str(path), cells=len(cells), findings=findings, notes=list(_notes(told, cells))
    )


def _run(path: Path, cells: int, seconds: float) -> list[dict[str, Any]]:
    """What nbval says of each cell.

    Raises CannotCheck where it could not even begin.
    """
    with tempfile.TemporaryDirectory(prefix="retailkit-proof-") as place:
        # a name of our own: pytest would read a meaning into some signs of a file's name
        copy, told_in = Path(place, "notebook.ipynb"), Path(place, "told.jsonl")
        shutil.copyfile(path, copy)
        Path(place, "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        command = [*_command(seconds), "--told-in", str(told_in)]
        command += ["--run-in", str(path.absolute().parent), str(copy)]
        most = SECONDS_TO_START + cells * (seconds + MORE_FOR_A_CELL)
        said = _ran(command, Path(place), most)
        told = told_in.read_text(encoding="utf-8").splitlines() if told_in.exists() else []
    found = [json.loads(line) for line in told]
    if not found or found[0]["when"] == "setup":
        raise CannotCheck(_not_begun(found, said))
    return found


def _command(seconds: float) -> list[str]:
    # -P: a json.py beside somebody's notebook must not stand in for Python's
    command = [sys.executable, "-P", "-m", "pytest", "-p", "nbval.plugin"]
    command += ["-p", "retailkit.proof.reporter", "-p", "no:cacheprovider", "--noconftest"]
    command += ["--nbval", "--nbval-current-env", f"--nbval-cell-timeout={seconds}"]
    command += [
        f"--nbval-sanitize-with={SANITIZE}",
        f"--nbval-kernel-startup-timeout={SECONDS_TO_START}",
    ]
    return [*command, "-q", "--color=no", "--tb=line"]


def _ran(command: list[str], place: Path, most: float) -> str:
    """Run a command to its end, or for so long; what it said last."""
    with (place / "said.txt").open("w+b") as log:
        program = subprocess.Popen(
            command,
            cwd=place,
            env=_surroundings(place),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(most)
        finally:
            # its kernels miss it, and end with it
            program.kill()
            program.wait()
        log.seek(0)
        return log.read()[-2000:].decode(errors="replace")


def _surroundings(place: Path) -> dict[str, str]:
    """The environment of a notebook: nobody in particular, and no settings of one's own."""
    ours = ("RETAILKIT_", "PYTEST_")
    # the language alone is kept: in it the notebook was stored
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == ASKED_FOR[0] or not name.startswith(ours)
    }
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "IPYTHONDIR": str(place / "ipython")}


def _not_begun(found: list[dict[str, Any]], said: str) -> str:
    if missing := re.search(r"No module named '?(pytest|nbval|ipykernel)\b", said):
        return say("It cannot be checked without {package}. {do}", package=missing[1], do=say(DO))
    why = found[0].get("says", "") if found else next(iter(said.strip().splitlines()[-1:]), "")
    return say("It cannot be checked: no kernel could be started. {why}", why=why).strip()


DO = later("Try: python -m pip install nbval")


def _judged(told: list[dict[str, Any]], names: dict[int, str], seconds: float) -> Iterator[Finding]:
    """What nbval did not let pass, up to a cell that has stopped the kernel."""
    for verdict in told:
        cell, error = names[verdict["cell"]], verdict.get("says", "")
        match verdict["verdict"]:
            case "differs":
                yield _differs(cell, verdict)
            case "stops":
                yield Finding(says=say("{cell} stops. {error}", cell=cell, error=error))
            case "broken":
                yield Finding(says=say("{cell} could not be run. {error}", cell=cell, error=error))
            case "time":
                yield Finding(says=say(TOO_LONG, cell=cell, seconds=f"{seconds:g}"))
                return
            case "ended":
                yield Finding(says=say(ENDED, cell=cell))
                return
    if told and told[-1]["cell"] < len(names):
        cells = count_of(told[-1]["cell"], "code cell")
        yield Finding(says=say("The time for all was up after {cells}.", cells=cells))


TOO_LONG = later(
    "{cell} took longer than {seconds} seconds, and was stopped. What follows was not judged. "
    "--timeout gives it more."
)
ENDED = later("{cell} ended Python itself. What follows was not run.")


def _differs(cell: str, verdict: dict[str, Any]) -> Finding:
    stored, came, kind = verdict["stored"], verdict["came"], verdict["kind"]
    if not stored:
        says = say("{cell} shows something, and nothing is stored.", cell=cell)
    elif not came:
        says = say("{cell} shows nothing, and something is stored.", cell=cell)
    elif kind in ("stdout", "text/plain"):
        says = say("{cell} shows something else than what is stored.", cell=cell)
    else:
        said = "{cell} shows something else than what is stored, in its {kind}."
        says = say(said, cell=cell, kind=kind)
    return Finding(says=says, stored=stored, came=came)


def _notes(told: list[dict[str, Any]], cells: list[Any]) -> Iterator[str]:
    for verdict in told:
        cell = named(verdict["cell"], cells[verdict["cell"] - 1].source)
        if verdict["verdict"] == "not compared":
            yield say("{cell} asks not to be compared, and was not.", cell=cell)
        elif verdict["verdict"] == "skipped":
            yield say("{cell} asks not to be run, and was not.", cell=cell)
