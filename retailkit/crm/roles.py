"""Roles: who at the shop sees and changes which fields of the customer database."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retailkit.catalogue import later, say
from retailkit.customers import Purpose
from retailkit.records import kinds
from retailkit.shop import RECORDS
from retailkit.words import Word, listing


class Role(Word):
    """The roles in which somebody at the shop uses the customer database."""

    SALES_ASSOCIATE = "sales_associate", "Serves customers at the counter and takes their details."
    RESPONSIBLE_PERSON = (
        "responsible_person",
        "Answers for customers' data and cases, and sees everything.",
    )
    TECHNICIAN = "technician", "Repairs and replaces: sees the thing and its fault, not the person."
    TRAINER = "trainer", "Trains customers: sees whom to call, and what they bought."
    MARKETING = "marketing", "Plans offers: sees purchases and consents, and nothing of a case."
    AUDITOR = "auditor", "Checks how cases were run and who looked at what, without names."


class NotAllowed(ValueError):
    """A role asked for something that is closed to it; the sentence names fields, never values."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What one role may do: the fields it sees and the tables it adds to and changes.

    `only_with` names a purpose: then it sees those customers alone who now agree to that.
    """

    role: Role
    sees: Mapping[str, frozenset[str]]
    changes: frozenset[str]
    reads_log: bool
    only_with: Purpose | None = None

    def need(self, table: str, fields: Iterable[str], what: str) -> None:
        """Refuse in a sentence what this role must not see; `what` is what it wanted to do.

        Raises NotAllowed. The sentence names fields, never a value.
        """
        allowed = self.sees.get(table, frozenset())
        closed = [field for field in fields if field not in allowed]
        if closed or not allowed:
            raise NotAllowed(
                say(
                    "The role {role} does not see {fields} of {table}, so it cannot {what}. "
                    "There it sees {allowed}. Ask the responsible person."
                    if allowed
                    else "The role {role} does not see the table {table}, so it cannot {what}. "
                    "Ask the responsible person.",
                    role=self.role,
                    fields=listing(closed),
                    table=table,
                    what=say(what),
                    allowed=listing(sorted(allowed)),
                )
            )

    def need_change(self, table: str, fields: Iterable[str]) -> None:
        """Refuse in a sentence what this role must not write.

        Raises NotAllowed.
        """
        if table not in self.changes:
            raise NotAllowed(
                say(
                    "The role {role} does not change {table}. "
                    "It changes {tables}. Ask the responsible person.",
                    role=self.role,
                    table=table,
                    tables=listing(sorted(self.changes)),
                )
            )
        self.need(table, fields, later("change it"))


@functools.cache
def rights_of(role: Role) -> Rights:
    """What a role may do, from the list of roles.

    >>> sorted(rights_of(Role.TECHNICIAN).sees["customers"])
    ['customer_id', 'language']
    """
    said = _list_of_roles()[role]
    return Rights(
        role=role,
        sees={table: frozenset(fields) for table, fields in _spelled_out(said["sees"]).items()},
        changes=frozenset(RECORDS if said["changes"] == ["*"] else said["changes"]),
        reads_log=said.get("reads_log", False),
        only_with=Purpose(said["only_with"]) if "only_with" in said else None,
    )


def _spelled_out(sees: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    if "*" in sees:
        return {table: list(kinds(record)) for table, record in RECORDS.items()}
    return {
        table: list(kinds(RECORDS[table])) if fields == ["*"] else fields
        for table, fields in sees.items()
    }


@functools.cache
def _list_of_roles() -> Mapping[str, Any]:
    text = resources.files("retailkit.crm").joinpath("roles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
