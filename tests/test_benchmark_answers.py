"""The benchmark of right answers: what it says, in small. Time is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "answers.py"


@pytest.mark.slow
def test_the_benchmark_says_how_far_right_answers_differ():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    for exercise in ("0.1", "0.2", "1.1", "1.3"):
        line = next(line for line in said.splitlines() if line.startswith(f"{exercise} "))
        assert re.search(r"[23] different right answers, the commonest covers [36]\d?\.\d%", line)
        assert re.search(r"at most +[\d.]+ ms$", line)
