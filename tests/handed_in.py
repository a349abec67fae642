"""Notebooks of lesson 0 as learners hand them in: solved, blank, and with a cell of mischief."""

import json
from pathlib import Path

LESSONS = Path(__file__).parents[1] / "notebooks"


def lesson(number=0, solved=True):
    """A lesson's notebook as a dictionary, without what it has shown."""
    folder = LESSONS / "solved" if solved else LESSONS
    (path,) = folder.glob(f"{number:02d}_*.ipynb")
    notebook = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def code_cell(source):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "mine",
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def with_cell(source, *, solved=True, at=2):
    """Lesson 0 with one cell of the learner's own."""
    notebook = lesson(solved=solved)
    notebook["cells"].insert(at, code_cell(source))
    return json.dumps(notebook)


def with_answers(**answers):
    """The blank lesson 0 with these values typed in, by the name that holds the answer."""
    notebook = lesson(solved=False)
    for cell in notebook["cells"]:
        for name, answer in answers.items():
            if "".join(cell["source"]) == f"{name} = ...":
                cell["source"] = f"{name} = {answer}"
    return json.dumps(notebook)


def without_cells(word):
    """The solved lesson 0 without the cells in which a word stands."""
    notebook = lesson()
    kept = [one for one in notebook["cells"] if word not in "".join(one["source"])]
    return json.dumps({**notebook, "cells": kept})
