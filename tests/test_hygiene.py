"""Hygiene of every notebook of the course, wherever it lies: what it may hold and what not."""

from __future__ import annotations

import functools
import io
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from retailkit.course import builder
from retailkit.course.exercises import lessons
from retailkit.course.places import shop_of
from retailkit.proof.hygiene import SENT

HOME = builder.HOME
NOTEBOOKS = sorted(path for path in HOME.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+\d(?: ?\d){8,11}\b")
EXAMPLES = "+34 600 000 000, +44 7400 123456"
"""The numbers that the kit shows as examples."""
NOBODYS = re.compile(r"@(?:\w+\.)*(?:example|test|invalid)(?:\.(?:com|net|org))?$")
"""Addresses that can never be anybody's (RFC 2606)."""
ALL_TOGETHER = 12_000_000
"""The size of all notebooks, in bytes: what a school's line and a repository bear."""

every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: path.relative_to(HOME).as_posix()
)


@functools.cache
def read(path: Path) -> nbformat.NotebookNode:
    """A notebook, read once; nobody may change it."""
    return nbformat.read(path, as_version=4)


def shown_in(path):
    """All that people read in a notebook, without pictures and styles."""
    texts = [cell.source for cell in read(path).cells]
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            texts += [output.get("text", ""), *map(str, output.get("data", {}).values())]
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", "\n".join(texts))
    return re.sub(r"(?s)<(style|script)\b.*?</\1>", "", text)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@every_notebook
def test_a_notebook_is_whole_and_carries_no_stray_metadata(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == METADATA
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}, cell.source
        assert "attachments" not in cell
        for output in cell.get("outputs", []):
            assert not output.get("metadata")


@every_notebook
def test_the_ids_of_cells_say_where_they_stand_and_none_comes_twice(path):
    ids = [cell.id for cell in read(path).cells]
    assert ids == [f"{path.stem}-{number:02d}" for number in range(len(ids))]


@every_notebook
def test_every_tag_is_one_that_the_course_knows(path):
    tags = {tag for cell in read(path).cells for tag in cell.metadata.get("tags", [])}
    assert tags <= {"answer"}


@every_notebook
def test_contact_data_are_those_of_the_lessons_own_shop_and_of_nobody_in_life(path):
    if path.stem[0].isdigit():  # a teacher's notebook has shops of its own
        known = known_in(int(path.stem[:2])) + source_of(path)
        assert strangers(shown_in(path), known) == []
    assert [one for one in EMAIL.findall(shown_in(path)) if not NOBODYS.search(one)] == []


def test_a_strangers_address_and_number_are_found():
    text = "Write to ana@shop.example or ben@shop.example, call +34 600 000 000 or +34 612 345 678."
    assert strangers(text, "ana@shop.example") == ["ben@shop.example", "+34 612 345 678"]
    assert not NOBODYS.search("ana@shop.com")


def strangers(text, known):
    """The addresses and telephone numbers in a text that are not among the known ones."""
    emails = [one for one in EMAIL.findall(text) if one not in known]
    digits = (known + EXAMPLES).replace(" ", "")
    phones = [one for one in PHONE.findall(text) if re.sub(r"\D", "", one)[-9:] not in digits]
    return emails + phones


def source_of(path):
    """What the author typed: a contact there is seen by whoever reads the change."""
    return "\n".join(cell.source for cell in read(path).cells)


@functools.cache
def known_in(number):
    """How to reach the customers of the lesson's shop and those in its practice files."""
    shop = shop_of("demo", number)
    texts = []
    for name, content in lessons()[number].files(shop).items():
        parts = [content]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as workbook:
                parts = [workbook.read(part) for part in workbook.namelist()]
        texts += [part.decode("utf-8", errors="ignore") for part in parts]
    for name in ("email", "phone"):
        texts += shop.customers[name].dropna().to_list()
    return "\n".join(texts)


@every_notebook
def test_every_link_leads_to_a_notebook_or_a_heading_that_is_there(path):
    for cell in read(path).cells:
        if cell.cell_type != "markdown":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", cell.source):
            name, _, heading = target.partition("#")
            place = path if not name else path.parent / name
            # a solved one is read beside the others; an edition is handed out among them
            if not place.exists():
                place = HOME / name
            assert place.exists(), target
            assert not heading or heading in headings_of(place), target


def headings_of(path):
    """The headings of a notebook as JupyterLab names them."""
    prose = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    return {one.replace(" ", "-") for one in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


@every_notebook
def test_outputs_hold_no_path_no_time_and_no_object_number(path):
    outputs = json.dumps([cell.outputs for cell in code_cells(path)])
    outputs = re.sub(r"base64,[A-Za-z0-9+/=]+", "", outputs)
    place, thing = r"/(?:home|root|tmp|usr|Users)/", r"0x[0-9a-f]{6}|ipykernel|model_id"
    assert not re.findall(rf"{place}|{thing}|\d\d:\d\d:\d\d\.\d", outputs)


@every_notebook
def test_every_cell_has_run_in_order_and_nothing_went_wrong(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert not kinds & {"error"}
    assert not [o for cell in cells for o in cell.outputs if o.get("name") == "stderr"]


@every_notebook
def test_a_notebook_stays_small_enough_to_send(path):
    assert path.stat().st_size <= SENT


def test_all_notebooks_together_stay_small():
    assert sum(path.stat().st_size for path in NOTEBOOKS) < ALL_TOGETHER
