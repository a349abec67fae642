"""A class's database: roles that the server keeps, logins, thirty at once, and trouble."""

import csv
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import sqlalchemy as sa
from stores import OWNER, behind_its_back, name_in, place_of
from typer.testing import CliRunner

import retailkit as rk
from retailkit.cli import app
from retailkit.crm import (
    ChangedMeanwhile,
    NotAllowed,
    NotEncrypted,
    changing,
    keys,
    postgres,
    prepare,
    reaching,
)
from retailkit.crm.roles import rights_of
from retailkit.crm.values import table_of
from retailkit.keep import CannotKeep
from retailkit.orders import Product
from retailkit.records import kinds
from retailkit.shop import RECORDS

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: the extra postgres")

ANA = rk.Customer(given_name="Ana", family_name="Ruiz", email="ana@example.org", channel="survey")
OTHERS = [role for role in rk.Role if role != "responsible_person"]
SECRET = "hunter2"
# too varied to be shortened
TOO_LONG = "".join(chr(0x4E00 + place) for place in range(9000)) + "@example.org"


def one_sentence(error):
    """What was said, which no program wrote for programs, and which repeats no password."""
    said = str(error.value)
    assert "\n" not in said
    assert not re.search(r"psycopg\.|Traceback|errno|Error|\bSQL\b|sqlalche", said)
    assert SECRET not in said
    return said


def logins_in(file):
    """The passwords of a class, by login."""
    with file.open(newline="", encoding="utf-8") as lines:
        return {row["login"]: row["password"] for row in csv.DictReader(lines)}


@pytest.fixture
def address(server, nobody_there):
    """Where an empty customer database is, as its owner opens it."""
    with server.customer_database() as address:
        yield address


@pytest.fixture
def a_class(address, tmp_path):
    """A login for each role, named for it."""
    passwords = {}
    for role in rk.Role:
        file = tmp_path / f"{role}.csv"
        prepare(address, [f"a-{role}"], role, logins=file)
        passwords |= logins_in(file)
    return passwords


@pytest.fixture
def shared(address, a_class):
    """A database with a shop in it, open to its owner."""
    with rk.open_crm(address) as crm:
        crm.store(rk.make_shop(seed=7, customers=40, market="ES"))
        yield crm


def theirs(server, address, role, a_class):
    """The address with which the learner in a role opens the database."""
    login = f"a-{role}"
    return server.address(name_in(address), login, a_class[login])


# ---- every day ----


def test_a_class_shares_one_database_as_it_would_a_file(address):
    with rk.open_crm(address) as crm:
        ana = crm.add(ANA)
        ana = crm.change(ana, phone="+34 600 112 233")
        assert crm.find("ruiz")["customer_id"].to_list() == ["C-000001"]
        assert crm.check_log() == []
    with rk.open_crm(address) as again:
        assert again.record("customers", "C-000001") == ana
        assert again.log()["who"].unique().tolist() == [OWNER]


