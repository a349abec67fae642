"""Opening the customer database: an old one with its key, or a new one with a key of its own."""

from __future__ import annotations

import errno
import glob
import os
import re
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retailkit.catalogue import later, say
from retailkit.crm import keys, log, shelf, sweeping
from retailkit.crm.database import Crm
from retailkit.crm.keys import SALT, Key, Passphrase
from retailkit.crm.roles import Role
from retailkit.crm.schema import VERSION
from retailkit.crm.session import NOT_ENCRYPTED
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
from retailkit.files.database import OLDEST
from retailkit.keep import CannotKeep, InUse, alone, sweep

LONGEST = 200
"""A file's name may have 255 bytes, and its journal, head and key need some behind it."""

MADE_AGAIN = later(
    "The course goes on in any case: its data can be made again. Open a new file, and put "
    "the shop in with crm.store(shop)."
)


class NotEncrypted(UserWarning):
    """The customer database is an open file, since the driver that encrypts is not installed."""


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
    path = _place(path_or_url)
    key, salt = _key_of(path, given)
    _need_known_edition(path, key, salt)
    if key is None:
        warnings.warn(
            say("{file} is {state}.", file=path.name, state=say(NOT_ENCRYPTED)),
            NotEncrypted,
            stacklevel=2,
        )
    return Crm(path, key, salt, role=Role.RESPONSIBLE_PERSON, who=who, now=now)


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
    url = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", str(path_or_url))
    if url:
        # without the rest, in which a password may stand
        raise ValueError(
            say(
                "A database at an address ({scheme}://...) cannot be opened yet. "
                "Give the name of a file, like 'shop.crm'.",
                scheme=url[1],
            )
        )
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


def _need_known_edition(path: Path, key: Key | None, salt: bytes | None) -> None:
    engine = engine_of(path, key, salt)
    try:
        with said(path), engine.connect() as connection:
            version = shelf.edition(connection)
            sweep(log.head_file(path))  # nobody else writes it while we hold the lock
            traces = version == VERSION and sweeping.is_due(connection)
        if traces:
            sweeping.sweep(engine, path)
    finally:
        engine.dispose()
    if version is None:
        raise Damaged(
            say("'{path}' is a database, but not of this kit. Choose another name.", path=path)
        )
    if version < VERSION:
        raise ValueError(
            say(
                "'{path}' was written by an edition of retailkit from before the first release "
                "(tables {version}, here {ours}). {made_again}",
                path=path,
                version=version,
                ours=VERSION,
                made_again=say(MADE_AGAIN),
            )
        )
    if version > VERSION:
        raise ValueError(
            say(
                "'{path}' was written by a later edition of retailkit (tables {version}, here "
                "{ours}). Install the newest edition to open it; nothing was changed.",
                path=path,
                version=version,
                ours=VERSION,
            )
        )
