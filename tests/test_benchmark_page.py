"""The page of all benchmarks: it says on what and when they were run, and keeps the rest."""

import platform
import re
import subprocess
import sys
from pathlib import Path

import retailkit

FOLDER = Path(__file__).parent.parent / "benchmarks"


def made(page, *words):
    command = [sys.executable, FOLDER / "page.py", "--quick", "--out", page, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_section_says_on_what_when_and_how_it_was_made_and_others_stay(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\n## triage\n\nAs it was.\n", encoding="utf-8")
    assert made(page, "--only", "insight").returncode == 0
    said = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", said, re.MULTILINE) == ["insight", "triage"]
    assert "As it was." in said
    assert "python benchmarks/insight.py --quick\n" in said
    assert re.search(r"^\d\d \w+ \d{4}; it took \d+ s and ended with code 0$", said, re.MULTILINE)
    assert f"retailkit {retailkit.__version__}, Python {platform.python_version()}" in said
    assert "it shows that the benchmark runs, and is no measurement" in said
    assert re.search(r"rfm .* by hand .* times", said)


def test_a_benchmark_that_is_not_there_is_told_which_are(tmp_path):
    done = made(tmp_path / "page.md", "--only", "weather")
    assert done.returncode == 2
    assert "insight" in done.stderr
    assert not (tmp_path / "page.md").exists()


def test_no_section_is_of_a_benchmark_that_is_gone():
    page = (FOLDER.parent / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    files = {path.stem for path in FOLDER.glob("*.py")} - {"page"}
    assert set(re.findall(r"^## (\w+)$", page, re.MULTILINE)) <= files
