"""The learner's journal: every answer and what became of it, in a file of the learner's own.

It lies in the lessons folder, one line for each answer (JSON), under the code name. A name or
an e-mail address is nowhere in it. `retailkit lab` says where the folder is; where it did not,
as in a test or on a server of one's own, no journal is kept, and every check says the same.

A line is written in one go at the end of the file, so that a run which is killed costs at most
its own line; a line that is cut short is passed over.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.disk import reason_of

FOLDER_IS = "RETAILKIT_LESSONS"
"""Where `retailkit lab` says which folder the lessons lie in."""

CODE_NAME_IS = "RETAILKIT_CODENAME"
NOBODY_IN_PARTICULAR = "demo"

LONGEST_ANSWER = 2000

Line = dict[str, Any]


def code_name() -> str:
    """The learner's code name, as `retailkit lab --codename` sets it; "demo" where none is set."""
    return os.environ.get(CODE_NAME_IS) or NOBODY_IN_PARTICULAR


@contextmanager
def standing_in_for(learner: str) -> Iterator[None]:
    """Work as a learner for a while: on the learner's shops, and without a journal."""
    before = {name: os.environ.pop(name, None) for name in (CODE_NAME_IS, FOLDER_IS)}
    os.environ[CODE_NAME_IS] = learner
    try:
        yield
    finally:
        os.environ.pop(CODE_NAME_IS)
        os.environ.update({name: value for name, value in before.items() if value is not None})


def lessons_folder() -> Path | None:
    """The learner's folder; None where nobody has said which one it is."""
    folder = os.environ.get(FOLDER_IS)
    return Path(folder) if folder else None


def journal_of(folder: Path, name: str) -> Path:
    """The file in which a learner's journal is kept."""
    # a name that came by another way than `retailkit lab` may hold anything
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:30]
    return folder / ".retailkit" / "journal" / f"{plain}.jsonl"


def journal() -> Path | None:
    """The file of this learner; None where none is kept."""
    folder = lessons_folder()
    return journal_of(folder, code_name()) if folder else None


def note(kind: str, about: str, **what: Any) -> str | None:
    """Write one line, unless it says what the last one about the same said.

    What could not be written is said in a sentence, and nothing else happens.
    """
    file = journal()
    line = {"kind": kind, "about": about, **what}
    if file is None or last(kind, about) == line:
        return None
    text = json.dumps(line, ensure_ascii=False) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as book:
            os.write(book.fileno(), (("\n" if _is_cut_short(book) else "") + text).encode())
    except OSError as error:
        return say("(It could not be noted in your journal: {reason}.)", reason=reason_of(error))
    return None


def _is_cut_short(book: Any) -> bool:
    """Whether the last line has no end: somebody was stopped while writing it."""
    if not book.seek(0, os.SEEK_END):
        return False
    book.seek(-1, os.SEEK_END)
    return bool(book.read(1) != b"\n")


def lines(kind: str | None = None) -> list[Line]:
    """The lines of this learner's journal, first to last; of one kind only, if one is named."""
    file = journal()
    try:
        text = file.read_bytes().decode(errors="replace") if file else ""
    except OSError:
        return []  # nothing has been written yet
    found = [_read(line) for line in text.splitlines()]
    return [line for line in found if line and kind in (None, line["kind"])]


def _read(text: str) -> Line | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    ours = isinstance(line, Mapping) and {"kind", "about"} <= set(line)
    return dict(line) if ours else None


def last(kind: str, about: str) -> Line | None:
    """The last line about something; None where there is none."""
    found = [line for line in lines(kind) if line["about"] == about]
    return found[-1] if found else None


def forget(folder: Path, name: str | None = None) -> list[str]:
    """Delete the journals of a folder, or one code name's; whose they were."""
    files = sorted(journal_of(folder, "any").parent.glob("*.jsonl"))
    gone = [file for file in files if name in (None, file.stem)]
    for file in gone:
        file.unlink()
    return [file.stem for file in gone]
