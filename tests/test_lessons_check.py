"""A teacher's own notebook is proved as the lessons are, and what is found is told in sentences."""

import json
import os
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from retailkit.cli import app
from retailkit.course.builder import HOME
from retailkit.proof import Finding, Report, prove
from retailkit.proof.hygiene import CannotCheck, read_notebook, untidy
from retailkit.proof.prove import _not_begun, _surroundings

ROOT = Path(__file__).parents[1]
PYTHON = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
ENDLESS = "while True:\n    pass"


def result(text):
    return new_output("execute_result", {"text/plain": text}, execution_count=1)


def printed(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def saved(path, *cells, **about):
    """A notebook on the disk: prose as text, code as a pair with what it has shown."""
    made, count = [], 0
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            made.append(new_markdown_cell(cell, id=f"c{number}"))
            continue
        count += 1
        source, *outputs = cell
        made.append(new_code_cell(source, id=f"c{number}", outputs=outputs, execution_count=count))
    notebook = new_notebook(cells=made, metadata={**PYTHON, **about})
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Three notebooks that were really run, and what was found in each, by name."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "names.txt").write_text("Ana\n", encoding="utf-8")
    well = saved(
        folder / "well [1]::a.ipynb",
        "# A lesson, with [a list](names.txt)",
        ("x = 1",),
        ("print(open('names.txt').read())", printed("Ana\n\n")),
        ("# NBVAL_IGNORE_OUTPUT\nx + 1", result("3")),
        ("import os; os.environ.get('RETAILKIT_CODENAME')",),
    )
    wrong = saved(
        folder / "wrong.ipynb",
        ("21 * 2", result("41")),
        ("'a' * 200 + 'b'", result(repr("a" * 200 + "c"))),
        ("print('new')",),
        ("one = 1", result("1")),
        ("unknown",),
        ("raise SystemExit",),
        ("os_ = __import__('os'); os_._exit(3)",),
        ("'never reached'", result("'never'")),
    )
    endless = saved(folder / "endless.ipynb", ("1", result("1")), (ENDLESS,), ("2", result("3")))
    found = {path.stem: prove(path) for path in (well, wrong)}
    return found | {endless.stem: prove(endless, seconds_for_a_cell=10)}


def said(report):
    return [line.strip() for line in report.lines()]


@pytest.mark.slow
def test_a_notebook_that_comes_out_as_stored_is_well_in_its_own_folder(reports):
    report = reports["well [1]::a"]
    assert report.findings == []
    assert said(report)[0].endswith("4 code cells, and everything comes out as it is stored.")
    assert report.exit_code == 0


@pytest.mark.slow
def test_a_cell_that_is_not_compared_is_named(reports):
    (note,) = reports["well [1]::a"].notes
    assert note.startswith("Code cell 3 (# NBVAL_IGNORE_OUTPUT) asks not to be compared")


@pytest.mark.slow
def test_what_was_stored_and_what_came_is_told(reports):
    assert said(reports["wrong"])[1:4] == [
        "Code cell 1 (21 * 2) shows something else than what is stored.",
        "stored: 41",
        "now: 42",
    ]


@pytest.mark.slow
def test_of_a_long_line_the_part_that_differs_is_told(reports):
    stored, now = said(reports["wrong"])[5:7]
    assert stored == f"stored: …{'a' * 60}c'"
    assert now == f"now: …{'a' * 60}b'"


@pytest.mark.slow
def test_output_that_is_new_or_missing_is_told(reports):
    told = " ".join(said(reports["wrong"]))
    assert "Code cell 3 (print('new')) shows something, and nothing is stored." in told
    assert "Code cell 4 (one = 1) shows nothing, and something is stored." in told


@pytest.mark.slow
def test_a_cell_that_stops_is_told_with_its_error(reports):
    told = said(reports["wrong"])
    assert "Code cell 5 (unknown) stops. NameError: name 'unknown' is not defined" in told


@pytest.mark.slow
def test_a_cell_that_ends_python_is_told_and_what_follows_is_not_judged(reports):
    told = said(reports["wrong"])
    assert told[-1].endswith("ended Python itself. What follows was not run.")
    assert "never" not in " ".join(told)
    assert reports["wrong"].exit_code == 1


@pytest.mark.slow
def test_an_endless_cell_is_stopped_and_told(reports):
    (line,) = said(reports["endless"])[1:]
    assert line.startswith("Code cell 2 (while True:) took longer than 10 seconds, and was stopped")
    assert line.endswith("What follows was not judged. --timeout gives it more.")


def refused(tmp_path, content, name="some.ipynb"):
    path = tmp_path / name
    path.write_bytes(content)
    return prove(path).refused


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "It is no notebook: its text is not JSON."),
        (b"hello", "It is no notebook: its text is not JSON."),
        (b"\xff\xfe\x00", "It is no notebook: its text is not JSON."),
        (b"[" * 200_000, "It is no notebook: its text is not JSON."),
        (b"{}", "It is no notebook: it does not say of which kind it is."),
        (b"[1]", "It is no notebook: it does not say of which kind it is."),
        (b'{"nbformat": 4, "nbformat_minor": 5, "cells": 3}', "It is no sound notebook."),
        (b'{"nbformat": "x"}', "It is no sound notebook."),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(tmp_path, content, sentence):
    assert refused(tmp_path, content).startswith(sentence)


