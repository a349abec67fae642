"""Who works at the shop, and who of them does what in a case."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from retailkit.claims import Function, StaffMember
from retailkit.generate.claims import Case
from retailkit.generate.life import frame
from retailkit.generate.locales import pack_of
from retailkit.generate.mixer import Luck
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
    """The people at the shop, and what it has promised."""

    procedure: Procedure
    market: str
    seed: int

    def staff_ids(self, function: Function) -> list[str]:
        """Who has this function; in a small shop, whoever is there."""
        there = range(self.procedure.staff)
        having = [f"S-{n + 1}" for n in there if FUNCTIONS[n % len(FUNCTIONS)] == function]
        return having or ["S-1"]

    def heard_by(self, case: Case) -> str:
        """Who wrote the case down."""
        return str(case.story.luck.one_of("heard_by", self.staff_ids(Function.CUSTOMER_SERVICE)))

    def about_staff(self, case: Case) -> str | None:
        """Whom a complaint about treatment is about, never the one who hears it if avoidable."""
        if case.story.kind not in {"staff", "discrimination"}:
            return None
        everybody = [f"S-{n + 1}" for n in range(self.procedure.staff)]
        others = [name for name in everybody if name != self.heard_by(case)]
        return str(case.story.luck.one_of("about_staff", others or everybody))

    def decided_by(self, case: Case) -> str:
        """Who decides: somebody else than the one who heard it, and than whom it is about."""
        barred = {self.about_staff(case)}
        if self.procedure.separate_reviewer:
            barred.add(self.heard_by(case))
        everybody = [f"S-{n + 1}" for n in range(self.procedure.staff)]
        return next((name for name in everybody if name not in barred), self.heard_by(case))


def staff_table(desk: Desk) -> pd.DataFrame:
    """One row per member of staff; the first is Ana, whose shop it is."""
    pack, people = pack_of(desk.market), range(desk.procedure.staff)
    luck = [Luck(desk.seed, "staff", n) for n in people]
    given = [
        one.one_of("given", pack[one.pick("gender", {"female": 1, "male": 1})]) for one in luck
    ]
    names = ["Ana", *given[1:]]
    languages = desk.procedure.languages
    columns = {
        "staff_id": [f"S-{n + 1}" for n in people],
        "name": [f"{names[n]} {luck[n].one_of('family', pack['family'])}" for n in people],
        "function": [FUNCTIONS[n % len(FUNCTIONS)].value for n in people],
        "languages": [",".join(languages if n % 2 == 0 else languages[:1]) for n in people],
    }
    return frame(StaffMember, columns)
