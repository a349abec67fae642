"""Granting: the tables on a server, and for each role the views and rights that are its own.

Each role of the kit is a role of the server, without a login; each login belongs to one.
A role has nothing to do with the tables: it is given views of them, in which what is closed
to it reads as nothing. So it sees no more with any program, whatever SQL that sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm import log, shelf
from retailkit.crm.agreeing import seen_rows
from retailkit.crm.guard import readable
from retailkit.crm.postgres import CLOCK, SCHEMA, group_of
from retailkit.crm.roles import Rights, Role, rights_of
from retailkit.crm.schema import ABOUT, ACCESS_LOG, METADATA, NUMBERS, TABLES
from retailkit.crm.work import by_the_shops_clock

HEAD = "log_head"

APART = timedelta(minutes=5)
"""So far apart the clocks of the server and of who sets it up may be."""

# whoever was ever asked: a no without a date holds for ever, and of two answers at one
# moment the no; who takes a yes back with a later date has taken it back (`upkeep/consent.py`)
AGREEING = """
CREATE VIEW {schema}.agreeing_{purpose} AS
SELECT customer_id FROM (
    SELECT customer_id, at,
           state = 'given' AND channel IS DISTINCT FROM 'complaint' AS yes,
           state IN ('declined', 'withdrawn') AS no,
           -- the owner's program may set the clock; for everybody else it is the server's
           coalesce(
               CASE WHEN session_user = {owner}
                    THEN nullif(current_setting('{clock}', true), '') END,
               to_char(now() AT TIME ZONE {zone}, 'YYYY-MM-DD HH24:MI:SS')
           ) COLLATE "C" AS clock
    FROM {schema}.consents WHERE purpose = '{purpose}' AND customer_id IS NOT NULL
) AS answers
GROUP BY customer_id
HAVING bool_or(no AND at IS NULL) IS NOT TRUE
   AND max(at) FILTER (WHERE yes AND at <= clock)
       > coalesce(max(at) FILTER (WHERE no AND at <= clock), '')
   AND max(at) FILTER (WHERE yes) > coalesce(max(at) FILTER (WHERE no), '')
