"""Wheels for the browser, packed from the packages that are installed here."""

from __future__ import annotations

import functools
import importlib.metadata
import io
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path

from retailkit.handout import packaged_lessons
from retailkit.markets.rules import codes, rules_of

KIT = "retailkit"
PYTHON_TOO = ("psygnal", "rapidfuzz", "wcwidth")
"""Packages with compiled parts for speed alone: without those, Python does the same."""

COMPILED = (".so", ".pyd", ".dylib", ".dll")
HOME = Path(__file__).parents[1]
OF_THE_KIT = {
    *(".py", ".typed", ".toml", ".json", ".po", ".cfg", ".txt", ".md"),
    *(".html", ".js", ".ttf", ".mplstyle"),
}
"""The kinds of files that the kit reads; what else lies in its folder is somebody's."""

UNREAD = re.compile(r"(^|/)(phonenumbers/geodata/|babel/locale-data/(?P<language>[a-z]+))")
"""The most of two packages is for languages that no market speaks, and for where a number is."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""A wheel's files bear this date, so that the same files make the same wheel."""


def installed(name: str) -> Distribution | None:
    """The package that is installed here under this name, if it runs in a browser, too."""
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    pure = "Root-Is-Purelib: true" in (package.read_text("WHEEL") or "")
    return package if pure or name in PYTHON_TOO else None


def packed(package: Distribution) -> bytes:
    """A wheel with the Python of a package, and nothing compiled."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, file in sorted(files_of(package)):
            wheel.writestr(zipfile.ZipInfo(name, LONG_AGO), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def modules_of(package: Distribution) -> list[str]:
    """The names by which a package is imported."""
    parts = [Path(name).parts for name, _ in files_of(package) if name.endswith(".py")]
    return sorted({first.removesuffix(".py") for first, *_ in parts if "-" not in first})


def files_of(package: Distribution) -> Iterator[tuple[str, Path]]:
    """The files of a package that are for Python: their names in a wheel, and where they lie."""
    if package.name == KIT:
        yield from _files_of_the_kit(package)
        return
    for file in package.files or []:
        # what lies outside is for programs on a computer; a list of files would miss the compiled
        outside = ".." in file.parts or file.is_absolute()
        if not outside and _is_carried(Path(file)) and file.name != "RECORD":
            yield file.as_posix(), Path(str(package.locate_file(file)))


def _files_of_the_kit(package: Distribution) -> Iterator[tuple[str, Path]]:
    """The kit as it runs now, in a checkout as well; the site shows the lessons by itself."""
    lessons = packaged_lessons()[0].parent
    for file in HOME.rglob("*"):
        name = file.relative_to(HOME)
        hidden = any(part.startswith(".") for part in name.parts)
        ours = file.is_file() and file.suffix in OF_THE_KIT and not hidden
        if ours and lessons not in file.parents and _is_carried(file):
            yield f"{KIT}/{name.as_posix()}", file
    metadata = Path(str(package.locate_file(f"{KIT}-{package.version}.dist-info/METADATA")))
    yield f"{metadata.parent.name}/METADATA", metadata


def _is_carried(file: Path) -> bool:
    unread = UNREAD.search(file.as_posix())
    if unread and unread["language"] not in languages():
        return False
    return "__pycache__" not in file.parts and file.suffix not in COMPILED


@functools.cache
def languages() -> frozenset[str]:
    """The languages of all markets, and what Babel has for all languages."""
    return frozenset({"root"}.union(*(rules_of(market).languages for market in codes())))
