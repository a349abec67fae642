"""A learner's way through a lesson, in the real JupyterLab and a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import WORST
from lab_page import LabPage

from retailkit.course.exercises import find_exercise
from retailkit.course.places import shop_of

WELCOME = "00_welcome.ipynb"
LESSON = "07_triage.ipynb"
FORM_TEXT = {
    "On which day did it happen?": "2026-06-29",
    "What happened? In the customer's own words.": "The kettle gave off sparks. I want a new one.",
}
FORM_CHOICES = {
    "How did it reach us?": "desk: In person, at the service desk.",
    "What is it about?": "defective: It does not work as it should.",
}
FORM_BUTTON = "Save"
FORM_MISSING = "Please answer: On which day did it happen?"
FORM_ANSWER = "The desk's ruling: serious, act."
ANSWER_CELL = "claims = ..."
CHECK_CELL = 'rk.check("7.2", claims)'
HOSTILE_CELL = f"""
import sys
sys.path.append({str(Path(__file__).parent)!r})
from hostile import WORST
import pandas as pd
form = rk.forms.claim_form(rk.my_shop(lesson=7))
display(form, pd.DataFrame({{"text": WORST}}))
"""
SAVED_CELL = "[claim.narrative.splitlines() == WORST for claim in form.claims]"
BEFORE, AFTER = "Not yet.", "Yes."


@pytest.fixture
def page(browser, lab_address, tmp_path):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    page = LabPage(tab, lab_address)
    yield page
    # kept by pytest for the last three runs; the one to look at when a test has failed
    page.picture(tmp_path / "last-seen.png")
    tab.close()


def test_a_learner_goes_from_not_yet_to_yes(page):
    page.open_lesson(LESSON)
    page.expect_no_dialog()
    assert page.run_all() == []
    check = page.cell(CHECK_CELL)
    page.expect(BEFORE, within=check)

    page.press(FORM_BUTTON)
    page.expect(FORM_MISSING)
    for label, text in FORM_TEXT.items():
        page.fill(label, text)
    for label, option in FORM_CHOICES.items():
        page.choose(label, option)
    page.press(FORM_BUTTON)
    page.expect(FORM_ANSWER)

    right_answer = f"claims = {find_exercise('7.2')[0].right(shop_of('demo', 7))}"
    answer = page.cell(ANSWER_CELL)
    page.write(answer, right_answer)
    page.run(page.cell(right_answer))
    page.run(check)
    page.expect(AFTER, within=check)
    assert page.console_errors == []
    assert page.asked_outside == set()


def test_the_first_page_is_the_welcome(page):
    page.open_lesson(WELCOME)
    page.expect_no_dialog()
    assert page.tab.title().startswith("00")
    assert page.console_errors == []


@pytest.mark.slow
def test_twenty_of_the_worst_texts_are_shown_as_stored_and_run_nothing(page):
    page.open_lesson(LESSON)
    page.run(page.cell("import retailkit as rk"))
    page.write(page.cell(ANSWER_CELL), HOSTILE_CELL)
    hostile = page.cell("from hostile import WORST")
    page.run(hostile)
    # a table of pandas leaves out blanks at the ends
    shown = hostile.locator("tbody td").all_text_contents()
    assert shown == [text.strip() for text in WORST]

    field = "What happened? In the customer's own words."
    everything = "\n".join(WORST)
    for label, text in {**FORM_TEXT, field: everything}.items():
        page.fill(label, text)
    for label, option in FORM_CHOICES.items():
        page.choose(label, option)
    assert page.tab.get_by_label(field, exact=True).input_value() == everything
    page.press(FORM_BUTTON)
    page.expect("The desk's ruling:")
    assert f"“{everything}”" in hostile.get_by_role("status").text_content()

    check = page.cell(CHECK_CELL)
    page.write(check, SAVED_CELL)
    page.run(page.cell(SAVED_CELL))
    page.expect("[True]", within=page.cell(SAVED_CELL))
    assert page.tab.evaluate("window.hurt === undefined")
    assert hostile.locator("mjx-container, .MathJax, iframe, img, script").count() == 0
    assert page.asked_outside == set()
