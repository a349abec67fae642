"""Opening the customer database: an old one with its key, or a new one with a key of its own.

At an address it is the server's (`reaching.py`); all else here is about files.
"""

from __future__ import annotations

import errno
import glob
import os
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retailkit.catalogue import say
from retailkit.crm import keys, log, shelf
from retailkit.crm.address import address_of
from retailkit.crm.database import Crm
from retailkit.crm.edition import MADE_AGAIN, need_known_edition
from retailkit.crm.file import File
from retailkit.crm.keys import SALT, Key, Passphrase
from retailkit.crm.reaching import reached
from retailkit.crm.roles import Role
from retailkit.crm.sqlite import (
    PAGE,
    READ_ONLY,
    WAIT,
    Damaged,
    cipher,
    engine_of,
    opens,
    said,
    salt_of,
)
from retailkit.crm.store import Store
from retailkit.files.database import OLDEST
from retailkit.keep import CannotKeep, InUse, alone, sweep

LONGEST = 200
"""A file's name may have 255 bytes, and its journal, head and key need some behind it."""


class NotEncrypted(UserWarning):
    """Others can read along: the file is an open one, or nothing hides the way to the server."""


def _clock() -> datetime:
    return datetime.now(UTC)


def open_crm(
    path_or_url: str | Path,
    passphrase: str | None = None,
    *,
    who: str = "",
    now: Callable[[], datetime] = _clock,
) -> Crm:
    """The customer database in a file, encrypted; where there is none yet, a new one is made.

    Without a passphrase the key comes from the keyring, or from the key file beside the
    database, or is asked for. The recovery key opens the file as well. A notebook keeps
    what is typed into it: leave the passphrase out there and be asked. Where the driver
    that encrypts is not installed the file is plain, and says so at every turn.

    A class shares one on a PostgreSQL server: `postgresql+psycopg://login@host/database`.
    The passphrase is then the login's password, and the role is the login's own.

    `who` is noted in the access log, `now` is the clock that dates its entries. The database
    is open to the responsible person; `as_role` hands it to others. Raises ValueError for a
    wrong passphrase and for what is no customer database, CannotKeep where the place is full,
    missing or not ours, InUse where another program does not let go of it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     open_crm(f"{place}/shop.crm", "four words nobody guesses")
    The customer database shop.crm, open to the role responsible person (encrypted).
    """
    given = None if passphrase is None else Passphrase(passphrase)
    passphrase = None  # from here on it lies where no traceback shows it
    address = address_of(path_or_url)
    if address is not None:
        path_or_url = ""  # a password may stand in it
        server, role = reached(address, given)
        need_known_edition(server)
        return _opened(server, role, who, now)
    path = _place(path_or_url)
    file = File(path, *_key_of(path, given))
    need_known_edition(file)
    return _opened(file, Role.RESPONSIBLE_PERSON, who, now)


def _opened(store: Store, role: Role, who: str, now: Callable[[], datetime]) -> Crm:
    if not store.encrypted:
        warnings.warn(
            say("{file} is {state}.", file=store.name, state=store.state()),
            NotEncrypted,
            stacklevel=3,
        )
    return Crm(store, role=role, who=who, now=now)


def _key_of(path: Path, given: Passphrase | None) -> tuple[Key | None, bytes | None]:
    """The key and the salt of a file, which is made where it is not there."""
    try:
        made = None
        if not path.exists() or path.stat().st_size == 0:
            made = _make(path, given)
        _need_writable(path)
        return made or _unlock(path, given)
    except (CannotKeep, InUse):
        raise
    except OSError as error:
        raise CannotKeep(path, error) from None


def _need_writable(path: Path) -> None:
    # every look is noted, so that a file which cannot be written cannot be read either
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise CannotKeep(path, OSError(errno.EACCES, say(READ_ONLY)))


