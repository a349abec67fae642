"""From one source to two notebooks: the student's with blanks, the solved one with answers.

A lesson is written once, as Markdown in `notebooks/source/`; what is for teachers, in
`teacher/` there, gives one notebook, which has no blanks. In a cell tagged `answer` the
solution stands between `# BEGIN SOLUTION` and `# END SOLUTION`; the
student's copy has a blank in its place. Both notebooks are run and stored with
what they show, so that a later run can be held against it, word for word.

A folder named like a language holds the lessons' editions in it: other prose, the same code.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from typing import Any

from retailkit.catalogue import ASKED_FOR, ENGLISH, LANGUAGES, say
from retailkit.course.exercises import lessons
from retailkit.course.facts import facts_missing
from retailkit.course.rhythm import names_in, out_of_rhythm, too_long
from retailkit.keep import write_file

HOME = Path(__file__).parents[2] / "notebooks"
BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
TEACHER = "teacher"
"""The folder of the notebooks for teachers."""

EDITIONS = [code for code in LANGUAGES if code != ENGLISH]
"""The folders of the lessons' editions in other languages."""

SECONDS_FOR_A_CELL = 120


def build(home: Path = HOME, check: bool = False) -> list[str]:
    """Build every lesson; with `check` nothing is written, only compared. Says what was done.

    Raises ValueError where a source is faulty, out of rhythm or misses a fact, where a cell
    fails, or where a checked notebook is not what its source gives.
    """
    sources = sources_in(home)
    if not sources:
        sentence = "There are no lesson sources in '{folder}'. They come with a checkout only."
        raise ValueError(say(sentence, folder=home))
    if faulty := faults_of(sources):
        raise ValueError("\n".join(faulty))
    said, differ = [], []
    for target, text in _built(sources, home):
        name = target.relative_to(home).as_posix()
        same = target.exists() and target.read_text(encoding="utf-8") == text
        if not check and not same:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, text)
        differ += [] if same else [name]
        became = say("as it was") if same else say("new")
        said.append(f"{name}: {became}")
    if check and differ:
        sentence = "Not what the sources give: {files}. Run: retailkit lessons build"
        raise ValueError(say(sentence, files=", ".join(differ)))
    return said


def sources_in(home: Path) -> list[Path]:
    """What notebooks are made from: the lessons, their editions, then what is for teachers."""
    shelf = home / "source"
    folders = [shelf, *(shelf / code for code in EDITIONS), shelf / TEACHER]
    return [source for folder in folders for source in sorted(folder.glob("*.md"))]


def language_of(source: Path) -> str:
    """The language in which a source is written."""
    return source.parent.name if source.parent.name in EDITIONS else ENGLISH


def _built(sources: list[Path], home: Path) -> Iterator[tuple[Path, str]]:
    """Every notebook and its text, in order; as many are run at once as there are processors."""
    jobs = [
        (target, source, solved)
        for source in sources
        for target, solved in targets(source, home).items()
    ]
    # each notebook has a kernel of its own, so that threads do to wait for them
    with ThreadPoolExecutor(os.cpu_count()) as crew:
        texts = crew.map(lambda job: notebook_text(job[1], job[2]), jobs)
        yield from zip([target for target, _, _ in jobs], texts, strict=True)


def faults_of(sources: list[Path]) -> list[str]:
    """What keeps the lessons from being built, one sentence each: their rhythm, and their facts."""
    said, known = [*facts_missing()], set[str]()
    for source in sources:
        if language_of(source) != ENGLISH:
            said += _other_code(source)
            continue
        student, lesson = draft(source, solved=False), lessons().get(_number(source))
        if lesson:
            wrong = out_of_rhythm(student, lesson, known)
            said += [f"{source.name}: {sentence}" for sentence in wrong]
        known |= names_in(student)
    return said


def _other_code(edition: Path) -> list[str]:
    """Which code cell of an edition in another language is the first that differs, if one does."""
    original = edition.parents[1] / edition.name
    said = {"edition": f"{edition.parent.name}/{edition.name}", "original": original.name}
    if not original.exists():
        return [say("{edition} has no lesson to be an edition of: {original}.", **said)]
    ours, theirs = (
        [cell.source for cell in draft(one, solved=True).cells if cell.cell_type == "code"]
        for one in (edition, original)
    )
    for number, (mine, other) in enumerate(zip_longest(ours, theirs), 1):
        if mine != other:
            differs = "{edition}: code cell {number} is not that of {original}."
            return [say(differs, number=number, **said)]
    return []


