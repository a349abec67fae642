"""Writing to disk: whole or not at all.

Whatever the kit writes goes through here. A run that is killed, or a disk that
is full, leaves the old file or the old folder as it was.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from retailkit.browser import in_a_browser
from retailkit.catalogue import say
from retailkit.disk import IN_USE, NOT_WRITTEN, reason_of


class CannotKeep(OSError):
    """Something could not be written; the sentence says what, where and why."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.why = error
        super().__init__(say(NOT_WRITTEN, path=path, reason=reason_of(error)))


class InUse(OSError):
    """Somebody else is writing there at this moment."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(say(IN_USE, path=path))


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write one file, whole or not at all; text as UTF-8 with its line ends kept.

    Raises CannotKeep where the place is missing, full or not ours.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "note.txt"), "Call Ana back.")
    ...     Path(folder, "note.txt").read_text()
    'Call Ana back.'
    """
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def write_files(folder: str | Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Write files that belong together into a folder, which is made where it is missing.

    None takes its place before all are on the disk. Raises CannotKeep as `write_file` does.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     [path.name for path in write_files(Path(place, "new"), {"a": "1", "b": "2"})]
    ['a', 'b']
    """
    folder = Path(folder)
    with _made(folder), ExitStack() as drafts:
        for name, content in files.items():
            file = drafts.enter_context(whole_file(folder / name))
            if (folder / name).is_dir():
                raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    return [folder / name for name in files]


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, made where it is missing; gone again where the block fails."""
    new: list[Path] = []
    try:
        new = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        for place in new:
            with suppress(OSError):
                place.rmdir()
        if isinstance(error, OSError) and not isinstance(error, (CannotKeep, InUse)):
            raise CannotKeep(folder, error) from error
        raise


def write_private(path: str | Path, text: str) -> None:
    """Write a new file that is ours alone to read, whole or not at all.

    Raises CannotKeep where it cannot be written, or is there already.
    """
    path, handle = Path(path), None
    try:
        # not through a draft: a second copy of a secret would be one too many
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if handle is not None:
            path.unlink(missing_ok=True)
        raise CannotKeep(path, error) from None


@contextmanager
def whole_file(path: str | Path) -> Iterator[IO[bytes]]:
    """A draft to write bytes into; at the end of the block it takes the place of the file.

    Raises CannotKeep where the place is missing, full or not ours; then, as after
    any other error in the block, the file is what it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder, "note.txt")) as file:
    ...         _ = file.write(b"Call Ana back.")
    ...     Path(folder, "note.txt").read_text()
    'Call Ana back.'
    """
    path = Path(path)
    draft = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
        _sync_folder(path.parent)
    except (CannotKeep, InUse):
        raise  # what went wrong inside the block has its own name for the place
    except OSError as error:
        raise CannotKeep(path, error) from error
    finally:
        if draft:
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """A draft folder to fill; at the end of the block it takes the place of `path` in one move.

    Raises CannotKeep where the place is missing, full or not ours, and InUse where
    another run is writing the same folder; then, as after any other error in the
    block, `path` is what it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with whole_folder(Path(place, "shop")) as draft:
    ...         write_file(draft / "claims.csv", "claim_id")
    ...     sorted(file.name for file in Path(place, "shop").iterdir())
    ['claims.csv']
    """
    path = Path(path)
    try:
        with alone(path):
            sweep(path)
            name = tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
            draft = Path(name)
            try:
                draft.chmod(0o777 & ~_umask())
                yield draft
                _swap(draft, path)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except InUse:
        raise
    except CannotKeep as error:
        # the reader knows the folder by its own name, not by the draft's
        raise CannotKeep(path, error.why) from error
    except OSError as error:
        raise CannotKeep(path, error) from error


@contextmanager
def alone(path: str | Path) -> Iterator[None]:
    """Nobody else writes to this place during the block. The system frees it if we are killed.

    Raises InUse where somebody else is writing there, CannotKeep where nobody can.
    """
    sign = Path(path).with_name(f".{Path(path).name}.lock")
    try:
        file = _taken(sign)
    except OSError as error:
        raise CannotKeep(Path(path), error) from error
    if file is None:
        raise InUse(Path(path))
    try:
        yield
    finally:
        if os.name != "nt":
            sign.unlink(missing_ok=True)
        file.close()
        if os.name == "nt":  # Windows removes no file that is open; another run may hold it now
            with suppress(OSError):
                sign.unlink(missing_ok=True)


def _taken(sign: Path) -> IO[bytes] | None:
    """The sign, held by us alone; None where another run holds it."""
    while True:
        file = sign.open("ab")
        try:
            _hold(file)
            if os.name == "nt" or sign.stat().st_ino == os.fstat(file.fileno()).st_ino:
                return file
        except FileNotFoundError:
            pass  # whoever held it took it away; there is a new one to hold
        except (BlockingIOError, PermissionError):
            file.close()
            return None
        except OSError:
            return file  # some network drives know no locks; there we go on unguarded
        file.close()


def _hold(file: IO[bytes]) -> None:
    if in_a_browser():
        return  # whose files no other program can reach
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def recover(path: str | Path) -> None:
    """Finish what a killed run left half done: an old folder that lies aside is put back.

    Does nothing while another run is writing there.
    """
    path = Path(path)
    if _leftovers(path, "old"):
        with suppress(InUse), alone(path):
            _put_back(path)


def sweep(path: Path) -> None:
    """Put back or remove what killed runs left of this place. Only for who is alone there."""
    _put_back(path)
    for left in _leftovers(path, "draft"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def _put_back(path: Path) -> None:
    for aside in _leftovers(path, "old"):
        if path.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(path)


def _leftovers(path: Path, ending: str) -> list[Path]:
    """What a killed run left of this place, and of no other whose name begins alike."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[^.]+\.{ending}")
    found = path.parent.iterdir() if path.parent.is_dir() else []
    return sorted(other for other in found if name.fullmatch(other.name))


def _swap(draft: Path, path: Path) -> None:
    _sync_folder(draft)
    try:
        if path.exists():
            # two renames, not one exchange: that exists on Linux alone; `recover` closes the gap
            path.rename(draft.with_suffix(".old"))
        draft.rename(path)
        _sync_folder(path.parent)
    finally:
        _put_back(path)  # the old one goes; or comes back, where we were stopped between the two


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
