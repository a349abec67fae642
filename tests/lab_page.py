"""JupyterLab's page in the hands of a learner: open, run, type, choose, press, read."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

KERNEL_IS_IDLE = """name => {
  const shown = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const context = shown && shown.context && shown.context.path === name && shown.sessionContext;
  const kernel = context && context.isReady && context.session && context.session.kernel;
  return !!kernel && kernel.status === 'idle';
}"""

# every cell has run, or one has failed; each predicate is plain, for a promise would count as true
ALL_HAVE_RUN = """() => {
  const shown = window.jupyterapp.shell.currentWidget;
  const cells = shown.content.widgets.filter(
    cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().trim());
  const failed = cells.some(
    cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'));
  return shown.sessionContext.session.kernel.status === 'idle'
    && (failed || cells.every(cell => cell.model.executionCount !== null));
}"""

COUNTED_BEYOND = """before => {
  const shown = window.jupyterapp.shell.currentWidget;
  const counts = shown.content.widgets.map(cell => cell.model.executionCount || 0);
  return shown.sessionContext.session.kernel.status === 'idle' && Math.max(...counts) > before;
}"""

HIGHEST_COUNT = """() => Math.max(0, ...window.jupyterapp.shell.currentWidget.content.widgets
  .map(cell => cell.model.executionCount || 0))"""

CLEAR_ALL = """() => window.jupyterapp.commands.execute(
  'notebook:clear-all-cell-outputs')"""

ERRORS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === 'code')
  .flatMap(cell => cell.model.outputs.toJSON())
  .filter(output => output.output_type === 'error')
  .map(output => `${output.ename}: ${output.evalue}`)"""


class LabPage:
    """One browser tab on a running JupyterLab, with what went wrong in it."""

    def __init__(self, tab, address: str) -> None:
        self.tab, self.address = tab, address
        self.console_errors: list[str] = []
        self.asked_outside: set[str] = set()
        tab.set_default_timeout(60_000)
        tab.on("console", self._hear)
        tab.on("pageerror", lambda error: self.console_errors.append(str(error)))
        tab.on("request", self._watch)

    def _hear(self, message) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _watch(self, request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.hostname != "127.0.0.1":
            self.asked_outside.add(url.hostname)

    def open_lesson(self, name: str) -> None:
        """Go to the lesson as the printed address does to the first, with nothing else open."""
        self.tab.goto(re.sub(r"/tree/[^?]*[?]", f"/tree/{name}?reset&", self.address))
        self.tab.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.tab.wait_for_function(KERNEL_IS_IDLE, arg=name)
        # what an earlier visit showed was saved with the lesson, and its kernel may still live
        self.tab.evaluate(CLEAR_ALL)

    def run_all(self) -> list[str]:
        """Run > Run All Cells; the errors that came."""
        # a lesson lies stored with its outputs: only what comes now may count
        self.tab.evaluate(CLEAR_ALL)
        self.tab.get_by_role("menuitem", name="Run", exact=True).click()
        self.tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.tab.wait_for_function(ALL_HAVE_RUN)
        return self.tab.evaluate(ERRORS)

    def cell(self, text: str):
        """The first code cell whose source or output holds `text`."""
        return self.tab.locator(".jp-Notebook .jp-CodeCell").filter(has_text=text).first

    def run(self, cell) -> None:
        """Run one cell with Shift+Enter and wait for it."""
        before = self.tab.evaluate(HIGHEST_COUNT)
        cell.locator(".cm-content").click()
        self.tab.keyboard.press("Shift+Enter")
        self.tab.wait_for_function(COUNTED_BEYOND, arg=before)

    def write(self, cell, source: str) -> None:
        """Put `source` in place of what stands in the cell."""
        cell.locator(".cm-content").click()
        self.tab.keyboard.press("ControlOrMeta+A")
        self.tab.keyboard.insert_text(source)

    def fill(self, label: str, text: str) -> None:
        field = self.tab.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")  # only a field that was left tells the kernel

    def choose(self, label: str, option: str) -> None:
        self.tab.get_by_label(label, exact=True).select_option(label=option)

    def press(self, button: str) -> None:
        outputs = self.tab.locator(".jp-Notebook .jp-OutputArea")
        outputs.get_by_role("button", name=button, exact=True).first.click()

    def expect(self, text: str, within=None) -> None:
        """Wait until an output (of the cell `within`) says `text`."""
        place = within or self.tab.locator(".jp-Notebook")
        place.locator(".jp-OutputArea-output").get_by_text(text).first.wait_for()

    def expect_no_dialog(self) -> None:
        """Nothing stands between the learner and the lesson: no question, no news."""
        assert self.tab.locator(".jp-Dialog, .jp-toast-button").count() == 0

    def picture(self, path: Path) -> None:
        self.tab.screenshot(path=str(path))
