"""The audit on one page: the nine rows, the picture and the whole, for a screen and for paper."""

from __future__ import annotations

import html
import io
from pathlib import Path
from typing import TYPE_CHECKING

from retailkit.catalogue import language, later, say, whole
from retailkit.figures import principles as drawn
from retailkit.keep import write_files
from retailkit.letters.printed import paper, write
from retailkit.principles import Verdict, overall
from retailkit.shares import per_cent
from retailkit.text import spoken

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop

TITLE = later("The complaint procedure, held against nine principles")
FOOT = later("For learning; not legal advice. What could not be seen is neither kept nor broken.")
SIGNS = {Verdict.KEPT: "+", Verdict.BROKEN: "!", Verdict.NOT_ENOUGH_EVIDENCE: "?"}
LONGEST = 230
"""On paper a reason of more letters than these is cut; the page on the screen has it whole."""

STYLE = """body { font: 16px/1.45 sans-serif; color: #1F2A33; max-width: 60rem; margin: 2rem auto;
padding: 0 1rem } table { border-collapse: collapse } td, th { text-align: left; padding: .4rem;
border-bottom: 1px solid #8A939A; vertical-align: top } img { max-width: 100% } .quiet { color:
#5B6770 }"""


def audit_lines(report: pd.DataFrame) -> list[str]:
    """The nine rows of an audit as lines of text, and the whole below them.

    >>> from retailkit.generate import make_shop
    >>> from retailkit.principles import audit
    >>> audit_lines(audit(make_shop(seed=7, customers=60)))[0]
    '? A visibility: not enough evidence (0%, 95% interval 0% to 35%, n 7)'
    """
    rows = [f"{_sign(one)} {letter} {_shown(one)}" for letter, one in report.iterrows()]
    return [*rows, "", repr(overall(report))]


def _sign(one: pd.Series) -> str:
    return SIGNS[Verdict(one["verdict"])]


def _shown(one: pd.Series) -> str:
    return f"{say(one['principle'])}: {spoken(one['verdict'])} ({_share(one)})"


def _share(one: pd.Series) -> str:
    import pandas as pd

    if pd.isna(one["value"]):
        return say("nothing to look at")
    return say(
        "{share}, 95% interval {low} to {high}, n {n}",
        share=per_cent(one["value"]),
        low=per_cent(one["low"]),
        high=per_cent(one["high"]),
        n=whole(one["n"]),
    )


def as_html(shop: Shop, report: pd.DataFrame) -> str:
    """The audit as a page of its own, picture included."""
    rows = "".join(
        f"<tr><th scope='row'>{letter} {html.escape(say(one['principle']))}</th>"
        f"<td>{_sign(one)} {spoken(one['verdict'])}</td><td>{html.escape(_share(one))}</td>"
        f"<td>{html.escape(one['because'])}</td></tr>"
        for letter, one in report.iterrows()
    )
    heads = (say("principle"), say("verdict"), say("went wrong"), say("because"))
    head = "".join(f"<th>{html.escape(word)}</th>" for word in heads)
    title = say(TITLE)
    return (
        f"<!DOCTYPE html><html lang='{language()}'><head><meta charset='utf-8'>"
        f"<title>{title}</title>"
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p>{html.escape(repr(shop))}</p>"
        f"<p><strong>{html.escape(repr(overall(report)))}</strong></p>"
        f"{drawn(report)._repr_html_()}<table><tr>{head}</tr>{rows}</table>"
        f"<p class='quiet'>{say(FOOT)}</p></body></html>\n"
    )


def as_pdf(shop: Shop, report: pd.DataFrame) -> bytes:
    """The audit on one sheet of A4; the same audit gives the same bytes."""
    pdf = paper(say(TITLE), language(), shop.today, say(FOOT))
    pdf.add_page()
    write(pdf, say(TITLE), size=15, style="B", height=8)
    write(pdf, repr(shop), size=9, height=5)
    write(pdf, repr(overall(report)), style="B")
    chart = drawn(report)
    pdf.image(io.BytesIO(chart.for_paper()), w=140, alt_text=chart.words)
    for letter, one in report.iterrows():
        write(pdf, f"{_sign(one)} {letter} {_shown(one)}", size=9, style="B", height=4.6)
        because = one["because"]
        cut = because if len(because) <= LONGEST else f"{because[:LONGEST].rsplit(' ', 1)[0]} ..."
        write(pdf, cut, size=8, height=3.8)
    return bytes(pdf.output())


def write_audit(shop: Shop, report: pd.DataFrame, folder: Path) -> list[Path]:
    """Write `audit.html` and `audit.pdf` into a folder, and return where they are.

    Raises CannotKeep where that cannot be done; then what was there is unchanged.
    """
    written: dict[str, str | bytes] = {
        "audit.html": as_html(shop, report),
        "audit.pdf": as_pdf(shop, report),
    }
    return write_files(folder, written)