def _number(source: Path) -> int:
    found = re.match(r"\d+", source.name)
    return int(found[0]) if found else -1


def targets(source: Path, home: Path) -> dict[Path, bool]:
    """The notebooks of a source, and whether each is the solved one."""
    if source.parent.name == TEACHER:
        return {home / TEACHER / f"{source.stem}.ipynb": True}
    shelf = home if language_of(source) == ENGLISH else home / language_of(source)
    return {shelf / f"{source.stem}.ipynb": False, shelf / "solved" / f"{source.stem}.ipynb": True}


def notebook_text(source: Path, solved: bool) -> str:
    """One notebook of a lesson, run and normalised: the same text on every build."""
    import nbformat

    notebook = draft(source, solved)
    run(notebook, source.name, language_of(source))
    normalise(notebook)
    if said := too_long(notebook, _number(source)):
        raise ValueError(f"{source.name}: {said}")
    text: str = nbformat.writes(notebook)
    return text + "\n"


def draft(source: Path, solved: bool) -> Any:
    """A lesson's notebook before it is run."""
    import jupytext
    import nbformat

    notebook = jupytext.reads(source.read_text(encoding="utf-8"), fmt="md")
    cells = []
    for number, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        text = cell.source if solved or "answer" not in tags else with_blank(cell.source)
        make = (
            nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        )
        name = f"{source.stem}-{number:02d}"
        cells.append(make(text, id=name, metadata={"tags": tags} if tags else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    # without language_info a browser-only JupyterLab asks which kernel to take
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def with_blank(code: str) -> str:
    r"""An answer cell as the student sees it: `...` in the place of the solution.

    >>> print(with_blank("# BEGIN SOLUTION\ncount = 3 + 4\n# END SOLUTION"))
    count = ...
    >>> print(with_blank("def f(x):\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION"))
    def f(x):
        return ...
    """
    lines = code.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() in (BEGIN, END)]
    if len(marks) != 2:
        said = "An answer cell needs one {begin} and one {end}: {line!r}"
        raise ValueError(say(said, begin=BEGIN, end=END, line=lines[0]))
    begin, end = marks
    indent = re.match(r"\s*", lines[begin]).group()  # type: ignore[union-attr]
    # what a solution names last is its answer; inside a function it returns it
    names = [line.split(" = ")[0] for line in lines[begin:end] if re.match(r"\w+ = ", line)]
    blank = f"{indent}return ..." if indent else f"{names[-1]} = ..."
    return "\n".join([*lines[:begin], blank, *lines[end + 1 :]])


def run(notebook: Any, name: str, language: str = ENGLISH) -> None:
    """Run a notebook from top to bottom in a folder of its own, as nobody in particular."""
    import nbclient
    from traitlets.config import Config

    # no learner's name, journal or teacher's wish shows in what is stored
    environment = {key: value for key, value in os.environ.items() if key[:10] != "RETAILKIT_"}
    # nor the language of the machine
    environment[ASKED_FOR[0]] = language
    with tempfile.TemporaryDirectory() as folder:
        client = nbclient.NotebookClient(
            notebook,
            timeout=SECONDS_FOR_A_CELL,
            kernel_name="python3",
            record_timing=False,
            # otherwise a kernel warns that its talk could be overheard
            config=Config(KernelManager={"transport_encryption": "auto"}),
            resources={"metadata": {"path": folder}},
        )
        try:
            # a loop of its own, which is closed again: several notebooks run at once
            asyncio.run(client.async_execute(env=environment))
        except nbclient.exceptions.CellExecutionError as error:
            said = say(
                "A cell of {name} failed: {reason}",
                name=name,
                reason=f"{error.ename}: {error.evalue}",
            )
            raise ValueError(said) from error


def normalise(notebook: Any) -> None:
    """Leave out whatever differs from run to run or from machine to machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = _in_one_piece(cell.outputs)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if len(data) > 1:
                # a stored view has no live form behind it; the text and the page form stand for it
                data.pop("application/vnd.jupyter.widget-view+json", None)
            output.get("metadata", {}).clear()


def _in_one_piece(outputs: list[Any]) -> list[Any]:
    """What is printed, joined: a kernel sends it in as many pieces as time makes of it."""
    whole: list[Any] = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if "name" in output and output["name"] == last.get("name"):
            last["text"] += output["text"]
        else:
            whole.append(output)
    return whole
