"""What the project promises about itself: its pins, its package, its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import retailkit

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def test_pip_and_uv_are_given_the_same_versions():
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == PINS
    assert all(re.match(r"[\w.-]+==[\w.]+( ; .+)?$", pin) for pin in PINS)


def test_every_dependency_is_pinned():
    groups = PROJECT["dependency-groups"].values()
    asked = [one for group in groups for one in group if isinstance(one, str)]
    asked += PROJECT["project"]["dependencies"]
    assert {name_of(one) for one in asked} <= {name_of(pin) for pin in PINS}


def test_the_wheel_holds_the_package_the_students_lessons_and_the_teachers_notebooks_alone():
    files = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    lessons = {f"retailkit/notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")}
    teachers = {
        f"retailkit/notebooks/teacher/{path.name}"
        for path in ROOT.glob("notebooks/teacher/*.ipynb")
    }
    assert len(teachers) == 2
    assert {file for file in files if "notebooks" in file} == lessons | teachers
    assert {"retailkit/cli.py", "retailkit/settings/overrides.json"} <= files
    assert all(file.startswith("retailkit/") for file in files)


def test_the_source_package_is_enough_to_build_from():
    files = {file.distribution_path for file in SdistBuilder(str(ROOT)).recurse_included_files()}
    lessons = {f"notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")}
    assert {"pyproject.toml", "README.md", "LICENSE", "retailkit/cli.py"} | lessons <= files


def test_ci_runs_the_command_that_the_readme_gives():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^.*uv run --group test pytest$", readme, re.MULTILINE)[0]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{command}\n" in run
    assert "uv run --group test pytest -m slow tests\n" in run  # which that leaves out


def test_what_the_readme_points_to_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", readme)
    assert "docs/lesson.png" in targets
    assert [target for target in targets if not (ROOT / target.split("#")[0]).exists()] == []


def test_the_wheel_holds_every_file_that_the_package_reads():
    files = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    read = {
        path.relative_to(ROOT).as_posix()
        for ending in ("toml", "json", "mplstyle")
        for path in (ROOT / "retailkit").rglob(f"*.{ending}")
    }
    assert read <= files


def test_the_same_version_is_named_everywhere():
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "retailkit/__init__.py"
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changed = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", cited, re.MULTILINE)[1] == retailkit.__version__
    assert re.search(r"^## (\S+)$", changed, re.MULTILINE)[1] == retailkit.__version__


def test_how_to_cite_says_what_the_citation_file_format_asks_for():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["license"] == PROJECT["project"]["license"]


def test_a_binder_takes_the_kit_with_its_pins_and_a_python_that_will_do():
    asked = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert asked[1:] == ["-c ../constraints.txt", "."]
    version = (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    assert f"python-3.{PROJECT['project']['requires-python'][-2:]}" <= version


@pytest.mark.skipif(sys.platform == "win32", reason="A Binder is Linux")
def test_a_binder_lays_the_lessons_out_and_says_where_they_are(tmp_path):
    places = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": ROOT}
    command = [ROOT / ".binder" / "postBuild"]
    subprocess.run(command, cwd=tmp_path, env=places, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "retailkit-lessons" / "00_welcome.ipynb").exists()
    command = [ROOT / ".binder" / "start", "printenv", "RETAILKIT_LESSONS"]
    said = subprocess.run(command, cwd=tmp_path, env=places, check=True, stdout=subprocess.PIPE)
    assert Path(said.stdout.decode().strip()) == tmp_path / "retailkit-lessons"