def test_a_login_sees_what_is_its_roles_with_the_kit_and_without(server, address, a_class):
    with rk.open_crm(address) as crm:
        crm.add(ANA)
    with rk.open_crm(theirs(server, address, "technician", a_class)) as crm:
        assert crm.role == "technician"
        assert crm.record("customers", "C-000001").email is None
        with pytest.raises(NotAllowed, match="Only the responsible person"):
            crm.as_role("responsible_person")
    login = "a-technician"
    with server.connected(name_in(address), login, a_class[login]) as raw:
        seen = raw.execute("SELECT customer_id, email FROM technician.customers").fetchall()
        assert seen == [("C-000001", None)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SELECT email FROM retailkit.customers")


def test_a_wrong_password_is_told_without_being_repeated(server, address, a_class):
    for login, password in (
        ("a-technician", SECRET),
        ("nobody-we-know", SECRET),
        ("a-trainer", None),
    ):
        wrong = server.address(name_in(address), login, password)
        with pytest.raises(
            CannotKeep, match="does not know this login with this password"
        ) as error:
            rk.open_crm(wrong)
        one_sentence(error)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"mysql://ana:{SECRET}@class/shop", r"\(mysql://\.\.\.\) cannot be opened"),
        (f"postgresql+asyncpg://ana:{SECRET}@class/shop", "cannot be opened; one of PostgreSQL"),
        (f"postgresql://ana:{SECRET}@class", "cannot be read"),
        (f"postgresql://ana:{SECRET}@{SECRET}@class/shop", "write @ as %40"),
        (f"postgresql://ana:{SECRET}@class:port/shop", "cannot be read"),
        (f"postgresql://ana:{SECRET}@class:99999/shop", "cannot be read"),
        (f"postgresql://ana:{SECRET}\udc80@class/shop", "cannot be read"),
        (f"postgresql://ana@class/shop?password={SECRET}", "password cannot stand behind the"),
        (f"postgresql://class/shop?user=ana&sslpassword={SECRET}", "sslpassword and user cannot"),
        (f"postgresql://ana:{SECRET}@127.0.0.1:1/shop?sslmod=require", "is not understood"),
        (f"postgresql://ana:{SECRET}@127.0.0.1:1/shop?sslmode=requires", "is not understood"),
        (f"postgresql://ana:{SECRET}@127.0.0.1:1/shop?connect_timeout=x", "is not understood"),
        (f"postgresql://ana:{SECRET}@127.0.0.1/shop?port=x", "is not understood"),
        (f"postgresql://ana:{SECRET}@127.0.0.1:1/shop", "shop on 127.0.0.1 does not answer"),
        (f"postgresql://ana:{SECRET}@/shop?host=/nowhere", "shop on this computer does not"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address, reason):
    with pytest.raises((ValueError, CannotKeep), match=reason) as error:
        rk.open_crm(address)
    one_sentence(error)


def test_half_a_character_in_a_password_is_told_without_the_rest():
    with pytest.raises(ValueError, match="holds half of a character") as error:
        rk.open_crm("postgresql://ana@127.0.0.1:1/shop", f"{SECRET}\udc80")
    one_sentence(error)


def test_a_missing_driver_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ValueError, match=r"pip install 'psycopg\[binary\]'"):
        rk.open_crm("postgresql://ana@class/shop")


@pytest.mark.slow
def test_what_another_program_writes_meanwhile_is_not_written_over(server, address, monkeypatch):
    looked = changing.the_row

    def then_somebody_writes(*words):
        row = looked(*words)
        written = "UPDATE retailkit.customers SET phone = '1'"
        server.tell(written, database=name_in(address))
        return row

    with rk.open_crm(address) as crm:
        ana = crm.add(ANA)
        monkeypatch.setattr(changing, "the_row", then_somebody_writes)
        with pytest.raises(ChangedMeanwhile, match="Somebody else has changed phone of C-000001"):
            crm.change(ana, phone="+34 600 112 233")
        assert crm.record("customers", "C-000001").phone == "1"


# ---- roles, whatever a login sends ----


@pytest.mark.slow
@pytest.mark.parametrize("role", OTHERS)
def test_with_any_program_a_login_reads_what_the_kit_shows_its_role(server, shared, role, a_class):
    database = shared._store.url.database
    with (
        shared.as_role(role) as crm,
        server.connected(database, f"a-{role}", a_class[f"a-{role}"]) as raw,
    ):
        raw.row_factory = psycopg.rows.dict_row
        for name, fields in rights_of(role).sees.items():
            query = f"SELECT * FROM {role}.{name} ORDER BY row_number"  # noqa: S608 - our own names
            rows = raw.execute(query).fetchall()
            closed = set(kinds(RECORDS[name])) - fields
            assert all(row[field] is None for row in rows for field in closed)
            columns = kinds(RECORDS[name])
            read = table_of([[row[column] for column in columns] for row in rows], RECORDS[name])
            pd.testing.assert_frame_equal(read, crm.rows(name))


