"""The benchmark of benefits: one command that says what is planted, found and missed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "aftersales.py"


@pytest.mark.slow
def test_the_benchmark_says_planted_fair_and_naive_for_each_benefit():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    assert "4 shops of 1,000 customers, 1 twin" in said
    assert len(re.findall(r"planted .*, fair .*, naive .*; the interval holds it in", said)) == 6
    assert re.search(r"benefits of one shop: [\d.]+ s of CPU time", said)
