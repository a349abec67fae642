"""The practice folder of a lesson: its files lie outside the learner's own, and go when it ends."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.journal import code_name
from retailkit.keep import write_file
from retailkit.text import Sentences, escaped
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd


class PracticeFile(os.PathLike[str]):
    """A file in a practice folder. It goes by its name alone, wherever the folder lies."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return str(self._path)

    def __str__(self) -> str:
        return self._path.name

    __repr__ = __str__

    def lines(self) -> Sentences:
        """The lines of a text file, as they stand in it.

        Raises ValueError where there is no such file, or it is no text.
        """
        try:
            return Sentences(self._path.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError:
            said = say("{file} is no text: its bytes stand for something else.", file=self)
            raise ValueError(said) from None
        except OSError:
            said = say("There is no {file} in the practice folder.", file=self)
            raise ValueError(said) from None


class PracticeFolder:
    r"""A folder for trying things out; `folder / "name"` is a file in it.

    It is emptied by `clear()`, and else when the notebook's Python ends.

    >>> folder = PracticeFolder({"list.csv": b"Name\nAna Ruiz\n"})
    >>> (folder / "list.csv").lines()
    Name
    Ana Ruiz
    >>> folder.search("Ruiz")["found"].to_list()
    [1]
    >>> folder.clear()
    The practice folder is empty.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="retailkit-practice-"))
        # Windows keeps a file that is still open; what is left is the system's to sweep
        self._gone = weakref.finalize(self, shutil.rmtree, self._place, ignore_errors=True)
        for name, content in files.items():
            write_file(self._place / name, content)

    def __truediv__(self, name: str) -> PracticeFile:
        if not name or Path(name).name != name:
            said = "{name!r} is no name of a file here. Write it like 'list.csv'."
            raise ValueError(say(said, name=name))
        return PracticeFile(self._place / name)

    @property
    def _files(self) -> list[Path]:
        there = self._place.iterdir() if self._place.exists() else []
        return sorted(path for path in there if path.is_file())

    def __repr__(self) -> str:
        names = [path.name for path in self._files]
        if not names:
            return say("The practice folder is empty.")
        return say("The practice folder holds {files}.", files=listing(names))

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    def search(self, text: str) -> pd.DataFrame:
        """How often a text is found in the bytes of each file, as a thief searches.

        One row per file: file, found. Nothing is unpacked and nothing unlocked for it.
        Raises ValueError where there is nothing to search for.
        """
        import pandas as pd

        if not isinstance(text, str) or not text:
            raise ValueError(say("Say what to search for, such as a family name."))
        found = {path.name: path.read_bytes().count(text.encode()) for path in self._files}
        return pd.DataFrame({"file": list(found), "found": list(found.values())})

    def clear(self) -> PracticeFolder:
        """Remove the folder with everything in it."""
        self._gone()
        return self


def practice_folder(lesson: int) -> PracticeFolder:
    """A fresh folder with the files of a lesson, made from the learner's own shop.

    It lies among the computer's temporary files, and is emptied when the notebook ends.
    Raises ValueError where there is no such lesson.

    >>> practice_folder(lesson=4)
    The practice folder holds saturday.csv and saturday_mended.xlsx.
    """
    return PracticeFolder(dict(find_lesson(lesson).files(shop_of(code_name(), lesson))))
