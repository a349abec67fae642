"""Numbers for new rows: the next one of the table, never one that was given before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from retailkit.crm.schema import NUMBERS

FORMS: Mapping[str, str] = {
    "customers": "C-{:06d}",
    "consents": "CO-desk-{}",
    "products": "P-{:02d}",
    "orders": "O-desk-{}",
    "order_lines": "OL-desk-{}",
    "order_events": "OE-desk-{}",
    "enquiries": "EN-desk-{}",
    "warranty_cards": "WC-desk-{}",
    "surveys": "SV-desk-{}",
    "feedback": "F-desk-{}",
    "signups": "SU-desk-{}",
    "claims": "CL-desk-{}",
    "claim_steps": "CS-desk-{}",
    "messages": "M-desk-{}",
    "services": "SE-desk-{}",
    "staff": "S-{}",
    "merges": "MG-{}",
}
"""How the number of a new row looks. What is taken down at the desk says so."""


def next_numbers(connection: sa.Connection, name: str, many: int) -> list[str]:
    """The numbers of so many new rows. The caller holds the only write lock."""
    last = _last(connection, name)
    _set(connection, name, last + many)
    return [FORMS[name].format(last + n) for n in range(1, many + 1)]


def taken(connection: sa.Connection, name: str, ids: Iterable[str]) -> None:
    """Note the numbers that came with their rows, so that none is given out again."""
    form = re.compile(re.sub(r"\{.*\}", r"(\\d{1,15})", FORMS[name]))
    used = [int(match[1]) for match in map(form.fullmatch, ids) if match]
    if max(used, default=0) > _last(connection, name):
        _set(connection, name, max(used))


def _last(connection: sa.Connection, name: str) -> int:
    found = connection.execute(sa.select(NUMBERS.c.last).where(NUMBERS.c.name == name))
    return int(found.scalar_one())


def _set(connection: sa.Connection, name: str, number: int) -> None:
    connection.execute(NUMBERS.update().where(NUMBERS.c.name == name).values(last=number))
