"""Writing a data set: block by block, the whole folder or nothing."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import retailkit
from retailkit.browser import in_a_browser
from retailkit.catalogue import say
from retailkit.files.answers import Answers, answer_list
from retailkit.files.card import CARD, card
from retailkit.files.columns import as_written, frame_as_written
from retailkit.files.database import FILE as DATABASE
from retailkit.files.database import Database
from retailkit.files.description import (
    DESCRIPTION,
    MEDIA,
    About,
    about_shop,
    read_description,
    written,
)
from retailkit.files.formats import Csv, Format, JsonLines, Parquet
from retailkit.files.spreadsheet import FILE as SPREADSHEET
from retailkit.files.spreadsheet import Spreadsheet
from retailkit.files.tally import Tally, tally
from retailkit.keep import CannotKeep, whole_folder, write_file
from retailkit.markets import rules_of
from retailkit.progress_bar import progress
from retailkit.records import kinds, need_columns, need_word
from retailkit.shop import RECORDS, Shop
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.generate.plan import Plan

WRITERS: Mapping[str, type[Format]] = {
    "csv": Csv,
    "parquet": Parquet,
    "xlsx": Spreadsheet,
    "sqlite": Database,
    "jsonl": JsonLines,
}
FORMATS = list(WRITERS)


@dataclass(frozen=True, kw_only=True)
class Made:
    """Some of a shop's rows, ready to be written."""

    pieces: Mapping[str, Mapping[str, Any]]
    rows: Counter[str]
    counts: Tally
    planted: pa.Table | None = None


def write_dataset(shop: Shop, folder: str | Path, formats: Iterable[str] = ("csv",)) -> Path:
    """Write a shop as a data set, the whole folder or nothing, and return the folder.

    Formats are csv, parquet, xlsx, sqlite and jsonl. An older data set of this kit in
    its place is replaced in one move. Raises ValueError where the folder holds something
    else or a format cannot hold the tables, CannotKeep where the folder cannot be
    written, and InUse while another run is writing it.

    >>> import tempfile
    >>> from retailkit.generate import make_shop
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_dataset(make_shop(seed=7, customers=20), Path(place, "shop"))
    ...     sorted(file.name for file in folder.iterdir())[:3]
    ['README.md', 'claim_steps.csv', 'claims.csv']
    """
    folder, formats = _checked(folder, formats)
    _need_tables(shop)
    tables = {name: frame_as_written(shop.tables[name], record) for name, record in RECORDS.items()}
    with progress(say("Writing the tables")) as tell:
        _write(folder, formats, about_shop(shop), [_made(tables, formats, tell)], answers=None)
    return folder


def write_plan(
    plan: Plan,
    folder: str | Path,
    formats: Iterable[str] = ("csv",),
    workers: int = 1,
    progress: Callable[[float], None] | None = None,
    answers: str | Path | None = None,
) -> Path:
    """Make a planned shop block by block, write it as a data set, and return the folder.

    The shop is never in memory as a whole, and its bytes do not depend on how many
    `workers` make blocks at the same time. `progress` is told the share that is done,
    from 0 to 1. `answers` names a file, outside the folder, for the list of what was
    planted; the data set carries only its SHA-256. Raises as `write_dataset` does.

    >>> import tempfile
    >>> from retailkit.generate.plan import plan_of
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_plan(plan_of(seed=7, customers=20), Path(place, "shop"), ["jsonl"])
    ...     (folder / "customers.jsonl").read_text(encoding="utf-8").count("C-0000")
    20
    """
    folder, formats = _checked(folder, formats)
    if workers < 1:
        raise ValueError(say("workers: {workers!r} is too few. Choose 1 or more.", workers=workers))
    hashed = answers is not None or plan.secret is not None
    with answer_list(answers, folder) as planted:
        blocks = _blocks(plan, formats, workers, hashed, progress)
        with closing(blocks):
            _write(folder, formats, _about_plan(plan), blocks, planted if hashed else None)
    return folder


def _about_plan(plan: Plan) -> About:
    return About(
        name=plan.name,
        seed=plan.seed,
        market=plan.market,
        procedure=plan.procedure,
        today=plan.today,
        customers=plan.customers,
        faults=plan.faults if plan.secret is None else None,
        language=plan.language,
    )


