"""One JupyterLab of a learner's and one browser, for every test that needs a page."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retailkit.ports import checked_port

LAST_WORDS = "Stopped. 'retailkit lab' opens your work again."

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update --disable-dev-shm-usage"""

# only to ask the page whether its kernel is idle; a learner's page does not have it
TELLING = {"expose_app_in_browser": True}
CONFIGS = {
    "jupyter_lab_config.json": {"LabApp": TELLING},
    "jupyter_notebook_config.json": {"JupyterNotebookApp": TELLING},
}


@contextlib.contextmanager
def browser_of_ours(folder: Path):
    """Chromium without a window; what it writes down lies in `folder`."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        message = "No Chromium or Chrome was found, so nothing was tried in a browser."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    from playwright.sync_api import sync_playwright

    surroundings = {**os.environ, "TMPDIR": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=program, args=QUIET.split(), env=surroundings
        )
        try:
            yield started
        finally:
            started.close()


@contextlib.contextmanager
def lab_of_ours(folder: Path, python: str = sys.executable):
    """`retailkit lab` on a folder; the address it prints."""
    settings = folder / ".retailkit" / "jupyter" / "config"
    settings.mkdir(parents=True)
    for name, config in CONFIGS.items():
        (settings / name).write_text(json.dumps(config))
    # below the ports from which the system serves kernels
    port = random.randrange(15_000, 30_000)
    command = [python, "-m", "retailkit", "lab", "--no-browser", f"--port={port}"]
    with subprocess.Popen(
        [*command, f"--folder={folder}"], stdout=subprocess.PIPE, text=True
    ) as lab:
        try:
            yield next(word for line in lab.stdout for word in line.split() if "?token=" in word)
        finally:
            lab.terminate()  # what Ctrl-C does, also where a script has switched Ctrl-C off
            try:
                said, _ = lab.communicate(timeout=40)
            except subprocess.TimeoutExpired:
                lab.kill()
                raise
    assert (lab.returncode, said.splitlines()[-1]) == (0, LAST_WORDS)
    assert checked_port(port) == port