def test_a_notebook_of_another_language_is_refused(tmp_path):
    path = saved(tmp_path / "r.ipynb", ("1", result("1")), language_info={"name": "R"})
    assert prove(path).refused == ("It is written in R. Only notebooks in Python can be checked.")


def test_what_is_no_file_is_refused(tmp_path):
    assert prove(tmp_path / "none.ipynb").refused == "It is not there."
    assert prove(tmp_path).refused.startswith("It is a folder. Name the notebooks in it")
    assert prove(Path(os.devnull)).refused.startswith("It is no plain file")


def test_a_notebook_without_code_is_well(tmp_path):
    report = prove(saved(tmp_path / "prose.ipynb", "# Only words"))
    assert [line.split(": ")[1] for line in report.lines()] == ["It has no code to run."]
    assert report.exit_code == 0


def untidy_in(path):
    return [finding.says for finding in untidy(read_notebook(path), path)]


def test_a_notebook_that_was_never_run_is_told(tmp_path):
    path = saved(tmp_path / "a.ipynb", ("1",))
    path.write_text(path.read_text().replace('"execution_count": 1', '"execution_count": null'))
    (sentence,) = untidy_in(path)
    assert sentence.startswith("It was never run, so nothing is stored to compare with. Choose")


def test_cells_that_were_run_in_another_order_are_told(tmp_path):
    path = saved(tmp_path / "a.ipynb", ("x = 1",), ("x = 2",))
    path.write_text(path.read_text().replace('"execution_count": 2', '"execution_count": 9'))
    (sentence,) = untidy_in(path)
    assert sentence.startswith("Its cells were not run once each, from the top to the bottom.")


def test_a_cell_that_was_left_out_is_told(tmp_path):
    path = saved(tmp_path / "a.ipynb", ("x = 1",), ("x = 2",))
    path.write_text(path.read_text().replace('"execution_count": 2', '"execution_count": null'))
    (sentence,) = untidy_in(path)
    assert sentence.startswith("Not run and so compared with nothing: 1 cell. Choose")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (printed("careful", "stderr"), "Code cell 1 (f()) shows a warning or an error."),
        (printed("in /home/ana/x"), "shows where files lie on your computer: /home/ana"),
        (printed(r"C:\Users\ana\x"), r"shows where files lie on your computer: C:\Users\ana"),
        (result("<object at 0x7f0011aabb>"), "shows where something lies in memory"),
    ],
)
def test_what_should_not_be_handed_out_is_told(tmp_path, output, sentence):
    (told,) = untidy_in(saved(tmp_path / "a.ipynb", ("f()", output)))
    assert sentence in told


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"kernelspec": {}}, "It names no kernel, so Jupyter asks everybody which one to take."),
        (
            {"kernelspec": {"name": "mine", "display_name": "Mine"}},
            "It asks for the kernel 'mine', which others may not have.",
        ),
        ({"widgets": {"state": {}}}, "It holds what somebody has filled into forms."),
    ],
)
def test_what_stands_about_a_notebook_is_looked_through(tmp_path, about, sentence):
    path = saved(tmp_path / "a.ipynb", ("x = 1",))
    notebook = json.loads(path.read_text())
    notebook["metadata"].update(about)
    if about == {"kernelspec": {}}:
        del notebook["metadata"]["kernelspec"]
    path.write_text(json.dumps(notebook))
    (told,) = untidy_in(path)
    assert told.startswith(sentence)


