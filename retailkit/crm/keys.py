"""Keys: how the database is locked, and where its key lies.

The passphrase becomes a key as SQLCipher does it (PBKDF2, SHA-512, 256,000 rounds,
with the file's first sixteen bytes as salt). The recovery key is that key, written out.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SALT = 16
"""So many bytes at the front of the file are its salt."""

ROUNDS = 256_000
SERVICE = "retailkit customer database"
FIRST = "RK1"
RECOVERY_KEY = re.compile(rf"{FIRST}(-[A-Z2-7]{{4}}){{14}}")


class Key:
    """A key that shows itself to nobody: its text form says that there is one, and no more."""

    __slots__ = ("_bytes",)

    def __init__(self, raw: bytes) -> None:
        self._bytes = raw

    def __repr__(self) -> str:
        return "Key(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("A key is not written anywhere but where keys are kept.")

    def setting(self, salt: bytes) -> str:
        """The setting that opens the database."""
        return f"PRAGMA key = \"x'{self._bytes.hex()}{salt.hex()}'\""

    def written_out(self) -> str:
        """The key in letters and digits that can be printed and typed again."""
        body = self._bytes + hashlib.sha256(self._bytes).digest()[:3]
        letters = base64.b32encode(body).decode()
        return "-".join([FIRST, *re.findall("....", letters)])


def key_from(passphrase: str, salt: bytes) -> Key:
    """The key that a passphrase, or a recovery key, stands for.

    Raises ValueError where a recovery key was typed wrongly.
    """
    typed = passphrase.strip().upper()
    if RECOVERY_KEY.fullmatch(typed):
        body = base64.b32decode(typed.removeprefix(FIRST).replace("-", ""))
        key = Key(body[:32])
        if key.written_out() == typed:
            return key
        raise ValueError("The recovery key has a slip in it. Compare it with the printed one.")
    return Key(hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32))


def new_key() -> Key:
    """A key drawn by lot."""
    return Key(os.urandom(32))


def given_key(passphrase: str, salt: bytes) -> Key:
    """The key for a passphrase that somebody chose.

    Raises ValueError where it cannot be one.
    """
    if not passphrase.strip():
        raise ValueError("The passphrase is empty. Choose some words that others do not guess.")
    try:
        return key_from(passphrase, salt)
    except UnicodeEncodeError:
        # without the text of the error, which repeats part of the passphrase
        raise ValueError("The passphrase holds half of a character. Type it again.") from None


def first_key(path: Path, salt: bytes) -> Key:
    """The key of a new file, and put where it is found again.

    Into the keyring where there is one; else a passphrase is asked for, where somebody
    sits at the keyboard; else into a file of its own beside the database.
    """
    key = new_key()
    if _put_in_keyring(salt, key):
        return key
    passphrase = _asked(f"Choose a passphrase for {path.name}, or press Enter to do without: ")
    if passphrase and passphrase.strip():
        return given_key(passphrase, salt)
    with os.fdopen(os.open(key_file(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
        f.write(key.written_out() + "\n")
        f.flush()
        os.fsync(f.fileno())
    return key


def known_keys(path: Path, salt: bytes) -> Iterator[Key]:
    """The keys that may open a file, from wherever they lie; the last one is asked for.

    A passphrase that was asked for is kept in the keyring, so that it is asked once.
    """
    for written in (_in_keyring(salt), _in_key_file(path)):
        if written:
            with suppress(ValueError):  # somebody wrote into the keyring; the next may do
                yield key_from(written, salt)
    passphrase = _asked(f"The passphrase for {path.name}: ")
    if passphrase and passphrase.strip():
        yield given_key(passphrase, salt)


def keep_key(salt: bytes, key: Key) -> None:
    """Put a key that opened its file into the keyring, where there is one."""
    if _in_keyring(salt) != key.written_out():
        _put_in_keyring(salt, key)


def key_file(path: Path) -> Path:
    """Where the key lies if there is no better place: beside the database, for us alone."""
    return path.with_name(f"{path.name}.key")


def _in_key_file(path: Path) -> str | None:
    try:
        return key_file(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _in_keyring(salt: bytes) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, salt.hex())
    except (KeyringError, RuntimeError, OSError):
        return None  # no keyring here, or it is locked


def _put_in_keyring(salt: bytes, key: Key) -> bool:
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError, OSError):
        keyring.set_password(SERVICE, salt.hex(), key.written_out())
        return keyring.get_password(SERVICE, salt.hex()) == key.written_out()
    return False


def _asked(question: str) -> str | None:
    """What somebody types without its being shown; None where nobody sits there."""
    if not (_at_a_terminal() or _in_a_notebook()):
        return None
    try:
        return getpass.getpass(question)
    except (EOFError, RuntimeError, OSError):
        return None  # a notebook that runs by itself has nobody to ask


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _in_a_notebook() -> bool:
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return getattr(shell, "kernel", None) is not None
