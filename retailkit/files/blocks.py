"""Blocks of customers, made and ready to be written. Any thread or machine may make one."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retailkit.browser import in_a_browser
from retailkit.files.columns import as_written
from retailkit.files.database import Database
from retailkit.files.formats import Csv, Format, JsonLines, Parquet
from retailkit.files.spreadsheet import Spreadsheet
from retailkit.files.tally import Tally, tally
from retailkit.shop import RECORDS

if TYPE_CHECKING:
    from retailkit.generate.plan import Plan

WRITERS: Mapping[str, type[Format]] = {
    "csv": Csv,
    "parquet": Parquet,
    "xlsx": Spreadsheet,
    "sqlite": Database,
    "jsonl": JsonLines,
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """Some of a shop's rows, ready to be written."""

    pieces: Mapping[str, Mapping[str, Any]]
    rows: Counter[str]
    counts: Tally
    planted: pa.Table | None = None


@dataclass(frozen=True, kw_only=True)
class Making:
    """What is to be made of a plan: in which formats, and whether with its answers."""

    plan: Plan
    formats: list[str]
    answers: bool = False

    def shared(self) -> Made:
        """The tables that are not about customers."""
        return made_of(_as_written(self.plan.shared()), self.formats)

    def block(self, number: int) -> Made:
        """One block of customers. Its bytes depend on this and the number alone."""
        tables = _as_written(self.plan.block(number))
        planted = self.plan.planted(number) if self.answers else None
        return made_of(tables, self.formats, planted=planted)


def made_of(
    tables: Mapping[str, pa.Table],
    formats: list[str],
    tell: Callable[[float], None] = lambda share: None,
    planted: pa.Table | None = None,
) -> Made:
    """Written tables, ready to be added to files of these formats."""
    pieces: dict[str, dict[str, Any]] = {format_: {} for format_ in formats}
    jobs = [(format_, name) for format_ in formats for name in tables]
    for number, (format_, name) in enumerate(jobs):
        tell(number / len(jobs))
        pieces[format_][name] = WRITERS[format_].prepared(name, tables[name])
    return Made(
        pieces=pieces,
        rows=Counter({name: table.num_rows for name, table in tables.items()}),
        counts=tally(tables),
        planted=planted,
    )


def _as_written(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: as_written(table, RECORDS[name]) for name, table in tables.items()}


def in_order(work: Callable[[int], Made], pieces: int, workers: int) -> Generator[Made, None, None]:
    """What the work makes of 0, 1, 2 and so on, in this order, a few pieces at a time."""
    if in_a_browser():  # which has no threads
        yield from map(work, range(pieces))
        return
    waiting: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for number in range(pieces):
                waiting.append(pool.submit(work, number))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for piece in waiting:
                piece.cancel()
