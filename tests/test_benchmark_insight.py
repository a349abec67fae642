"""The benchmark of rfm: one command that first proves the numbers. How fast is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "insight.py"


@pytest.mark.slow
def test_the_benchmark_finds_the_same_numbers_and_says_the_ratio():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    assert "50,000 orders, 8,307 customers, the same numbers" in said
    assert re.search(r"rfm [\d.]+ s, by hand [\d.]+ s of CPU time: [\d.]+ times", said)
