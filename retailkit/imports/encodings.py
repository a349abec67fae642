"""From bytes to letters: what a file says of itself, what it proves, and else a question."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from retailkit.catalogue import say
from retailkit.imports.problems import refused
from retailkit.records import need_word
from retailkit.words import listing

ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "cp1252", "latin-1", "iso-8859-15", "mac-roman", "cp850", "cp437",
    "cp1250", "cp1251", "cp1253", "cp1254", "iso-8859-2",
]  # fmt: skip
"""What a caller may declare."""

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like utf-16 and so comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
"""The marks with which a file can say its encoding."""

OLDER = ["cp1252", "mac-roman", "cp850", "cp1250", "cp1251"]
"""One byte a letter: Windows and Mac in the West, the old DOS, Central Europe, Cyrillic."""

HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half a character, as some programs write it in spite of the standard."""

FIRST_ROWS = 20
"""The names of the columns stand in these."""


def decoded(
    path: str | Path, data: bytes, encoding: str | None, telling: Collection[str]
) -> tuple[str, str]:
    """The text of a file, and the encoding that it turned out to be in.

    `telling` are names of columns with letters beyond ASCII: an encoding in which the file
    has such a name is proven. Raises ImportProblems where letters cannot be told.
    """
    if encoding is not None:
        return _declared(path, data, checked_encoding(encoding)), say(
            "{encoding}, as you said", encoding=encoding
        )
    for mark, name in MARKS:
        if data.startswith(mark):
            return _declared(path, data, name), name
    _ask_about_pairs(path, data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _older(path, data, error.start, telling)


def checked_encoding(encoding: str) -> str:
    """The encoding itself, if it is one that we take under any of its names.

    Raises ValueError.
    """
    try:
        known = {codecs.lookup(name).name: name for name in ENCODINGS}
        return known[codecs.lookup(encoding).name]
    except (LookupError, TypeError, ValueError):
        return need_word(encoding, ENCODINGS, "encoding")


def _declared(path: str | Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        found = say(
            "The bytes {bytes} are nothing in {encoding}",
            bytes=data[error.start : error.end].hex(" "),
            encoding=encoding,
        )
        if "surrogate" in error.reason:
            found = say(
                "It holds half a character (a lone surrogate), which {encoding} forbids",
                encoding=encoding,
            )
        row = _row_at(data, error.start)
        raise refused(path, found, say("Save it as UTF-8, or say another encoding."), row) from None


def _row_at(data: bytes, place: int) -> int:
    """The line in which a byte stands, from 1."""
    return len(re.findall(rb"\r\n?|\n", data[:place].replace(b"\0", b""))) + 1


def _ask_about_pairs(path: str | Path, data: bytes) -> None:
    """Ask where every other byte is nothing: that is UTF-16, which did not say so."""
    first, second = data[:2000:2], data[1:2000:2]
    high = max((first, second), key=lambda half: half.count(0))
    if high.count(0) > 0.7 * len(high):
        side = "le" if high is second else "be"
        raise refused(
            path,
            say("It seems to be UTF-16 without the mark that says so"),
            say("Say encoding='utf-16-{side}', or save it as UTF-8.", side=side),
        )


def _older(path: str | Path, data: bytes, place: int, telling: Collection[str]) -> tuple[str, str]:
    row = _row_at(data, place)
    if HALF.match(data, place):
        found = say("It holds half a character (a lone surrogate), which no encoding allows")
        raise refused(path, found, say("Take the character out and save the file as UTF-8."), row)
    readings = _readings(data)
    for name, text in readings.items():
        # nobody's Spanish names of columns come out right by chance
        if _names_in(text) & set(telling):
            return text, say("{name}, told by its names of columns", name=name)
    found = say("Its letters are not UTF-8, and it does not say what they are")
    if not readings:
        raise refused(path, found, say("Save it as UTF-8."), row)
    choices = _choices(_word_at(data, place), readings)
    said = say("The first of them reads {choices}", choices=choices)
    raise refused(
        path,
        f"{found}. {said}",
        say(
            "Say which is right, such as encoding='cp1252' (usual for Windows in Western Europe), "
            "or save the file as UTF-8."
        ),
        row,
    )


def _readings(data: bytes) -> dict[str, str]:
    """What the file says in each of the older encodings in which it says anything."""
    found = {}
    for name in OLDER:
        with suppress(UnicodeDecodeError):
            found[name] = data.decode(name)
    return found


def _names_in(text: str) -> set[str]:
    lines = re.split(r"\r\n?|\n", text, maxsplit=FIRST_ROWS)[:FIRST_ROWS]
    return {name.strip(' "').casefold() for line in lines for name in re.split(r"[,;\t|]", line)}


def _word_at(data: bytes, place: int) -> bytes:
    """The word in which a byte stands, or twenty bytes of it on either side."""
    end = rb'[\s,;|"]'
    before = re.split(end, data[max(place - 20, 0) : place])[-1]
    return before + re.split(end, data[place : place + 20])[0]


def _choices(word: bytes, encodings: Iterable[str]) -> str:
    """What a word says in each encoding, each reading once."""
    said: dict[str, str] = {}
    for name in encodings:
        said.setdefault(word.decode(name, errors="replace"), name)
    readings = [say("{text!r} in {name}", text=text, name=name) for text, name in said.items()]
    return listing(readings, "or")
