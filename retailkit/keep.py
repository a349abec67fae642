"""Writing to disk: whole or not at all.

Whatever the kit writes goes through here. A run that is killed, or a disk that
is full, leaves the old file or the old folder as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotKeep(OSError):
    """Something could not be written; the sentence says what, where and why."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.why = error
        reason = error.strerror or str(error)
        super().__init__(
            f"'{path}' could not be written: {reason.lower()}. "
            "What was there before is unchanged. Choose a folder that is yours and has room."
        )


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write one file, whole or not at all; text as UTF-8 with its line ends kept.

    Raises CannotKeep where the place is missing, full or not ours.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "note.txt"), "Call Ana back.")
    ...     Path(folder, "note.txt").read_text()
    'Call Ana back.'
    """
    path = Path(path)
    data = content.encode() if isinstance(content, str) else content
    draft = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise CannotKeep(path, error) from error
    finally:
        if draft:
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """A draft folder to fill; at the end of the block it takes the place of `path` in one move.

    Raises CannotKeep where the place is missing, full or not ours; then, as after
    any other error in the block, `path` is what it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with whole_folder(Path(place, "shop")) as draft:
    ...         write_file(draft / "claims.csv", "claim_id")
    ...     sorted(file.name for file in Path(place, "shop").iterdir())
    ['claims.csv']
    """
    path = Path(path)
    try:
        recover(path)
        for left in _leftovers(path, "draft"):
            shutil.rmtree(left, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent))
        draft.chmod(0o777 & ~_umask())
    except OSError as error:
        raise CannotKeep(path, error) from error
    try:
        yield draft
        _swap(draft, path)
    except CannotKeep as error:
        # the reader knows the folder by its own name, not by the draft's
        raise CannotKeep(path, error.why) from error
    except OSError as error:
        raise CannotKeep(path, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def recover(path: str | Path) -> None:
    """Finish what a killed run left half done: an old folder that lies aside is put back."""
    path = Path(path)
    for aside in _leftovers(path, "old"):
        if path.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(path)


def _leftovers(path: Path, ending: str) -> list[Path]:
    """What a killed run left of this folder, and of no other whose name begins alike."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[^.]+\.{ending}")
    found = path.parent.iterdir() if path.parent.is_dir() else []
    return sorted(other for other in found if name.fullmatch(other.name) and other.is_dir())


def _swap(draft: Path, path: Path) -> None:
    _sync_folder(draft)
    aside = None
    if path.exists():
        # two renames, not one exchange: that exists on Linux alone; `recover` closes the gap
        aside = draft.with_suffix(".old")
        path.rename(aside)
    draft.rename(path)
    _sync_folder(path.parent)
    if aside:
        shutil.rmtree(aside, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder, and needs no fsync for a rename
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
