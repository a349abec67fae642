"""What the documentation says that the code knows: printed from it at each build, typed nowhere.

`write_pages` makes the pages of the reference and the picture of the house, in folders that
are no part of the repository; `facts` gives what other pages name between double braces.
"""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import house
import typer

import retailkit as rk
from retailkit.cli import app
from retailkit.course.exercises import lessons
from retailkit.files import FORMATS
from retailkit.files.columns import foreign_keys, key_of, type_name, word_columns
from retailkit.markets import codes, rules_of
from retailkit.records import kinds, notes
from retailkit.shop import RECORDS
from retailkit.words import kind_of

DOCS = Path(__file__).parent
FAULTS = "What can be planted in a shop. A letter is the principle that it breaks."

# ---- facts that pages name ----


def facts() -> dict[str, str]:
    """What a page gets for a name between double braces, as Markdown."""
    return {
        "version": rk.__version__,
        "formats": ", ".join(code(name) for name in FORMATS),
        "markets": table(
            ("code", "market", "currency", "languages"),
            ((code(one), *market(one)) for one in codes()),
        ),
        "lessons": table(("lesson", "its question", "exercises"), lesson_rows()),
    }


def market(name: str) -> tuple[str, ...]:
    """A market's name, its currency and its languages."""
    rules = rules_of(name)
    return rules.name, rules.currency, ", ".join(rules.languages)


