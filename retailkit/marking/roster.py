"""The roster of a class: who is in it, from a table that a school has made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from retailkit.catalogue import later, say, whole
from retailkit.imports.delimited import Rows, rows_of_text
from retailkit.imports.encodings import decoded
from retailkit.imports.headers import folded
from retailkit.imports.opening import kind_of_file, opened
from retailkit.imports.problems import Fault, ImportProblems, shown
from retailkit.imports.workbook import rows_of_workbook
from retailkit.lab import checked_codename
from retailkit.marking.tables import as_read
from retailkit.words import listing

NAMES = {
    "name": [
        "name", "full name", "student", "student name", "learner", "pupil", "nombre",
        "nombre completo", "nombre y apellidos", "apellidos y nombre", "alumno", "alumna",
        "alumnado", "alumno/a", "estudiante",
    ],
    "family_name": [
        "family name", "last name", "surname", "apellido", "apellidos", "primer apellido",
    ],
    "given_name": ["given name", "first name", "forename", "nombre de pila"],
    "learner_id": [
        "id", "student id", "learner id", "id number", "sis user id", "student number",
        "number", "no", "número",
        "nº", "n.º", "número de alumno", "expediente", "matrícula", "nie", "id de alumno",
    ],
    "email": [
        "email", "e-mail", "email address", "e-mail address", "correo", "correo electrónico",
        "dirección de correo",
    ],
    "username": [
        "username", "user name", "login", "login id", "sis login id", "usuario",
        "nombre de usuario",
    ],
    "section": ["section", "sección"],
    "code_name": ["code name", "codename", "nombre en clave", "nombre clave", "clave"],
}  # fmt: skip
"""How schools call the columns, in English and in Spanish."""

COLUMNS = {
    "name": later("name"),
    "family_name": later("family name"),
    "given_name": later("given name"),
    "learner_id": later("learner id"),
    "email": later("email"),
    "username": later("username"),
    "section": later("section"),
    "code_name": later("code name"),
}
"""How we call them."""

BEFORE_A_BARE_ID = folded("sis user id")
"""Beside it, `ID` is Canvas' own number of a learner, which nobody at a school goes by."""

NO_LEARNER = folded("Points Possible")
"""Where the name would stand in Canvas' row of how many points there are."""

MEANS = {folded(name): column for column, names in NAMES.items() for name in names}
FIRST_ROWS = 20
MOST_LEARNERS = 2_000


@dataclass(frozen=True, kw_only=True)
class Learner:
    """Somebody on the roster. The key tells two learners of one class apart.

    Username, ID and code name say who somebody is on a school's hub and in nbgrader. Email and
    section are for a school's gradebook; nothing of the kit goes by them.
    """

    name: str
    learner_id: str = ""
    email: str = ""
    username: str = ""
    section: str = ""
    code_name: str = ""

    @property
    def key(self) -> str:
        return self.learner_id or folded(self.name)


def read_roster(path: str | Path, *, with_code_names: bool = False) -> list[Learner]:
    r"""Everybody on a roster, in its order, from CSV or XLSX.

    Raises ImportProblems with everything that is wrong, each with its row and column; with
    `with_code_names`, a learner without a code name is wrong as well.

    >>> import tempfile
    >>> from retailkit.keep import write_file
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "class.csv"), "Nombre;Apellidos;Nº\nAna;Ruiz;7\n")
    ...     read_roster(Path(folder, "class.csv"))
    [Learner(name='Ana Ruiz', learner_id='7', email='', username='', section='', code_name='')]
    """
    source = _source(path)
    header, places, faults = _columns(source)
    faults = [*source.faults, *faults]
    if faults:
        raise ImportProblems(path, faults)
    found = list(_learners(source, header, places))
    faults = [*_gaps(found, with_code_names), *_doubles(found)]
    if not found:
        said = say("Below the names of the columns stands nobody")
        faults = [Fault(found=said, allowed=say("Bring one row for each learner."), row=header + 1)]
    if len(found) > MOST_LEARNERS:
        said = say("It has {found} learners", found=whole(len(found)))
        faults = [
            Fault(
                found=said,
                allowed=say("Bring at most {most} at a time.", most=whole(MOST_LEARNERS)),
            )
        ]
    if faults:
        raise ImportProblems(path, faults)
    return [learner for _, learner in found]


def _source(path: str | Path) -> Rows:
    data = opened(path)
    if kind_of_file(path, data) == "xlsx":
        return rows_of_workbook(path, data, None)
    telling = {name for names in NAMES.values() for name in names if not name.isascii()}
    text, _ = decoded(path, data, None, telling)
    return rows_of_text(path, text, lambda cell: folded(cell) in MEANS)


