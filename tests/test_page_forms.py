"""Every form in the real page, in JupyterLab and in Notebook 7: by mouse, by keyboard, by ear."""

from __future__ import annotations

import pytest
from form_page import APPS, in_words, opened, write_notebook
from page_forms import ANSWERS, MAY_STAY_EMPTY, SHOP, cells, made
from sweeps import one_in

import retailkit as rk


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(**SHOP)


@pytest.fixture(scope="module", params=APPS)
def page(request, browser, lab_address, learner):
    """A notebook with a cell for every form, open, with its shop made."""
    name = f"forms_{request.param}.ipynb"
    write_notebook(learner / name, cells())
    with opened(browser, lab_address, name, request.param) as page:
        page.run_cell(0)
        yield page


@pytest.fixture
def form(page, name):
    return page.form(1 + list(ANSWERS).index(name))


@pytest.fixture
def shown(page, name):
    """The form, in whatever state the last test has left it."""
    return page.form(1 + list(ANSWERS).index(name), anew=False)


@pytest.fixture
def twin(shop, name):
    """The same form without a page: it says what is to be said."""
    return made(name, shop)


@pytest.mark.parametrize("name", one_in(19, ANSWERS))
def test_a_form_is_filled_in_and_saved_with_the_mouse(page, form, twin, name):
    before = page.cells()
    form.fill_by_mouse(in_words(twin, ANSWERS[name]))
    form.press_by_mouse("Save")
    form.expect(twin.fill(**ANSWERS[name]).save()[0])
    form.press_by_mouse("Undo")
    form.expect(twin.undo()[0])
    assert page.cells() == before


@pytest.mark.parametrize("name", one_in(4, ANSWERS))
def test_a_form_is_filled_in_and_saved_by_keyboard_alone(page, form, twin, name):
    before = page.cells()
    form.fill_by_keyboard(in_words(twin, ANSWERS[name]))
    form.press_by_keyboard("Save")
    form.expect(twin.fill(**ANSWERS[name]).save()[0])
    form.press_by_keyboard("Undo")
    form.expect(twin.undo()[0])
    assert page.cells() == before


@pytest.mark.parametrize("name", one_in(2, ANSWERS))
def test_every_control_has_a_name_and_a_role(shown, twin):
    controls = shown.names_and_roles()
    labels = [q.text + (" (may stay open)" if q.optional else "") for q in twin.questions]
    assert [name for name, _ in controls] == [*labels, "Save", "Undo"]
    assert {role for _, role in controls} <= {"textbox", "combobox", "Date", "button"}


@pytest.mark.parametrize("name", one_in(4, [name for name in ANSWERS if name != MAY_STAY_EMPTY]))
def test_an_error_is_tied_to_its_field_and_the_first_has_the_focus(form, twin):
    form.press_by_mouse("Save")
    form.expect(twin.save()[0])
    first = next(q.name for q in twin.questions if q.name in twin.problems)
    form.expect_focus_on(form.field(first))
    for name, problem in twin.problems.items():
        assert form.field(name).get_attribute("aria-invalid") == "true"
        assert problem in form.described(name)


def test_axe_finds_nothing_that_keeps_people_out_of_any_form(page):
    for place, _ in enumerate(ANSWERS, 1):
        page.form(place, anew=False)
    assert page.violations(".rk-form") == {}
    assert page.asked_outside == set()
