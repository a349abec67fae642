"""Changes: what an owner can change at the desk, what it costs, and which principle it is for."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retailkit.catalogue import say, whole
from retailkit.procedure import Procedure
from retailkit.records import need_word
from retailkit.text import escaped


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that can be changed at the desk.

    `cost` is in euros for the first month, `letter` the principle that it is for. `promise`
    holds what becomes of the procedure, `mends` the fault that no longer happens.
    """

    name: str
    letter: str
    _says: str
    cost: int
    promise: Mapping[str, Any]
    mends: str | None

    @property
    def says(self) -> str:
        """What is changed, in the learner's language."""
        return say(self._says)

    def __repr__(self) -> str:
        said = {"name": self.name, "change": self.says, "cost": whole(self.cost)}
        return say("{name}: {change} {cost} euros.", **said)


class Changes(dict[str, Change]):
    """Changes by name; they show themselves one to a line."""

    def __repr__(self) -> str:
        return "\n".join(repr(change) for change in self.values())

    def _repr_html_(self) -> str:
        return "<br>".join(escaped(change) for change in self.values())


@functools.cache
def _listed() -> Changes:
    text = resources.files(__package__).joinpath("changes.toml").read_text("utf-8")
    return Changes(
        (
            name,
            Change(name=name, _says=facts.pop("says"), **{"promise": {}, "mends": None, **facts}),
        )
        for name, facts in tomllib.loads(text).items()
    )


CHANGES: Changes = _listed()
"""What can be changed at the desk, by name; what is said about it stands in `changes.toml`."""


def cost_of(names: Collection[str]) -> int:
    """What some changes cost together, in euros for the first month.

    Raises ValueError for a name that is not there.

    >>> cost_of(["hang_up_signs", "name_an_owner"])
    150
    """
    return sum(CHANGES[need_word(name, CHANGES, "change")].cost for name in names)


def procedure_with(procedure: Procedure, names: Collection[str]) -> Procedure:
    """A procedure after some changes.

    Raises ValueError for a name that is not there.

    >>> procedure_with(Procedure(fee=2), ["drop_the_fee"]).fee
    0.0
    """
    for name in names:
        change = CHANGES[need_word(name, CHANGES, "change")]
        procedure = dataclasses.replace(procedure, **change.promise)
    return procedure


def mended_by(names: Collection[str]) -> list[str]:
    """What no longer goes wrong at the desk after some changes.

    Raises ValueError for a name that is not there.

    >>> mended_by(["drop_the_fee", "check_every_letter"])
    ['data_of_others']
    """
    changes = [CHANGES[need_word(name, CHANGES, "change")] for name in names]
    return [change.mends for change in changes if change.mends]
