"""Pyodide: Python for the browser, with its list of packages (its lock)."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.disk import reason_of

LOCK = "pyodide-lock.json"
START = "pyodide.mjs"
CORE = (START, "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""What Pyodide is without any package."""

SECONDS = 30


@dataclass(frozen=True)
class Pyodide:
    """One edition of Pyodide: the packages that it lists, and the folder or address it lies at."""

    lock: Mapping[str, Any]
    place: Path | str

    @property
    def python(self) -> str:
        """The version of Python that it is."""
        return str(self.lock["info"]["python"])

    def address_of(self, name: str) -> Path | str | None:
        """Where the wheel of a package lies; None where it is not to be had."""
        if name not in self.lock["packages"]:
            return None
        file = self.lock["packages"][name]["file_name"]
        if isinstance(self.place, str):
            return f"{self.place}/{file}"
        return self.place / file if (self.place / file).is_file() else None


def on_the_web() -> Pyodide:
    """The edition that the kernel of the site is made for, at its own address.

    Raises OSError where its list of packages cannot be fetched.
    """
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

    try:
        with urllib.request.urlopen(f"{PYODIDE_CDN_URL}/{LOCK}", timeout=SECONDS) as answer:
            lock = json.load(answer)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise OSError(
            say(
                "The list of Pyodide's packages could not be fetched from {address}: {reason}. "
                "Try again with internet, or give a folder with Pyodide (--pyodide FOLDER).",
                address=PYODIDE_CDN_URL,
                reason=reason_of(reason) if isinstance(reason, OSError) else reason,
            )
        ) from error
    return Pyodide(lock, PYODIDE_CDN_URL)


def in_a_folder(folder: Path) -> Pyodide:
    """The edition that lies unpacked in a folder, with all or some of its packages.

    Raises ValueError where it is not there, or is another one than the kernel is made for.
    """
    from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION

    missing = next((name for name in (*CORE, LOCK) if not (folder / name).is_file()), None)
    found = None if missing else _read(folder)
    if found is None:
        raise ValueError(
            say(
                "'{folder}' holds no Pyodide: {file} is missing or damaged. "
                "Unpack what 'npm pack pyodide@{version}' fetches, and give its folder 'package'.",
                folder=folder,
                file=missing or LOCK,
                version=PYODIDE_VERSION,
            )
        )
    if not f"{found.python}.".startswith(f"{PYODIDE_PYTHON_VERSION}."):
        raise ValueError(
            say(
                "The Pyodide in '{folder}' is Python {python}, and {wanted} is needed. "
                "Take Pyodide {version}.",
                folder=folder,
                python=found.python,
                wanted=PYODIDE_PYTHON_VERSION,
                version=PYODIDE_VERSION,
            )
        )
    return found


def _read(folder: Path) -> Pyodide | None:
    try:
        lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        return Pyodide(lock, folder) if lock["info"]["python"] and lock["packages"] else None
    except (ValueError, KeyError, TypeError):
        return None
