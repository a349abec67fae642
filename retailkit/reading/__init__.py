"""Reading letters: what a text carries, and what it discloses, judged by its words alone."""

from retailkit.reading.carried import LANGUAGES, Required, missing, small
from retailkit.reading.disclosed import Directory, leaks

__all__ = ["LANGUAGES", "Directory", "Required", "leaks", "missing", "small"]
