"""What can come in a learner's way while a form is filled in: it stays usable, and saves once."""

from __future__ import annotations

import pytest
from form_page import APPS, opened, write_notebook
from sweeps import mostly_slow

FEEDBACK = {"text": "A bench at the door, please."}
SETUP = "import retailkit as rk\nshop = rk.make_shop(seed=7, customers=60)"
FORM, TWICE, COUNT, OTHER = 1, 2, 3, 4
CELLS = [
    SETUP,
    "form = rk.forms.feedback_card(shop)\nform",
    "form",
    "print(len(form.saved), 'saved')",
    "other = rk.forms.claim_form(shop)\nother",
    "print(len(other.claims), 'claims')",
    "print(1)",
]
SAVED = "Saved as F-desk-1"
COMMANDS = ["x", "d", "d", "b", "a", "m", "y", "Shift+m", "Shift+Enter", "Control+Enter", "Escape"]
"""Keys by which a notebook deletes, adds, joins or runs cells."""

OVERFLOWING = """form => [...form.querySelectorAll('label, input, select, textarea, button')]
  .filter(part => part.offsetParent !== null)
  .filter(part => part.scrollWidth > part.clientWidth + 2 && part.tagName !== 'INPUT'
    || part.getBoundingClientRect().right > document.documentElement.clientWidth
    || part.scrollHeight > part.clientHeight + 2 && part.tagName !== 'TEXTAREA')
  .map(part => part.outerHTML.slice(0, 200))"""
TWICE_AS_LARGE = """large => [11, 13, 16, 19].forEach((size, place) =>
  document.documentElement.style.setProperty(
    `--jp-ui-font-size${place}`, `${large ? 2 * size : size}px`))"""
CHANGE_SOMETHING = """() => window.jupyterapp.shell.currentWidget.content.model
  .setMetadata('touched', Date.now())"""
IS_SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture(scope="module", params=mostly_slow(APPS, 1))
def page(request, browser, lab_address, learner):
    name = f"trouble_{request.param}.ipynb"
    write_notebook(learner / name, CELLS)
    with opened(browser, lab_address, name, request.param) as page:
        page.run_cell(0)
        yield page


@pytest.fixture
def form(page):
    return page.form(FORM)


def fill(form):
    form.fill_by_mouse({"topic": "open: Anything at all; nothing specific was asked.", **FEEDBACK})


def count(page, text):
    page.run_cell(COUNT)
    page.expect(text)


@pytest.mark.parametrize("control", ["select", "textarea", "input[type=date]", "button"])
def test_no_key_pressed_in_a_form_reaches_the_cells(page, form, control):
    before = page.cells()
    form.box.locator(control).first.focus()
    for key in COMMANDS:
        form.keyboard.press(key)
    assert page.cells() == before


def test_saving_the_notebook_is_still_the_notebooks_business(page, form):
    page.tab.evaluate(CHANGE_SOMETHING)
    form.box.locator("select").first.focus()
    form.keyboard.press("ControlOrMeta+s")
    page.tab.wait_for_function(IS_SAVED)


def test_a_double_click_saves_once_and_says_so(page, form):
    fill(form)
    form.button("Save").dblclick()
    form.expect(SAVED)
    count(page, "1 saved")
    form.expect(SAVED)


def test_a_cell_run_twice_gives_a_new_form_and_saves_nothing_twice(page, form):
    fill(form)
    form.press_by_mouse("Save")
    form.expect(SAVED)
    again = page.form(FORM)
    again.expect("Nothing is saved yet.")
    fill(again)
    again.press_by_mouse("Save")
    again.expect(SAVED)
    count(page, "1 saved")


def test_a_form_shown_twice_is_one_form_and_the_focus_stays_where_it_was_used(page, form):
    below = page.form(TWICE)
    fill(form)
    below.expect("Nothing is saved yet.")
    assert below.field("text").input_value() == FEEDBACK["text"]
    below.press_by_mouse("Save")
    form.expect(SAVED)
    form.press_by_mouse("Save")
    form.expect("Not saved yet.")
    form.expect_focus_on(form.field("topic"))
    count(page, "1 saved")
    assert page.violations(".rk-form") == {}


def test_two_forms_that_are_open_keep_apart(page, form):
    other = page.form(OTHER)
    fill(form)
    other.press_by_mouse("Save")
    other.expect("Please answer: What is it about?")
    form.expect("Nothing is saved yet.")
    form.press_by_mouse("Save")
    form.expect(SAVED)


def test_a_form_whose_kernel_is_gone_says_so_and_works_again_once_the_cells_are_run(page, form):
    fill(form)
    form.press_by_mouse("Save")
    form.expect(SAVED)
    page.restart_kernel()
    form.expect("This form is cut off from Python")
    assert form.button("Save").is_disabled()
    page.wait_until_idle()
    page.run_cell(0)
    again = page.form(FORM)
    fill(again)
    again.press_by_mouse("Save")
    again.expect(SAVED)
    count(page, "1 saved")


def test_a_window_of_700_pixels_shows_every_field_whole(page):
    claim = page.form(OTHER)
    claim.press_by_mouse("Save")
    claim.expect("Not saved yet.")
    page.tab.set_viewport_size({"width": 700, "height": 900})
    assert claim.box.evaluate(OVERFLOWING) == []
    page.tab.set_viewport_size({"width": 1280, "height": 900})


def test_text_at_200_percent_is_cut_off_nowhere(page):
    claim = page.form(OTHER)
    claim.press_by_mouse("Save")
    claim.expect("Not saved yet.")
    page.tab.evaluate(TWICE_AS_LARGE, True)
    assert claim.box.evaluate(OVERFLOWING) == []
    page.tab.evaluate(TWICE_AS_LARGE, False)


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_where_the_aid_does_not_load_a_form_saves_all_the_same(browser, lab_address, learner, app):
    name = f"plain_{app}.ipynb"
    write_notebook(learner / name, CELLS)
    with opened(browser, lab_address, name, app, without="**/extensions/anywidget/**") as page:
        page.run_cell(0)
        plain = page.form(FORM)
        fill(plain)
        plain.press_by_mouse("Save")
        plain.box.locator(".rk-said").filter(has_text=SAVED).wait_for()
        assert plain.box.get_attribute("role") is None
        assert plain.box.get_by_text("Failed to load model").count() == 0
        count(page, "1 saved")
