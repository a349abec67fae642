"""A file that somebody brings: its bytes, and what kind of file it is by its content.

The ending of a name says little; the first bytes say what is really there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from retailkit.catalogue import later, say
from retailkit.imports.problems import refused

MOST_BYTES = 200_000_000
"""More than any shop's book of customers; beyond it something else was meant."""

OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that are locked with a password."""

SAVE_AGAIN = later("Open it in its own program and save it as XLSX or CSV.")

OTHERS = [
    (b"%PDF", later("a PDF"), later("Ask whoever made it for the table itself, as XLSX or CSV.")),
    (
        b"PAR1",
        later("a Parquet file"),
        later("Read it with pandas.read_parquet and save it as CSV."),
    ),
    (b"SQLite format 3", later("a database"), later("Save the one table that you want as CSV.")),
    (b"\x1f\x8b", later("a packed file (gzip)"), later("Unpack it first.")),
    (b"7z\xbc\xaf", later("a packed file (7z)"), later("Unpack it first.")),
    (b"Rar!", later("a packed file (RAR)"), later("Unpack it first.")),
    (b"\x89PNG", later("a picture"), later("Bring the table itself, as XLSX or CSV.")),
    (b"\xff\xd8\xff", later("a picture"), later("Bring the table itself, as XLSX or CSV.")),
    (b"{\\rtf", later("a text document (RTF)"), SAVE_AGAIN),
]
"""Files that are often brought instead: how they begin, what they are, what to do."""

MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|meta|head|style)", re.IGNORECASE)
JSON = re.compile(rb"\s*(\[\s*)?\{\s*\"")


def opened(path: str | Path) -> bytes:
    """The bytes of a file.

    Raises ImportProblems where there is no such file, or it is too large or no file at all.
    """
    if re.match(r"\w{2,}://", str(path)):
        raise refused(path, say("This is an address on the web"), say("Save the file here first."))
    try:
        place = Path(path).expanduser()
        if fault := _not_a_file(place):
            raise refused(path, *fault)
        return place.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        found = say("It cannot be opened: {reason}", reason=say(reason.lower()))
        raise refused(path, found, say("Check its name and its folder.")) from None


def _not_a_file(place: Path) -> tuple[str, str] | None:
    """What is in the way of reading a file, and what would do; None where nothing is."""
    if "\0" in str(place):
        return say("This is no name of a file"), say("Leave out the character that cannot be seen.")
    if place.is_symlink() and not place.exists():
        return say("This is a link to a file that is gone"), say("Name the file itself.")
    if place.is_dir():
        return say("This is a folder"), say("Name one file in it.")
    if place.exists() and not place.is_file():
        return say("This is a device and no file"), say("Name a CSV or XLSX file.")
    if place.stat().st_size > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        return say("It has more than {limit} megabytes", limit=limit), say(
            "Cut it into several files."
        )
    return None


def kind_of_file(path: str | Path, data: bytes) -> Literal["csv", "xlsx"]:
    """Whether bytes are a workbook or text.

    Raises ImportProblems where they are neither, or nothing at all.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise refused(
            path, say("It is empty"), say("Bring a file with a row of names and rows below it.")
        )
    if data.startswith(b"PK"):
        return "xlsx"
    if data.startswith(OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        found = (
            say("It is locked with a password")
            if locked
            else say("It is an old Office file, such as XLS")
        )
        advice = say(SAVE_AGAIN)
        raise refused(
            path, found, f"{advice} {say('Leave out the password.')}" if locked else advice
        )
    for start, what, advice in OTHERS:
        if data.startswith(start):
            raise refused(path, say("It is {what}", what=say(what)), say(advice))
    if MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise refused(path, say("It is a web page or XML, whatever its name says"), say(SAVE_AGAIN))
    if JSON.match(data):
        raise refused(path, say("It is JSON"), say("Save the table as CSV."))
    return "csv"
