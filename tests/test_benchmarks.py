"""The benchmarks run, and what they measure agrees."""

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_triage_rules_as_a_select_by_hand_does():
    command = [sys.executable, BENCHMARKS / "triage.py", "--quick"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "differ from those by hand: 0\n" in said.stdout
