"""The rhythm of the lessons, and that the builder refuses one that is out of it."""

import nbformat
import pytest

from retailkit.course import builder, rhythm
from retailkit.course.exercises import lessons

SOURCES = sorted((builder.HOME / "source").glob("*.md"))
CODE, PROSE = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell


def number_of(source):
    return int(source.name[:2])


def in_rhythm():
    """The notebook of lesson 7, before it is run."""
    return builder.draft(SOURCES[7], solved=False)


def said_of(notebook):
    known = {name for cell in notebook.cells for name in rhythm.names_in(notebook)}
    return rhythm.out_of_rhythm(notebook, lessons()[7], known)


def without_a_check(cells):
    check = next(cell for cell in cells if cell.source.startswith('rk.check("7.1'))
    check.source = "1"


def test_all_lessons_are_in_rhythm_and_miss_no_fact():
    assert builder.faults_of(SOURCES) == []


def test_what_is_let_pass_is_what_the_lessons_have_and_no_more():
    known, found = set(), {}
    for source in SOURCES:
        student, number = builder.draft(source, solved=False), number_of(source)
        for name, value in rhythm.measures(student, lessons()[number], known).items():
            low, high = rhythm.rules()["limits"][name]
            if not low <= value <= high:
                found.setdefault(f"lesson {number}", {})[name] = value
        known |= rhythm.names_in(student)
    listed = {
        lesson: {name: value for name, value in values.items() if name != "lines of an output"}
        for lesson, values in rhythm.rules()["let_pass"].items()
    }
    assert found == listed


def test_a_long_cell_is_named():
    notebook = in_rhythm()
    notebook.cells[-2].source = "\n".join(f"x = {n}" for n in range(16))
    assert "longest cell: 16. Lessons have 1 to 15." in said_of(notebook)


def test_code_upon_code_is_named():
    notebook = in_rhythm()
    notebook.cells[5:5] = [CODE("x")] * 15
    assert [line for line in said_of(notebook) if line.startswith("code directly after code:")]


def test_too_many_new_names_in_a_cell_are_named():
    notebook = in_rhythm()
    notebook.cells.insert(4, CODE("rk.aa(rk.bb, rk.cc, rk.forms.dd)"))
    said = rhythm.out_of_rhythm(notebook, lessons()[7], ())
    assert "new names in a cell: 4. Lessons have 0 to 1." in said


def test_a_slow_start_is_named():
    notebook = in_rhythm()
    notebook.cells[0].source += " word" * 100
    assert [line for line in said_of(notebook) if line.startswith("words before the first cell: ")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cells: cells.pop(0), "It does not open with a question."),
        (lambda cells: cells.insert(3, CODE("import retailkit as rk")), "There is not one set-up"),
        (lambda cells: cells.insert(-1, PROSE("More.")), "The quiz does not stand right before"),
        (lambda cells: cells.append(PROSE("The end.")), "It does not end with something to talk"),
        (without_a_check, "1 exercise without a check"),
    ],
)
def test_what_is_out_of_place_is_named(change, sentence):
    notebook = in_rhythm()
    change(notebook.cells)
    assert [line for line in said_of(notebook) if line.startswith(sentence)]


def test_a_lesson_that_is_out_of_rhythm_is_not_built(tmp_path):
    (tmp_path / "source").mkdir()
    text = SOURCES[0].read_text(encoding="utf-8").replace("rk.quiz(0)", "rk.quiz(1)")
    (tmp_path / "source" / SOURCES[0].name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"00_welcome\.md: The quiz does not stand right before"):
        builder.build(tmp_path)
    assert not list(tmp_path.glob("*.ipynb"))


def test_an_output_longer_than_a_screen_is_named():
    output = nbformat.v4.new_output("stream", text="line\n" * 46)
    notebook = nbformat.v4.new_notebook(cells=[CODE("print(much)", outputs=[output])])
    assert rhythm.too_long(notebook, 1) == "An output has more than 45 lines: 'print(much)'."
    output["text"] = "line\n" * 45
    assert rhythm.too_long(notebook, 1) is None
