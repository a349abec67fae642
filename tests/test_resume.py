"""Going on where one was: by JupyterLab's own note, and never outside the learner's folder."""

from __future__ import annotations

import json

import pytest

from retailkit import lab
from retailkit.course.builder import HOME
from retailkit.resume import NOTES, last_notebook


@pytest.fixture
def folder(tmp_path):
    for name in ("00_welcome.ipynb", "07_triage.ipynb", "mine (2).ipynb"):
        (tmp_path / name).write_text("{}")
    (tmp_path / NOTES).mkdir(parents=True)
    return tmp_path


def leave(folder, main):
    note = {"data": {"layout-restorer:data": {"main": main}}, "metadata": {"id": "default"}}
    (folder / NOTES / "default-37a8.jupyterlab-workspace").write_text(json.dumps(note))


def test_the_notebook_in_front_is_gone_back_to(folder):
    leave(folder, {"current": "notebook:07_triage.ipynb"})
    assert last_notebook(folder) == "07_triage.ipynb"


def test_where_something_else_was_in_front_an_open_notebook_will_do(folder):
    tabs = {"type": "tab-area", "widgets": ["launcher", "notebook:07_triage.ipynb"]}
    leave(folder, {"current": "launcher", "dock": {"type": "split-area", "children": [tabs]}})
    assert last_notebook(folder) == "07_triage.ipynb"


def test_a_lesson_that_is_gone_is_passed_over(folder):
    leave(folder, {"current": "notebook:08_gone.ipynb"})
    assert last_notebook(folder) is None


@pytest.mark.parametrize("name", ["../outside.ipynb", "/etc/passwd", "a\0b.ipynb", "x" * 5000, ""])
def test_nothing_outside_the_folder_is_opened(folder, name):
    (folder.parent / "outside.ipynb").write_text("{}")
    leave(folder, {"current": f"notebook:{name}"})
    assert last_notebook(folder) is None


@pytest.mark.parametrize(
    "note",
    ["", "{", "[]", "null", '{"data": 7}', '{"data": {"layout-restorer:data": []}}', "[" * 9999],
)
def test_a_damaged_note_opens_the_first_lesson(folder, note):
    (folder / NOTES / "default-37a8.jupyterlab-workspace").write_text(note)
    assert last_notebook(folder) is None


def test_the_first_lesson_leads_to_every_other_by_its_title():
    sources = sorted((HOME / "source").glob("*.md"))
    welcome, *others = [source.read_text(encoding="utf-8") for source in sources]
    titles = [text.splitlines()[0].removeprefix("# ") for text in others]
    links = [f"[{t}]({s.stem}.ipynb)" for t, s in zip(titles, sources[1:], strict=True)]
    contents = welcome.partition("## All lessons")[2]
    assert [line.removeprefix("- ") for line in contents.splitlines() if line[:2] == "- "][
        : len(links)
    ] == links


def test_a_name_with_blanks_becomes_an_address():
    started = lab.Lab(folder=None, port=8890, token="t", server=None, opens="mine (2).ipynb")
    assert started.address == "http://127.0.0.1:8890/lab/tree/mine%20%282%29.ipynb?token=t"
