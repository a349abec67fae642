"""Every message that the kit can say, collected from its code and its data."""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

import retailkit
from retailkit.markets import codes
from retailkit.words import many_of

PACKAGE = Path(retailkit.__file__).parent

FIRST = {"say", "asked", "later"}
"""Calls whose first argument is a message."""

NOUNS = {
    "count_of": 1,
    "going_through": 0,
    "listing": 1,
    "need_columns": 2,
    "need_word": 2,
    "not_a": 0,
    "progress": 0,
}
"""Calls one of whose arguments, at this place, is the name of a thing."""

PLACES = {"choice": 1, "several": 1, "matching": 1, "number": 1, "yes": 0, "no": 0}
"""Calls of a quiz, whose arguments from this place on are messages."""

FIELDS: dict[str, set[str]] = {
    "Exercise": {"asks", "yes", "hints", "why"},
    "Question": {"text"},
    "WrongAnswer": {"name", "says"},
    "Rule": {"because", "reason"},
    "Comparison": {"measure", "alike"},
    "words_in_order": {"advice"},
    "Keeper": {"words"},
    "Task": {"words"},
    "Promise": {"says"},
}
"""Records whose fields are messages."""

TABLES: dict[str, set[str]] = {
    "course/cases_03.py": {"HEARD", "TALK"},
    "course/cases_04.py": {"SAID"},
    "course/cases_08.py": {"JOBS"},
    "course/cases_10.py": {"SERVICES", "PLANNED"},
    "course/cases_11.py": {"DRAFT"},
    "course/judges.py": {"KINDS"},
}
"""Constants of a module whose texts are messages; of a dictionary the values, not the keys."""

MARKET = {"name", "source", "value"}

SHELVES = sorted(file.name for file in (PACKAGE / "generate").glob("products*.toml"))
"""What the shop sells: everywhere, and in one market only."""

DATA: dict[str, set[str]] = {
    "files/measured.toml": {"what", "measured", "source"},
    "generate/faults.toml": {"meaning"},
    **{f"generate/{shelf}": {"name", "category"} for shelf in SHELVES},
    "principles/principles.toml": {"name", "definition", "counts", "why"},
    "principles/changes.toml": {"says"},
    **{f"markets/{code}.toml": MARKET for code in codes()},
}
"""Data files whose entries with these names are messages."""

COUNTED: dict[str, set[str]] = {"principles/principles.toml": {"of"}}
"""Data files whose entries with these names are things that are counted."""


def texts_in(node: ast.AST) -> Iterator[str]:
    """Every text that stands in an expression itself, not in a call inside it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from texts_in(value)
    elif isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)
    elif isinstance(node, ast.Subscript):
        yield from texts_in(node.value)
    elif not isinstance(node, (ast.Call, ast.JoinedStr)):
        for child in ast.iter_child_nodes(node):
            yield from texts_in(child)


def said_by(call: ast.Call) -> Iterator[str]:
    """The messages in one call."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in FIRST and call.args:
        yield from texts_in(call.args[0])
    if name in NOUNS and len(call.args) > NOUNS[name]:
        for noun in texts_in(call.args[NOUNS[name]]):
            yield noun
            if name == "count_of":
                yield many_of(noun)
    if name in PLACES and isinstance(call.func, ast.Name):
        for argument in call.args[PLACES[name] :]:
            yield from texts_in(argument)
    for keyword in call.keywords:
        if keyword.arg in FIELDS.get(name, ()):
            yield from texts_in(keyword.value)


def said_by_name(function: ast.FunctionDef) -> Iterator[str]:
    """The messages that get a name in a function first, and are said by it."""
    nodes = list(ast.walk(function))
    said = {
        node.args[0].id
        for node in nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in FIRST
        and node.args
        and isinstance(node.args[0], ast.Name)
    }
    for node in nodes:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in said:
            yield from texts_in(node.value)


def in_code() -> Iterator[str]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield from in_file(file)


def in_file(file: Path) -> Iterator[str]:
    """The messages of one file of code."""
    tables = TABLES.get(file.relative_to(PACKAGE).as_posix(), set())
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from said_by_name(node)
        if isinstance(node, ast.Call):
            yield from said_by(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id in tables for one in targets):
                yield from texts_in(node.value)


def in_vocabularies() -> Iterator[str]:
    """What words mean, how they are spoken, and what their lists are called."""
    from retailkit.text import spoken
    from retailkit.vocabularies import VOCABULARIES
    from retailkit.words import kind_of

    for vocabulary in VOCABULARIES:
        yield kind_of(vocabulary)
        for word in vocabulary:
            yield from (word.meaning, spoken(word))


def of_the_doctor() -> Iterator[str]:
    """What the doctor looks at, said where a check stumbles."""
    from retailkit.doctor import CHECKS

    for check in CHECKS:
        yield str(check.__doc__).rstrip(".")


def in_records() -> Iterator[str]:
    """What each table holds, as its record's class says it, and how its columns are spoken."""
    from retailkit.files.card import told_by
    from retailkit.records import notes
    from retailkit.shop import RECORDS
    from retailkit.text import spoken

    for table, record in RECORDS.items():
        yield from (spoken(table), told_by(record))
        for column, note in notes(record).items():
            yield from (spoken(column), note)


def in_data() -> Iterator[str]:
    for name, fields in DATA.items():
        yield from _entries(_read(name), fields)
    for name, fields in COUNTED.items():
        for thing in _entries(_read(name), fields):
            yield from (thing, many_of(thing))


def _read(name: str) -> object:
    return tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))


def _entries(data: object, fields: set[str]) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name in fields and isinstance(value, str):
                yield value
            elif name in fields and isinstance(value, list):
                yield from value
            else:
                yield from _entries(value, fields)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value, fields)


@functools.cache
def all_messages() -> tuple[str, ...]:
    """Every message once, in the order in which it is first found."""
    found = dict.fromkeys(
        [*in_vocabularies(), *in_code(), *of_the_doctor(), *in_records(), *in_data()]
    )
    return tuple(message for message in found if message.strip())
