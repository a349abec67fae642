"""Every lesson in the real JupyterLab: nothing is asked of the world outside, nobody kept out."""

from __future__ import annotations

import pytest
from form_page import opened

from retailkit.course.builder import HOME

SECONDS_FOR_A_LESSON = 180
LESSONS = sorted(file.name for file in HOME.glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_asks_nothing_of_the_world_outside_and_keeps_nobody_out(
    browser, lab_address, lesson
):
    with opened(browser, lab_address, lesson) as page:
        page.tab.set_default_timeout(SECONDS_FOR_A_LESSON * 1000)
        assert page.run_all() == []
        assert page.violations(".jp-OutputArea-output") == {}
        assert page.asked_outside == set()
        assert page.console_errors == []
