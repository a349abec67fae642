"""The benchmark of imports: one command that first proves the values. Speed is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "imports.py"


@pytest.mark.slow
def test_the_benchmark_reads_what_was_written_and_says_the_ratios():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    assert "1,000 customers; every text as it was written: yes" in said
    for kind in ("CSV", "XLSX"):
        assert re.search(rf"import from {kind}: [\d.]+ s, [\d.]+ times as long", said)
