"""The course in a browser: what cannot be had there says so, and a slip is told calmly.

On a computer the kit is installed with all it needs, and `retailkit lab` sees to calm errors. In
a browser it comes with what runs there, and the first import of the kit sees to both.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

from retailkit.catalogue import say


def in_a_browser() -> bool:
    """Whether this Python runs in a browser, where there are no threads and no processes."""
    return sys.platform == "emscripten"


def settle_in() -> None:
    """Say in a sentence what is not to be had here, also where a cell goes wrong for want of it."""
    import importlib.metadata

    from retailkit.calm import speak_calmly

    sys.meta_path.append(Lacking(importlib.metadata.requires("retailkit") or []))
    speak_calmly()


class Lacking(MetaPathFinder):
    """Stands behind all other finders: it is asked for what none of them has.

    >>> Lacking(["python-calamine>=0.3"]).find_spec("python_calamine")
    Traceback (most recent call last):
      ...
    ModuleNotFoundError: This needs python_calamine, which this course in the browser does not \
have. It works where the course is installed on a computer.
    """

    def __init__(self, needed: Sequence[str]) -> None:
        names = (re.match(r"[\w.-]+", one) for one in needed)
        self.names = {name[0].replace("-", "_") for name in names if name}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> None:
        """Nothing; and for what the kit needs, the sentence."""
        if fullname in self.names:
            said = say(
                "This needs {package}, which this course in the browser does not have. "
                "It works where the course is installed on a computer.",
                package=fullname,
            )
            raise ModuleNotFoundError(said, name=fullname)
