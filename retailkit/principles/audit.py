"""The audit: how a shop stands on each of the nine principles, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.principles.alike import like_cases
from retailkit.principles.book import CaseBook
from retailkit.principles.on_records import WRONG
from retailkit.principles.principle import (
    PRINCIPLES,
    Indicator,
    Principle,
    Source,
    Verdict,
    principle,
)
from retailkit.principles.published import published
from retailkit.principles.standards import Finding, found
from retailkit.principles.visits import Visit, visited, visits_table
from retailkit.progress_bar import going_through
from retailkit.records import need_word
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.procedure import Procedure
    from retailkit.shop import Shop

COLUMNS = {"value": "Float64", "low": "Float64", "high": "Float64", "n": "Int64"}


class Findings(tuple[Finding, ...]):
    """All findings of an audit. Tables copy what is attached to them; these are never copied."""

    __slots__ = ()

    def __deepcopy__(self, memo: Any) -> Findings:
        return self


def audit(
    shop: Shop,
    procedure: Procedure | None = None,
    visits: Iterable[Visit] | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How the shop stands on the nine principles.

    Nine rows, index `letter` A to I: `principle`, `verdict` (kept, broken or
    not_enough_evidence); the headline indicator's `value`, a share that went wrong, with
    its 95% interval `low` to `high` and the count `n`; and `because`, the sentence that says
    why and what would be enough to tell. A principle is broken where any of its indicators
    is beyond its standard, and kept where its headline is within and none is beyond.
    `indicators` shows them all, `cases_showing` the cases, `overall` the whole.

    `procedure` is what the shop promises, if not what its own says; `visits` are a mystery
    shopper's sheets. Read are records only. Raises ValueError where a table lacks a column.

    >>> from retailkit.generate import make_shop
    >>> report = audit(make_shop(seed=7, customers=3000, faults={"fee_charged": 0.1}))
    >>> report.loc["E", "verdict"], report.loc["B", "verdict"]
    ('broken', 'kept')
    """
    found_all = Findings(_findings(shop, procedure, visits_table(visits)))
    rows = [
        _row(one, [f for f in found_all if f.indicator in one.indicators]) for one in PRINCIPLES
    ]
    report = pd.DataFrame(rows).set_index("letter").astype(COLUMNS)
    report.attrs["findings"] = found_all
    return report


def _findings(shop: Shop, procedure: Procedure | None, visits: pd.DataFrame) -> Iterator[Finding]:
    book = CaseBook(shop, procedure)
    for one in going_through(say("Auditing the shop"), PRINCIPLES):
        for indicator in one.indicators:
            if indicator.source == Source.PUBLISHED:
                yield published(indicator, book.procedure, shop)
            elif indicator.source == Source.VISIT:
                yield visited(indicator, visits)
            elif indicator.name == "like_cases":
                yield like_cases(shop, indicator)
            else:
                yield found(indicator, WRONG[indicator.name](book))


def _row(one: Principle, findings: list[Finding]) -> dict[str, object]:
    headline = next(f for f in findings if f.indicator == one.headline)
    broken = [f for f in findings if f.verdict == Verdict.BROKEN]
    verdict = Verdict.BROKEN if broken else headline.verdict
    said = [headline.because]
    said += [say("Broken: {why}", why=f.because) for f in broken if f is not headline]
    said += [
        say("Not known yet: {why} {needed}", why=f.because, needed=f.needed)
        for f in findings
        if _is_open(f, headline)
    ]
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        said.append(say("Needed: {needed}", needed=headline.needed))
    return {
        "letter": one.letter,
        "principle": say(one.name),
        "verdict": verdict.value,
        "value": headline.value,
        "low": headline.low,
        "high": headline.high,
        "n": headline.n,
        "because": " ".join(said),
    }


def _is_open(finding: Finding, headline: Finding) -> bool:
    """Whether records leave something open; who sends no shopper is not told so each time."""
    of_records = finding.indicator.source == Source.RECORDS
    unsure = finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    return unsure and of_records and finding is not headline


