"""The shelf of a site: every package that Python in the browser may take, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from retailkit.keep import write_file
from retailkit.site.pyodide import LOCK, Pyodide
from retailkit.site.wheels import KIT, installed, modules_of, packed

KERNEL = ("micropip", "ipython", "jedi", "comm")
"""What the kernel of the page asks for."""

OF_THE_PAGE = ("jupyterlab-widgets", "widgetsnbextension")
"""What ipywidgets asks for, though the page itself has it."""

Entry = dict[str, Any]


def plain(name: str) -> str:
    """A package's name as lists have it.

    >>> plain("jupyterlab_widgets")
    'jupyterlab-widgets'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass
class Shelf:
    """Packages for one site: from Pyodide where it has them, else packed from here.

    `entries` is what the browser is told of each, `lacking` what the kit needs in vain.
    """

    pyodide: Pyodide
    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)

    def fill(self) -> None:
        """Take the kit, the kernel and what they need, and write the list of it all."""
        wanted = [Requirement(name) for name in (KIT, *KERNEL)]
        while wanted:
            one = wanted.pop()
            name = plain(one.name)
            if name not in (*self.entries, *self.lacking, *OF_THE_PAGE):
                wanted += self._take(name, one)
        for entry in self.entries.values():
            # in the browser nobody asks twice: what is not here is said where it is used
            needs = map(plain, entry["depends"])
            entry["depends"] = [name for name in needs if name in self.entries]
        lock = {**self.pyodide.lock, "packages": dict(sorted(self.entries.items()))}
        write_file(self.folder / LOCK, json.dumps(lock, indent=1))

    def _take(self, name: str, wanted: Requirement) -> list[Requirement]:
        """Take one package; what it needs in turn."""
        listed = self.pyodide.lock["packages"].get(name)
        address = self.pyodide.address_of(name)
        if address and wanted.specifier.contains(listed["version"], prereleases=True):
            self.entries[name] = dict(listed)
            if isinstance(address, Path):
                self._lay(name, address.name, address.read_bytes())
            else:
                self.entries[name]["file_name"] = address
            return [Requirement(needed) for needed in listed["depends"]]
        if package := installed(name):
            needs = self._needs_of(package)
            self.entries[name] = _entry(name, package, [plain(needed.name) for needed in needs])
            wheel = f"{name.replace('-', '_')}-{package.version}-py3-none-any.whl"
            self._lay(name, wheel, packed(package))
            return needs
        self.lacking.add(name)
        return []

    def _lay(self, name: str, file: str, content: bytes) -> None:
        write_file(self.folder / file, content)
        digest = hashlib.sha256(content).hexdigest()
        self.entries[name] |= {"file_name": file, "sha256": digest}

    def _needs_of(self, package: Distribution) -> list[Requirement]:
        """What a package needs in a browser."""
        there = {
            "sys_platform": "emscripten",
            "platform_system": "Emscripten",
            "platform_machine": "wasm32",
            "os_name": "posix",
            "platform_python_implementation": "CPython",
            "python_full_version": self.pyodide.python,
            "python_version": ".".join(self.pyodide.python.split(".")[:2]),
            "extra": "",
        }
        needs = map(Requirement, package.requires or [])
        return [one for one in needs if one.marker is None or one.marker.evaluate(there)]


def _entry(name: str, package: Distribution, depends: list[str]) -> Entry:
    """What the browser is told of a package that is packed from here."""
    return {
        "name": name,
        "version": package.version,
        "imports": modules_of(package),
        "depends": depends,
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }
