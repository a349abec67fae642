"""The commands for a class: from a roster to marks, and one sentence where something is wrong."""

import pytest
from typer.testing import CliRunner

from retailkit.cli import app
from retailkit.marking.due import due_at


def said(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_marking_says_what_its_limits_protect_against_and_what_not():
    text = " ".join(said("grade", "--help").output.split())
    assert "nothing in a notebook can change its mark" in text
    assert "None of this is a lock against a break-in by an expert" in text


def test_a_roster_that_is_missing_is_named(tmp_path):
    result = said("classroom", tmp_path / "none.csv", tmp_path / "class")
    assert "none.csv" in str(result.exception)
    assert not (tmp_path / "class").exists()


def test_a_day_that_is_none_is_refused_before_anything_is_marked(tmp_path):
    (tmp_path / "roster.csv").write_text("name,code name\nAna,blue-fox\n", encoding="utf-8")
    words = ("grade", tmp_path, "--roster", tmp_path / "roster.csv", "--due", "tomorrow")
    assert str(said(*words).exception).startswith("due: 'tomorrow' is no day.")


@pytest.mark.parametrize("text", ["2026-11-30", "2026-11-30T23:59:59"])
def test_a_day_lasts_to_its_end(text):
    assert due_at(text).strftime("%Y-%m-%d %H:%M") == "2026-11-30 23:59"
