"""A site of the course, served on this computer alone, and its page in the hands of a learner."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from pathlib import Path

import pytest
from form_page import FormPage

from retailkit.site.pyodide import LOCK

SECONDS_TO_FETCH = 120


def pyodide_from_npm(folder: Path) -> Path:
    """Pyodide without packages, but for the one of which its kernel asks and nobody here has.

    It is kept in `folder`, each version by itself.
    """
    # there are only where sites are built, and this file is looked through everywhere
    from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION

    core = folder / PYODIDE_VERSION
    if not core.exists():
        npm = shutil.which("npm") or pytest.skip("npm was not found, which fetches Pyodide.")
        with tempfile.TemporaryDirectory(dir=folder) as place:
            _fetched([npm, "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"], Path(place))
            with tarfile.open(next(Path(place).glob("pyodide-*.tgz"))) as packed:
                packed.extractall(place, filter="data")
            Path(place, "package").rename(core)  # a run that is broken off leaves no half of it
    listed = json.loads((core / LOCK).read_text())["packages"]["micropip"]
    if not (core / listed["file_name"]).exists():
        one = f"micropip=={listed['version']}"
        how = ["--no-deps", "--only-binary=:all:", "--python-version", PYODIDE_PYTHON_VERSION]
        _fetched([sys.executable, "-m", "pip", "download", "-q", *how, one], core)
    return core


def _fetched(command: list[str], folder: Path) -> None:
    how = {"cwd": folder, "capture_output": True, "text": True}
    try:
        done = subprocess.run(command, timeout=SECONDS_TO_FETCH, check=False, **how)
    except subprocess.TimeoutExpired:
        pytest.skip(f"Not to be had within {SECONDS_TO_FETCH} seconds: {command[-1]}.")
    if done.returncode:
        pytest.skip(f"Not to be had: {command[-1]}. {done.stderr[-200:]}")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path):
    """The address at which the files of a folder are had, as from any web space."""
    answers = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class LitePage(FormPage):
    """A lesson of the site. What its Python asks for is watched as well."""

    def __init__(self, context, address: str) -> None:
        super().__init__(context.new_page(), address, "lab")
        self.asked: list[str] = []
        context.on("request", self._note)

    def _note(self, request) -> None:
        self.asked.append(request.url)
        self._watch(request)

    def open_lesson(self, name: str) -> None:
        self.tab.goto(f"{self.address}/index.html")
        self.tab.locator(f'a[href$="{name}"]').click()
        self.tab.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.name = name
        self.wait_until_idle()

    def say_in(self, place: int, source: str) -> str:
        """Write a cell anew and run it; what it shows."""
        cell = self.tab.locator(".jp-Notebook .jp-Cell").nth(place)
        self.write(cell, source)
        self.run(cell)
        return cell.locator(".jp-OutputArea").inner_text()
