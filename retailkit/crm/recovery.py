"""The recovery key on a sheet of paper."""

from __future__ import annotations

from pathlib import Path

from retailkit.catalogue import later, say
from retailkit.crm.keys import Key
from retailkit.keep import write_private

SHEET = later("""Recovery key of the customer database {name}

  {key}

It opens the database in place of the passphrase. Print this sheet, lock it away,
and delete the file. To use it: rk.open_crm("{name}", passphrase="{first}-...")
""")


def write_sheet(path: Path, name: str, key: Key) -> Path:
    """Write the recovery key to a new file that is ours alone to read.

    Raises CannotKeep where the file cannot be written, or is there already.
    """
    written = key.written_out()
    text = say(SHEET, name=name, key=written, first=written[:3])
    write_private(path, text)
    return path
