"""Canary: names that are planted are found in what was asked for, and nowhere else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

CANARY = Path(__file__).parent.parent / "benchmarks" / "canary.py"


@pytest.mark.slow
def test_no_name_lies_where_nobody_asked_for_it():
    command = [sys.executable, CANARY, "--quick"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.search(r"planted names +100\n", said)
    assert re.search(r"files asked for that hold names +[5-9]\n", said)
    assert re.search(r"names and addresses of the lessons' own +\d{3}", said)
    assert re.findall(r"other files that hold names +(\d+)\n", said) == ["0", "0"]
