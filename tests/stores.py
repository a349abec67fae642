"""Where a customer database may lie: in a file, or on a PostgreSQL server of the tests' own."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import retailkit as rk
from retailkit.crm.address import address_of

STORES = ["file", pytest.param("server", marks=pytest.mark.slow)]
"""What is true of one store is true of the other; every day the file alone is asked."""

OWNER = "owner"
FAST = "listen_addresses= fsync=off full_page_writes=off autovacuum=off max_connections=100"
LOCAL = f"local all {OWNER} trust\nlocal all all scram-sha-256\n"


def programs() -> Path | None:
    """Where the server's programs are: on the path, or where Debian puts them."""
    found = [Path(each) for each in [shutil.which("initdb")] if each]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version_of)
    return found[-1].resolve().parent if found else None


def version_of(program: Path) -> int:
    return int(re.sub(r"\D", "", program.parts[-3]) or 0)


def unprivileged() -> dict[str, object]:
    """As whom a program runs that root starts."""
    import pwd  # there is none on Windows

    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


class TestServer:
    """A server that listens to nobody but us, on a folder that is deleted with it."""

    __test__ = False

    def __init__(self, folder: Path, bin_: Path) -> None:
        self.folder, self.bin = folder, bin_
        self._numbers = itertools.count(1)
        # it will not run as root
        self._as = unprivileged() if os.getuid() == 0 else {}

    def run(self, program: str, *words: str) -> None:
        command = [str(self.bin / program), "-D", str(self.folder / "data"), *words]
        out = subprocess.DEVNULL  # a server that lives on must hold no pipe of ours
        done = subprocess.run(
            command,
            cwd=self.folder,
            check=False,
            stdin=out,
            stdout=out,
            stderr=out,
            timeout=900,
            **self._as,
        )
        assert done.returncode == 0, f"{program} failed"

    def start(self) -> None:
        self.run("initdb", "-U", OWNER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        (self.folder / "data" / "pg_hba.conf").write_text(LOCAL)
        settings = " ".join(
            f"-c {each}" for each in [*FAST.split(), f"unix_socket_directories={self.folder}"]
        )
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", settings, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-m", "immediate", "stop")

    def address(self, database: str, login: str = OWNER, password: str | None = None) -> str:
        secret = f":{password}" if password else ""
        return f"postgresql+psycopg://{login}{secret}@/{database}?host={self.folder}"

    def tell(self, *statements: str, database: str = "postgres") -> None:
        """Say something to the server as its owner, without the kit."""
        with self.connected(database) as connection:
            for statement in statements:
                connection.execute(statement)

    def connected(self, database: str, login: str = OWNER, password: str | None = None):
        import psycopg

        return psycopg.connect(
            host=str(self.folder), dbname=database, user=login, password=password, autocommit=True
        )

    @contextlib.contextmanager
    def database(self, template: str = "template1"):
        """The address of a database of a test's own, dropped after."""
        name = f"shop{next(self._numbers)}"
        before = self.logins()
        quickly = "" if self.version() < 15 else " STRATEGY file_copy"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template}{quickly}")
        try:
            yield self.address(name)
        finally:
            self.tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.tell(*(f'DROP ROLE "{login}"' for login in self.logins() - before))

    def forget(self, database: str, *logins: str) -> None:
        """Drop a database, the server's own roles of it, and these logins."""
        self.tell(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        with self.connected("postgres") as connection:
            of_it = "SELECT rolname FROM pg_roles WHERE rolname ~ %s"
            groups = [name for (name,) in connection.execute(of_it, [f"^{database}_[0-9]+_"])]
        self.tell(*(f'DROP ROLE IF EXISTS "{name}"' for name in [*groups, *logins]))

    def logins(self) -> set[str]:
        """Who can log in to the server, whatever the database."""
        with self.connected("postgres") as connection:
            found = connection.execute("SELECT rolname FROM pg_roles WHERE rolcanlogin")
            return {name for (name,) in found}

    def version(self) -> int:
        return int((self.folder / "data" / "PG_VERSION").read_text())

    @contextlib.contextmanager
    def customer_database(self):
        """The address of an empty customer database: a copy, which is there at once."""
        with self.database(template="made") as address:
            yield address

    def make_template(self) -> None:
        self.tell("CREATE DATABASE made")
        rk.open_crm(self.address("made")).close()


@contextlib.contextmanager
def server_of_ours():
    """A server for all tests that need one."""
    bin_ = programs()
    if bin_ is None:
        message = "No PostgreSQL was found (Debian's package postgresql), so no server was tried."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    pytest.importorskip("psycopg", reason="psycopg is not installed: the extra postgres")
    # a socket's name may be no longer than 100 letters, so not in pytest's own folder
    folder = Path(tempfile.mkdtemp(prefix="retailkit-pg-"))
    server = TestServer(folder, bin_)
    if server._as:
        shutil.chown(folder, server._as["user"])
    try:
        server.start()
        server.make_template()
        yield server
    finally:
        with contextlib.suppress(AssertionError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def place_of(crm) -> str | Path:
    """What opens the same database again."""
    return crm.path or crm._store.url.render_as_string(hide_password=False)


@contextlib.contextmanager
def behind_its_back(crm):
    """A connection to the database as its owner, past roles and log."""
    engine = crm._store.engine()
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def on_server(crm) -> bool:
    return crm.path is None


def name_in(address: str) -> str:
    """The database's own name."""
    return address_of(address).database
