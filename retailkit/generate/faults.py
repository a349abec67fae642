"""What can be planted in a shop: slips and broken promises, each with a name and a size."""

from __future__ import annotations

import functools
import hashlib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from retailkit.catalogue import say
from retailkit.records import need_word


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that can be planted.

    `of` says what the share is counted from, `default` how large it is usually, `breaks`
    which principle (a letter) or which rule of keeping data. `difficulty` is how hard it is
    to find, and `looks_like` what resembles it and is none. `shows_in` is where it stands:
    a table, the row's number made from {case}, {customer}, {asked} or {row}, and the field:
    "*" for any, None where a row was added or is gone.
    """

    name: str
    of: str
    default: float
    breaks: str
    meaning: str
    difficulty: str
    looks_like: str
    shows_in: tuple[str, str, str | None]


@functools.cache
def _listed() -> dict[str, Fault]:
    text = resources.files(__package__).joinpath("faults.toml").read_text("utf-8")
    listed = tomllib.loads(text)
    for facts in listed.values():
        table, row, *field = facts["shows_in"]
        facts["shows_in"] = (table, row, field[0] if field else None)
    return {name: Fault(name=name, **facts) for name, facts in listed.items()}


FAULTS: Mapping[str, Fault] = MappingProxyType(_listed())
"""What can be planted, by name; the list stands in `faults.toml`."""

USUAL: Mapping[str, float] = MappingProxyType(
    {"unfounded_claim": FAULTS["unfounded_claim"].default}
)
"""What every shop meets."""


def checked_faults(faults: Any) -> dict[str, float]:
    """The faults to plant, as shares by name.

    Raises ValueError for a name that is not there, or a share that is none.
    """
    if faults is None:
        return dict(USUAL)
    if not isinstance(faults, Mapping):
        raise ValueError(  # noqa: TRY004 - whoever types a wrong value reads one kind of error
            say(
                "faults: {faults!r} is not a choice of faults. "
                'Write names with shares, like {{"late_acknowledgement": 0.12}}.',
                faults=faults,
            )
        )
    return {_known(name): _share(name, share) for name, share in faults.items()}


def _known(name: object) -> str:
    return need_word(name if isinstance(name, str) else repr(name), FAULTS, "fault")


def _share(name: str, share: object) -> float:
    number = share if isinstance(share, (int, float)) and not isinstance(share, bool) else math.nan
    if not 0 <= number <= 1:
        usual = FAULTS[name].default
        raise ValueError(
            say(
                "{name}: {share!r} is not a share. Choose a number from 0 to 1, like {usual}.",
                name=name,
                share=share,
                usual=usual,
            )
        )
    return float(number)


def fault_seed(seed: int, secret: str | None) -> int:
    """What the faults are drawn from: the public seed, or one that only the secret gives."""
    if secret is None:
        return seed
    digest = hashlib.blake2b(f"{secret}|{seed}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
