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
from typing import Any

from retailkit.catalogue import say
from retailkit.keep import write_private

SALT = 16
"""So many bytes at the front of the file are its salt."""

ROUNDS = 256_000
SERVICE = "retailkit customer database"
FIRST = "RK1"
RECOVERY_KEY = re.compile(rf"{FIRST}(-[A-Z2-7]{{4}}){{14}}")


class Hidden:
    """A secret that shows itself to nobody, not even in a traceback that prints variables."""

    __slots__ = ("_secret",)
    _secret: Any

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere but where keys are kept.")


class Key(Hidden):
    """The key that a database is locked with."""

    __slots__ = ()

    def __init__(self, raw: bytes) -> None:
        self._secret = raw

    def setting(self, salt: bytes) -> str:
        """The setting that opens the database."""
        return f"PRAGMA key = \"x'{self._secret.hex()}{salt.hex()}'\""

    def written_out(self) -> str:
        """The key in letters and digits that can be printed and typed again."""
        body = self._secret + hashlib.sha256(self._secret).digest()[:3]
        letters = base64.b32encode(body).decode()
        return "-".join([FIRST, *re.findall("....", letters)])


class Passphrase(Hidden):
    """What somebody typed to open the database: a passphrase, or the recovery key."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        self._secret = text

    def key(self, salt: bytes) -> Key:
        """The key that it stands for.

        Raises ValueError where it cannot be one.
        """
        if not self._secret.strip():
            raise ValueError(
                say("The passphrase is empty. Choose some words that others do not guess.")
            )
        if self.is_recovery_key():
            key = self._as_recovery_key()
            if key.written_out() != self._secret.strip().upper():
                raise ValueError(
                    say("The recovery key has a slip in it. Compare it with the printed one.")
                )
            return key
        return Key(hashlib.pbkdf2_hmac("sha512", self.typed().encode(), salt, ROUNDS, 32))

    def typed(self) -> str:
        """What was typed, for whom it is meant.

        Raises ValueError where it holds half of a character.
        """
        try:
            self._secret.encode()
        except UnicodeEncodeError:
            pass  # its text repeats part of the passphrase
        else:
            typed: str = self._secret
            return typed
        raise ValueError(say("The passphrase holds half of a character. Type it again."))

    def is_recovery_key(self) -> bool:
        """Whether this looks like a recovery key."""
        return RECOVERY_KEY.fullmatch(self._secret.strip().upper()) is not None

    def _as_recovery_key(self) -> Key:
        letters = self._secret.strip().upper().removeprefix(FIRST).replace("-", "")
        return Key(base64.b32decode(letters)[:32])


def first_key(path: Path, salt: bytes) -> Key:
    """The key of a new file, which is put where it is found again.

    Into the keyring where there is one; else a passphrase is asked for, where somebody
    sits at the keyboard; else into a file of its own beside the database.
    """
    key = Key(os.urandom(32))
    if _put_in_keyring(salt, key):
        return key
    typed = _asked(
        say("Choose a passphrase for {file}, or press Enter to do without: ", file=path.name)
    )
    return typed.key(salt) if typed else _key_in_file(path, key, salt)


def known_keys(path: Path, salt: bytes) -> Iterator[Key]:
    """The keys that may open a file, from wherever they lie; the last one is asked for."""
    for written in (_in_keyring(salt), _in_key_file(path)):
        # what somebody else wrote there is no key of ours
        if written and written.is_recovery_key():
            with suppress(ValueError):
                yield written.key(salt)
    typed = _asked(say("The passphrase for {file}: ", file=path.name))
    if typed:
        yield typed.key(salt)


def asked_for(name: str) -> Passphrase | None:
    """The password of a login, from whoever sits at the keyboard; None where nobody does."""
    return _asked(say("The password for {name}: ", name=name))


def keep_key(path: Path, salt: bytes, key: Key) -> None:
    """Put a key that opened its file into the keyring, where there is one: it is asked once."""
    if _in_keyring(salt) is None and not key_file(path).exists():
        _put_in_keyring(salt, key)


def _key_in_file(path: Path, key: Key, salt: bytes) -> Key:
    """The key in a file of its own; one that lies there may still be needed, and serves."""
    there = _in_key_file(path)
    if there and there.is_recovery_key():
        return there.key(salt)
    write_private(key_file(path), f"{key.written_out()}\n")
    return key


def key_file(path: Path) -> Path:
    """Where the key lies if there is no better place: beside the database, for us alone."""
    return path.with_name(f"{path.name}.key")


def _in_key_file(path: Path) -> Passphrase | None:
    try:
        return Passphrase(key_file(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _in_keyring(salt: bytes) -> Passphrase | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # as in a browser
        return None
    try:
        found = keyring.get_password(SERVICE, salt.hex())
    except (KeyringError, RuntimeError, OSError):
        return None  # no keyring here, or it is locked
    return Passphrase(found) if found else None


def _put_in_keyring(salt: bytes, key: Key) -> bool:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return False
    with suppress(KeyringError, RuntimeError, OSError):
        keyring.set_password(SERVICE, salt.hex(), key.written_out())
        return keyring.get_password(SERVICE, salt.hex()) == key.written_out()
    return False


def _asked(question: str) -> Passphrase | None:
    """What somebody types without its being shown; None for nothing, or where nobody sits."""
    if not (_at_a_terminal() or _in_a_notebook()):
        return None
    try:
        typed = getpass.getpass(question)
    except (EOFError, RuntimeError, OSError):
        return None  # a notebook that runs by itself has nobody to ask
    return Passphrase(typed) if typed.strip() else None


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _in_a_notebook() -> bool:
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return getattr(shell, "kernel", None) is not None
