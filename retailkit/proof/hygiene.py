"""Whether a notebook is sound, and tidy enough to hand out; nothing is run for it."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from retailkit.catalogue import later, say, whole
from retailkit.proof.findings import Finding
from retailkit.words import count_of, listing

MOST_BYTES = 100_000_000
SENT = 600_000
"""A notebook of more bytes than these is hard to send."""

WHEN_RUN = ("execution", "ExecuteTime", "papermill")
"""Where programs note in a cell when it was run."""

PRIVATE = re.compile(r"(?:/home|/Users|/root|/tmp|/var/folders|[A-Za-z]:\\+Users)[/\\][\w.@-]+")
MEMORY = re.compile(r"\b0x[0-9a-fA-F]{6,}")
LINK = re.compile(r"\]\(([^)\s]+)")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|#|/)", re.IGNORECASE)


class CannotCheck(ValueError):
    """A file that cannot be checked; the sentence says why."""


def read_notebook(path: Path) -> Any:
    """A sound notebook in the newest form.

    Raises CannotCheck.
    """
    import nbformat

    content = _content(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            notebook = nbformat.reads(content, as_version=4)  # type: ignore[no-untyped-call]
            nbformat.validate(notebook)
    except Exception as error:  # a file from anywhere may break the reader in many ways
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise CannotCheck(say("It is no sound notebook. {why}", why=why[:200])) from None
    about = notebook.metadata
    named = about.get("language_info", {}).get("name") or about.get("kernelspec", {}).get(
        "language", "python"
    )
    if str(named).lower() not in ("python", "ipython"):
        said = "It is written in {language}. Only notebooks in Python can be checked."
        raise CannotCheck(say(said, language=named))
    return notebook


def _content(path: Path) -> str:
    """The text of a file that may be a notebook."""
    if path.is_dir():
        raise CannotCheck(say("It is a folder. Name the notebooks in it, such as folder/*.ipynb."))
    if not path.exists():
        raise CannotCheck(say("It is not there."))
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise CannotCheck(say("It is no plain file, or far too large for a notebook."))
    try:
        text = path.read_text(encoding="utf-8-sig")
        told = json.loads(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotCheck(say("It cannot be read: {reason}.", reason=reason)) from None
    except (ValueError, RecursionError):
        raise CannotCheck(say("It is no notebook: its text is not JSON.")) from None
    if not isinstance(told, dict) or "nbformat" not in told:
        raise CannotCheck(say("It is no notebook: it does not say of which kind it is."))
    return text


def untidy(notebook: Any, path: Path) -> Iterator[Finding]:
    """What is not as it should be in a notebook that is handed out."""
    yield from _not_run_in_order(notebook)
    yield from _shown(notebook)
    yield from _about(notebook, path)
    yield from _links(notebook, path.parent)


def code_cells(notebook: Any) -> list[Any]:
    """The code cells of a notebook, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def named(number: int, source: str) -> str:
    """A code cell as it is spoken of: its number among the code cells, and its first line.

    >>> named(2, "shop.claims.head()")
    'Code cell 2 (shop.claims.head())'
    """
    line = next(iter(source.strip().splitlines()), "")
    line = f"{line[:50]}…" if len(line) > 50 else line
    return say("Code cell {number} ({line})", number=number, line=line)


def _not_run_in_order(notebook: Any) -> Iterator[Finding]:
    counts = [cell.execution_count for cell in code_cells(notebook) if cell.source.strip()]
    if counts == list(range(1, len(counts) + 1)):
        return
    if not any(counts):
        said = say("It was never run, so nothing is stored to compare with.")
    elif None in counts:
        cells = count_of(counts.count(None), "cell")
        said = say("Not run and so compared with nothing: {cells}.", cells=cells)
    else:
        said = say("Its cells were not run once each, from the top to the bottom.")
    yield Finding(says=f"{said} {say(FROM_THE_TOP)}")


FROM_THE_TOP = later("Choose Run, then Restart Kernel and Run All Cells, and save it.")


def _shown(notebook: Any) -> Iterator[Finding]:
    """What stands in outputs and should not be handed out."""
    for number, cell in enumerate(code_cells(notebook), 1):
        name = named(number, cell.source)
        for output in cell.outputs:
            text = text_of(output)
            if output.get("name") == "stderr":
                yield Finding(says=say("{cell} shows a warning or an error.", cell=name))
            if found := PRIVATE.search(text):
                said = "{cell} shows where files lie on your computer: {place}"
                yield Finding(says=say(said, cell=name, place=found[0]))
            if MEMORY.search(text):
                said = "{cell} shows where something lies in memory, which helps nobody."
                yield Finding(says=say(said, cell=name))


def text_of(output: Any) -> str:
    """All that an output says in words; a picture says nothing here.

    >>> text_of({"output_type": "stream", "name": "stdout", "text": "3"})
    '3'
    """
    if output.get("output_type") == "error":
        return f"{output.get('ename', '')}: {output.get('evalue', '')}"
    if "text" in output:
        return str(output["text"])
    data = output.get("data", {})
    texts = [str(content) for kind, content in data.items() if not kind.startswith("image/")]
    return re.sub(r"base64,[A-Za-z0-9+/=\s]+", "", "\n".join(texts))


def _about(notebook: Any, path: Path) -> Iterator[Finding]:
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    if kernel is None:
        said = say("It names no kernel, so Jupyter asks everybody which one to take.")
        yield Finding(says=f"{said} {say(CHOOSE)}")
    elif kernel != "python3":
        said = say("It asks for the kernel {kernel!r}, which others may not have.", kernel=kernel)
        yield Finding(says=f"{said} {say(CHOOSE)}")
    if notebook.metadata.get("widgets"):
        yield Finding(says=say("It holds what somebody has filled into forms. Save it without."))
    timed = [cell for cell in notebook.cells if any(name in cell.metadata for name in WHEN_RUN)]
    if timed:
        cells = count_of(len(timed), "cell")
        yield Finding(says=say("It notes when its cells were run, in {cells}.", cells=cells))
    if (size := path.stat().st_size) > SENT:
        said = "It has {size} bytes; with more than {most} it is hard to send."
        yield Finding(says=say(said, size=whole(size), most=whole(SENT)))


CHOOSE = later("Choose Kernel, then Change Kernel, then Python 3, and save it.")


def _links(notebook: Any, folder: Path) -> Iterator[Finding]:
    """Links to files that are not there."""
    names = dict.fromkeys(
        name
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for name in _files_linked(cell)
        if not (folder / name).exists()
    )
    if names:
        said = say("It links to what is not there: {names}.", names=listing(names))
        yield Finding(says=said)


def _files_linked(cell: Any) -> Iterator[str]:
    prose = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", cell.source)
    for target in LINK.findall(prose):
        if not ELSEWHERE.match(target):
            yield unquote(target.split("#")[0])