def _blocks(
    plan: Plan,
    formats: list[str],
    workers: int,
    hashed: bool,
    progress: Callable[[float], None] | None,
) -> Generator[Made, None, None]:
    """The shared tables, then one block of customers after another."""

    def block(number: int) -> Made:
        made = _made(_arrow_as_written(plan.block(number)), formats)
        return replace(made, planted=plan.planted(number)) if hashed else made

    yield _made(_arrow_as_written(plan.shared()), formats)
    for number, made in enumerate(in_order(block, plan.blocks, workers), start=1):
        yield made
        if progress:
            progress(number / plan.blocks)


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


def _arrow_as_written(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: as_written(table, RECORDS[name]) for name, table in tables.items()}


def _made(
    tables: Mapping[str, pa.Table],
    formats: list[str],
    tell: Callable[[float], None] = lambda share: None,
) -> Made:
    pieces: dict[str, dict[str, Any]] = {format_: {} for format_ in formats}
    jobs = [(format_, name) for format_ in formats for name in tables]
    for number, (format_, name) in enumerate(jobs):
        tell(number / len(jobs))
        pieces[format_][name] = WRITERS[format_].prepared(name, tables[name])
    return Made(
        pieces=pieces,
        rows=Counter({name: table.num_rows for name, table in tables.items()}),
        counts=tally(tables),
    )


def _write(
    folder: Path, formats: list[str], about: About, parts: Iterable[Made], answers: Answers | None
) -> None:
    rows: Counter[str] = Counter()
    counts: Tally = Counter()
    with whole_folder(folder) as draft, ExitStack() as stack:
        _refuse_foreign(folder)
        writers = {}
        for name in formats:
            writers[name] = WRITERS[name](draft)  # type: ignore[call-arg]
            stack.callback(writers[name].drop)
        for part in parts:
            for format_, pieces in part.pieces.items():
                for name, piece in pieces.items():
                    writers[format_].add(name, piece)
            rows.update(part.rows)
            counts.update(part.counts)
            if answers and part.planted is not None:
                answers.add(part.planted)
        files = {name: writer.close() for name, writer in writers.items()}
        about = replace(about, rows=rows, answers_sha256=answers.sha256 if answers else None)
        currency = rules_of(about.market).currency
        write_file(draft / CARD, card(about, retailkit.__version__, formats, currency, counts))
        write_file(draft / DESCRIPTION, written(about, files))


def _checked(folder: str | Path, formats: Iterable[str]) -> tuple[Path, list[str]]:
    """The whole path of a folder that is ours to write, and the formats, each once."""
    formats = [formats] if isinstance(formats, str) else list(dict.fromkeys(formats))
    for name in formats:
        need_word(name, FORMATS, "format")
    if not formats:
        raise ValueError(
            say("No format is chosen. Choose {formats}.", formats=listing(FORMATS, "or"))
        )
    folder = Path(folder).resolve()
    _refuse_foreign(folder)
    return folder, formats


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is not ours to replace."""
    if folder == Path.cwd():
        raise ValueError(
            say("The data set gets a folder of its own. Name one, such as 'our-shop'.")
        )
    try:
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
    except OSError as error:
        raise CannotKeep(folder, error) from error
    tables = {f"{name}.{ending}" for name in RECORDS for ending in MEDIA}
    ours = {DESCRIPTION, CARD, DATABASE, SPREADSHEET} | tables
    foreign = (
        [file.name for file in folder.iterdir() if file.name not in ours] if folder.is_dir() else []
    )
    if foreign or not _is_ours(folder):
        what = f"'{min(foreign)}'" if foreign else say("something")
        raise ValueError(
            say(
                "'{folder}' holds {what} that is no part of a data set of this kit, "
                "so it is left alone. Choose a folder that is new or empty.",
                folder=folder,
                what=what,
            )
        )


def _is_ours(folder: Path) -> bool:
    try:
        read_description(folder)
    except ValueError:
        return False
    return True


def _need_tables(shop: Shop) -> None:
    """Refuse a shop whose tables are not those of the kit, rather than drop anything."""
    if list(shop.tables) != list(RECORDS):
        raise ValueError(
            say(
                "The shop has the tables {tables}. "
                "A data set holds exactly {records}, in this order.",
                tables=listing(shop.tables),
                records=listing(RECORDS),
            )
        )
    for name, table in shop.tables.items():
        need_columns(table, kinds(RECORDS[name]), say("The table {name}", name=name))
        added = [str(column) for column in table.columns if column not in kinds(RECORDS[name])]
        if added:
            raise ValueError(
                say(
                    "The table {name} has columns that a data set does not hold: {added}. "
                    "Drop them before writing.",
                    name=name,
                    added=listing(added),
                )
            )
