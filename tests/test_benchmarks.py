"""The benchmarks: one command each, which says what it is asked for. How fast is not for a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def quick(name):
    """What a benchmark says when it is run on little."""
    command = [sys.executable, BENCHMARKS / name, "--quick"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory in another way")
def test_the_benchmark_prints_a_row_for_each_figure():
    said = quick("shop.py")
    for row in ("peak memory", "Faker's row loop", "whole shop to CSV", "pyarrow alone"):
        assert re.search(rf"{row}.* [\d,.]+ \w", said)


def test_triage_rules_as_a_select_by_hand_does():
    assert "differ from those by hand: 0\n" in quick("triage.py")


def test_the_audit_is_asked_for_what_it_finds_and_how_sure_it_is():
    said = quick("audit.py")
    for row in ("fee_charged .* found under E in", "unwanted_offer .* breaks none of"):
        assert re.search(row, said)
    for row in ("faultless shops", "hold the true rate", "times by hand"):
        assert row in said


def test_the_desks_rulings_are_marked_shop_by_shop():
    said = quick("desk.py")
    for row in ("planted unfounded claims found: ", "false among those called unfounded: "):
        assert re.search(rf"{row}\d+ of \d+", said)
    assert "rulings that change with who the customer is: 0\n" in said