def indicators(report: pd.DataFrame) -> pd.DataFrame:
    """Every indicator behind an audit: one row each, index `letter` and `indicator`.

    Columns: `source` (published, records or visit), `counts`, `standard`, `why`, `verdict`,
    `value`, `low`, `high`, `n`, `because` and `needed`.
    Raises ValueError for a table that `audit` did not give.
    """
    rows = [
        {
            "letter": f.indicator.letter,
            "indicator": f.indicator.name,
            "source": f.indicator.source.value,
            "counts": say(f.indicator.counts),
            "standard": f.indicator.standard,
            "why": say(f.indicator.why),
            "verdict": f.verdict.value,
            "value": f.value,
            "low": f.low,
            "high": f.high,
            "n": f.n,
            "because": f.because,
            "needed": f.needed,
        }
        for f in _attached(report)
    ]
    return pd.DataFrame(rows).set_index(["letter", "indicator"]).astype(COLUMNS)


def cases_showing(report: pd.DataFrame, letter: str, indicator: str | None = None) -> pd.DataFrame:
    """The cases that show what went wrong with a principle, or with one of its indicators.

    One row per case and indicator, columns `claim_id` and `indicator`. Promises and visits
    show in no case. Raises ValueError for another principle or indicator.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=3000, faults={"fee_charged": 0.1})
    >>> set(cases_showing(audit(shop), "E")["indicator"])
    {'charged'}
    """
    one: Principle = principle(letter)
    if indicator is not None:
        need_word(indicator, [each.name for each in one.indicators], "indicator")
    pairs = [
        (case, f.indicator.name)
        for f in _attached(report)
        if f.indicator in one.indicators and f.indicator.source == Source.RECORDS
        if indicator in (None, f.indicator.name)
        for case in f.cases.dropna()
    ]
    return pd.DataFrame(pairs, columns=["claim_id", "indicator"])


@dataclass(frozen=True, kw_only=True)
class Overall:
    """How the whole procedure stands: as its weakest principle does."""

    verdict: Verdict
    principles: tuple[str, ...]
    because: str

    def __repr__(self) -> str:
        return self.because


SAYS = {
    Verdict.BROKEN: later("Broken: {which}. A procedure is as good as its weakest principle."),
    Verdict.NOT_ENOUGH_EVIDENCE: later("Not enough evidence yet on {which}; the others are kept."),
    Verdict.KEPT: later("All nine principles are kept."),
}
"""The overall word, from the weakest on."""


def overall(report: pd.DataFrame) -> Overall:
    """The overall word: the weakest principle, not the mean.

    >>> from retailkit.generate import make_shop
    >>> overall(audit(make_shop(seed=7, customers=3000, faults={"fee_charged": 0.1})))
    Broken: E costs. A procedure is as good as its weakest principle.
    """
    for verdict in SAYS:
        mine = report[report["verdict"] == verdict]
        if len(mine) or verdict == Verdict.KEPT:
            break
    sentence = SAYS[verdict]
    which = listing(f"{letter} {name}" for letter, name in mine["principle"].items())
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE and len(mine) == len(report):
        sentence = later("Not enough evidence yet on any principle.")
    because = say(sentence, which=which)
    return Overall(verdict=verdict, principles=tuple(mine.index), because=because)


def over_time(shop: Shop, letter: str, procedure: Procedure | None = None) -> pd.DataFrame:
    """A principle's headline quarter by quarter, by the day on which cases came in.

    One row per quarter, index `quarter`: `value`, `low`, `high`, `n` and `verdict`.
    Raises ValueError for another principle.

    >>> from retailkit.generate import make_shop
    >>> over_time(make_shop(seed=7, customers=300), "C").columns.to_list()
    ['value', 'low', 'high', 'n', 'verdict']
    """
    headline = principle(letter).headline
    book = CaseBook(shop, procedure)
    wrong = WRONG[headline.name](book)
    quarters = book.claims["received_at"].dt.to_period("Q")
    rows = {}
    for quarter, mine in wrong.groupby(quarters.to_numpy()):
        f = found(headline, mine)
        rows[quarter] = {
            "value": f.value, "low": f.low, "high": f.high, "n": f.n, "verdict": f.verdict.value
        }  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[*COLUMNS, "verdict"])
    table.attrs["letter"] = letter
    return table.astype(COLUMNS).rename_axis("quarter")


def tolerated(letter: str) -> float:
    """The share that the standard of a principle's headline allows."""
    headline: Indicator = principle(letter).headline
    return headline.tolerated


def _attached(report: pd.DataFrame) -> Findings:
    findings = report.attrs.get("findings")
    if not isinstance(findings, Findings):
        raise ValueError(  # noqa: TRY004 - whoever gives something wrong reads one kind of error
            say("This table does not come from an audit. Give what rk.audit(shop) returns.")
        )
    return findings
