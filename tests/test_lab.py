"""Starting JupyterLab: what can go wrong is said in a sentence."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sys
from pathlib import Path

import pytest

from retailkit import lab, ports


@pytest.fixture
def taken_port():
    with socket.socket() as door:
        door.bind((ports.HOST, 0))
        door.listen()
        yield door.getsockname()[1]


def test_a_port_in_use_is_said(taken_port):
    with pytest.raises(ValueError, match=f"Port {taken_port} is in use. Choose another"):
        ports.checked_port(taken_port)


@pytest.mark.parametrize("port", [-1, 0, 80, 65536])
def test_a_port_that_cannot_be_used_is_said(port):
    with pytest.raises(ValueError, match=f"{port} cannot be used as a port. Choose 1024 to 65535"):
        ports.checked_port(port)


def test_without_a_port_the_next_free_one_is_taken(taken_port, monkeypatch):
    monkeypatch.setattr(ports, "FIRST_PORT", taken_port)
    monkeypatch.setattr(ports, "LAST_PORT", taken_port + 50)
    assert ports.free_port() > taken_port
    monkeypatch.setattr(ports, "LAST_PORT", taken_port)
    with pytest.raises(OSError, match="are in use. Close a JupyterLab that you no longer need"):
        ports.free_port()


@pytest.mark.parametrize("name", ["", "a" * 31, "ana ruiz", "ana@school.example", "ana\n", "ñ"])
def test_a_code_name_that_will_not_do_is_said(name):
    with pytest.raises(ValueError, match="cannot be a code name. Use 1 to 30 letters"):
        lab.checked_codename(name)


def test_a_missing_jupyterlab_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OSError, match="JupyterLab is not installed. Try: ") as said:
        lab.running(tmp_path).__enter__()
    assert str(said.value).count("\n") == 0


def test_a_server_that_ends_at_once_is_said(tmp_path, monkeypatch):
    ends = [sys.executable, "-c", "raise SystemExit('first\\nno such kettle')"]
    monkeypatch.setattr(lab, "command", lambda *given, **named: ends)
    with (
        pytest.raises(OSError, match="ended at once. Its last words: no such kettle"),
        lab.running(tmp_path),
    ):
        pass


def test_the_token_is_not_on_the_command_line(tmp_path):
    line = lab.command(tmp_path, 8888, browser=False)
    assert "token=" not in " ".join(line)
    assert "--no-browser" in line
    assert "--no-browser" not in lab.command(tmp_path, 8888, browser=True)


def test_the_address_leads_to_the_first_lesson(tmp_path):
    started = lab.Lab(folder=tmp_path, port=8890, token="secret", server=None)
    assert started.address == "http://127.0.0.1:8890/lab/tree/00_welcome.ipynb?token=secret"
    assert "secret" not in repr(started)


def test_jupyter_keeps_its_files_in_the_learners_folder(tmp_path):
    places = lab.surroundings(tmp_path)
    assert places.pop("JUPYTER_PREFER_ENV_PATH") == "1"
    assert places.pop(lab.WATCHED) == "1"
    assert all(Path(place).is_relative_to(tmp_path) for place in places.values())


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no file modes")
def test_on_a_disk_without_owners_the_keys_lie_elsewhere(tmp_path, monkeypatch):
    (tmp_path / lab.OURS / "runtime").mkdir(parents=True)
    (tmp_path / lab.OURS / "runtime").chmod(0o777)
    monkeypatch.setattr(Path, "chmod", lambda *given: None)
    monkeypatch.setattr(lab.tempfile, "mkdtemp", lambda prefix: "/elsewhere")
    assert lab.surroundings(tmp_path)["JUPYTER_RUNTIME_DIR"] == "/elsewhere"


def test_every_setting_of_ours_is_one_that_jupyterlab_knows():
    ours = json.loads(
        Path(lab.__file__).with_name("settings").joinpath("overrides.json").read_text()
    )
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas")
    for plugin, settings in ours.items():
        schema = json.loads(schemas.joinpath(plugin.replace(":", "/") + ".json").read_text("utf-8"))
        assert settings.keys() <= schema["properties"].keys()


def test_a_code_name_is_remembered_in_the_folder(tmp_path):
    assert lab.codename_for(tmp_path, None) is None
    assert lab.codename_for(tmp_path, "blue-fox") == "blue-fox"
    assert lab.codename_for(tmp_path, None) == "blue-fox"


def test_a_new_code_name_takes_the_place_of_the_old_one(tmp_path):
    for name in ("blue-fox", "owl"):
        lab.codename_for(tmp_path, name)
    assert lab.codename_for(tmp_path, None) == "owl"


def test_a_damaged_memory_of_the_code_name_is_passed_over(tmp_path):
    lab.codename_for(tmp_path, "owl")
    (tmp_path / ".retailkit" / "codename").write_text("not a name!")
    assert lab.codename_for(tmp_path, None) is None


def test_kernels_prepare_kernels_of_what_was_typed(tmp_path):
    history = tmp_path / lab.OF_THE_KERNEL.parent / "history.sqlite"
    history.parent.mkdir(parents=True)
    history.write_bytes(b"of an earlier edition")
    lab.prepare_kernels(tmp_path)
    assert json.loads((tmp_path / lab.OF_THE_KERNEL).read_text()) == lab.FOR_THE_KERNEL
    assert not history.exists()


def test_jupyters_copies_of_the_lessons_go_and_nothing_else_does(tmp_path):
    copies = tmp_path / ".ipynb_checkpoints"
    copies.mkdir()
    for name in ("mine.ipynb", ".ipynb_checkpoints/mine-checkpoint.ipynb"):
        (tmp_path / name).touch()
    lab.forget_copies(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.ipynb"]

    copies.mkdir()
    (copies / "essay-checkpoint.txt").touch()
    lab.forget_copies(tmp_path)
    assert (copies / "essay-checkpoint.txt").exists()
