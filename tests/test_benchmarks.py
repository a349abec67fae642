"""The benchmark: one command, and it says what it is asked for. How fast is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parent.parent / "benchmarks" / "shop.py"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory in another way")
def test_the_benchmark_prints_a_row_for_each_figure():
    said = subprocess.run(
        [sys.executable, COMMAND, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    for row in ("peak memory", "Faker's row loop", "whole shop to CSV", "pyarrow alone"):
        assert re.search(rf"{row}.* [\d,.]+ \w", said)