def lesson_rows() -> Iterator[tuple[object, ...]]:
    """Every lesson with its question and how many exercises it has."""
    for source in sorted((house.ROOT / "notebooks" / "source").glob("*.md")):
        heading, number = source.read_text(encoding="utf-8").splitlines()[0], int(source.name[:2])
        yield number, heading.partition("· ")[2], len(lessons()[number].exercises)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    lines = [[str(cell).replace("|", "\\|") for cell in line] for line in (head, *rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(word: object) -> str:
    """A word as code."""
    return f"`{word}`"


# ---- the reference ----


def pages() -> dict[str, str]:
    """The pages of the reference, each by its file's name."""
    names, tables, called = dict(name_pages()), dict(table_pages()), dict(command_pages())
    return {
        "names/index.md": index("Names", "What `import retailkit as rk` brings.", names),
        "tables/index.md": index("Tables", "What a shop writes down, a page each.", tables),
        "commands/index.md": index("Commands", "What can be typed in a terminal.", called),
        "floors.md": f"# Floors\n\nFrom the roof to the ground.\n\n{floors()}\n",
        "faults.md": f"# Faults\n\n{FAULTS}\n\n{faults()}\n",
        "words.md": f"# Words\n\n{words()}\n",
        **{f"names/{name}.md": text for name, text in names.items()},
        **{f"tables/{name}.md": text for name, text in tables.items()},
        **{f"commands/{name}.md": text for name, text in called.items()},
    }


def index(title: str, says: str, names: Iterable[str]) -> str:
    """A page that lists other pages."""
    listed = "\n".join(names)
    return f"# {title}\n\n{says}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"


SHELVES = ("figures", "forms", "teaching")
"""The public names that are modules with names of their own."""


def name_pages() -> Iterator[tuple[str, str]]:
    """A page for each floor that gives names, from the ground up."""
    by_floor: dict[str, list[str]] = {name: [] for name in SHELVES}
    for name in rk.__all__:
        if name not in by_floor:
            by_floor.setdefault(home_of(name), []).append(f"retailkit.{name}")
    for floor in SHELVES:
        module = getattr(rk, floor)
        by_floor[floor] = [f"retailkit.{floor}.{name}" for name in module.__all__]
    for floor in filter(by_floor.get, house.floors()):
        described = "\n\n".join(map(description, by_floor[floor]))
        yield (
            floor,
            f"# {floor}\n\n{house.sentence_of(floor)}\n\n```{{eval-rst}}\n{described}\n```\n",
        )


def home_of(name: str) -> str:
    """The floor where a public name is made."""
    if name.isupper():
        return constant(name)[0]
    return str(getattr(rk, name).__module__.split(".")[1])


def description(path: str) -> str:
    """What Sphinx is asked to print of a name, from its docstring."""
    owner, name = path.rsplit(".", 1)
    value = getattr(rk if owner == "retailkit" else getattr(rk, owner.split(".")[1]), name)
    if name.isupper():
        said = constant(name)[1].replace("\n", "\n   ")
        return f".. py:data:: {path}\n\n   {said}"
    return f".. auto{'class' if inspect.isclass(value) else 'function'}:: {path}"


def constant(name: str) -> tuple[str, str]:
    """The floor of a constant, and the docstring that stands below it."""
    for floor in house.floors():
        for file in house.files_of(floor):
            body = house.parsed(file).body
            for node, after in itertools.pairwise(body):
                targets = getattr(node, "targets", [getattr(node, "target", None)])
                if [getattr(one, "id", None) for one in targets] == [name]:
                    said = after.value.value if isinstance(after, ast.Expr) else ""
                    return floor, inspect.cleandoc(said)
    raise ValueError(f"{name} is made nowhere in the package.")


def table_pages() -> Iterator[tuple[str, str]]:
    """A page for each table of a shop: its columns, in their own words."""
    for name, record in RECORDS.items():
        keys, lists = foreign_keys(record), word_columns(record)
        rows = []
        for column, note in notes(record).items():
            kind = type_name(kinds(record)[column])
            if column in lists:
                called = kind_of(lists[column])
                kind = f"a word: [{called}](../words.md#{called.replace(' ', '-')})"
            elif column in keys:
                kind = f"key of [{keys[column]}]({keys[column]}.md)"
            elif column == key_of(record):
                kind = "key of this table"
            rows.append((code(column), note, kind))
        said = inspect.cleandoc(record.__doc__ or "").splitlines()[0]
        yield name, f"# {name}\n\n{said}\n\n{table(('column', 'what it holds', 'value'), rows)}\n"


def command_pages() -> Iterator[tuple[str, str]]:
    """A page for each command: what it says of itself when it is asked with --help."""
    for words_of, command in commands(typer.main.get_command(app), "retailkit"):
        context = command.make_context(words_of, [], resilient_parsing=True)
        usage = " ".join([words_of, *command.collect_usage_pieces(context)])
        rows = [(spelt(one), one.help, shown(one.default)) for one in command.params]
        name = words_of.removeprefix("retailkit ")
        options = table(("", "what it is", "without it"), rows)
        said = f"# {name}\n\n```text\n{usage}\n```\n\n{inspect.cleandoc(command.help)}"
        yield name.replace(" ", "-"), f"{said}\n\n{options}\n"


def spelt(parameter: Any) -> str:
    """How an argument or an option of a command is written."""
    if parameter.param_type_name == "argument":
        return code(parameter.metavar)
    return ", ".join(map(code, parameter.opts + parameter.secondary_opts))


def commands(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it."""
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def shown(default: object) -> str:
    """What holds where an option is not given."""
    if default in (None, "", False):
        return ""
    return "yes" if default is True else code(default)


def floors() -> str:
    """Every floor of the house with what it is for."""
    rows = ((code(name), house.sentence_of(name)) for name in reversed(house.floors()))
    return table(("floor", "what it is for"), rows)


def faults() -> str:
    """Everything that can be planted."""
    return table(
        ("name", "what goes wrong", "share of", "usual share", "breaks"),
        (
            (code(one.name), one.meaning, one.of, one.default, one.breaks)
            for one in rk.FAULTS.values()
        ),
    )


def words() -> str:
    """Every closed vocabulary with its meanings."""
    sections = []
    for kind, of in rk.glossary().groupby("kind", sort=True):
        rows = zip(map(code, of["word"]), of["meaning"], strict=True)
        sections.append(f"## {kind}\n\n{table(('word', 'meaning'), rows)}")
    return "\n\n".join(sections)


def write_pages() -> None:
    """Write the pages and the picture; a file that would stay the same is left alone."""
    files = {DOCS / "reference" / name: text for name, text in pages().items()}
    files[DOCS / "made" / "house.svg"] = house.picture()
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
