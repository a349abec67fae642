"""Who works at the shop, and who of them does what in a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from retailkit.claims import Function, StaffMember
from retailkit.columns import table_of
from retailkit.generate.locales import pack_of
from retailkit.generate.mixer import Dice, Luck
from retailkit.generate.rows import Whole
from retailkit.procedure import Procedure

FUNCTIONS = (
    Function.CUSTOMER_SERVICE,
    Function.TECHNICIAN,
    Function.TRAINER,
    Function.CUSTOMER_SERVICE,
)
"""Who is who in a staff of four; larger staffs go round once more."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The people at the shop, and what it has promised. Staff are places: 0 is S-1."""

    procedure: Procedure
    market: str
    seed: int

    @property
    def staff_ids(self) -> list[str]:
        """Everybody's number, as written."""
        return [f"S-{place + 1}" for place in range(self.procedure.staff)]

    def those_of(self, function: Function) -> Whole:
        """Who has this function; in a small shop, whoever is there."""
        there = range(self.procedure.staff)
        having = [place for place in there if FUNCTIONS[place % len(FUNCTIONS)] == function]
        return np.array(having or [0])

    def heard_by(self, dice: Dice) -> Whole:
        """Who writes each case down."""
        desk = self.those_of(Function.CUSTOMER_SERVICE)
        return desk[dice.below("heard_by", len(desk))]

    def somebody_else(self, dice: Dice, than: Whole) -> Whole:
        """Anybody but this one, where there is anybody else."""
        step = dice.between("about_staff", 1, max(1, self.procedure.staff - 1))
        return (than + step) % self.procedure.staff

    def decided_by(self, heard_by: Whole, about: Whole) -> Whole:
        """Who decides: somebody else than the one who heard it, and than whom it is about."""
        decider = heard_by.copy()
        barred = heard_by if self.procedure.separate_reviewer else np.full_like(heard_by, -1)
        for place in reversed(range(self.procedure.staff)):
            decider[(barred != place) & (about != place)] = place
        return decider


def staff_table(desk: Desk) -> pa.Table:
    """One row per member of staff; the first is Ana, whose shop it is."""
    pack, people = pack_of(desk.market), range(desk.procedure.staff)
    luck = [Luck(desk.seed, "staff", place) for place in people]
    given = [
        one.one_of("given", pack[one.pick("gender", {"female": 1, "male": 1})]) for one in luck
    ]
    names = ["Ana", *given[1:]]
    languages = desk.procedure.languages
    columns: dict[str, Any] = {
        "staff_id": desk.staff_ids,
        "name": [f"{names[n]} {luck[n].one_of('family', pack['family'])}" for n in people],
        "function": [FUNCTIONS[n % len(FUNCTIONS)].value for n in people],
        "languages": [",".join(languages if n % 2 == 0 else languages[:1]) for n in people],
    }
    return table_of(StaffMember, {name: pa.array(values) for name, values in columns.items()})