def test_when_cells_were_run_and_a_great_size_are_told(tmp_path):
    path = saved(tmp_path / "a.ipynb", ("x = 1",), "long " * 130_000)
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["metadata"] = {"execution": {"iopub.status.busy": "2026"}}
    path.write_text(json.dumps(notebook))
    timed, large = untidy_in(path)
    assert timed == "It notes when its cells were run, in 1 cell."
    assert re.match(r"It has 65\d,\d{3} bytes; with more than 600,000 it is hard to send\.", large)


def test_links_lead_to_files_that_are_there(tmp_path):
    (tmp_path / "a list.txt").touch()
    prose = (
        "[one](a%20list.txt) [two](gone.ipynb#part) [three](https://example.org/x) [four](#part) "
        "`[five](code.txt)` ![six](attachment:picture.png)"
    )
    assert untidy_in(saved(tmp_path / "a.ipynb", prose)) == [
        "It links to what is not there: gone.ipynb."
    ]


@pytest.mark.parametrize(
    "path",
    [*HOME.glob("*.ipynb"), *HOME.glob("solved/*.ipynb"), *HOME.glob("teacher/*.ipynb")],
    ids=lambda path: path.relative_to(HOME).as_posix(),
)
def test_the_courses_own_notebooks_are_tidy(path):
    assert untidy_in(path) == []


def test_of_many_findings_the_first_are_told():
    findings = [Finding(says=f"number {number}") for number in range(20)]
    lines = said(Report(name="a.ipynb", cells=20, findings=findings))
    assert lines[0] == "a.ipynb: 20 things to mend."
    assert lines[-2:] == ["number 11", "And 8 more. Mend these first."]


def test_what_is_told_cannot_change_a_terminal():
    lines = Finding(says="Look.", stored="\x1b[31mred", came="\x1b[32mred").lines()
    assert not [line for line in lines if "\x1b" in line]


def test_the_worst_report_decides_how_the_command_ends(tmp_path):
    words = saved(tmp_path / "words.ipynb", "# Words")
    linked = saved(tmp_path / "linked.ipynb", "[a](gone.txt)")
    codes = [
        CliRunner().invoke(app, ["lessons", "check", *map(str, files)]).exit_code
        for files in ([words], [words, linked], [linked, tmp_path / "none.ipynb", words])
    ]
    assert codes == [0, 1, 2]


def test_without_nbval_it_is_said_what_to_do():
    missing = "ImportError: Error importing plugin \"nbval.plugin\": No module named 'nbval'"
    assert _not_begun([], missing) == (
        "It cannot be checked without nbval. Try: python -m pip install nbval"
    )


def test_a_kernel_that_does_not_start_is_told():
    told = [{"cell": 1, "when": "setup", "verdict": "broken", "says": "Kernel died"}]
    assert _not_begun(told, "") == ("It cannot be checked: no kernel could be started. Kernel died")


def test_a_notebook_is_run_as_nobody_in_particular(tmp_path, monkeypatch):
    for name in ("RETAILKIT_CODENAME", "RETAILKIT_SOLUTIONS", "PYTEST_ADDOPTS"):
        monkeypatch.setenv(name, "blue-fox")
    monkeypatch.setenv("RETAILKIT_LANG", "es")
    environment = _surroundings(tmp_path)
    assert "blue-fox" not in environment.values()
    assert environment["RETAILKIT_LANG"] == "es"


def test_what_a_course_can_take_over_calls_the_command_that_is_there():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    flow = (ROOT / "docs" / "teachers" / "check-notebooks.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(flow)["jobs"]["check"]["steps"]
    assert hook["entry"] == "retailkit lessons check"
    assert steps[-1]["run"].endswith("retailkit lessons check")
    assert CliRunner().invoke(app, ["lessons", "check", "--help"]).exit_code == 0


def test_what_a_course_can_take_over_brings_the_nbval_that_proves_the_lessons():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ours = next(one for one in project["dependency-groups"]["test"] if "nbval" in one)
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    flow = (ROOT / "docs" / "teachers" / "check-notebooks.yml").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "teachers" / "own-notebooks.md").read_text(encoding="utf-8")
    assert ours in hook["additional_dependencies"]
    assert f'"{ours}"' in flow
    assert f"`{ours}`" in page


def test_a_file_that_cannot_be_read_says_why(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.ipynb", ("1", result("1")))

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", locked)
    with pytest.raises(CannotCheck, match=r"It cannot be read: permission denied\."):
        read_notebook(path)
