"""Preparing a database for a class: its tables, and a login for every learner."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import granting
from retailkit.crm.address import EXAMPLE, address_of, name_of
from retailkit.crm.keys import Passphrase
from retailkit.crm.postgres import GONE, Unreachable, group_of
from retailkit.crm.reaching import as_login, need_driver, need_tables, with_password
from retailkit.crm.roles import NotAllowed, Role
from retailkit.keep import write_private
from retailkit.text import Sentences, spoken
from retailkit.words import count_of, listing

LOGIN = re.compile(r"(?!pg_|none$|public$)[A-Za-z0-9_-]{1,60}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another."""

UNSURE = later(
    "The server of {place} broke off while it saved, so the logins may be there or not. Run it "
    "again. If it says that the learners had a login already, the passwords in {file} hold. If "
    "it says that {file} exists, no login was made: delete the file, and run it once more."
)


def prepare(
    url: str,
    learners: Iterable[str] = (),
    role: str = "sales_associate",
    *,
    password: str | None = None,
    logins: str | Path = "logins.csv",
) -> Sentences:
    """Make a database on a server ready for a class, and say what was done. For its owner.

    Its tables are made where there are none. Every learner, under their code name, gets a
    login in the role; new passwords are written to the file `logins`, for you alone. Who has
    a login here already keeps its password, and changes to the role. All of it happens or
    nothing. Raises ValueError for a code name that cannot be a login, or is somebody else's
    on this server; CannotKeep where the file is there already.
    """
    address = address_of(url)
    if address is None:
        raise ValueError(
            say(
                "A class shares a database on a server. Give its address: {example}",
                example=EXAMPLE,
            )
        )
    role, names, file = Role(role), _checked(learners), Path(logins)
    need_driver()
    address = with_password(address, Passphrase(password) if password else None)
    with ExitStack() as undone, as_login(address) as connection:
        groups = need_tables(connection, name_of(address))
        _need_owner(connection, name_of(address))
        passwords = _given(connection, groups, names, role)
        if passwords:
            write_private(file, _table(address, role, passwords))
            undone.callback(file.unlink)  # unless the server keeps what is in it
        unsure = say(UNSURE if passwords else GONE, place=name_of(address), file=file)
        _keep(connection, undone, unsure)
    return _done(name_of(address), role, len(passwords), len(names) - len(passwords), file)


def _keep(connection: sa.Connection, undone: ExitStack, unsure: str) -> None:
    """Have the server keep what was done. Where it breaks off nobody knows whether it did."""
    try:
        connection.commit()
    except sa.exc.DBAPIError as error:
        if not error.connection_invalidated:
            raise
        undone.pop_all()
        raise Unreachable(unsure) from None
    undone.pop_all()


def _given(connection: sa.Connection, groups: str, names: list[str], role: Role) -> dict[str, str]:
    """Everybody's login in the role; the passwords of those who had none."""
    new = _new(connection, groups, names)
    passwords = {name: _password() for name in names if name in new}
    for name in names:
        _give(connection, groups, role, name, passwords.get(name))
    return passwords


def _checked(learners: Iterable[str]) -> list[str]:
    # a text alone is one learner, not one for each of its letters
    names = list(dict.fromkeys([learners] if isinstance(learners, str) else learners))
    wrong = [name for name in names if not LOGIN.fullmatch(name)]
    if wrong:
        raise ValueError(
            say(
                "{names} cannot be a login. Use code names: letters (a to z), digits, - and _; "
                "not pg_ at the beginning.",
                names=listing([repr(name) for name in wrong]),
            )
        )
    return names


def _need_owner(connection: sa.Connection, name: str) -> None:
    login = connection.exec_driver_sql("SELECT session_user").scalar()
    if login != granting.owner_of(connection):
        raise NotAllowed(
            say(
                "The login {login} did not set up {name}. Only its owner gives out logins.",
                login=login,
                name=name,
            )
        )


def _new(connection: sa.Connection, groups: str, names: list[str]) -> set[str]:
    """Those who have no login on the server yet.

    Raises ValueError where a login is there that has no role in this database.
    """
    there = set(connection.execute(THERE, {"names": names}).scalars())
    ours = [group_of(groups, role) for role in Role]
    in_class = set(connection.execute(MEMBERS, {"names": names, "groups": ours}).scalars())
    owner = granting.owner_of(connection)  # who keeps the role of the responsible person
    if strangers := sorted(there - in_class | {owner} & there):
        raise ValueError(
            say(
                "The server has {names} as a login of something else already. Choose another "
                "code name. Nothing was changed.",
                names=listing(strangers),
            )
        )
    return set(names) - there


THERE = sa.text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)")
MEMBERS = sa.text(
    "SELECT login.rolname FROM pg_auth_members"
    " JOIN pg_roles AS login ON login.oid = member JOIN pg_roles AS role ON role.oid = roleid"
    " WHERE login.rolname = ANY(:names) AND role.rolname = ANY(:groups) AND login.rolcanlogin"
)


def _give(
    connection: sa.Connection, groups: str, role: Role, name: str, password: str | None
) -> None:
    """A login in a role, and in no other one; with a password, a new login."""
    if password:
        raw: Any = connection.connection.driver_connection
        # the password itself never goes to the server, nor into its journal
        sealed = raw.pgconn.encrypt_password(password.encode(), name.encode()).decode()
        granting.tell(connection, f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{sealed}'")
    else:
        every = ", ".join(f'"{group_of(groups, each)}"' for each in Role)
        granting.tell(connection, f'REVOKE {every} FROM "{name}"')
    granting.tell(connection, f'GRANT "{group_of(groups, role)}" TO "{name}"')


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _table(url: sa.URL, role: Role, passwords: dict[str, str]) -> str:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["login", "role", "password", "address"])
    for name, password in passwords.items():
        theirs = url.set(username=name, password=None).render_as_string()
        rows.writerow([name, role, password, theirs])
    return text.getvalue()


def _done(name: str, role: Role, new: int, old: int, file: Path) -> Sentences:
    said = [say("{name} is ready: each role sees there what is its own.", name=name)]
    if new:
        said.append(
            say(
                "{count} with a login in the role {role}. The passwords are in {file}: give "
                "each learner their own line, then delete it.",
                count=count_of(new, "learner"),
                role=spoken(role),
                file=file,
            )
        )
    if old:
        said.append(
            say(
                "{count} had a login already: same password, now in the role {role}.",
                count=count_of(old, "learner"),
                role=spoken(role),
            )
        )
    return Sentences(said)