PAST_ITS_VIEWS = [
    "SELECT * FROM retailkit.customers",
    "SELECT * FROM retailkit.merges",
    "SELECT who FROM retailkit.access_log",
    "COPY retailkit.customers TO STDOUT",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "SELECT pg_read_file('PG_VERSION')",
    f"SET ROLE {OWNER}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    "CREATE OR REPLACE VIEW technician.customers AS SELECT * FROM technician.claims",
    "ALTER VIEW technician.customers OWNER TO CURRENT_USER",
    "GRANT SELECT ON retailkit.customers TO CURRENT_USER",
    "CREATE TABLE retailkit.mine (x text)",
    "DROP SCHEMA technician CASCADE",
    "DROP DATABASE made",
    "DELETE FROM technician.customers",
    "UPDATE technician.customers SET language = 'es'",
    "INSERT INTO technician.claims (claim_id) VALUES ('CL-9')",
    "UPDATE retailkit.about SET value = '9'",
    "UPDATE retailkit.access_log SET who = 'x'",
    "DELETE FROM retailkit.access_log",
    "TRUNCATE retailkit.access_log",
    "ALTER TABLE retailkit.access_log DISABLE TRIGGER ALL",
    "UPDATE retailkit.log_head SET number = 0",
    "DELETE FROM retailkit.log_head",
]


@pytest.mark.slow
def test_a_login_comes_past_its_views_by_no_statement(server, address, a_class):
    login = "a-technician"
    with server.connected(name_in(address), login, a_class[login]) as raw:
        for statement in PAST_ITS_VIEWS:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                raw.execute(statement)
        for role in rk.Role:
            if role != "technician":
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    raw.execute(f'SET ROLE "{group(server, role)}"')


def group(server, role):
    """The server's own role for one of ours."""
    with server.connected("postgres") as connection:
        named = "SELECT rolname FROM pg_roles WHERE rolname ~ %s"
        return connection.execute(named, [f"^made_[0-9]+_{role}$"]).fetchone()[0]


@pytest.mark.slow
def test_what_is_closed_is_not_handed_out_by_writing_either(server, shared, a_class):
    shared.add(rk.Customer(customer_id="C-000900", given_name="Ana", household_id="H-7"))
    login = "a-sales_associate"
    with server.connected(shared._store.url.database, login, a_class[login]) as raw:
        written = raw.execute(
            "UPDATE sales_associate.customers SET city = 'Soria'"
            " WHERE customer_id = 'C-000900' RETURNING given_name, household_id"
        )
        assert written.fetchall() == [("Ana", None)]
        with pytest.raises(psycopg.Error, match="cannot update column"):
            raw.execute("UPDATE sales_associate.customers SET household_id = 'H-8'")
    assert shared.record("customers", "C-000900").household_id == "H-7"


@pytest.mark.slow
def test_no_function_of_a_login_sees_whom_marketing_may_not_see(server, shared, a_class):
    with shared.as_role("marketing") as crm:
        agreed = set(crm.rows("customers")["customer_id"])
    assert 0 < len(agreed) < shared.count("customers")
    told = []
    login = "a-marketing"
    with server.connected(shared._store.url.database, login, a_class[login]) as raw:
        raw.add_notice_handler(lambda notice: told.append(notice.message_primary))
        raw.execute(
            "CREATE FUNCTION pg_temp.tell(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS"
            " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        )
        raw.execute("SELECT count(*) FROM marketing.customers WHERE pg_temp.tell(customer_id)")
        assert set(told) == agreed
        for moment in ("2999-01-01", "1990-01-01"):  # its own clock counts for nothing
            raw.execute(f"SET retailkit.now = '{moment}'")
            seen = raw.execute("SELECT count(*) FROM marketing.customers").fetchone()
            assert seen == (len(agreed),)


@pytest.mark.slow
def test_what_the_server_knows_of_its_tables_it_does_not_tell(server, shared, a_class):
    server.tell("ANALYZE", database=shared._store.url.database)
    login = "a-technician"
    with server.connected(shared._store.url.database, login, a_class[login]) as raw:
        told = raw.execute("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'retailkit'")
        tables = {table for table, _ in told}
    assert tables <= {"access_log", "numbers", "about"}


# ---- the log ----


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "role"),
    [("a-trainer", "technician"), ("a-technician", "auditor"), ("a-technicians", "technician")],
)
def test_a_login_signs_with_its_own_name_and_role_alone(server, address, a_class, who, role):
    login = "a-technician"
    entry = "(1, '2026', %s, %s, 'read', 'claims', 0, '[]', '[]', 'x')"
    with (
        server.connected(name_in(address), login, a_class[login]) as raw,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="signed with one's own login"),
    ):
        raw.execute(f"INSERT INTO retailkit.access_log VALUES {entry}", [who, role])  # noqa: S608


