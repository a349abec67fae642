"""The report to the owner: what was found, what changes, and what it is worth, on paper."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retailkit.catalogue import language, later, say
from retailkit.keep import write_file
from retailkit.records import Record, asked, questions

if TYPE_CHECKING:
    from retailkit.generate import Comparison

TITLE = later("Our service desk: report to the owner")
FOOT = later("The twin shop is made up, like the shop itself. For learning.")


@dataclass(frozen=True, kw_only=True, repr=False)
class OwnerReport(Record):
    """What the desk tells the owner.

    >>> OwnerReport(found="One promise is not kept.").problems()[0]
    'changed: not filled in yet. What do we change, and what does it cost?'
    """

    found: str | None = asked("What did we find?", long=True)
    changed: str | None = asked("What do we change, and what does it cost?", long=True)
    gained: str | None = asked("What is it worth? Name a number before and after.", long=True)
    not_known: str | None = asked("What do we not know, or must not promise?", long=True)
    next_step: str | None = asked("What will we look at next, and when?", long=True)


def effects_said(comparison: Comparison) -> list[str]:
    """What differs in the twin, a line for each measure.

    >>> from retailkit.generate import compare, make_shop
    >>> from retailkit.procedure import Procedure
    >>> shop = make_shop(seed=7, customers=800, procedure=Procedure(fee=3), faults={})
    >>> [line for line in effects_said(compare(shop, procedure=Procedure())) if "fees" in line]
    ['fees paid by customers: 321 before, 0 after']
    """
    return [
        say(
            "{measure}: {before} before, {after} after",
            measure=say(str(name)),
            before=_number(row["before"]),
            after=_number(row["after"]),
        )
        for name, row in comparison.effects.iterrows()
    ]


def _number(value: float) -> str:
    return say("not known") if math.isnan(value) else f"{value:,.2f}".removesuffix(".00")


def as_pdf(report: OwnerReport, comparison: Comparison) -> bytes:
    """The report on A4, with the picture and the numbers; the same report gives the same bytes."""
    from retailkit.figures import before_and_after
    from retailkit.letters.printed import paper, write

    shop = comparison.shop
    pdf = paper(say(TITLE), language(), shop.today, say(FOOT))
    pdf.add_page()
    write(pdf, say(TITLE), size=15, style="B", height=8)
    write(pdf, repr(shop), size=9, height=5)
    pdf.ln(2)
    for question in questions(OwnerReport):
        write(pdf, say(question.text), size=11, style="B")
        write(pdf, getattr(report, question.name) or say("(left open)"), size=11)
        pdf.ln(2)
    picture = before_and_after(comparison)
    pdf.image(io.BytesIO(picture.for_paper()), w=140, alt_text=picture.words)
    write(pdf, say("The shop, and its twin with the changes"), size=11, style="B")
    for line in effects_said(comparison):
        write(pdf, line, size=9, height=5)
    return bytes(pdf.output())


def write_report(report: OwnerReport, comparison: Comparison, path: str | Path) -> Path:
    """Write the report as a PDF, ready to be printed, and return where it is.

    Raises ValueError where something is not filled in yet, CannotKeep where the file cannot
    be written; then what was there is unchanged.
    """
    if problems := report.problems():
        what = " ".join(problems)
        raise ValueError(say("The report is not finished. {problems}", problems=what))
    path = Path(path)
    write_file(path, as_pdf(report, comparison))
    return path
