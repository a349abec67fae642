"""Addresses: where a database lies that is no file, without ever repeating its password."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.words import listing

DRIVER = "postgresql+psycopg"
KINDS = (DRIVER, "postgresql", "postgres")
"""How an address may begin; the short forms mean the same."""

EXAMPLE = f"{DRIVER}://login@host/database"

ELSEWHERE = frozenset({"user", "password", "passfile", "sslpassword", "sslkey", "service"})
"""Options whose place is not behind the ?: what stands there is shown, and handed to the class."""


def address_of(path_or_url: str | Path) -> sa.URL | None:
    """The address; None where it is a file's name.

    Raises ValueError for a kind that is not kept there, for what cannot be read, and for a
    password that would be shown.

    >>> address_of("postgresql://ana:secret@class/shop")
    postgresql+psycopg://ana:***@class/shop
    >>> address_of("shop.crm")
    """
    kind = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", str(path_or_url))
    if not kind:
        return None
    if kind[1].lower() not in KINDS:
        raise ValueError(
            say(
                "A database at an address ({scheme}://...) cannot be opened; one of PostgreSQL "
                "can: {example}. Or give the name of a file, like 'shop.crm'.",
                scheme=kind[1],
                example=EXAMPLE,
            )
        )
    try:
        str(path_or_url).encode()  # half a character is sent to no server
        url = sa.make_url(str(path_or_url)).set(drivername=DRIVER)
    except (ValueError, sa.exc.ArgumentError):
        url = None  # what they say repeats the address
    if url is None or not _can_be_one(url):
        raise ValueError(
            say(
                "The address cannot be read. Write it like {example}; in a password, write @ "
                "as %40, / as %2F and : as %3A.",
                example=EXAMPLE,
            )
        )
    _need_no_secret(url)
    return url


def _need_no_secret(url: sa.URL) -> None:
    if closed := sorted(ELSEWHERE & set(url.query)):
        raise ValueError(
            say(
                "{option} cannot stand behind the ? of an address, which is shown to others. Put "
                "the login before the @, and leave the password out: you are asked for it.",
                option=listing(closed),
            )
        )


def _can_be_one(url: sa.URL) -> bool:
    port_is_one = url.port is None or 0 < url.port < 1 << 16
    return bool(url.database) and "@" not in (url.host or "") and port_is_one


def name_of(url: sa.URL) -> str:
    """What a database at an address is called in a sentence.

    >>> name_of(address_of("postgresql://ana:secret@class.example.org/shop"))
    'shop on class.example.org'
    """
    host = str(url.host or url.query.get("host") or "")
    if not host or host.startswith("/"):
        return say("{database} on this computer", database=url.database)
    return say("{database} on {host}", database=url.database, host=host)
