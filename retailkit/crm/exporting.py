"""Exporting: a table as a role sees it, in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retailkit.crm.log import AccessType
from retailkit.crm.looking import selected
from retailkit.crm.work import Work
from retailkit.files.columns import frame_as_written
from retailkit.files.single import checked_format, write_arrow
from retailkit.shop import RECORDS


def export(
    work: Work, name: str, path: str | Path, format_: str | None, fields: Sequence[str]
) -> Path:
    """Write the fields of a table that a role sees, and note it in the access log."""
    path = Path(path)
    format_ = checked_format(path, format_)
    work.rights.need(name, [], "export it")
    rows = selected(work, name, [])
    work.note(AccessType.EXPORTED, name, fields=fields, rows=len(rows))
    write_arrow(frame_as_written(rows, RECORDS[name]).select(fields), path, format_, name)
    return path
