"""The benchmark of notebooks: every way runs the same cells. How fast is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "notebooks.py"


@pytest.mark.slow
def test_the_benchmark_says_how_long_each_way_takes():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("2 notebooks, ")
    assert re.search(r"plain pytest +[\d.]+ s, [\d.]+ times the .*, [\d.]+ times as fast", said)
