"""The data card: what a data set is, for people, in the file that a folder opens with."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from retailkit.catalogue import later, say
from retailkit.files.columns import foreign_keys, type_name, word_columns
from retailkit.files.description import DESCRIPTION, MEDIA, About
from retailkit.files.tally import Tally, compared
from retailkit.records import Record, kinds, notes
from retailkit.shop import RECORDS
from retailkit.words import count_of, kind_of, listing

CARD = "README.md"

HEAD = later("""\
# {title}

A shop for a class, made by retailkit {version}. Nobody in it exists: people, addresses, telephone
numbers and e-mail addresses are made up, and any likeness is chance. Write to nobody in it and call
nobody. Some of what stands here may be wrong on purpose: finding that is part of the course.

The data may be used like the kit itself, under the MIT licence.

The tables lie here as {formats}. `{description}` describes them for machines, with the SHA-256 of
every file. An empty field means "not known". Money is in {currency}.
""")


def card(about: About, version: str, formats: list[str], currency: str, counts: Tally) -> str:
    """The card of a data set, as Markdown."""
    parts = [
        say(
            HEAD,
            title=about.title,
            version=version,
            formats=listing(name for name in MEDIA if name in formats),
            description=DESCRIPTION,
            currency=currency,
        ),
        *_figures(counts),
        f"## {say('The tables')}\n",
        *(part for name in RECORDS for part in _table(name, about.rows[name])),
        *_words(),
    ]
    return "\n".join(parts)


def _figures(counts: Tally) -> Iterator[str]:
    yield f"## {say('How it compares with real complaints and real shops')}\n"
    yield say("| what | here | measured | where |")
    yield "| --- | --- | --- | --- |"
    for row in compared(counts):
        yield f"| {row['what']} | {row['here']} | {row['measured']} | {row['source']} |"
    yield ""


def _table(name: str, rows: int) -> Iterator[str]:
    record = RECORDS[name]
    others, words = foreign_keys(record), word_columns(record)
    yield f"### {name}\n\n{say(told_by(record))} {count_of(rows, 'row')}.\n"
    yield say("| column | kind | what it holds |")
    yield "| --- | --- | --- |"
    for column, kind in kinds(record).items():
        form = (
            say("one {kind}", kind=say(kind_of(words[column])))
            if column in words
            else type_name(kind)
        )
        if column in others:
            form = say("{form}, from {table}", form=form, table=others[column])
        yield f"| {column} | {form} | {say(notes(record)[column])} |"
    yield ""


def told_by(record: type[Record]) -> str:
    """The first paragraph of what the record's class says of itself."""
    return " ".join((inspect.getdoc(record) or "").split("\n\n")[0].split())


def _words() -> Iterator[str]:
    yield f"## {say('The words')}\n"
    lists = {
        say(kind_of(words)): words
        for record in RECORDS.values()
        for words in word_columns(record).values()
    }
    for kind, words in sorted(lists.items()):
        yield f"### {kind}\n"
        yield from (f"- {word}: {word.meaning}" for word in words)
        yield ""
