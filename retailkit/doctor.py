"""The doctor: whether this computer has what the course needs, and what to do where not.

Each check stands alone: whatever is broken, the others are still made, and what a check
stumbles over is itself a finding.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import shutil
import subprocess
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from retailkit.catalogue import later, say
from retailkit.disk import reason_of
from retailkit.keep import CannotKeep, write_file
from retailkit.needs import needed_here, what_is_wrong
from retailkit.ports import FIRST_PORT, LAST_PORT, free_port
from retailkit.words import listing

INSTALL_AGAIN = later("Install the course again, as its README says.")
ROOM = 500_000_000
"""So many bytes the lessons, a shop's files and JupyterLab's own need at most."""

SECONDS_FOR_A_KERNEL = 60


class Verdict(StrEnum):
    """How a check came out. These words are the doctor's own, and none of the trade's."""

    OK = later("ok")
    MIND = later("mind")
    WRONG = later("WRONG")


@dataclass(frozen=True)
class Finding:
    """What one check found, and what to do about it.

    >>> Finding(Verdict.WRONG, "The disk is full.", "Remove what you no longer need.")
    WRONG  The disk is full.
           To do: Remove what you no longer need.
    """

    verdict: Verdict
    says: str
    todo: str = ""

    def __repr__(self) -> str:
        todo = f"\n       {say('To do: {todo}', todo=self.todo)}" if self.todo else ""
        return f"{say(self.verdict):<7}{self.says}{todo}"


Check = Callable[[Path], Finding]
"""Looks at one thing; is given the folder of the lessons."""


def examine(folder: str | Path) -> Iterator[Finding]:
    """One finding after the other; `folder` is where the lessons lie, or are to lie."""
    path = Path(folder)
    with contextlib.suppress(RuntimeError):  # nobody's home is known
        path = path.expanduser()
    for check in CHECKS:
        try:
            yield check(path.absolute())
        except Exception as error:  # a broken computer may fail in any way; the rest is still seen
            what = say((check.__doc__ or check.__name__).rstrip("."))
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            said = say("{what}: that could not be seen ({reason}).", what=what, reason=reason)
            yield Finding(Verdict.WRONG, said, say(INSTALL_AGAIN))


def python(folder: Path) -> Finding:
    """Which Python runs the course."""
    from packaging.specifiers import SpecifierSet

    version = platform.python_version()
    try:
        wanted = importlib.metadata.metadata("retailkit")["Requires-Python"] or ""
    except importlib.metadata.PackageNotFoundError:
        said = say("Python {version}; the course runs from a folder.", version=version)
        return Finding(Verdict.MIND, said)
    if version in SpecifierSet(wanted, prereleases=True):
        return Finding(Verdict.OK, f"Python {version}.")
    todo = say("Get a newer Python from python.org, and install the course with it.")
    said = say(
        "Python is {version}, and the course needs {wanted}.", version=version, wanted=wanted
    )
    return Finding(Verdict.WRONG, said, todo)


def packages(folder: Path) -> Finding:
    """Whether the packages that the course uses are there."""
    try:
        needs = importlib.metadata.requires("retailkit") or []
    except importlib.metadata.PackageNotFoundError:
        todo = say("Install it in this folder: python -m pip install .")
        said = say("The course is not installed, so nobody checked it.")
        return Finding(Verdict.MIND, said, todo)
    known = [needed for text in needs if (needed := needed_here(text))]
    wrong = {needed: said for needed in known if (said := what_is_wrong(needed))}
    if not wrong:
        said = say("All {packages} packages the course uses are there.", packages=len(known))
        return Finding(Verdict.OK, said)
    names = " ".join(f'"{needed.name}{needed.specifier}"' for needed in wrong)
    todo = f"python -m pip install --upgrade {names}"
    said = say("Packages: {problems}.", problems=listing(wrong.values()))
    return Finding(Verdict.WRONG, said, todo)


def kernel(folder: Path) -> Finding:
    """Whether Python runs a cell."""
    began = time.monotonic()
    try:
        answer = _answer("1 + 1")
    except Exception as error:  # a broken kernel may fail in any way
        reason = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
        todo = "python -m pip install --force-reinstall ipykernel jupyter_client"
        return Finding(Verdict.WRONG, say("No cell can be run ({reason}).", reason=reason), todo)
    if answer != "2":
        said = say("A cell ran, and 1 + 1 gave {answer!r}.", answer=answer)
        return Finding(Verdict.WRONG, said, say(INSTALL_AGAIN))
    seconds = time.monotonic() - began
    said = say("A cell runs: 1 + 1 gave 2, in {seconds:.0f} s.", seconds=seconds)
    return Finding(Verdict.OK, said)


def _answer(code: str) -> str:
    """What a cell shows, in a kernel of its own."""
    shown: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "execute_result":
            shown.append(message["content"]["data"]["text/plain"])

    with _a_kernel() as client:
        client.execute_interactive(code, timeout=SECONDS_FOR_A_KERNEL, output_hook=hear)
    return "".join(shown)


@contextlib.contextmanager
def _a_kernel() -> Iterator[Any]:
    """Somebody to talk to a kernel with; all its files lie in a folder that goes again."""
    from jupyter_client.manager import KernelManager
    from traitlets.config import Config

    settings = Config(KernelManager={"transport_encryption": "auto"})
    with tempfile.TemporaryDirectory(prefix="retailkit-", ignore_cleanup_errors=True) as place:
        manager = KernelManager(config=settings, connection_file=str(Path(place, "kernel.json")))
        # its last words are told in a sentence
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        manager.start_kernel(env=os.environ | {"IPYTHONDIR": place}, **quiet)
        client = manager.client()
        try:
            client.start_channels()
            client.wait_for_ready(timeout=SECONDS_FOR_A_KERNEL)
            yield client
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def lessons_folder(folder: Path) -> Finding:
    """Whether the lessons can be written."""
    todo = say("Choose a folder that is yours with --folder, such as one on a USB stick.")
    if folder.exists() and not folder.is_dir():
        said = say("'{folder}' is a file, not a folder.", folder=folder)
        return Finding(Verdict.WRONG, said, todo)
    there = _nearest(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=there) as place:
            write_file(Path(place, "lesson.ipynb"), "{}")
    except OSError as error:
        why = error.why if isinstance(error, CannotKeep) else error
        said = say(
            "The lessons cannot be written into '{folder}': {reason}.",
            folder=folder,
            reason=reason_of(why).rstrip("."),
        )
        return Finding(Verdict.WRONG, said, todo)
    return Finding(Verdict.OK, say("The lessons can be written into '{folder}'.", folder=folder))


def room(folder: Path) -> Finding:
    """How much room the disk has."""
    free = shutil.disk_usage(_nearest(folder)).free
    said = say("{room:.1f} GB are free where the lessons lie.", room=free / 1e9)
    if free >= ROOM:
        return Finding(Verdict.OK, said)
    verdict = Verdict.WRONG if free < ROOM / 10 else Verdict.MIND
    todo = say("Make room: {room:.1f} GB are enough for everything.", room=ROOM / 1e9)
    return Finding(verdict, said, todo)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def forms(folder: Path) -> Finding:
    """Whether forms can be drawn."""
    from jupyter_core.paths import jupyter_path

    places = [Path(place, "@jupyter-widgets") for place in jupyter_path("labextensions")]
    if any(place.is_dir() for place in places):
        return Finding(Verdict.OK, say("Forms can be drawn; no Node.js is needed."))
    todo = "python -m pip install --force-reinstall ipywidgets jupyterlab_widgets"
    return Finding(Verdict.WRONG, say("Forms would be shown as text alone."), todo)


def port(folder: Path) -> Finding:
    """Whether the page finds a port."""
    try:
        said = say("Port {port} is free for the course's page.", port=free_port())
        return Finding(Verdict.OK, said)
    except OSError as error:
        todo = say(
            "Close what uses the ports {first} to {last}, or choose one with --port.",
            first=FIRST_PORT,
            last=LAST_PORT,
        )
        return Finding(Verdict.WRONG, str(error), todo)


def browser(folder: Path) -> Finding:
    """Whether a browser is found."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        todo = say("Start with --no-browser, and copy the address that is printed into a browser.")
        said = say("No browser was found that could be opened from here.")
        return Finding(Verdict.MIND, said, todo)
    return Finding(Verdict.OK, say("A browser was found."))


def encryption(folder: Path) -> Finding:
    """Whether the customer database is encrypted."""
    from retailkit.crm.sqlite import cipher

    driver = cipher()
    if driver is None:
        todo = say(
            "python -m pip install sqlcipher3; where it has no wheel, keep real names out of it."
        )
        return Finding(Verdict.MIND, say("The customer database would not be encrypted."), todo)
    with contextlib.closing(driver.connect(":memory:")) as base:
        (version,) = base.execute("PRAGMA cipher_version").fetchone()
    said = say("The customer database is encrypted (SQLCipher {version}).", version=version)
    return Finding(Verdict.OK, said)


def keyring(folder: Path) -> Finding:
    """Where the key of the customer database is kept."""
    import keyring
    from keyring.backends import fail

    if isinstance(keyring.get_keyring(), fail.Keyring):
        said = say(
            "This computer has no keyring: a passphrase is asked for, or the key lies in a file."
        )
        return Finding(Verdict.MIND, said, say("Keep the key's file away from the database."))
    return Finding(Verdict.OK, say("This computer has a keyring for the database's key."))


CHECKS: tuple[Check, ...] = (
    python,
    packages,
    kernel,
    forms,
    lessons_folder,
    room,
    port,
    browser,
    encryption,
    keyring,
)
