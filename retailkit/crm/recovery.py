"""The recovery key on a sheet of paper."""

from __future__ import annotations

import os
from pathlib import Path

from retailkit.crm.keys import Key
from retailkit.keep import CannotKeep

SHEET = """Recovery key of the customer database {name}

  {key}

It opens the database in place of the passphrase. Print this sheet, lock it away,
and delete the file. To use it: rk.open_crm("{name}", passphrase="{first}-...")
"""


def write_sheet(path: Path, name: str, key: Key) -> Path:
    """Write the recovery key to a new file that is ours alone to read.

    Raises CannotKeep where the file cannot be written, or is there already.
    """
    written = key.written_out()
    text = SHEET.format(name=name, key=written, first=written[:3])
    try:
        # not through a draft: a second copy of the key would be one too many
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CannotKeep(path, error) from None
    return path
