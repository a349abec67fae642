"""The answer list: everything in which a shop differs from its faultless twin, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.generate.captured import twins_of
from retailkit.generate.contacts import opaque_ids
from retailkit.generate.faults import FAULTS
from retailkit.generate.lives import NOTHING, Lives
from retailkit.generate.plan import Plan, plan_behind
from retailkit.generate.planting import IN_CASES, IN_THE_LIST
from retailkit.generate.service import last_offer
from retailkit.generate.surveys import answers_of
from retailkit.records import kinds
from retailkit.shop import RECORDS, Shop

COLUMNS = ("fault", "table", "row", "field", "true_value", "shown_value", "cause", "related")
PLANTED = "planted"
ROW_BY_ROW = ("wrong_support", "card_without_serial", "anonymous_survey_named")
"""Faults that change one field which nothing else changes."""

Difference: TypeAlias = tuple[str, str | None, str | None, str | None]


def planted_faults(shop: Shop) -> pd.DataFrame:
    """What is planted in a shop, and what follows from it.

    One row per value that differs from the faultless twin (`true_value`, `shown_value`, as
    they stand in the files), or per row that was added (only `shown_value` is filled) or is
    gone (only `true_value`). `cause` is "planted", or the row whose fault it follows from;
    `related` is another row that belongs to it, such as the original of a duplicate.
    Raises ValueError where it is not known how the shop was made.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=300, faults={"fee_charged": 0.5})
    >>> planted_faults(shop)["field"].unique().tolist()[:1]
    ['fee']
    """
    plan = plan_behind(shop)
    parts = [planted_in(plan, number) for number in range(plan.blocks)]
    return pa.concat_tables(parts).to_pandas(
        types_mapper={pa.string(): pd.StringDtype(na_value=float("nan"))}.get
    )


def planted_in(plan: Plan, number: int) -> pa.Table:
    """The answer list of one block of customers."""
    (people, lives), (same_people, true) = plan.lives(number), plan.faultless.lives(number)
    shown, twin = plan.written(people, lives), plan.faultless.written(same_people, true)
    unlike = [name for name in shown if not shown[name].equals(twin[name])]
    owners = _owners(shown, unlike) | _owners(twin, unlike)
    if "surveys" in unlike:
        owners |= _owners_of_surveys(lives) | _owners_of_surveys(true)
    reasons = Reasons(plan, lives)
    rows = [
        dict(zip(COLUMNS, (fault, name, *difference, cause, related), strict=True))
        for name in unlike
        for difference in differences(name, shown[name], twin[name])
        for fault, cause, related in [reasons.why(name, *difference[:2], owners.get(difference[0]))]
    ]
    rows.sort(key=lambda row: (row["fault"], row["cause"] != PLANTED, row["table"], row["row"]))
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in COLUMNS]))


# ---- in which values two tables differ ----


def differences(name: str, shown: pa.Table, true: pa.Table) -> Iterator[Difference]:
    """Row, field, true value and shown value of all that differs between two tables."""
    one, other = as_written(name, shown), as_written(name, true)
    for row in other.index.difference(one.index):
        yield row, None, row, None
    for row in one.index.difference(other.index):
        yield row, None, None, row
    both = one.index.intersection(other.index)
    one, other = one.loc[both], other.loc[both]
    for field in one.columns:
        unlike = (one[field] != other[field]) & ~(one[field].isna() & other[field].isna())
        for row in both[unlike]:
            yield row, field, _text(other.loc[row, field]), _text(one.loc[row, field])


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def as_written(name: str, table: pa.Table) -> pd.DataFrame:
    """A table as it stands in its file: all text, by its key."""
    written = {}
    for field, kind in kinds(RECORDS[name]).items():
        column = table[field]
        if kind is date:
            column = pc.strftime(column, "%Y-%m-%d")
        elif kind is float:
            column = column.cast(pa.decimal128(14, 2)).cast(pa.string())
        written[field] = column.cast(pa.string())
    key = next(iter(written))
    return pa.table(written).to_pandas().set_index(key)


# ---- why they differ ----


def _owners(tables: Mapping[str, pa.Table], names: list[str]) -> dict[str, int]:
    """The number of the customer whom each row is about, as far as the row tells."""
    owners: dict[str, int] = {}
    for name in names:
        table = tables[name]
        key = next(iter(kinds(RECORDS[name])))
        told = [column for column in ("customer_id", "order_id") if column in table.column_names]
        whose = pc.coalesce(*[table[column] for column in (*told, key)])
        for row, who in zip(table[key].to_pylist(), whose.to_pylist(), strict=True):
            number = who.split("-")[1]
            if number.isdigit() and len(number) < 15:
                owners[row] = int(number)
    return owners


def _owners_of_surveys(lives: Lives) -> dict[str, int]:
    """Whose survey each is; the anonymous ones do not tell."""
    answers = answers_of(lives)
    rows = opaque_ids("SV", answers.dice).to_pylist()
    return dict(zip(rows, answers.customer.tolist(), strict=True))


class Reasons:
    """Which fault stands behind each difference in a block."""

    def __init__(self, plan: Plan, lives: Lives) -> None:
        self.market = plan.market
        self.twins = twins_of(plan.seed, lives.marks.get("duplicate_customer", NOTHING))
        self.cases: dict[str, list[str]] = {}
        self.cases_of: dict[int, list[str]] = {}
        self.people: dict[int, list[str]] = {}
        stories = zip(
            lives.stories.row.tolist(),
            lives.stories.customer.tolist(),
            lives.stories.number.tolist(),
            strict=True,
        )
        core = {row: (f"{customer:06d}-{number}", customer) for row, customer, number in stories}
        for name, rows in lives.marks.items():
            for row in rows.tolist():
                self._note(name, row, core)

    def _note(self, name: str, row: int, core: Mapping[int, tuple[str, int]]) -> None:
        if name in ("false", "imaginary"):
            core = {row: (f"{row:06d}-1", row)}
            name = "unfounded_claim"
        if name in IN_CASES or name in ("unfounded_claim", "heard_by_missing"):
            case, customer = core[row]
            self.cases.setdefault(case, []).append(name)
            self.cases_of.setdefault(customer, []).append(case)
        elif name in IN_THE_LIST or name == "unwanted_offer":
            self.people.setdefault(row, []).append(name)

    def why(
        self, table: str, row: str, field: str | None, owner: int | None
    ) -> tuple[str, str, str | None]:
        """The fault, whether it is planted here or what it follows from, and what belongs to it."""
        case = _case_of(table, row)
        names = (*self.cases.get(case, ()), *self.people.get(owner or 0, ()), *ROW_BY_ROW)
        for stands_in in (_field_shows, _row_is_gone):
            for name in names:
                if stands_in(name, table, field) and self._is_its_row(name, row, case, owner):
                    return name, PLANTED, self._related(name, owner)
        name, cause = self._first_cause(case, owner, table)
        return name, cause, None

    def _is_its_row(self, name: str, row: str, case: str, owner: int | None) -> bool:
        if name in ROW_BY_ROW:
            return True
        return row == self._row_of(name, case, owner)

    def _first_cause(self, case: str, owner: int | None, table: str) -> tuple[str, str]:
        """What a difference follows from: a fault in the same case, or the customer's last."""
        if self.cases.get(case):
            return self.cases[case][0], self._row_of(self.cases[case][0], case, owner)
        if owner in self.cases_of:
            last = max(self.cases_of[owner])
            return self.cases[last][0], self._row_of(self.cases[last][0], last, owner)
        name = self.people[owner or 0][0]
        return name, self._row_of(name, "", owner)

    def _row_of(self, name: str, case: str, owner: int | None) -> str:
        """The row in which a fault is planted."""
        if name == "unwanted_offer" and owner is not None:
            return f"M-{last_offer(owner)}"
        number = int(case.rpartition("-")[2]) if case else 0
        return (
            FAULTS[name].shows_in[1].format(case=case, customer=f"{owner:06d}", asked=number + 100)
        )

    def _related(self, name: str, owner: int | None) -> str | None:
        if name == "duplicate_customer" and owner in self.twins:
            return f"C-{self.twins[owner]:06d}"
        return None


def _case_of(table: str, row: str) -> str:
    """The case that a row is about: customer and number; nothing where it is about no case."""
    _, *numbers = row.split("-")
    if table == "enquiries" and len(numbers[1]) == 3:
        return f"{numbers[0]}-{int(numbers[1]) - 100}"
    return "-".join(numbers[:2]) if table in ("claims", "claim_steps", "messages") else ""


def _field_shows(name: str, table: str, field: str | None) -> bool:
    """Whether a fault shows in this field; none stands for the whole row."""
    where, _, shown = FAULTS[name].shows_in
    return where == table and shown in {field, "*"}


def _row_is_gone(name: str, table: str, field: str | None) -> bool:
    """Whether a fault keeps a row away: what is late may not have come yet."""
    return FAULTS[name].shows_in[0] == table and field is None and name not in ROW_BY_ROW
