"""The claims book laid open: what each case's steps and letters show, one row per case.

Nothing here knows how a shop was made; what stands in no record is not known.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retailkit.claims import Direction, StepType
from retailkit.markets import answer_days, rules_of
from retailkit.markets.days import days_later

if TYPE_CHECKING:
    from retailkit.procedure import Procedure
    from retailkit.shop import Shop

READ_AT_MOST = 20_000
"""What must be read letter by letter is read for so many cases, drawn evenly from the book."""

NEVER = np.datetime64("NaT", "s")


class CaseBook:
    """A shop's cases under audit, by number; everything is found once, when it is asked for."""

    def __init__(self, shop: Shop, procedure: Procedure | None = None) -> None:
        claims = shop.claims[shop.claims["claim_id"].notna()]
        self.shop, self.procedure = shop, procedure or shop.procedure
        self.claims = claims.drop_duplicates("claim_id").set_index("claim_id")
        self.cases = self.claims.index
        self.today = np.datetime64(shop.today, "s")

    # ---- steps ----

    @functools.cached_property
    def _step_places(self) -> np.ndarray:
        """For each step, the place of its case; -1 where the book has no such case."""
        return self.places(self.shop.claim_steps["claim_id"])

    def places(self, numbers: pd.Series) -> np.ndarray:
        """The place of each case number in the book; -1 where there is none."""
        places: np.ndarray = self.cases.get_indexer(pd.Index(numbers))
        return places

    @functools.cached_property
    def _steps_by_type(self) -> dict[str, np.ndarray]:
        """The rows of the steps of each type, each type's from first to last."""
        steps = self.shop.claim_steps
        types, names = pd.factorize(steps["step"])
        at = steps["at"].to_numpy().astype("datetime64[s]")
        rows = np.flatnonzero((self._step_places >= 0) & (types >= 0))
        found = {}
        for code, name in enumerate(names):
            mine = rows[types[rows] == code]
            # a step without a moment comes last, and never counts as the first
            found[str(name)] = mine[np.argsort(at[mine], kind="stable")]
        return found

    def row_of(self, step: StepType, *, first: bool = False) -> np.ndarray:
        """For each case, the row of its last such step, or its first; -1 where there is none."""
        rows = self._steps_by_type.get(step.value, np.array([], dtype=np.int64))
        rows = rows[::-1] if first else rows
        found = np.full(len(self.cases), -1)
        found[self._step_places[rows]] = rows
        return found

    def of_step(self, column: str, step: StepType, *, first: bool = False) -> pd.Series:
        """What a column says at a step of each case; empty where there is no such step."""
        rows = self.row_of(step, first=first)
        values = (
            self.shop.claim_steps[column].take(np.maximum(rows, 0))
            if len(self.shop.claim_steps)
            else pd.Series(pd.NA, index=range(len(rows)), dtype=self.shop.claim_steps[column].dtype)
        )
        found: pd.Series = values.set_axis(self.cases).where(rows >= 0)
        return found

    def when(self, step: StepType, *, first: bool = False) -> np.ndarray:
        """The moment of a step in each case; never where there is no such step."""
        at: np.ndarray = self.of_step("at", step, first=first).to_numpy()
        moments: np.ndarray = at.astype("datetime64[s]")
        return moments

    def any_step(self, test: Any) -> np.ndarray:
        """Which cases have a step for which the test, one answer for each step, is yes."""
        places = self._step_places[np.asarray(test, dtype=bool) & (self._step_places >= 0)]
        return np.bincount(places, minlength=len(self.cases)) > 0

    # ---- deadlines ----

    @functools.cached_property
    def received(self) -> np.ndarray:
        """When each case came in."""
        return self.claims["received_at"].to_numpy().astype("datetime64[s]")

    @functools.cached_property
    def acknowledge_due(self) -> np.ndarray:
        """The last moment to acknowledge each case: by promise or by rule, the earlier."""
        promised = self.received + np.timedelta64(self.procedure.acknowledge_within_hours, "h")
        rule = rules_of(self.shop.market).acknowledge
        if rule.value == 0:
            # the copy of the form is the proof, and whether it was given is an indicator of B
            return promised
        if rule.unit == "hours":
            return np.minimum(promised, self.received + np.timedelta64(rule.value, "h"))
        days = days_later(self.received.astype("datetime64[D]"), rule, self.shop.market)
        earlier: np.ndarray = np.minimum(promised, _end_of(days))
        return earlier

    @functools.cached_property
    def answer_due(self) -> np.ndarray:
        """The end of the last day to answer each case: by promise or by rule, the earlier."""
        day = self.received.astype("datetime64[D]")
        promised = day + np.timedelta64(self.procedure.answer_within_days, "D")
        rule = answer_days(day, self.shop.market).astype("datetime64[D]")
        return _end_of(np.minimum(promised, rule))

    # ---- letters ----

    @functools.cached_property
    def letters(self) -> pd.DataFrame:
        """What the shop wrote about cases: one row per letter, with the place of its case."""
        post = self.shop.messages
        places = self.places(post["claim_id"])
        about = (places >= 0) & (post["direction"] == Direction.OUT).to_numpy(bool)
        rows = np.flatnonzero(about)
        return post.take(rows).assign(place=places[rows])

    @functools.cached_property
    def letters_read(self) -> pd.DataFrame:
        """The letters of the cases that are read: all, or those of an even draw."""
        letters, count = self.letters, len(self.cases)
        if count <= READ_AT_MOST:
            return letters
        return letters[np.isin(letters["place"], even_draw(count))]

    def by_case(self, places: Any, wrong: Any) -> tuple[np.ndarray, np.ndarray]:
        """Where anything is wrong, and where anything was looked at, from one answer per row."""
        places = np.asarray(places)
        bad = np.bincount(places[np.asarray(wrong, dtype=bool)], minlength=len(self.cases)) > 0
        return bad, np.bincount(places, minlength=len(self.cases)) > 0


def even_draw(count: int) -> np.ndarray:
    """Places drawn evenly, as many as are read at most."""
    return np.unique(np.linspace(0, count - 1, READ_AT_MOST).astype(np.int64))


def some_cases(shop: Shop) -> Shop:
    """The shop with all cases, or with those of customers drawn evenly where there are many.

    Whole customers are drawn, so that what came before a case stays known.
    """
    if len(shop.claims) <= READ_AT_MOST:
        return shop
    who = shop.claims["customer_id"].fillna(shop.claims["claim_id"])
    codes, names = pd.factorize(who)
    share = READ_AT_MOST / len(shop.claims)
    drawn = np.unique(np.linspace(0, len(names) - 1, int(len(names) * share)).astype(np.int64))
    claims = shop.claims[np.isin(codes, drawn)]
    tables = dict(shop.tables)
    tables["claims"] = claims
    for name in ("claim_steps", "messages"):
        tables[name] = tables[name][tables[name]["claim_id"].isin(claims["claim_id"])]
    for name in ("orders", "warranty_cards"):
        mine = tables[name]["customer_id"].isin(claims["customer_id"].dropna())
        if name == "orders":
            mine |= tables[name]["order_id"].isin(claims["order_id"].dropna())
        tables[name] = tables[name][mine]
    for name in ("order_lines", "order_events"):
        tables[name] = tables[name][tables[name]["order_id"].isin(tables["orders"]["order_id"])]
    return replace(shop, tables=tables)


def _end_of(days: np.ndarray) -> np.ndarray:
    moments: np.ndarray = (days + np.timedelta64(1, "D")).astype("datetime64[s]")
    last: np.ndarray = moments - np.timedelta64(1, "s")
    return last