@pytest.mark.slow
def test_who_works_with_a_login_of_their_own_stands_behind_it_in_the_log(server, address, a_class):
    with rk.open_crm(theirs(server, address, "technician", a_class), who="S-2") as crm:
        crm.count("customers")
    with rk.open_crm(address, who="S-1") as crm:
        crm.count("customers")
        assert crm.log()["who"].to_list() == ["a-technician (S-2)", "S-1"]


@pytest.mark.slow
def test_an_entry_that_a_login_makes_up_shows_and_the_work_goes_on(server, address, a_class):
    login = "a-technician"
    with rk.open_crm(address) as crm:
        crm.add(ANA)
        with server.connected(name_in(address), login, a_class[login]) as raw:
            raw.execute(
                "INSERT INTO retailkit.access_log VALUES (2, '2026', 'a-technician', 'technician',"
                " 'read', 'claims', 0, '[]', '[]', 'made up')"
            )
        crm.find("ruiz")
        assert "Entry 2 is not what was written" in crm.check_log()[0]


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 3, 2**63 - 1])
def test_an_entry_that_a_login_makes_up_takes_no_number_but_the_next(
    server, address, a_class, number
):
    login = "a-technician"
    entry = "(%s, '2026', 'a-technician', 'technician', 'read', 'claims', 0, '[]', '[]', 'x')"
    with rk.open_crm(address) as crm:
        crm.add(ANA)
        with (
            server.connected(name_in(address), login, a_class[login]) as raw,
            pytest.raises(psycopg.Error, match="follows the last one|already exists"),
        ):
            raw.execute(f"INSERT INTO retailkit.access_log VALUES {entry}", [number])  # noqa: S608
        crm.find("ruiz")
        assert crm.check_log() == []


@pytest.mark.slow
def test_an_end_that_its_owner_takes_away_shows_for_ever(address):
    with rk.open_crm(address) as crm:
        crm.add_all([ANA])
        for _ in range(4):
            crm.find("ana")
        with behind_its_back(crm) as connection, connection.begin():
            connection.execute(sa.text("DELETE FROM access_log WHERE number > 3"))
        assert "2 entries at the end of the log were taken away" in crm.check_log()[0]
        for _ in range(4):
            crm.count("claims")
        assert "was written anew" in crm.check_log()[0]


# ---- preparing a class ----


