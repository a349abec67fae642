"""Lessons: one source, two notebooks, and the rules of the house for both."""

import functools
import json
import re
from pathlib import Path

import nbformat
import pytest

from retailkit.course import builder
from retailkit.course.exercises import lessons

HOME = builder.HOME
SOURCES = sorted((HOME / "source").glob("*.md"))
NOTEBOOKS = sorted([*HOME.glob("*.ipynb"), *(HOME / "solved").glob("*.ipynb")])
TEACHERS = sorted((HOME / "teacher").glob("*.ipynb"))
EDITIONS = sorted(path for code in builder.EDITIONS for path in (HOME / code).rglob("*.ipynb"))
ALL = [*NOTEBOOKS, *TEACHERS, *EDITIONS]
LAST_WORDS = {
    "en": ("**To talk about:**", "## What you can do now"),
    "es": ("**Para hablarlo:**", "## Lo que ya sabes hacer"),
}


def name_of(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


@functools.cache
def cells_in(path: Path) -> list:
    """The cells of a notebook, read once; nobody may change them."""
    return nbformat.read(path, as_version=4).cells


def cells_of(path: Path, kind: str) -> list:
    return [cell for cell in cells_in(path) if cell.cell_type == kind]


def words_in(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))


def test_the_notebooks_are_what_the_sources_give():
    # what the cells show is held against a run of its own by nbval; CI builds them anew as well
    for source in builder.sources_in(HOME):
        for path, solved in builder.targets(source, HOME).items():
            stored = nbformat.read(path, as_version=4)
            assert path.read_text(encoding="utf-8") == nbformat.writes(stored) + "\n"
            for cell in stored.cells:
                if cell.cell_type == "code":
                    cell.update(outputs=[], execution_count=None)
            assert stored == builder.draft(source, solved), name_of(path)


def test_every_source_has_its_notebooks_and_there_are_no_others():
    assert {name_of(path) for path in ALL} == {
        name_of(target)
        for source in builder.sources_in(HOME)
        for target in builder.targets(source, HOME)
    }


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_a_lessons_number_is_known_to_the_course(source):
    assert int(source.name[:2]) in lessons()


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_every_exercise_is_asked_checked_and_solved_as_the_course_says(source):
    text = source.read_text(encoding="utf-8")
    for exercise in lessons()[int(source.name[:2])].exercises:
        assert f"### Your turn {exercise.id}\n" in text
        assert text.count(f'rk.check("{exercise.id}"') >= 1
        how = (
            exercise.how
            if "BEGIN SOLUTION" in exercise.how
            else f"{builder.BEGIN}\n{exercise.how}\n{builder.END}"
        )
        assert f'```python tags=["answer"]\n{how}\n```' in text


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_cell_is_short_and_the_first_comes_soon(path):
    cells = cells_in(path)
    first = next(number for number, cell in enumerate(cells) if cell.cell_type == "code")
    assert sum(words_in(cell.source) for cell in cells[:first]) <= 130
    assert max(len(cell.source.splitlines()) for cell in cells if cell.cell_type == "code") <= 16


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_the_page_opens_with_its_question_and_ends_with_something_to_talk_about(path):
    prose = [cell.source for cell in cells_of(path, "markdown")]
    assert prose[0].startswith("# ")
    assert prose[0].splitlines()[0].endswith("?")
    spoken = "es" if path in EDITIONS else "en"
    assert [words for words in LAST_WORDS[spoken] if words not in prose[-1]] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_the_voice_belittles_nobody(path):
    prose = "\n".join(cell.source for cell in cells_of(path, "markdown")).lower()
    assert not re.findall(r"\b(?:simply|just |obviously|trivial|easy).*", prose)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_no_code_cell_ends_in_a_semicolon_or_measures_time(path):
    for cell in cells_of(path, "code"):
        assert not cell.source.rstrip().endswith(";")
        assert "%" not in cell.source


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.parent == HOME], ids=name_of)
def test_a_student_sees_blanks_and_not_yet(path):
    for cell in cells_of(path, "code"):
        if "answer" in cell.metadata.get("tags", []):
            assert "..." in cell.source
            assert "SOLUTION" not in cell.source
    checks = [
        cell
        for cell in cells_of(path, "code")
        if re.fullmatch(r'rk\.check\("[\d.]+", \w+\)', cell.source)
    ]
    assert checks
    for cell in checks:
        assert cell.outputs[0].data["text/plain"].startswith("Not yet.")


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.parent != HOME], ids=name_of)
def test_every_check_of_a_solved_lesson_says_yes(path):
    for cell in cells_of(path, "code"):
        if re.fullmatch(r'rk\.check\("[\d.]+", \w+\)', cell.source):
            assert cell.outputs[0].data["text/plain"].startswith("Yes.")


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_picture_carries_its_words(path):
    pages = [
        o.data["text/html"]
        for c in cells_of(path, "code")
        for o in c.outputs
        if "data" in o and "text/html" in o.data
    ]
    for tag in re.findall(r"<img [^>]*", "".join(pages)):
        assert re.match(r'<img alt="[^"]{20,}', tag)


def test_what_is_printed_in_pieces_is_stored_as_one():
    def piece(text, name="stdout"):
        return nbformat.v4.new_output("stream", name=name, text=text)

    cell = nbformat.v4.new_code_cell(outputs=[piece("a\n"), piece("b\n"), piece("c\n", "stderr")])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    builder.normalise(notebook)
    assert [output.text for output in notebook.cells[0].outputs] == ["a\nb\n", "c\n"]


def test_a_blank_keeps_the_name_and_the_indent():
    code = "def f(case):\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION"
    assert builder.with_blank(code) == "def f(case):\n    return ..."


def test_an_answer_cell_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="needs one # BEGIN SOLUTION"):
        builder.with_blank("answer = 1")


def test_a_folder_without_sources_is_said_so(tmp_path):
    with pytest.raises(ValueError, match="There are no lesson sources"):
        builder.build(tmp_path)


def test_a_cell_that_fails_is_named_with_its_lesson(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "99_broken.md").write_text("# Broken?\n\n```python\n1 / 0\n```\n")
    with pytest.raises(ValueError, match=r"A cell of 99_broken\.md failed: ZeroDivisionError"):
        builder.build(tmp_path)


# ---- editions in other languages


def test_an_edition_has_the_code_of_its_lesson(tmp_path):
    (tmp_path / "es").mkdir()
    text = "# What?\n\n```python\n{}\n```\n"
    (tmp_path / "00_welcome.md").write_text(text.format("1 + 1"), encoding="utf-8")
    edition = tmp_path / "es" / "00_welcome.md"
    edition.write_text(text.format("1 + 2"), encoding="utf-8")
    said = builder.faults_of([edition])
    assert said == ["es/00_welcome.md: code cell 1 is not that of 00_welcome.md."]


def test_an_edition_of_no_lesson_is_refused(tmp_path):
    (tmp_path / "es").mkdir()
    edition = tmp_path / "es" / "99_nothing.md"
    edition.write_text("# ¿Qué?\n", encoding="utf-8")
    said = builder.faults_of([edition])
    assert said == ["es/99_nothing.md has no lesson to be an edition of: 99_nothing.md."]


@pytest.mark.parametrize("path", EDITIONS, ids=name_of)
def test_an_edition_speaks_its_language_throughout(path):
    shown = json.dumps([cell.outputs for cell in cells_of(path, "code")])
    assert not re.findall(r"Not yet\.|Not quite\.|Yes\. |\bcustomers\b", shown)
