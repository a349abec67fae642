"""A shop beside its twin: the same people and first orders, with one thing changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retailkit.catalogue import later, say, whole
from retailkit.claims import Outcome, StepType
from retailkit.generate.faults import FAULTS, checked_faults
from retailkit.generate.plan import Plan, plan_behind
from retailkit.principles import audit
from retailkit.principles.book import CaseBook
from retailkit.procedure import Procedure
from retailkit.records import need_word
from retailkit.text import spoken
from retailkit.words import count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

COME_BACK_WITHIN = np.timedelta64(90, "D")
"""Who orders within so many days after the answer has come back."""

ENDED = ["outcome", "remedy", "amount"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """A shop and its twin: what the change causes.

    `principles` has nine rows, index `letter`: `principle`, and `verdict` and `value` of each
    shop. `effects` has one row per measure: `before`, `after`, `change`, and `n_before` and
    `n_after`, the counts behind them. `cases` has one row per case of both that ended differently;
    a case that arose in one of them only is not there.
    """

    shop: Shop
    twin: Shop
    principles: pd.DataFrame
    effects: pd.DataFrame
    cases: pd.DataFrame

    def __repr__(self) -> str:
        other = self.principles[
            self.principles["verdict_before"] != self.principles["verdict_after"]
        ]
        lines = [
            say(
                "{letter} {principle}: {before} before, {after} after.",
                letter=letter,
                principle=say(row["principle"]),
                before=spoken(row["verdict_before"]),
                after=spoken(row["verdict_after"]),
            )
            for letter, row in other.iterrows()
        ] or [say("No principle is judged differently.")]
        for name, row in self.effects.iterrows():
            before, after = _shown(row["before"]), _shown(row["after"])
            if before != after and not np.isnan(row["change"]):
                said = "{name}: {before} before, {after} after."
                lines.append(say(said, name=say(str(name)), before=before, after=after))
        lines.append(say("{cases} ended differently.", cases=count_of(len(self.cases), "case")))
        return "\n".join(lines)


def _shown(value: float) -> str:
    """A measure as it is read: with two decimals, or none where it is a count."""
    return whole(int(value)) if float(value).is_integer() else f"{value:,.2f}"


def compare(
    shop: Shop,
    procedure: Procedure | None = None,
    faults: Mapping[str, float] | None = None,
    mended: str | Collection[str] | None = None,
) -> Comparison:
    """What another procedure, other faults or a mended one would have caused in this shop.

    The twin has the same people, who buy and are let down alike; all that differs follows
    from the change. `mended` names a fault, or several, that the twin does not have; who
    mends what does not go wrong gets the same shop again. Satisfaction is seen as shops see
    it, in the surveys that came back.
    Raises ValueError where nothing is changed, or it is not known how the shop was made.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=800, faults={})
    >>> compare(shop, procedure=Procedure(fee=3)).principles.loc["E", "verdict_after"]
    'broken'
    """
    if procedure is None and faults is None and mended is None:
        raise ValueError(
            say(
                "Nothing is changed. Give another procedure, like "
                "rk.Procedure(answer_within_days=5), "
                'other faults, like {"fee_charged": 0.1}, or a mended one, like "fee_charged".'
            )
        )
    twin = _changed(plan_behind(shop), procedure, faults, mended).shop()
    return Comparison(
        shop=shop,
        twin=twin,
        principles=_principles(shop, twin),
        effects=_effects(shop, twin),
        cases=_ended_differently(shop, twin),
    )


def _changed(
    plan: Plan,
    procedure: Any,
    faults: Mapping[str, float] | None,
    mended: str | Collection[str] | None,
) -> Plan:
    """The plan of the twin."""
    if procedure is not None:
        if not isinstance(procedure, Procedure):
            raise ValueError(
                say(
                    "procedure: {procedure!r} is not a procedure. "
                    "Write it like rk.Procedure(answer_within_days=5).",
                    procedure=procedure,
                )
            )
        plan = replace(plan, procedure=procedure)
    if faults is not None:
        plan = replace(plan, faults=MappingProxyType(checked_faults(faults)))
    if mended is not None:
        gone = {mended} if isinstance(mended, str) else set(mended)
        for name in gone:
            need_word(name if isinstance(name, str) else repr(name), FAULTS, "fault")
        left = {name: share for name, share in plan.faults.items() if name not in gone}
        plan = replace(plan, faults=MappingProxyType(left))
    return plan


def _principles(shop: Shop, twin: Shop) -> pd.DataFrame:
    columns = ["verdict", "value", "low", "high", "n"]
    before, after = audit(shop), audit(twin)
    both = before[columns].add_suffix("_before").join(after[columns].add_suffix("_after"))
    both.insert(0, "principle", before["principle"])
    return both


def _effects(shop: Shop, twin: Shop) -> pd.DataFrame:
    before, after = measured(shop), measured(twin)
    table = before.add_suffix("_before").join(after.add_suffix("_after"))
    table = table.rename(columns={"value_before": "before", "value_after": "after"})
    table["change"] = table["after"] - table["before"]
    return table[["before", "after", "change", "n_before", "n_after"]]


def measured(shop: Shop) -> pd.DataFrame:
    """What a procedure is worth in numbers: one row per measure, `value` and `n`.

    Medians of waiting count cases that still wait as waiting (Kaplan and Meier); money is in
    the market's currency.

    >>> from retailkit.generate import make_shop
    >>> measured(make_shop(seed=7, customers=300)).loc["fees paid by customers", "value"]
    np.float64(0.0)
    """
    book = CaseBook(shop)
    surveys = shop.surveys
    marks = surveys.loc[surveys["about"] == "handling", "overall"].dropna()
    steps = shop.claim_steps
    fees, paid = steps["fee"].dropna(), book.of_step("amount", StepType.DECIDED).dropna()
    back = _came_back(book)
    rows = {
        later("satisfaction with handling (1 to 5)"): (_mean(marks), len(marks)),
        later("hours to acknowledgement (median)"): _median(book, StepType.ACKNOWLEDGED, "h"),
        later("days to answer (median)"): _median(book, StepType.COMMUNICATED, "D"),
        later("fees paid by customers"): (fees.sum(), len(fees)),
        later("money paid to customers"): (paid.sum(), len(paid)),
        later("share who order again within 90 days"): (_mean(back), len(back)),
        later("orders"): (len(shop.orders), len(shop.orders)),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "n"])
    return table.rename_axis("measure").astype({"value": float})


def _mean(values: pd.Series) -> float:
    """The mean, or not-a-number where there is nothing."""
    return float(values.mean()) if len(values) else float("nan")


def _median(book: CaseBook, step: StepType, unit: str) -> tuple[float, int]:
    """The time by which half of the cases have got this far, of those not taken back before."""
    from statsmodels.duration.survfunc import SurvfuncRight

    at = book.when(step, first=True)
    gone = ~np.isnat(book.when(StepType.WITHDRAWN)) & np.isnat(at)
    # a case taken back waits no longer from that day on, and neither does one of today
    end = np.where(gone, book.when(StepType.WITHDRAWN), book.today)
    end = np.where(np.isnat(at), end, at)
    waited = (end - book.received) / np.timedelta64(1, unit)  # type: ignore[call-overload]
    known = ~np.isnan(waited) & (waited >= 0)
    if not (known & ~np.isnat(at)).any():
        return float("nan"), 0
    curve = SurvfuncRight(waited[known], ~np.isnat(at)[known])
    return float(curve.quantile(0.5)), int(known.sum())


def _came_back(book: CaseBook) -> pd.Series:
    """By case whose answer is long enough ago: whether the customer has ordered since."""
    told = pd.Series(book.when(StepType.COMMUNICATED), index=book.cases, name="told")
    seen = told[told + pd.Timedelta(COME_BACK_WITHIN) < pd.Timestamp(book.today)]
    who = book.claims["customer_id"].reindex(seen.index).dropna()
    pairs = pd.DataFrame({"customer_id": who, "told": seen.reindex(who.index)})
    orders = book.shop.orders[["customer_id", "ordered_at"]].dropna()
    both = pairs.reset_index().merge(orders, on="customer_id")
    since = both["ordered_at"] - both["told"]
    again = both.loc[
        (since > pd.Timedelta(0)) & (since <= pd.Timedelta(COME_BACK_WITHIN)), "claim_id"
    ]
    return pd.Series(who.index.isin(again), index=who.index)


def _ended_differently(shop: Shop, twin: Shop) -> pd.DataFrame:
    """One row per case of both shops that ended differently, index `claim_id`."""
    before, after = _ends(shop), _ends(twin)
    both = before.add_suffix("_before").join(after.add_suffix("_after"), how="inner")
    other = np.zeros(len(both), dtype=bool)
    for name in ENDED:
        one, two = both[f"{name}_before"], both[f"{name}_after"]
        same = (one == two).fillna(False) | (one.isna() & two.isna())
        other |= ~same.to_numpy(bool)
    return both[other]


def _ends(shop: Shop) -> pd.DataFrame:
    book = CaseBook(shop)
    ends = pd.DataFrame({name: book.of_step(name, StepType.DECIDED) for name in ENDED})
    taken_back = ends["outcome"].isna() & (book.row_of(StepType.WITHDRAWN) >= 0)
    return ends.assign(outcome=ends["outcome"].mask(taken_back, Outcome.WITHDRAWN.value))