@pytest.mark.slow
def test_an_empty_database_is_prepared_and_says_so(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text("name,code name\nAna,blue-fox\nLuis,Red_owl7\n")
    with server.database() as address:
        command = ["crm", "prepare", address, "--roster", "roster.csv"]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.exception
        assert "2 learners with a login in the role sales associate" in done.output
        passwords = logins_in(tmp_path / "logins.csv")
        assert list(passwords) == ["blue-fox", "Red_owl7"]
        assert (tmp_path / "logins.csv").stat().st_mode & 0o077 == 0
        again = CliRunner().invoke(app, [*command, "--role", "trainer"])
        assert "2 learners had a login already: same password, now in the role" in again.output
        for login, password in passwords.items():
            with rk.open_crm(server.address(name_in(address), login), password) as crm:
                assert crm.role == "trainer"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("learner", "reason"),
    [
        ("a b", "'a b' cannot be a login"),
        ("pg_me", "'pg_me' cannot be a login"),
        ('x"; DROP ROLE owner; --', "cannot be a login"),
        (OWNER, "has owner as a login of something else"),
        ("stranger", "has stranger as a login of something else"),
    ],
)
def test_who_cannot_have_a_login_is_told_and_nobody_has_one(
    server, address, tmp_path, learner, reason
):
    server.tell("CREATE ROLE stranger LOGIN")
    with pytest.raises(ValueError, match=reason):
        prepare(address, ["blue-fox", learner], logins=tmp_path / "logins.csv")
    assert "blue-fox" not in server.logins()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_one_code_name_is_one_learner(server, address, tmp_path):
    said = prepare(address, "red-owl", logins=tmp_path / "logins.csv")
    assert said[1].startswith("1 learner with a login")
    assert list(logins_in(tmp_path / "logins.csv")) == ["red-owl"]


@pytest.mark.slow
@pytest.mark.parametrize("kept", [True, False])
def test_after_a_break_while_logins_are_saved_a_second_run_says_whether_they_hold(
    server, address, tmp_path, monkeypatch, kept
):
    file = tmp_path / "logins.csv"

    def breaks(connection):
        if kept:
            connection.connection.driver_connection.commit()
        close_the_way(connection)
        commit(connection)

    commit = sa.Connection.commit
    with monkeypatch.context() as patched:
        patched.setattr(sa.Connection, "commit", breaks)
        with pytest.raises(CannotKeep, match="logins may be there or not. Run it again") as error:
            prepare(address, ["red-owl"], logins=file)
        one_sentence(error)
    password = logins_in(file)["red-owl"]
    if kept:
        assert "1 learner had a login already" in prepare(address, ["red-owl"], logins=file)[1]
        rk.open_crm(server.address(name_in(address), "red-owl"), password).close()
    else:
        with pytest.raises(CannotKeep, match="exists"):
            prepare(address, ["red-owl"], logins=file)
        assert "red-owl" not in server.logins()


@pytest.mark.slow
def test_where_the_passwords_cannot_be_written_nobody_gets_a_login(server, address, tmp_path):
    (tmp_path / "logins.csv").touch()
    with pytest.raises(CannotKeep, match="exists"):
        prepare(address, ["blue-fox"], logins=tmp_path / "logins.csv")
    assert "blue-fox" not in server.logins()


@pytest.mark.slow
def test_only_its_owner_gives_out_logins(server, address, a_class, tmp_path):
    for role in ("technician", "responsible_person"):
        with pytest.raises(NotAllowed, match="did not set up"):
            prepare(theirs(server, address, role, a_class), ["x"], logins=tmp_path / "l.csv")
    with pytest.raises(ValueError, match="shares a database on a server"):
        prepare("shop.crm")


@pytest.mark.slow
def test_a_second_responsible_person_does_all_but_alter_the_log(server, shared, a_class):
    with rk.open_crm(theirs(server, place_of(shared), "responsible_person", a_class)) as crm:
        crm.erase(crm.rows("customers")["customer_id"].iloc[0])
        with crm.as_role("auditor") as auditor:
            assert auditor.check_log() == []
        with crm._engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError):
            connection.execute(sa.text("DELETE FROM access_log"))
    assert set(shared.log()["who"]) == {OWNER, "a-responsible_person"}


