"""How strict notebooks are compared: one changed character fails the cell that shows it."""

import random
import re
import subprocess
import sys

import nbformat

from retailkit.course.builder import HOME
from retailkit.proof.prove import SANITIZE

LESSON = HOME / "06_best_customers.ipynb"
PLACES = 20


def texts(cell):
    """Every text that is compared, with what holds it; a picture's dots are not."""
    for output in cell.outputs:
        parts = output.get("data", output)
        for kind in ("text", "text/plain", "text/html"):
            if "base64" not in parts.get(kind, "base64"):
                yield parts, kind


def change_a_character(cell, chance):
    parts, kind = chance.choice(list(texts(cell)))
    text = parts[kind]
    place = chance.choice([found.start() for found in re.finditer(r"\w", text)])
    other = "x" if text[place] != "x" else "y"
    parts[kind] = text[:place] + other + text[place + 1 :]


def test_one_changed_character_fails_its_cell_and_no_other(tmp_path):
    notebook, chance = nbformat.read(LESSON, as_version=4), random.Random(7)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [number for number, cell in enumerate(cells) if cell.outputs]
    changed = sorted(chance.sample(shown, PLACES))
    for number in changed:
        change_a_character(cells[number], chance)
    nbformat.write(notebook, tmp_path / LESSON.name)
    (tmp_path / "pytest.ini").touch()
    options = ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}", "-rf"]
    said = subprocess.run(
        [sys.executable, "-m", "pytest", *options, LESSON.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [int(number) for number in re.findall(r"FAILED .*::Cell (\d+)", said.stdout)] == changed
    assert f"{len(changed)} failed, {len(cells) - len(changed)} passed" in said.stdout
