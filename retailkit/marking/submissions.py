"""What was handed in: read without unpacking anything to the disk, and never trusted."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from retailkit.catalogue import later, say
from retailkit.marking.answer_cells import code_cells, lesson_of
from retailkit.words import count_of

SLIP = "handin.json"
"""The slip in a hand-in: code name, moment, lessons."""

MOST_IN_A_NOTEBOOK = 100_000_000
MOST_IN_A_ZIP = 200_000_000
MOST_ENTRIES = 500
SKIPPED = re.compile(r"(^|/)(\.ipynb_checkpoints|__MACOSX|\.)")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(kw_only=True)
class HandedIn:
    """One file that was handed in: whose it says it is, when, and the notebooks in it."""

    file: str
    code_name: str = ""
    at: datetime
    notebooks: dict[int, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def handed_in(place: Path) -> Iterator[HandedIn]:
    """Every zip and notebook below a folder, or the one that is named, in order of its name.

    Raises ValueError where there is nothing of the kind.
    """
    if not place.exists():
        raise ValueError(
            say("There is no '{place}'. Name the folder with what was handed in.", place=place)
        )
    files = [place] if place.is_file() else sorted(place.rglob("*"))
    files = [file for file in files if file.suffix.lower() in (".zip", ".ipynb")]
    files = [file for file in files if not SKIPPED.search(_name(file, place))]
    if not files:
        raise ValueError(
            say(
                "'{place}' holds nothing that was handed in: no .zip and no .ipynb. "
                "Learners make a zip with 'retailkit handin'.",
                place=place,
            )
        )
    for file in files:
        yield _read(file, place)


def _name(file: Path, place: Path) -> str:
    return file.relative_to(place).as_posix() if file != place else file.name


def _read(file: Path, place: Path) -> HandedIn:
    name = _name(file, place)
    if file.is_symlink() or not file.is_file():
        moment = datetime.fromtimestamp(0, UTC)
        said = say("It is a link to another place, and was not followed.")
        return HandedIn(file=name, at=moment, remarks=[said])
    work = HandedIn(file=name, at=datetime.fromtimestamp(file.stat().st_mtime, UTC))
    if file.suffix.lower() == ".zip":
        _read_zip(file, work)
    elif file.stat().st_size > MOST_IN_A_NOTEBOOK:
        work.remarks.append(_too_large(file.name))
    else:
        _take(file.name, file.read_bytes(), work)
    return work


def _too_large(name: str) -> str:
    most = MOST_IN_A_NOTEBOOK // 1_000_000
    return say("'{name}' has more than {most} megabytes, and was not read.", name=name, most=most)


def _read_zip(file: Path, work: HandedIn) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if len(entries) > MOST_ENTRIES:
                said = say(
                    "The zip has {files}, and was not read: at most {most} are.",
                    files=count_of(len(entries), "file"),
                    most=MOST_ENTRIES,
                )
                work.remarks.append(said)
                return
            _read_entries(packed, entries, work)
    except BROKEN:
        work.remarks.append(say("The zip is damaged, or is no zip."))


def _read_entries(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], work: HandedIn) -> None:
    left = MOST_IN_A_ZIP
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        wanted = name.name == SLIP or name.suffix.lower() == ".ipynb"
        if entry.is_dir() or not wanted or SKIPPED.search(_without_dots(name)):
            continue
        if problem := _trick(entry, name):
            work.remarks.append(say(problem, file=_shown(entry.filename)))
            continue
        content = _content(packed, entry, min(left, MOST_IN_A_NOTEBOOK))
        if content is None:
            work.remarks.append(_too_large(_short(name.name)))
            continue
        left -= len(content)
        if name.name == SLIP:
            _read_slip(content, work)
        else:
            _take(name.name, content, work)


def _without_dots(name: PurePosixPath) -> str:
    return "/".join(part for part in name.parts if part != "..")


def _trick(entry: zipfile.ZipInfo, name: PurePosixPath) -> str:
    """What is the matter with where an entry says that it lies; nothing where it may be read."""
    if name.is_absolute() or ".." in name.parts or re.match(r"\w:", entry.filename):
        return later("{file} points out of the zip to another place, and was not read.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return later("{file} is a link to another place, and was not followed.")
    return (
        later("{file} is locked with a password, and was not read.") if entry.flag_bits & 1 else ""
    )


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """The bytes of an entry, as long as there are no more than allowed, whatever it says."""
    if entry.file_size > most:
        return None
    with packed.open(entry) as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _short(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:80]


def _shown(name: str) -> str:
    return f"'{_short(name)}'"


def _read_slip(content: bytes, work: HandedIn) -> None:
    try:
        slip: dict[str, Any] = json.loads(content)
        work.code_name = str(slip["code_name"])[:30]
        moment = datetime.fromisoformat(str(slip["handed_in_at"]))
        work.at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, KeyError, TypeError, RecursionError):
        work.remarks.append(say("The slip in it, {slip}, cannot be read.", slip=SLIP))


def _take(name: str, content: bytes, work: HandedIn) -> None:
    """Take a notebook in under the lesson that its cells are of, whatever it is called."""
    try:
        lesson = lesson_of(code_cells(content))
    except ValueError as error:
        work.remarks.append(say("{file} is broken: {error}.", file=_shown(name), error=error))
        return
    if lesson is None:
        work.remarks.append(say("{file} holds none of our lessons.", file=_shown(name)))
        return
    if not name.startswith(f"{lesson:02d}_"):
        work.remarks.append(
            say(
                "{file} was renamed; by its cells it is lesson {lesson}.",
                file=_shown(name),
                lesson=lesson,
            )
        )
    if lesson in work.notebooks:
        work.remarks.append(
            say("There are two notebooks of lesson {lesson}; the last one counts.", lesson=lesson)
        )
    work.notebooks[lesson] = content


def bare(content: bytes) -> bytes:
    """A notebook without what its cells have shown: that is made anew when it is marked.

    >>> bare(b'{"cells": [{"cell_type": "code", "source": "1", "outputs": [2]}]}')
    b'{"cells": [{"cell_type": "code", "source": "1", "id": ""}]}'
    """
    cells = code_cells(content)
    kept = [
        {"cell_type": "code", "source": cell.get("source", ""), "id": str(cell.get("id", ""))}
        for cell in cells
    ]
    file = io.StringIO()
    json.dump({"cells": kept}, file)
    return file.getvalue().encode()
