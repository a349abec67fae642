"""A slip in a cell: told in a sentence, and still an error for whoever runs the notebook."""

from __future__ import annotations

import linecache
import subprocess
import sys

import nbclient
import nbformat
import pandas as pd
import pytest

import retailkit as rk
from retailkit import calm

ORDERS = pd.DataFrame({"order_id": ["O-1"], "place": ["website"], "total": [12.5]})


def told(cell: str, **known) -> str | None:
    """What is said of a cell that fails, in a notebook that knows these names."""
    file = "<cell>"
    linecache.cache[file] = (len(cell), None, cell.splitlines(keepends=True), file)
    notebook = {"__name__": "__main__", "rk": rk, "orders": ORDERS, **known}
    with pytest.raises(Exception) as raised:
        exec(compile(cell, file, "exec"), notebook)  # noqa: S102 - what a cell does
    return calm.sentence(raised.value, raised.tb, notebook)


def test_a_name_misspelt_is_told_the_likely_one():
    assert "`ordres` is not known yet. Did you mean 'orders'?" in told("ordres")


def test_a_cell_that_was_not_run_is_thought_of():
    said = told("shop.customers")
    assert said.startswith("`shop` is not known yet. A cell above was not run: run the set-up cell")


def test_a_word_that_is_only_a_little_alike_is_not_offered():
    assert "Did you mean" not in told("place == 'website'")


@pytest.mark.parametrize(
    "cell",
    ["answer + 1", "len(answer)", "answer.head()", "orders[answer]", "for each in answer: 1"],
)
def test_three_dots_left_in_are_named(cell):
    assert told(cell, answer=...).startswith("`answer` still holds the three dots")


def test_three_dots_in_the_line_itself_are_told():
    assert told("1 + ...").startswith("Three dots (...) stand where an answer belongs.")


@pytest.mark.parametrize(
    "cell",
    [
        "orders['plase']",
        "orders[['total', 'plase']]",
        "orders.loc[:, 'plase']",
        "orders.groupby('plase').size()",
        "orders.sort_values('plase')",
        "orders.set_index('plase')",
        "orders.drop(columns='plase')",
        "orders.value_counts('plase')",
    ],
)
def test_a_column_misspelt_is_told_the_columns_there_are(cell):
    said = "The table has no column 'plase'. It has order_id, place and total."
    assert told(cell) == f"{said} Did you mean 'place'?"


def test_a_column_asked_for_with_a_dot_is_told_the_likely_one():
    assert told("orders.plase") == "A table has no 'plase'. Did you mean 'place'?"
    assert told("orders['place'].valu_counts()") == (
        "A column has no 'valu_counts'. Did you mean 'value_counts'?"
    )


def test_a_sentence_of_the_kit_stands_alone():
    assert told("rk.Level('seriuos')").endswith("Did you mean 'serious'?")
    assert told("rk.tirage") == "retailkit has no name 'tirage'. Did you mean 'triage'?"


@pytest.mark.parametrize(
    "cell",
    [
        "1 / 0",
        "int('seven')",
        "{'a': 1}['b']",
        "def half(): return missing_in_here\nhalf() / 2; undefined",
        "raise RuntimeError('broken')",
    ],
)
def test_what_is_no_slip_of_these_keeps_its_traceback(cell):
    assert told(cell.replace("missing_in_here", "int('x')")) is None


def test_a_fault_of_the_kit_itself_keeps_its_traceback():
    broken = compile("def triage(case): return undefined_in_the_kit", calm.OURS + "/x.py", "exec")
    exec(broken, kit := {"__name__": "retailkit.x"})  # noqa: S102 - what an import does
    assert told("triage(1)", triage=kit["triage"]) is None


def test_a_notebook_with_a_slip_still_fails_for_who_runs_it():
    cells = ["import retailkit as rk\nshop = rk.my_shop(lesson=0)", "shpo", "%tb"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    client = nbclient.NotebookClient(notebook, kernel_name="python3")
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="`shpo` is not known"):
        client.execute()
    (slip,) = notebook.cells[1].outputs
    assert (slip.output_type, slip.ename) == ("error", "NameError")
    assert slip.traceback[0].startswith("`shpo` is not known yet. Did you mean 'shop'?")
    assert slip.traceback[1:] == [calm.MORE]


def test_the_full_traceback_is_one_step_away():
    cells = ["import retailkit.calm as calm\ncalm.speak_calmly()", "1 + ...", "%tb"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    assert "Traceback" in "".join(notebook.cells[2].outputs[0].traceback)


def test_importing_the_kit_changes_no_notebook():
    code = "import sys, retailkit; print('IPython' in sys.modules, 'retailkit.calm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
