"""What can be planted in a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One kind of fault."""

    default: float


FAULTS: Mapping[str, Fault] = {"late_acknowledgement": Fault(default=0.0)}
