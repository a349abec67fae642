"""A picture of every form and every figure, to be looked at: `python docs/pictures.py FOLDER`.

Forms are pictures of the page, empty and after Save was pressed too early; figures are those
that the solved lessons show; lesson.png is the README's. Needs the test group and Chromium.
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

HOME = Path(__file__).parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from form_page import opened, write_notebook  # noqa: E402 - found only now
from page_forms import ANSWERS, cells  # noqa: E402
from page_server import browser_of_ours, lab_of_ours  # noqa: E402

LONGEST_WAIT = 'first = "CL-000870-1"'
PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def figures(folder: Path) -> int:
    """Write the pictures of all solved lessons; says how many there are."""
    written = 0
    for lesson in sorted((HOME / "notebooks" / "solved").glob("*.ipynb")):
        notebook = nbformat.read(lesson, as_version=4)
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        shown = [output.get("data", {}).get("text/html", "") for output in outputs]
        for number, found in enumerate(PICTURE.findall("".join(shown)), 1):
            file = folder / f"figure_{lesson.stem}_{number}.png"
            file.write_bytes(base64.b64decode(found))
            written += 1
    return written


def forms(folder: Path, browser: Any, address: str, lessons: Path) -> int:
    """Write two pictures of each form, as JupyterLab shows it; says how many there are."""
    write_notebook(lessons / "forms.ipynb", cells())
    with opened(browser, address, "forms.ipynb") as page:
        page.tab.set_viewport_size({"width": 1280, "height": 2000})
        page.run_cell(0)
        for place, name in enumerate(ANSWERS, 1):
            form = page.form(place)
            form.box.screenshot(path=folder / f"form_{name}.png")
            form.press_by_mouse("Save")
            page.wait_until_idle()
            form.box.screenshot(path=folder / f"form_{name}_after_save.png")
    return 2 * len(ANSWERS)


def lesson(file: Path, browser: Any, address: str) -> None:
    """Write the README's picture: a learner answers first who has waited longest."""
    with opened(browser, address, "07_triage.ipynb") as page:
        page.tab.set_default_timeout(180_000)
        page.tab.set_viewport_size({"width": 1000, "height": 820})
        page.tab.keyboard.press("ControlOrMeta+b")  # the list of files goes out of the way
        page.run_all()
        page.write(page.cell("first = ..."), LONGEST_WAIT)
        page.run(page.cell(LONGEST_WAIT))
        check = page.cell('rk.check("7.3"')
        page.run(check)
        page.expect("That one has waited long", within=check)
        check.evaluate("cell => cell.scrollIntoView({ block: 'end' })")
        page.picture(file)


def everything(folder: Path) -> None:
    """Write all of them, and say how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{figures(folder)} pictures of figures.")
    with tempfile.TemporaryDirectory() as scratch:
        lessons = Path(scratch, "lessons")
        with browser_of_ours(Path(scratch)) as browser, lab_of_ours(lessons) as address:
            print(f"{forms(folder, browser, address, lessons)} pictures of forms.")
            lesson(folder / "lesson.png", browser, address)


if __name__ == "__main__":
    everything(Path(sys.argv[1])) if len(sys.argv) == 2 else sys.exit(__doc__)