@pytest.mark.slow
def test_a_file_is_brought_into_the_shared_database(server, address, a_class, tmp_path):
    (tmp_path / "people.csv").write_text("given_name\nAna\nLuis\n")
    into = theirs(server, address, "sales_associate", a_class)
    done = CliRunner().invoke(app, ["import", str(tmp_path / "people.csv"), "--into", into])
    assert f"Stored in {name_in(address)} on this computer: 2 rows of customers.\n" in done.output
    assert a_class["a-sales_associate"] not in done.output
    with rk.open_crm(address) as crm:
        assert crm.rows("customers")["given_name"].to_list() == ["Ana", "Luis"]


@pytest.mark.slow
def test_a_teacher_who_does_not_run_the_server_does_all_of_it(server, tmp_path, nobody_there):
    server.tell("CREATE ROLE teacher LOGIN CREATEROLE PASSWORD 'x'")
    server.tell("CREATE DATABASE hers OWNER teacher")
    hers = server.address("hers", "teacher", "x")
    try:
        with rk.open_crm(hers) as crm:
            crm.add(ANA)
            with crm.as_role("technician") as technician:
                assert technician.record("customers", "C-000001").email is None
        prepare(hers, ["blue-fox"], logins=tmp_path / "logins.csv")
        prepare(hers, ["blue-fox"], "trainer")
        password = logins_in(tmp_path / "logins.csv")["blue-fox"]
        with rk.open_crm(server.address("hers", "blue-fox", password)) as crm:
            assert crm.role == "trainer"
        with rk.open_crm(hers) as crm:
            assert crm.check_log() == []
    finally:
        server.forget("hers", "teacher", "blue-fox")


# ---- thirty at once ----


