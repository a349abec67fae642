"""Exporting: a table as a role sees it, in a file of its own or on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retailkit.catalogue import later, say
from retailkit.crm.log import AccessType
from retailkit.crm.looking import conditions, selected
from retailkit.crm.work import Work
from retailkit.files.columns import frame_as_written
from retailkit.files.single import WRITERS
from retailkit.records import kinds, need_word
from retailkit.shop import RECORDS
from retailkit.text import spoken

KEEP_SAFE = later("Lock it away; shred it when it is no longer needed.")
"""What stands at the foot of a list of customers."""


def export(work: Work, name: str, format_: str, fields: Sequence[str]) -> bytes:
    """The fields of a table that a role sees, in a format; noted in the access log."""
    work.rights.need(name, [], later("export it"))
    rows = selected(work, name, [])
    work.note(AccessType.EXPORTED, name, fields=fields, rows=len(rows))
    return WRITERS[format_](frame_as_written(rows, RECORDS[name]).select(fields), name)


def print_list(
    work: Work, name: str, fields: Sequence[str], title: str | None, equals: Mapping[str, Any]
) -> bytes:
    """Fields of a table as a list to print; noted in the access log."""
    from retailkit.files.printed_list import list_of  # what prints takes long to load

    where = conditions(work, name, equals, later("look rows up by it"))
    for field in fields:
        need_word(field, kinds(RECORDS[name]), say("field of {name}", name=name))
    work.rights.need(name, fields, later("print it"))
    rows = selected(work, name, where)
    work.note(AccessType.EXPORTED, name, fields={*fields, *equals}, rows=len(rows))
    table = frame_as_written(rows, RECORDS[name]).select(list(fields))
    said = say("For the {role}.", role=spoken(work.rights.role))
    title = title or spoken(name).capitalize()
    return list_of(table, title, on=work.moment().date(), note=f"{said} {say(KEEP_SAFE)}")