"""

# the head moves on from the entry that it knows alone: where that was altered or taken
# away it stays, whatever is added later, and shows it
LOG_GUARD = """
CREATE TABLE {schema}.{head} (number bigint NOT NULL, hash text NOT NULL);
INSERT INTO {schema}.{head} VALUES (0, '{start}');
CREATE FUNCTION {schema}.entry_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF session_user <> {owner} AND NOT (
        pg_has_role(session_user, '{groups}_' || NEW.role, 'MEMBER')
        AND starts_with(NEW.who || ' ', session_user || ' ')
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'an entry is signed with one''s own login';
    END IF;
    IF NEW.number <> 1 + coalesce((
        SELECT max(number) FROM {schema}.access_log WHERE number <> NEW.number
    ), 0) THEN
        RAISE insufficient_privilege USING MESSAGE = 'an entry follows the last one';
    END IF;
    UPDATE {schema}.{head} AS head SET number = NEW.number, hash = NEW.hash
    WHERE head.number = NEW.number - 1 AND (head.number = 0 OR EXISTS (
        SELECT FROM {schema}.access_log AS known
        WHERE known.number = head.number AND known.hash = head.hash
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER entry_added AFTER INSERT ON {schema}.access_log
FOR EACH ROW EXECUTE FUNCTION {schema}.entry_added();
"""


def lay_out(connection: sa.Connection) -> str:
    """Make the empty tables of a new database, its roles, and what each may see and change.

    Says how the names of the server's own roles begin. Raises ValueError where the server's
    clock is not the shop's.
    """
    connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    database, number, owner, zone, clock = connection.exec_driver_sql(
        "SELECT current_database(), oid, quote_literal(session_user),"
        " quote_literal(current_setting('TimeZone')), clock_timestamp()::timestamp"
        " FROM pg_database WHERE datname = current_database()"
    ).one()
    _need_our_clock(clock, database)
    # the server's roles are those of all its databases; the number keeps them apart
    groups = f"{re.sub('[^a-z0-9]+', '_', database.lower())[:30]}_{number}"
    # where its owner alone can write it
    tell(connection, f"COMMENT ON SCHEMA {SCHEMA} IS '{groups}'")
    shelf.lay_out(connection, {})
    names = {"schema": SCHEMA, "owner": owner, "zone": zone, "groups": groups}
    tell(connection, LOG_GUARD.format(**names, head=HEAD, start=log.START))
    for role in Role:
        rights = rights_of(role)
        if rights.only_with:
            view = AGREEING.format(**names, clock=CLOCK, purpose=rights.only_with)
            tell(connection, view)
        group = f'"{group_of(groups, role)}"'
        tell(connection, f"CREATE ROLE {group}")
        for statement in (
            _everything(group) if role == Role.RESPONSIBLE_PERSON else _its_own(rights, group)
        ):
            tell(connection, statement)
    _hand_on(connection, groups)
    return groups


def _need_our_clock(clock: datetime, database: str) -> None:
    """See that a login is judged by the clock that dates the answers, to some minutes."""
    here = by_the_shops_clock(datetime.now(UTC))
    if abs(clock - here) > APART:
        raise ValueError(
            say(
                "The server's clock shows {theirs}, and this computer's {ours}: it could not tell "
                "who agrees. Tell it your time zone, as ALTER DATABASE {database} SET timezone TO "
                "'Europe/Madrid', and open this again. Nothing was made.",
                theirs=f"{clock:%Y-%m-%d %H:%M}",
                ours=f"{here:%Y-%m-%d %H:%M}",
                database=database,
            )
        )


def tell(connection: sa.Connection, statement: str) -> None:
    """Say something to the server that holds no value, as it stands."""
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _everything(group: str) -> Iterator[str]:
    """What the responsible person may: all, but for what is in the log already."""
    names = ", ".join(f"{SCHEMA}.{name}" for name in METADATA.tables if name != ACCESS_LOG.name)
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {group}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO {group}"
    yield f"GRANT INSERT ON {SCHEMA}.{ACCESS_LOG.name} TO {group}"
    yield f"GRANT SELECT ON {SCHEMA}.{ACCESS_LOG.name}, {SCHEMA}.{HEAD} TO {group}"


def _its_own(rights: Rights, group: str) -> Iterator[str]:
    """A role's views, and what it may do with them."""
    role, open_columns = rights.role, readable(rights)
    yield f"CREATE SCHEMA {role}"
    part = seen_rows(SCHEMA, f"{SCHEMA}.agreeing_{rights.only_with}") if rights.only_with else {}
    for name in rights.sees:
        yield _view(rights.role, name, open_columns[name], part.get(name, "true"))
    yield f"GRANT USAGE ON SCHEMA {SCHEMA}, {role} TO {group}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {role} TO {group}"
    for name in rights.changes:
        yield f"GRANT INSERT, UPDATE ON {role}.{name} TO {group}"
    yield f"GRANT SELECT ON {SCHEMA}.{ABOUT.name}, {SCHEMA}.{NUMBERS.name} TO {group}"
    if rights.changes:
        yield f"GRANT UPDATE (last) ON {SCHEMA}.{NUMBERS.name} TO {group}"
    listed = ", ".join(sorted(open_columns[ACCESS_LOG.name] - {""}))
    yield f"GRANT INSERT, SELECT ({listed}) ON {SCHEMA}.{ACCESS_LOG.name} TO {group}"
    if rights.reads_log:
        yield f"GRANT SELECT ON {SCHEMA}.{HEAD} TO {group}"


def _view(schema: str, name: str, open_columns: AbstractSet[str], where: str) -> str:
    """A table as a role sees it; a barrier, so that no function of theirs sees a row before."""
    columns = ", ".join(
        f'"{column.name}"'
        if column.name in open_columns
        else f'NULL::{"text" if isinstance(column.type, sa.Text) else "bigint"} AS "{column.name}"'
        for column in TABLES[name].columns
    )
    return (
        f"CREATE VIEW {schema}.{name} WITH (security_barrier) AS "  # noqa: S608 - every word of it is our own
        f"SELECT {columns} FROM {SCHEMA}.{name} WHERE {where}"
    )


def _hand_on(connection: sa.Connection, groups: str) -> None:
    """The responsible person hands out every role; the owner is one."""
    responsible = group_of(groups, Role.RESPONSIBLE_PERSON)
    for role in Role:
        if role != Role.RESPONSIBLE_PERSON:
            tell(connection, f'GRANT "{group_of(groups, role)}" TO "{responsible}"')
    tell(connection, f'GRANT "{responsible}" TO CURRENT_USER')


def is_empty(connection: sa.Connection) -> bool:
    """Whether there is nothing in the database but what every server puts there."""
    asked = (
        "SELECT NOT EXISTS (SELECT FROM pg_class JOIN pg_namespace AS place"
        " ON place.oid = relnamespace WHERE nspname NOT LIKE 'pg\\_%%'"
        " AND nspname <> 'information_schema')"
    )
    return bool(connection.exec_driver_sql(asked, ()).scalar())


def encoding_of(connection: sa.Connection) -> str:
    """How the server keeps the letters of this database."""
    return str(connection.exec_driver_sql("SHOW server_encoding").scalar())


def groups_of(connection: sa.Connection) -> str | None:
    """How the names of the server's own roles begin; None where we did not make them."""
    noted = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"
    groups = connection.exec_driver_sql(noted, (SCHEMA,)).scalar()
    return groups if re.fullmatch("[a-z0-9_]+", groups or "") else None


def owner_of(connection: sa.Connection) -> str:
    """Whose login made the tables."""
    asked = "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = %s"
    return str(connection.exec_driver_sql(asked, (SCHEMA,)).scalar())


def role_of(connection: sa.Connection, groups: str) -> Role | None:
    """The role of the login that asks; None where it has none, or the server lacks the roles."""
    asked = (
        "SELECT to_regrole(quote_ident(%s)) IS NOT NULL"
        " AND pg_has_role(session_user, to_regrole(quote_ident(%s)), 'MEMBER')"
    )
    # the responsible person is one of each, and so comes first
    for role in (Role.RESPONSIBLE_PERSON, *Role):
        name = group_of(groups, role)
        if connection.exec_driver_sql(asked, (name, name)).scalar():
            return Role(role)
    return None


def kept_head(connection: sa.Connection) -> str | None:
    """The head of the access log, which the server keeps with every entry."""
    head = connection.exec_driver_sql(f"SELECT number, hash FROM {SCHEMA}.{HEAD}").first()  # noqa: S608 - our own names
    return f"{head.number} {head.hash}" if head else None
