"""The benchmark of upkeep: one command that marks what is found. How fast is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "upkeep.py"


@pytest.mark.slow
def test_the_benchmark_marks_every_market_and_every_slip():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    assert len(re.findall(r"^planted, \S+ +\d+ +[\d.]+% +[\d.]+%", said, re.MULTILINE)) == 5
    assert re.search(r"number without its country +\d+ +[\d.]+% +[\d.]+%", said)
    assert re.search(r"not reached, and out of date: \d+ of \d+", said)
