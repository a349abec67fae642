"""Every lesson in the real JupyterLab: nothing is asked of the world outside, nobody kept out.

A lesson is looked at as it is stored; that a run shows the same, its own test proves.
"""

from __future__ import annotations

import pytest
from form_page import opened

from retailkit.course.builder import HOME

LESSONS = sorted(file.name for file in HOME.glob("*.ipynb"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_asks_nothing_of_the_world_outside_and_keeps_nobody_out(
    browser, lab_address, lesson
):
    with opened(browser, lab_address, lesson) as page:
        page.tab.locator(".jp-OutputArea-output").last.wait_for()
        assert page.violations(".jp-OutputArea-output") == {}
        assert page.asked_outside == set()
        assert page.console_errors == []