def _place(path_or_url: str | Path) -> Path:
    path = Path(path_or_url).absolute()  # the program may go elsewhere later
    if "\0" in str(path_or_url):
        raise ValueError(say("The file's name holds the character NUL. Choose another name."))
    if len(os.fsencode(path.name)) > LONGEST:
        raise CannotKeep(path, OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)))
    if path.is_dir():
        raise CannotKeep(path, OSError(errno.EISDIR, os.strerror(errno.EISDIR)))
    return path


def _make(path: Path, given: Passphrase | None) -> tuple[Key | None, bytes | None] | None:
    """Make an empty database, whole or not at all, and say its key and salt.

    None where somebody else has just made it.
    """
    if cipher() is None and sqlite3.sqlite_version_info < OLDEST:
        raise ValueError(
            say(
                "This computer's SQLite is {version}, and the customer database needs "
                "{oldest} or newer, or sqlcipher3 (pip install sqlcipher3).",
                version=sqlite3.sqlite_version,
                oldest=".".join(map(str, OLDEST)),
            )
        )
    with _in_turn(path):
        if path.exists() and path.stat().st_size:
            return None
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
        os.close(handle)
        draft = Path(name)
        new = [file for file in (keys.key_file(path), log.head_file(path)) if not file.exists()]
        try:
            salt = os.urandom(SALT) if cipher() else None
            key = None
            if salt:
                key = given.key(salt) if given else keys.first_key(path, salt)
            _lay_out(draft, key, salt)
            log.start_head(path)
            draft.replace(path)
            return key, salt
        except BaseException:
            for file in new:  # without their database they are of no use
                file.unlink(missing_ok=True)
            raise
        finally:
            draft.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what killed runs left of this database before it was one."""
    sweep(path)
    for journal in path.parent.glob(f".{glob.escape(path.name)}.*.draft-journal"):
        journal.unlink(missing_ok=True)


def _lay_out(draft: Path, key: Key | None, salt: bytes | None) -> None:
    engine = engine_of(draft, key, salt)
    try:
        with said(draft), engine.begin() as connection:
            shelf.lay_out(connection, {"encrypted": "no" if key is None else "yes"})
    finally:
        engine.dispose()


@contextmanager
def _in_turn(path: Path) -> Iterator[None]:
    """Nobody else makes this database meanwhile; who comes second waits."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with alone(path):
                yield
                return
        except InUse:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _unlock(path: Path, given: Passphrase | None) -> tuple[Key | None, bytes | None]:
    """The key and the salt of a file; none of both where it is not encrypted."""
    salt = salt_of(path)
    if salt is None:
        if not opens(path, None, None):
            raise Damaged(
                say("'{path}' is damaged. {made_again}", path=path, made_again=say(MADE_AGAIN))
            )
        return None, None
    # a page that a power cut left half written is mended from the journal
    if path.stat().st_size % PAGE and not path.with_name(f"{path.name}-journal").exists():
        raise Damaged(say("'{path}' is not a customer database. Choose another name.", path=path))
    if cipher() is None:
        raise ValueError(
            say(
                "'{path}' may be an encrypted customer database, and sqlcipher3, "
                "which opens those, is not installed. Install it (pip install sqlcipher3), "
                "or open a new file.",
                path=path,
            )
        )
    candidates = iter([given.key(salt)]) if given else keys.known_keys(path, salt)
    tried = False
    for key in candidates:
        tried = True
        if opens(path, key, salt):
            if not given:
                keys.keep_key(path, salt, key)
            return key, salt
    raise _wrong_key(path) if tried else _no_key(path)


def _no_key(path: Path) -> ValueError:
    return ValueError(
        say(
            "'{path}' needs a passphrase, and there is nobody to ask and no key for it in the "
            "keyring or in {key_file}. Give passphrase=... {made_again}",
            path=path,
            key_file=keys.key_file(path).name,
            made_again=say(MADE_AGAIN),
        )
    )


def _wrong_key(path: Path) -> ValueError:
    return Damaged(
        say(
            "'{file}' does not open: the passphrase is another one, or the file is damaged or no "
            "customer database. Try again, or use the printed recovery key. {made_again}",
            file=path.name,
            made_again=say(MADE_AGAIN),
        )
    )
