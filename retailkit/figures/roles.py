"""Roles: one customer's record, field by field, as each role sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from retailkit.catalogue import say
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, Chart, chart
from retailkit.records import Record, kinds
from retailkit.text import spoken
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.crm import Crm, Role

LONGEST = 26
"""So many letters of a value find room beside its field."""

SIDE = 0.62
"""A square's share of its place."""

PALE = "#AEB6BC"
"""The edge of a square that a role does not see."""


def who_sees(crm: Crm, number: str) -> Chart:
    """The record of one customer as each role sees it: one row per known field.

    The record is looked up once for every role, and each look is noted in the access log.
    Marketing sees only customers who have said yes to offers.
    Raises ValueError where there is no such customer, and NotAllowed where the database is
    not open to the responsible person.

    >>> import tempfile, retailkit as rk
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with rk.open_crm(f"{place}/shop.crm", "four words nobody guesses") as crm:
    ...         ana = crm.add(rk.Customer(given_name="Ana", family_name="Ruiz"))
    ...         print(who_sees(crm, "C-000001").words.split(". ")[2])
    Fewest seen: 0, as marketing
    """
    whole = crm.record("customers", number)
    known = [field for field in kinds(type(whole)) if getattr(whole, field) is not None]
    seen = _by_role(crm, number, known)
    title = _finding(number, known, seen)

    def draw(axes: Axes) -> str:
        for right, fields in enumerate(seen.values()):
            for down, field in enumerate(known):
                _square(axes, right, down, seen=field in fields)
        top = [spoken(role).replace(" ", "\n") for role in seen]
        axes.set_xticks(range(len(seen)), top, fontsize=8.5)
        axes.set_yticks(range(len(known)), [_line(whole, field) for field in known], fontsize=8.5)
        axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        axes.set_xlim(-0.5, len(seen) - 0.5)
        axes.set_ylim(len(known) - 0.4, -0.6)
        axes.spines[:].set_visible(False)
        # the long names of the fields stand left of the axes, and the title above them as well
        axes.figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
        return say("Chart of squares. {title}. {said}", title=title, said=_said(seen, known))

    return chart(draw, height=1.2 + 0.25 * len(known))


def _by_role(crm: Crm, number: str, known: list[str]) -> Mapping[Role, list[str]]:
    """The known fields that are not empty to each role; who sees most comes first."""
    # other pictures need no database, which takes long to load
    from retailkit.crm import Role

    seen = {}
    for role in Role:
        with crm.as_role(role) as view:
            # marketing has no row of a customer who has not said yes
            rows = view.rows("customers", customer_id=number)
        seen[role] = [field for field in known if rows[field].notna().any()]
    return dict(sorted(seen.items(), key=lambda pair: -len(pair[1])))


def _square(axes: Axes, right: int, down: int, *, seen: bool) -> None:
    corner = (right - SIDE / 2, down - SIDE / 2)
    face, edge = (CUSTOMERS_BLUE, INK) if seen else ("none", PALE)
    axes.add_patch(Rectangle(corner, SIDE, SIDE, facecolor=face, edgecolor=edge, linewidth=0.6))


def _line(record: Record, field: str) -> str:
    value = getattr(record, field)
    value = str(value.date() if isinstance(value, datetime) else value)
    short = value if len(value) <= LONGEST else value[: LONGEST - 3] + "..."
    return f"{spoken(field)}: {short}"


def _finding(number: str, known: list[str], seen: Mapping[Role, list[str]]) -> str:
    """How few of the known fields those see who see fewest."""
    fewest = min(map(len, seen.values()))
    who = [spoken(role) for role in seen if len(seen[role]) == fewest]
    return say(
        "Known of {number}: {fields}. Fewest seen: {fewest}, as {roles}",
        number=number,
        fields=count_of(len(known), "field"),
        fewest=fewest,
        roles=listing(who),
    )


def _said(seen: Mapping[Role, list[str]], known: list[str]) -> str:
    said = []
    for role, fields in seen.items():
        what = listing([spoken(field) for field in fields])
        if fields == known:
            what = say("all of them")
        said.append(f"{spoken(role)}: {len(fields)}, {what}")
    return say("Seen by each role: {said}.", said="; ".join(said))
