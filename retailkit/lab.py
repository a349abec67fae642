"""JupyterLab on the learner's own lessons, started and ended by the kit.

Nothing of a Jupyter the learner may already use is read or changed: settings,
history and the rest lie in the learner's lesson folder.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retailkit.catalogue import say
from retailkit.handout import open_folder
from retailkit.journal import CODE_NAME_IS, FOLDER_IS
from retailkit.keep import write_file
from retailkit.ports import HOST, checked_port, free_port
from retailkit.progress_bar import WATCHED
from retailkit.resume import last_notebook

FIRST_LESSON = "00_welcome.ipynb"
OURS = Path(".retailkit", "jupyter")
LOG = OURS / "server.log"
OF_THE_KERNEL = OURS / "ipython" / "profile_default" / "ipython_kernel_config.json"
FOR_THE_KERNEL = {
    # what is typed into a cell, perhaps a customer's name, is kept in the lesson and nowhere else
    "HistoryManager": {"hist_file": ":memory:"},
    # a slip is told in a sentence even before the first cell has run
    "InteractiveShellApp": {"extensions": ["retailkit.calm"]},
}

SECONDS_TO_START = 180
SECONDS_TO_END = 10


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A JupyterLab of our own."""

    folder: Path
    port: int
    token: str = field(repr=False)
    server: subprocess.Popen[bytes] = field(repr=False)
    opens: str = FIRST_LESSON

    @property
    def address(self) -> str:
        """What to type into a browser's address line to get to where the learner goes on."""
        return f"{self.site}/lab/tree/{urllib.parse.quote(self.opens)}?token={self.token}"

    @property
    def site(self) -> str:
        return f"http://{HOST}:{self.port}"

    def wait(self) -> None:
        """Come back when JupyterLab has ended."""
        # in small steps: on Windows one long wait would not hear Ctrl-C
        while self.server.poll() is None:
            time.sleep(0.2)


@contextlib.contextmanager
def running(
    folder: Path, *, codename: str | None = None, port: int | None = None, browser: bool = True
) -> Iterator[Lab]:
    """JupyterLab on the lessons in `folder`; it and its kernels end with the block.

    Raises ValueError for a code name or port that will not do, and OSError
    where JupyterLab is missing or does not start.
    """
    name = codename_for(folder, codename)
    settings = {FOLDER_IS: str(folder)} | ({} if name is None else {CODE_NAME_IS: name})
    port = free_port() if port is None else checked_port(port)
    if importlib.util.find_spec("jupyterlab") is None:
        raise OSError(say("JupyterLab is not installed. Try: python -m pip install jupyterlab"))
    token = secrets.token_hex(24)
    prepare_kernels(folder)
    opens = last_notebook(folder) or FIRST_LESSON
    environment = os.environ | surroundings(folder) | settings | {"JUPYTER_TOKEN": token}
    # a kernel's last words at Ctrl-C are a stack: for the log, not for the learner
    with (folder / LOG).open("wb") as log:
        server = subprocess.Popen(
            command(folder, port, opens=opens, browser=browser),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us; Jupyter would answer it with a question of its own
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            process_group=0 if os.name == "posix" else None,
        )
    lab = Lab(folder=folder, port=port, token=token, server=server, opens=opens)
    try:
        _wait_until_open(lab)
        yield lab
    finally:
        _end(lab)
        forget_copies(folder)


def prepare_kernels(folder: Path) -> None:
    """See to it that kernels tell slips calmly, and keep no file of what was typed into them."""
    open_folder(folder / OF_THE_KERNEL.parent)
    write_file(folder / OF_THE_KERNEL, json.dumps(FOR_THE_KERNEL) + "\n")
    (folder / OF_THE_KERNEL).with_name("history.sqlite").unlink(missing_ok=True)


def forget_copies(folder: Path) -> None:
    """Remove the copies that JupyterLab made of the lessons: what is deleted there is gone.

    The lessons themselves were saved; the copies served to go back within one session.
    """
    copies = folder / ".ipynb_checkpoints"
    for lesson in folder.glob("*.ipynb"):
        with contextlib.suppress(OSError):
            (copies / f"{lesson.stem}-checkpoint.ipynb").unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        copies.rmdir()  # stays where a copy of something else lies in it