@pytest.mark.slow
def test_thirty_learners_at_once_lose_nothing(server):
    benchmark = Path(__file__).parent.parent / "benchmarks" / "crm_class.py"
    with server.customer_database() as address:
        command = [sys.executable, benchmark, address, "--learners", "30", "--deeds", "3"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
        said = done.stdout
    for row in ("with an error", "customers added and not there", "faults of the access log"):
        assert re.search(rf"{row} +0\n", said), said
    assert re.search(r"lost updates +0 of 90\n", said)
    assert re.search(r"conflicts, each told and tried again +[1-9]", said)
    assert re.search(r"by the access log +30\n", said)


# ---- trouble ----


@pytest.mark.slow
def test_a_server_that_breaks_off_in_the_middle_of_a_save_leaves_nothing_half_written(
    server, address
):
    with rk.open_crm(address) as crm:
        crm.add(ANA)
        with pytest.raises(CannotKeep, match="does not answer any more") as error:
            half_done(crm, server)
        one_sentence(error)
        assert crm.count("customers") == 1
        assert crm.check_log() == []


def half_done(crm, server):
    """A block that the server breaks off."""
    with crm.all_or_nothing():
        crm.add(rk.Customer(given_name="Luis"))
        break_off(server, crm._store.url.database)
        crm.add(Product(name="kettle"))


def break_off(server, database):
    """End every connection to a database."""
    with server.connected("postgres") as connection:
        of_theirs = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(of_theirs, [database])


def broken_off_at_the_end(crm, server):
    """A block that the server breaks off as its last act."""
    with crm.all_or_nothing():
        crm.add(rk.Customer(given_name="Luis"))
        break_off(server, crm._store.url.database)


@pytest.mark.slow
def test_a_break_as_the_last_thing_in_a_block_is_told_as_one(server, address):
    with rk.open_crm(address) as crm:
        with pytest.raises(CannotKeep, match="does not answer any more. What was") as error:
            broken_off_at_the_end(crm, server)
        one_sentence(error)
        assert crm.count("customers") == 0


@pytest.mark.slow
def test_a_break_while_the_server_keeps_a_save_is_told_as_one(address):
    with rk.open_crm(address) as crm:
        sa.event.listen(crm._engine, "commit", close_the_way)
        with pytest.raises(CannotKeep, match="does not answer any more. What was") as error:
            crm.add(ANA)
        one_sentence(error)


def close_the_way(connection):
    """Break off between the last statement and COMMIT."""
    connection.connection.driver_connection.pgconn.finish()


@pytest.mark.slow
def test_who_keeps_a_block_waiting_for_too_long_no_longer_holds_up_the_others(
    server, address, monkeypatch
):
    with rk.open_crm(address) as owner:
        monkeypatch.setattr(postgres, "IDLE", 0.2)
        with owner.as_role("trainer") as crm:
            with pytest.raises(CannotKeep, match="does not answer any more. What was") as error:
                left_alone(crm, server)
            one_sentence(error)


def left_alone(crm, server):
    """A block that its writer forgets."""
    with crm.all_or_nothing():
        crm.count("customers")
        wait_until_nobody_works_in(server, crm._store.url.database)
        crm.count("customers")


def wait_until_nobody_works_in(server, database):
    """Wait until the server has ended what stands still in a database; for a minute at most."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state <> 'idle'"
    until = time.monotonic() + 60
    with server.connected("postgres") as connection:
        while connection.execute(count, [database]).fetchone() != (0,):
            assert time.monotonic() < until
            time.sleep(0.05)


@pytest.mark.slow
def test_nothing_of_a_block_is_lost_in_silence_after_an_error_was_caught_in_it(address):
    with rk.open_crm(address) as crm:
        with pytest.raises(ValueError, match="nothing of the block was saved") as error:
            goes_on_after_an_error(crm)
        one_sentence(error)
        assert crm.count("customers") == 0
        assert crm.check_log() == []


def goes_on_after_an_error(crm):
    """A block that takes what the server refused for done with."""
    with crm.all_or_nothing():
        crm.add(ANA)
        with pytest.raises(ValueError, match="too long to be looked up by"):
            crm.add(rk.Customer(email=TOO_LONG))


@pytest.mark.slow
def test_a_database_that_is_gone_is_told(server, address):
    with rk.open_crm(address) as crm:
        crm.add(ANA)
        server.tell(f"DROP DATABASE {name_in(address)} WITH (FORCE)")
        for deed in (lambda: crm.add(ANA), lambda: crm.find("ana")):
            with pytest.raises(CannotKeep, match="does not exist") as error:
                deed()
            one_sentence(error)
    with pytest.raises(CannotKeep, match=r"does not let us in: database .* does not exist"):
        rk.open_crm(address)


@pytest.mark.slow
def test_a_database_of_another_program_is_left_as_it_is(server):
    with server.database() as address:
        server.tell("CREATE TABLE pupils (name text)", database=name_in(address))
        with pytest.raises(ValueError, match="is a database, but not of this kit") as error:
            rk.open_crm(address)
        one_sentence(error)
        with server.connected(name_in(address)) as raw:
            assert raw.execute("SELECT to_regnamespace('retailkit')").fetchone() == (None,)
        made = ("CREATE SCHEMA retailkit", "CREATE TABLE retailkit.about (x text)")
        server.tell(*made, database=name_in(address))
        with pytest.raises(ValueError, match="is a database, but not of this kit"):
            rk.open_crm(address)


@pytest.mark.slow
def test_a_database_that_cannot_hold_every_name_is_refused(server):
    server.tell("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    try:
        with pytest.raises(ValueError, match="latin on this computer keeps text as LATIN1"):
            rk.open_crm(server.address("latin"))
    finally:
        server.forget("latin")


@pytest.mark.slow
def test_a_server_with_another_clock_is_told_how_to_set_it(server):
    with server.database() as address:
        name = name_in(address)
        server.tell(f"ALTER DATABASE {name} SET timezone TO 'Etc/GMT-14'")
        asked = rf"ALTER DATABASE {name} SET timezone TO '.*Nothing was made"
        with pytest.raises(ValueError, match=asked) as error:
            rk.open_crm(address)
        assert "\n" not in str(error.value)
        server.tell(f"ALTER DATABASE {name} RESET timezone")
        rk.open_crm(address).close()


@pytest.mark.slow
def test_a_login_that_may_make_no_database_is_told_and_leaves_nothing(server, a_class):
    login = "a-trainer"
    with server.database() as address:
        with pytest.raises(NotAllowed, match="There is no customer database in shop") as error:
            rk.open_crm(server.address(name_in(address), login, a_class[login]))
        one_sentence(error)
        rk.open_crm(address).close()


@pytest.mark.slow
def test_a_login_without_a_role_is_told(server, address):
    server.tell("CREATE ROLE guest LOGIN PASSWORD 'x'")
    with pytest.raises(NotAllowed, match="guest has no role in the database shop"):
        rk.open_crm(server.address(name_in(address), "guest", "x"))


@pytest.mark.slow
def test_a_server_that_may_only_be_read_is_told(server, address):
    with rk.open_crm(address) as crm:
        server.tell(f"ALTER DATABASE {name_in(address)} SET default_transaction_read_only = on")
        crm.close()
        with pytest.raises(CannotKeep, match="may only be read") as error:
            crm.add(ANA)
        one_sentence(error)


@pytest.mark.slow
def test_a_text_too_long_to_be_looked_up_by_is_refused(address):
    with rk.open_crm(address) as crm:
        with pytest.raises(ValueError, match="too long to be looked up by") as error:
            crm.add(rk.Customer(email=TOO_LONG))
        one_sentence(error)
        assert crm.count("customers") == 0


@pytest.mark.parametrize(
    ("host", "hostaddr", "here"),
    [
        ("/run/postgresql", "", True),
        ("localhost", "127.0.0.1", True),
        ("localhost", "::1", True),
        ("class.example", "192.168.1.7", False),
        ("class.example", "", False),
    ],
)
def test_the_way_stays_here_where_our_own_end_says_so(host, hostaddr, here):
    talk = SimpleNamespace(info=SimpleNamespace(host=host, hostaddr=hostaddr))
    assert reaching.stays_here(talk) == here


@pytest.mark.slow
def test_a_way_that_others_can_listen_to_is_said_at_every_turn(address, monkeypatch):
    monkeypatch.setattr(reaching, "stays_here", lambda raw: False)
    with pytest.warns(NotEncrypted, match="NOT ENCRYPTED on its way"):
        crm = rk.open_crm(address)
    with crm:
        assert "NOT ENCRYPTED" in repr(crm)
        assert "Put nobody's real data into it" in crm.says()[0]
        with pytest.raises(ValueError, match="so there is no key to write"):
            crm.write_recovery_key("key.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("checked", "state", "said"),
    [
        ("", "nobody checked that it is the right server", "whoever stands in for the server"),
        ("&sslmode=verify-full", "nobody on the way can read", "Nobody on the way to the server"),
    ],
)
def test_nobody_reads_along_only_where_the_server_proves_who_it_is(
    address, monkeypatch, checked, state, said
):
    monkeypatch.setattr(reaching, "stays_here", lambda raw: False)
    monkeypatch.setattr(reaching, "is_encrypted", lambda raw: True)
    with rk.open_crm(address + checked) as crm:
        assert state in repr(crm)
        assert said in crm.says()[0]


@pytest.mark.slow
def test_what_a_database_shows_of_itself_holds_no_password(server, address, a_class):
    login = "a-technician"
    with rk.open_crm(theirs(server, address, "technician", a_class)) as crm:
        shown = repr(crm) + str(crm.says()) + repr(vars(crm)) + repr(crm._engine.url)
    assert login in shown
    assert a_class[login] not in shown


@pytest.mark.slow
def test_a_password_is_asked_for_where_somebody_sits(server, address, a_class, monkeypatch):
    asked = []
    login = "a-technician"
    monkeypatch.setattr(keys, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(keys.getpass, "getpass", lambda said: asked.append(said) or a_class[login])
    with rk.open_crm(server.address(name_in(address), login)) as crm:
        assert crm.role == "technician"
    assert re.fullmatch(r"The password for shop\d+ on this computer: ", asked[0])
