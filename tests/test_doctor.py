"""The doctor: whatever is broken, every check is made and says what to do."""

from __future__ import annotations

import errno
import importlib.metadata
import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import pytest

from retailkit import doctor
from retailkit.doctor import Verdict


@pytest.fixture
def broken(monkeypatch):
    """Makes importing some modules fail, as a damaged installation does."""

    def break_them(*names):
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return break_them


def test_a_sound_computer_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(webbrowser, "get", lambda: "a browser")
    found = {check.__name__: check(tmp_path) for check in doctor.CHECKS}
    assert Verdict.WRONG not in [finding.verdict for finding in found.values()]
    assert found["kernel"].says.startswith("A cell runs: 1 + 1 gave 2")
    assert not list(tmp_path.iterdir())


def test_every_check_that_stumbles_is_a_finding(tmp_path, monkeypatch):
    def stumble(folder):
        """Whether it rains."""
        raise RuntimeError("no\nwindow")

    monkeypatch.setattr(doctor, "CHECKS", (stumble, doctor.port))
    first, second = doctor.examine(tmp_path)
    assert first.verdict == Verdict.WRONG
    assert first.says == "Whether it rains: that could not be seen (RuntimeError: no)."
    assert second.verdict == Verdict.OK


@pytest.mark.parametrize("gone", ["jupyter_client", "keyring", "packaging", "jupyter_core"])
def test_a_missing_package_stops_no_check(tmp_path, monkeypatch, broken, gone):
    broken(*[name for name in sys.modules if name.split(".")[0] == gone], gone)
    monkeypatch.setattr(doctor, "_answer", doctor._answer if gone == "jupyter_client" else _two)
    found = list(doctor.examine(tmp_path))
    assert len(found) == len(doctor.CHECKS)
    assert Verdict.WRONG in [finding.verdict for finding in found]


def _two(code):
    return "2"


def test_a_kernel_that_does_not_start_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(3)")
    found = doctor.kernel(tmp_path)
    assert found.verdict == Verdict.WRONG
    assert "No cell can be run" in found.says
    assert "ipykernel" in found.todo


def test_a_package_that_is_too_old_or_missing_is_named(tmp_path, monkeypatch):
    needs = ["pandas>=99", "no-such-package>=1", 'pywin32; sys_platform == "none"', "numpy>=1"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: needs)
    found = doctor.packages(tmp_path)
    assert found.verdict == Verdict.WRONG
    assert "no-such-package is missing" in found.says
    assert ">=99 is needed" in found.says
    assert found.todo.endswith('install --upgrade "pandas>=99" "no-such-package>=1"')


def test_a_python_that_is_too_old_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.9.2")
    found = doctor.python(tmp_path)
    assert (found.verdict, "the course needs >=3.11" in found.says) == (Verdict.WRONG, True)


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    def refuse(path, content):
        raise doctor.CannotKeep(path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    monkeypatch.setattr(doctor, "write_file", refuse)
    found = doctor.lessons_folder(tmp_path / "lessons")
    assert found.says.endswith("lessons': no space left on device.")
    assert "--folder" in found.todo
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "taken").touch()
    assert "is a file, not a folder" in doctor.lessons_folder(tmp_path / "taken").says


@pytest.mark.parametrize(
    ("free", "verdict"), [(10**10, Verdict.OK), (10**8, Verdict.MIND), (10**5, Verdict.WRONG)]
)
def test_a_full_disk_is_said(tmp_path, monkeypatch, free, verdict):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    assert doctor.room(tmp_path).verdict == verdict


def test_without_a_browser_the_course_still_starts(tmp_path, monkeypatch):
    def none():
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    found = doctor.browser(tmp_path)
    assert (found.verdict, "--no-browser" in found.todo) == (Verdict.MIND, True)


def test_without_its_driver_the_database_is_said_to_be_plain(tmp_path, broken):
    broken("sqlcipher3", "sqlcipher3.dbapi2")
    assert doctor.encryption(tmp_path).says == "The customer database would not be encrypted."


def test_the_command_says_it_by_its_exit_code(tmp_path):
    (tmp_path / "sqlcipher3.py").write_text("raise ImportError")
    (tmp_path / "taken").touch()
    paths = [str(tmp_path), str(Path(doctor.__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-m", "retailkit", "doctor", f"--folder={tmp_path / 'taken'}"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "WRONG  " in done.stdout
    assert "Traceback" not in done.stdout


def test_a_command_without_its_packages_is_one_sentence(tmp_path):
    (tmp_path / "typer.py").write_text("raise ImportError('x', name='typer')")
    paths = [str(tmp_path), str(Path(doctor.__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-m", "retailkit", "doctor"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "typer is missing or damaged. Install the course again.\n"
