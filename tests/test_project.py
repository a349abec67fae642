"""What the project promises about itself: its pins, its package, its commands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

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


def test_the_wheel_holds_the_package_and_the_students_lessons_alone():
    files = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    lessons = {f"retailkit/notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")}
    assert {file for file in files if "notebooks" in file} == lessons
    assert {"retailkit/cli.py", "retailkit/settings/overrides.json"} <= files
    assert all(file.startswith("retailkit/") for file in files)


def test_the_source_package_is_enough_to_build_from():
    files = {file.distribution_path for file in SdistBuilder(str(ROOT)).recurse_included_files()}
    lessons = {f"notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")}
    assert {"pyproject.toml", "README.md", "LICENSE", "retailkit/cli.py"} | lessons <= files


def test_ci_runs_the_command_that_the_readme_gives():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^.*uv run --group test pytest$", readme, re.MULTILINE)[0]
    assert f"\n{command}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


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