def _columns(source: Rows) -> tuple[int, dict[str, int], list[Fault]]:
    """The row of names, the place of each column, and what is wrong with them."""
    known = [_known(row) for row in source.rows[:FIRST_ROWS]] or [[]]
    header = max(range(len(known)), key=lambda row: sum(map(bool, known[row])))
    columns, faults = known[header], []
    for column in filter(None, dict.fromkeys(columns)):
        twice = [place for place, name in enumerate(columns) if name == column]
        if len(twice) > 1:
            names = [repr(str(source.rows[header][place])) for place in twice]
            said = say(
                "{names} could each be the {column}",
                names=listing(names),
                column=say(COLUMNS[column]),
            )
            faults.append(Fault(row=header + 1, found=said, allowed=say("Keep one of them.")))
    places = {name: place for place, name in enumerate(columns) if name}
    if not {"name", "given_name", "family_name"} & set(places):
        faults.append(
            Fault(
                row=header + 1,
                found=say("No column holds the learners' names"),
                allowed=say(
                    "Put a row on top that names it, such as Name or Nombre; "
                    "beside it, if you like, an ID column, such as ID or Nº."
                ),
            )
        )
    return header, places, faults


def _known(row: list[object]) -> list[str]:
    """What each cell of a row means, if it is the row of names."""
    names = [folded(cell) for cell in row]
    passed_over = {"id"} if BEFORE_A_BARE_ID in names else set()
    return ["" if name in passed_over else MEANS.get(name, "") for name in names]


def _learners(source: Rows, header: int, places: dict[str, int]) -> Iterator[tuple[int, Learner]]:
    """The learner of every row that is not empty, with the row as a spreadsheet counts it."""
    for place, cells in enumerate(source.rows[header + 1 :], header + 2):
        text = {name: _text(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        parts = [text.get(name, "") for name in ("name", "given_name", "family_name")]
        name = " ".join(filter(None, parts))
        if any(_text(cell) for cell in cells) and folded(name) != NO_LEARNER:
            yield place, Learner(name=name, **_others(text))


def _others(text: dict[str, str]) -> dict[str, str]:
    """What a row says of a learner besides the name."""
    return {field.name: text.get(field.name, "") for field in fields(Learner)[1:]}


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a workbook knows no whole numbers
    return as_read(" ".join(str("" if cell is None else cell).split()))


def _gaps(found: list[tuple[int, Learner]], code_names: bool) -> Iterator[Fault]:
    have_ids = any(learner.learner_id for _, learner in found)
    for row, learner in found:
        if not learner.name:
            yield Fault(
                row=row,
                column=say("name"),
                found=say("Nobody is named"),
                allowed=say("Write the name."),
            )
        if have_ids and not learner.learner_id:
            said = say("{name} has no ID", name=shown(learner.name))
            yield Fault(
                row=row, column=say("id"), found=said, allowed=say("Give all of them one, or none.")
            )
        if code_names and not learner.code_name:
            said = say("{name} has no code name", name=shown(learner.name))
            advice = say(
                "Bring the roster that 'retailkit classroom' wrote, in DIR/teacher/roster.csv."
            )
            yield Fault(row=row, column=say("code name"), found=said, allowed=advice)
        if learner.code_name:
            try:
                checked_codename(learner.code_name)
            except ValueError:
                said = say("{name} cannot be a code name", name=shown(learner.code_name))
                advice = say("Use 1 to 30 letters (a to z), digits, - and _.")
                yield Fault(row=row, column=say("code name"), found=said, allowed=advice)


def _doubles(found: list[tuple[int, Learner]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for row, learner in found:
        whose = "id" if learner.learner_id else "name"
        of_their_own = {
            whose: (learner.key, learner.learner_id or learner.name),
            "username": (learner.username.lower(), learner.username),
            "code name": (learner.code_name.lower(), learner.code_name),
        }
        for column, (value, theirs) in of_their_own.items():
            if not value:
                continue
            first = seen.setdefault((column, value), row)
            if first != row:
                said = say(
                    "{theirs} stands in row {first} already", theirs=shown(theirs), first=first
                )
                advice = {
                    "name": say("Tell the two apart with an ID column, or delete one."),
                    "id": say("Give each learner an ID of their own."),
                    "username": say("Give each learner a username of their own."),
                    "code name": say("Give each learner a code name of their own."),
                }[column]
                yield Fault(row=row, column=say(column), found=said, allowed=advice)


def code_name_on(roster: str | Path, who: str) -> str | None:
    """The code name of somebody by username, ID or code name; None who is not on the roster.

    Raises ValueError where one learner goes by this in one column and another in another;
    ImportProblems for a bad roster.
    """
    found = [
        one
        for one in read_roster(roster, with_code_names=True)
        if who
        and who.lower() in (one.username.lower(), one.learner_id.lower(), one.code_name.lower())
    ]
    if len(found) > 1:
        raise ValueError(
            say(
                "{who!r} could be two learners on '{roster}': it is the username, ID or code name "
                "of one and of another. Change it for one of them.",
                who=who,
                roster=roster,
            )
        )
    return found[0].code_name if found else None


def named(learner: Learner, code_name: str) -> Learner:
    """The learner with a code name."""
    return replace(learner, code_name=code_name)
