"""numpy as in a browser: a whole number has 32 bits there, unless something else is said.

Run before a script, this makes numpy give the kit what it would be given there. It is no
browser: what numpy makes by itself, out of sight of the kit, stays as it is here.
"""

from __future__ import annotations

import sys

import numpy as np

MAKERS = {"array": 1, "asarray": 1, "arange": 3, "full": 2, "ones": 1}
"""What makes arrays, and where each would be told the kind of number."""

FINDERS = ("argsort", "flatnonzero", "nonzero", "searchsorted", "bincount", "lexsort", "argmax")
FAR = 2**31


def count_in_32_bits() -> None:
    for name, place in MAKERS.items():
        setattr(np, name, _small(getattr(np, name), place))
    for name in FINDERS:
        setattr(np, name, _small(getattr(np, name), None))


def _small(make, place):
    def made(*given, **named):
        found = make(*given, **named)
        ours = sys._getframe(1).f_globals.get("__name__", "").startswith("retailkit")
        told = named.get("dtype") is not None or (place is not None and len(given) > place)
        if place is not None and any(_has_a_kind(one) for one in given):
            told = True
        return found if told or not ours else _shrunk(found)

    return made


def _has_a_kind(thing) -> bool:
    return isinstance(thing, np.ndarray | np.generic) or type(thing).__module__.startswith("pandas")


def _shrunk(found):
    if isinstance(found, tuple):
        return tuple(map(_shrunk, found))
    whole = isinstance(found, np.ndarray) and found.dtype == np.int64
    fits = whole and (not found.size or (found.min() >= -FAR and found.max() < FAR))
    return found.astype(np.int32) if fits else found
