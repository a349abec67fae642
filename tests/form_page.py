"""A form on the page, filled in with the mouse or with the keyboard alone."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from axe_playwright_python.sync_playwright import Axe
from lab_page import KERNEL_IS_IDLE, LabPage
from sweeps import mostly_slow

APPS = mostly_slow(["lab", "notebooks"], 1)
"""JupyterLab, and Notebook 7."""

CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell =>
  [cell.model.id, cell.model.type, cell.model.sharedModel.getSource(), cell.model.executionCount])
"""
RUN = """place => {
  const shown = window.jupyterapp.shell.currentWidget;
  shown.content.activeCellIndex = place;
  shown.content.mode = 'command';
  return window.jupyterapp.commands.execute('notebook:run-cell');
}"""
STAND_ON = """place => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = place;
  notebook.mode = 'command';
  notebook.activate();
}"""
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
END = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
HAS_FOCUS = "control => control === document.activeElement"
CHOSEN = "control => control.selectedIndex"
FURTHEST_TAB = 8
SECONDS_FOR_A_FORM = 30


def write_notebook(file: Path, sources: list[str]) -> None:
    """A notebook with these cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)


@contextlib.contextmanager
def opened(browser, address: str, name: str, app: str = "lab", without: str | None = None):
    """A notebook in a browser tab of its own; its kernel ends with the tab.

    What lies at the address `without` is not to be had.
    """
    viewport = {"width": 1280, "height": 900}
    context = browser.new_context(viewport=viewport, locale="en-US")
    if without:
        context.route(without, lambda route: route.abort())
    page = FormPage(context.new_page(), address, app)
    page.open_lesson(name)
    page.tab.set_default_timeout(SECONDS_FOR_A_FORM * 1000)
    try:
        yield page
    finally:
        page.tab.evaluate(END)
        context.close()


class FormPage(LabPage):
    """A notebook with forms, in JupyterLab (`app` "lab") or in Notebook 7 ("notebooks")."""

    def __init__(self, tab, address: str, app: str) -> None:
        super().__init__(tab, address)
        self.app = app

    def open_lesson(self, name: str) -> None:
        site, token = self.address.split("/lab/")[0], urlsplit(self.address).query
        tree = "lab/tree" if self.app == "lab" else "notebooks"
        # without what was open before
        self.tab.goto(f"{site}/{tree}/{name}?reset&{token}")
        self.tab.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.name = name
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        self.tab.wait_for_function(KERNEL_IS_IDLE, arg=self.name)

    def cells(self) -> list:
        """Every cell, with what stands in it and when it ran."""
        return self.tab.evaluate(CELLS)

    def run_cell(self, place: int) -> None:
        self.tab.evaluate(RUN, place)

    def form(self, place: int, *, anew: bool = True) -> Form:
        """The form below a cell; where it is wanted new, the cell is run for it."""
        cell = self.tab.locator(".jp-Notebook .jp-Cell").nth(place)
        if anew or not cell.locator(".rk-form").count():
            self.run_cell(place)
        return Form(self, cell.locator(".rk-form").first, place)

    def violations(self, inside: str) -> dict[str, list[str]]:
        """What axe finds against the rules of an accessible page, with the elements at fault."""
        found = Axe().run(self.tab, context={"include": [[inside]]}).response["violations"]
        return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}

    def restart_kernel(self) -> None:
        self.tab.evaluate(RESTART)


class Form:
    """One form on the page."""

    def __init__(self, page: FormPage, box, place: int) -> None:
        self.page, self.box, self.place = page, box, place
        self.keyboard = page.tab.keyboard
        self.button("Save").wait_for()

    def button(self, name: str):
        return self.box.get_by_role("button", name=name, exact=True)

    def field(self, name: str):
        """What a question is answered in."""
        return self.box.locator(f".rk-question-{name}").locator("input, select, textarea")

    def controls(self):
        return self.box.locator("input, select, textarea, button")

    @property
    def said(self):
        return self.box.get_by_role("status")

    def expect(self, text: str) -> None:
        """Wait until the form has said something."""
        self.said.filter(has_text=text).wait_for()

    # as a screen reader has it

    def names_and_roles(self) -> list[tuple[str, str]]:
        """What the accessibility tree has of every control, in the order of the page."""
        session = self.page.tab.context.new_cdp_session(self.page.tab)
        return [_in_the_tree(session, control) for control in self.controls().all()]

    def described(self, name: str) -> str:
        """The words that are read with a question's field."""
        return self.field(name).evaluate(DESCRIPTION)

    def expect_focus_on(self, control) -> None:
        self.page.tab.wait_for_function(HAS_FOCUS, arg=control.element_handle())

    # with the mouse

    def fill_by_mouse(self, answers: dict[str, str]) -> None:
        for name, answer in answers.items():
            field = self.field(name)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=answer)
            else:
                field.click()
                field.fill(answer)

    def press_by_mouse(self, name: str) -> None:
        self.button(name).click()

    # with the keyboard alone

    def start_by_keyboard(self) -> None:
        """Stand on the form's cell, as a learner does who has just run it."""
        self.page.tab.evaluate(STAND_ON, self.place)

    def tab_to(self, control) -> None:
        """Press Tab until the control has the focus."""
        for _ in range(FURTHEST_TAB):
            if control.evaluate(HAS_FOCUS):
                return
            self.keyboard.press("Tab")
        assert control.evaluate(HAS_FOCUS), "Tab does not lead to the next control"

    def fill_by_keyboard(self, answers: dict[str, str]) -> None:
        self.start_by_keyboard()
        for control in self.controls().all():
            self.tab_to(control)
            names = re.findall(r"rk-question-(\w+)", control.evaluate(CLASSES))
            if names and names[0] in answers:
                self._answer(control, answers[names[0]])
            if not names:
                return  # the first button

    def _answer(self, control, answer: str) -> None:
        kind = control.evaluate("control => control.type")
        if kind == "select-one":
            self._choose(control, answer)
        elif kind == "date":
            year, month, day = answer.split("-")
            self.keyboard.type(f"{month}{day}{year}")
        else:
            self.keyboard.type(answer)

    def _choose(self, control, answer: str) -> None:
        """Type the first letter, which a notebook would take for a command, then use the arrows."""
        options = control.locator("option").all_inner_texts()
        wanted = [_plain(option) for option in options].index(_plain(answer))
        self.keyboard.press(answer[0])
        at = control.evaluate(CHOSEN)
        for _ in range(abs(wanted - at)):
            self.keyboard.press("ArrowDown" if wanted > at else "ArrowUp")
        assert control.evaluate(CHOSEN) == wanted

    def press_by_keyboard(self, name: str) -> None:
        self.tab_to(self.button(name))
        self.keyboard.press("Space")


DESCRIPTION = """control => document.getElementById(
  control.getAttribute('aria-describedby')).textContent"""


def _in_the_tree(session, control) -> tuple[str, str]:
    """Name and role of a control in the accessibility tree."""
    control.evaluate("control => (window.inQuestion = control)")
    found = session.send("Runtime.evaluate", {"expression": "window.inQuestion"})
    node = session.send(
        "Accessibility.getPartialAXTree",
        {"objectId": found["result"]["objectId"], "fetchRelatives": False},
    )["nodes"][0]
    return node["name"]["value"], node["role"]["value"]


CLASSES = "control => (control.closest('[class*=rk-question-]') || {}).className || ''"


def _plain(text: str) -> str:
    """A text with every blank a plain one."""
    return " ".join(text.split())


def in_words(form, answers: dict[str, object]) -> dict[str, str]:
    """Answers as they are given on a page: for a choice the words that are shown for it."""
    return {name: _shown(form.options[name], answer) for name, answer in answers.items()}


def _shown(options: Iterable[tuple[str, object]], answer: object) -> str:
    return next((words for words, value in options if value == answer), str(answer))
