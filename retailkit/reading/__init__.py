"""Reading letters: what a text carries, and what it discloses, judged by its words alone."""

from retailkit.reading.carried import Required, missing, small
from retailkit.reading.disclosed import Directory, leaks

__all__ = ["Directory", "Required", "leaks", "missing", "small"]
