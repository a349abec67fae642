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
from typing import TYPE_CHECKING, Any

from retailkit.keep import CannotKeep, write_file
from retailkit.lab import FIRST_PORT, LAST_PORT, free_port
from retailkit.words import listing

if TYPE_CHECKING:
    from packaging.requirements import Requirement

INSTALL_AGAIN = "Install the course again, as its README says."
ROOM = 500_000_000
"""So many bytes the lessons, a shop's files and JupyterLab's own need at most."""

SECONDS_FOR_A_KERNEL = 60


class Verdict(StrEnum):
    """How a check came out. These words are the doctor's own, and none of the trade's."""

    OK = "ok"
    MIND = "mind"
    WRONG = "WRONG"


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
        todo = f"\n       To do: {self.todo}" if self.todo else ""
        return f"{self.verdict:<7}{self.says}{todo}"


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
            what = (check.__doc__ or check.__name__).rstrip(".")
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            yield Finding(
                Verdict.WRONG, f"{what}: that could not be seen ({reason}).", INSTALL_AGAIN
            )


def python(folder: Path) -> Finding:
    """Which Python runs the course."""
    from packaging.specifiers import SpecifierSet

    version = platform.python_version()
    try:
        wanted = importlib.metadata.metadata("retailkit")["Requires-Python"] or ""
    except importlib.metadata.PackageNotFoundError:
        return Finding(Verdict.MIND, f"Python {version}; the course runs from a folder.")
    if version in SpecifierSet(wanted, prereleases=True):
        return Finding(Verdict.OK, f"Python {version}.")
    todo = "Get a newer Python from python.org, and install the course with it."
    return Finding(Verdict.WRONG, f"Python is {version}, and the course needs {wanted}.", todo)


def packages(folder: Path) -> Finding:
    """Whether the packages that the course uses are there."""
    try:
        needs = importlib.metadata.requires("retailkit") or []
    except importlib.metadata.PackageNotFoundError:
        todo = "Install it in this folder: python -m pip install ."
        return Finding(Verdict.MIND, "The course is not installed, so nobody checked it.", todo)
    known = [needed for text in needs if (needed := _requirement(text))]
    wrong = {needed: said for needed in known if (said := _what_is_wrong(needed))}
    if not wrong:
        return Finding(Verdict.OK, f"All {len(known)} packages the course uses are there.")
    names = " ".join(f'"{needed.name}{needed.specifier}"' for needed in wrong)
    todo = f"python -m pip install --upgrade {names}"
    return Finding(Verdict.WRONG, f"Packages: {listing(wrong.values())}.", todo)


def _requirement(text: str) -> Requirement | None:
    """What is needed on this computer; nothing where it is for others."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        needed = Requirement(text)
    except InvalidRequirement:
        return None
    return needed if needed.marker is None or needed.marker.evaluate({"extra": ""}) else None


def _what_is_wrong(needed: Requirement) -> str:
    try:
        version = importlib.metadata.version(needed.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{needed.name} is missing"
    if version is None or needed.specifier.contains(version, prereleases=True):
        return "" if version else f"{needed.name} is damaged"
    return f"{needed.name} is {version}, and {needed.specifier} is needed"


def kernel(folder: Path) -> Finding:
    """Whether Python runs a cell."""
    began = time.monotonic()
    try:
        answer = _answer("1 + 1")
    except Exception as error:  # a broken kernel may fail in any way
        reason = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
        todo = "python -m pip install --force-reinstall ipykernel jupyter_client"
        return Finding(Verdict.WRONG, f"No cell can be run ({reason}).", todo)
    if answer != "2":
        return Finding(Verdict.WRONG, f"A cell ran, and 1 + 1 gave {answer!r}.", INSTALL_AGAIN)
    return Finding(Verdict.OK, f"A cell runs: 1 + 1 gave 2, in {time.monotonic() - began:.0f} s.")


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
    todo = "Choose a folder that is yours with --folder, such as one on a USB stick."
    if folder.exists() and not folder.is_dir():
        return Finding(Verdict.WRONG, f"'{folder}' is a file, not a folder.", todo)
    there = _nearest(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=there) as place:
            write_file(Path(place, "lesson.ipynb"), "{}")
    except OSError as error:
        why = error.why if isinstance(error, CannotKeep) else error
        reason = (why.strerror or str(why)).lower().rstrip(".")
        said = f"The lessons cannot be written into '{folder}': {reason}."
        return Finding(Verdict.WRONG, said, todo)
    return Finding(Verdict.OK, f"The lessons can be written into '{folder}'.")


def room(folder: Path) -> Finding:
    """How much room the disk has."""
    free = shutil.disk_usage(_nearest(folder)).free
    said = f"{free / 1e9:.1f} GB are free where the lessons lie."
    if free >= ROOM:
        return Finding(Verdict.OK, said)
    verdict = Verdict.WRONG if free < ROOM / 10 else Verdict.MIND
    return Finding(verdict, said, f"Make room: {ROOM / 1e9:.1f} GB are enough for everything.")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def forms(folder: Path) -> Finding:
    """Whether forms can be drawn."""
    from jupyter_core.paths import jupyter_path

    places = [Path(place, "@jupyter-widgets") for place in jupyter_path("labextensions")]
    if any(place.is_dir() for place in places):
        return Finding(Verdict.OK, "Forms can be drawn; no Node.js is needed.")
    todo = "python -m pip install --force-reinstall ipywidgets jupyterlab_widgets"
    return Finding(Verdict.WRONG, "Forms would be shown as text alone.", todo)


def port(folder: Path) -> Finding:
    """Whether the page finds a port."""
    try:
        return Finding(Verdict.OK, f"Port {free_port()} is free for the course's page.")
    except OSError as error:
        todo = f"Close what uses the ports {FIRST_PORT} to {LAST_PORT}, or choose one with --port."
        return Finding(Verdict.WRONG, str(error), todo)


def browser(folder: Path) -> Finding:
    """Whether a browser is found."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        todo = "Start with --no-browser, and copy the address that is printed into a browser."
        return Finding(Verdict.MIND, "No browser was found that could be opened from here.", todo)
    return Finding(Verdict.OK, "A browser was found.")


def encryption(folder: Path) -> Finding:
    """Whether the customer database is encrypted."""
    from retailkit.crm.sqlite import cipher

    driver = cipher()
    if driver is None:
        todo = "python -m pip install sqlcipher3; where it has no wheel, keep real names out of it."
        return Finding(Verdict.MIND, "The customer database would not be encrypted.", todo)
    with contextlib.closing(driver.connect(":memory:")) as base:
        (version,) = base.execute("PRAGMA cipher_version").fetchone()
    return Finding(Verdict.OK, f"The customer database is encrypted (SQLCipher {version}).")


def keyring(folder: Path) -> Finding:
    """Where the key of the customer database is kept."""
    import keyring
    from keyring.backends import fail

    if isinstance(keyring.get_keyring(), fail.Keyring):
        said = "This computer has no keyring: a passphrase is asked for, or the key lies in a file."
        return Finding(Verdict.MIND, said, "Keep the key's file away from the database.")
    return Finding(Verdict.OK, "This computer has a keyring for the database's key.")


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