def command(
    folder: Path, port: int, *, opens: str = FIRST_LESSON, browser: bool = True
) -> list[str]:
    """The command line that starts JupyterLab; the token is not on it, for everyone can read it."""
    # -P: a learner's own json.py or random.py must not stand in for Python's
    line = [sys.executable, "-P", "-m", "jupyterlab"]
    line += [
        "--ServerApp.log_level=WARN",
        "--LabApp.log_level=WARN",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        # what passes between the page's server and the kernel is nobody else's, where they can
        "--KernelManager.transport_encryption=auto",
        f"--LabApp.default_url=/lab/tree/{urllib.parse.quote(opens)}",
        f"--LabApp.app_settings_dir={Path(__file__).parent / 'settings'}",
    ]
    if not browser:
        line.append("--no-browser")
    if os.name == "posix" and os.geteuid() == 0:
        line.append("--allow-root")
    return line


def surroundings(folder: Path) -> dict[str, str]:
    """The environment that keeps Jupyter's own files in the learner's folder."""
    ours = open_folder(folder / OURS)
    return {
        "JUPYTER_CONFIG_DIR": str(ours / "config"),
        "JUPYTER_DATA_DIR": str(ours / "data"),
        "JUPYTER_RUNTIME_DIR": str(_private(open_folder(ours / "runtime"))),
        "JUPYTERLAB_SETTINGS_DIR": str(ours / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(ours / "workspaces"),
        "IPYTHONDIR": str(ours / "ipython"),
        # the kernel of this Python before any other that is registered on the machine
        "JUPYTER_PREFER_ENV_PATH": "1",
        WATCHED: "1",
    }


def _private(folder: Path) -> Path:
    """`folder`, closed to others; a temporary one where the disk knows no owners (a USB stick)."""
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return Path(tempfile.mkdtemp(prefix="retailkit-"))
    return folder


def codename_for(folder: Path, given: str | None) -> str | None:
    """The code name given now, or the one given here before; None where there never was one."""
    memory = open_folder(folder / OURS.parent) / "codename"
    if given is not None:
        write_file(memory, checked_codename(given))
        return given
    try:
        return checked_codename(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def checked_codename(name: str) -> str:
    """The code name, if it will do.

    >>> checked_codename("blue-fox_7")
    'blue-fox_7'
    >>> checked_codename("ana@school.example")
    Traceback (most recent call last):
    ValueError: 'ana@school.example' cannot be a code name. Use 1 to 30 letters (a to z), digits, \
- and _. Make one up: not your real name, not an e-mail address.
    """
    if re.fullmatch(r"[A-Za-z0-9_-]{1,30}", name):
        return name
    raise ValueError(
        say(
            "{name!r} cannot be a code name. Use 1 to 30 letters (a to z), digits, - and _. "
            "Make one up: not your real name, not an e-mail address.",
            name=name,
        )
    )


def _wait_until_open(lab: Lab) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if lab.server.poll() is not None:
            raise OSError(
                say(
                    "JupyterLab ended at once. Its last words: {words} All it said is in "
                    "'{log}'; if it is about the port, choose another with --port.",
                    words=_last_words(lab.folder),
                    log=lab.folder / LOG,
                )
            )
        if _ask(lab, "GET", "/api/status"):
            return
        time.sleep(0.1)
    raise OSError(
        say(
            "JupyterLab did not answer within {seconds} seconds. "
            "Close other programs and try again.",
            seconds=SECONDS_TO_START,
        )
    )


def _last_words(folder: Path) -> str:
    said = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip()
    return said.splitlines()[-1] if said else say("none.")


def _end(lab: Lab) -> None:
    # asked by its own door, it ends the kernels first, and on every system alike
    _ask(lab, "POST", "/api/shutdown")
    for push in (None, lab.server.terminate, lab.server.kill):
        if push and lab.server.poll() is None:
            push()
        try:
            lab.server.wait(SECONDS_TO_END)
            return
        except subprocess.TimeoutExpired:
            continue


def _ask(lab: Lab, method: str, path: str) -> bool:
    """Whether the server took a request of ours."""
    request = urllib.request.Request(
        lab.site + path, method=method, headers={"Authorization": f"token {lab.token}"}
    )
    # a proxy set on the machine has no business between us and ourselves
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5):
            return True
    except (OSError, http.client.HTTPException):
        return False
