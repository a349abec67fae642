"""What the customer database costs beside a plain file, and what it keeps when it is killed.

    python benchmarks/crm.py             300 kills and 50,000 customers; some minutes
    python benchmarks/crm.py --quick     the same rows, small, to see that it works

What encryption costs is CPU time, the median of turns taken one by one in one run, so that
the ratios hold on any machine; waiting for the disk is the same for both files.
A killed writer says over a pipe what it was told is saved; whatever it said must be there,
and of what it did not say, all or nothing.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import select
import signal
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from unittest import mock

import retailkit as rk
from retailkit.claims import Claim
from retailkit.crm import looking, opening
from retailkit.crm.keys import Passphrase
from retailkit.crm.sqlite import salt_of
from retailkit.orders import Product
from retailkit.records import records_in

WORDS = "four words nobody guesses"
ROWS = 5
"""So many cases come with each customer that the form saves."""

IMPORTED = 200
"""So many customers are in each file that is brought in."""


def main() -> None:
    """Measure, and print one row for each figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="small, to see that it works")
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--customers", type=int, default=50_000)
    options.add_argument("--seed", type=int, default=7, help="of the moments of the kills")
    chosen = options.parse_args()
    customers, kills = (500, 12) if chosen.quick else (chosen.customers, chosen.kills)
    with tempfile.TemporaryDirectory() as place:
        if hasattr(os, "fork"):
            killed(Path(place), kills, random.Random(chosen.seed), JOBS)  # noqa: S311 - moments, no secrets
            eight_writers(Path(place), deeds=5 if chosen.quick else 50)
        costs(Path(place), customers, rounds=3 if chosen.quick else 15)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<58}{figure:>22}", flush=True)


# ---- killed at any moment ----


Jobs = Mapping[str, tuple[Callable[..., None], Callable[..., tuple[int, int]]]]
"""What is killed, by name: what writes, and what counts the lost and the half done."""


def killed(place: Path, kills: int, draw: random.Random, jobs: Jobs) -> None:
    """Kill a writer at random moments, and count what it lost."""
    shops = [rk.make_shop(seed=seed, customers=30) for seed in (1, 2)]
    for name, (write, check) in jobs.items():
        path = place / f"{name}.crm"
        words = opened_by(path)
        once = time_of_one(write, path, words, shops)
        said: list[str] = []
        lost = torn = broken = 0
        for _ in range(kills // len(jobs)):
            said += killed_once(write, path, words, shops, draw.uniform(0, 6 * once))
            with rk.open_crm(path, words) as crm:
                now_lost, now_torn = check(crm, said, shops)
                broken += not sound(crm)
            lost, torn = lost + now_lost, torn + now_torn
        show(f"{name}: kills", f"{kills // len(jobs)}")
        show(f"{name}: acknowledged", f"{len(said)}")
        show(f"{name}: acknowledged and lost", f"{lost}")
        show(f"{name}: half done", f"{torn}")
        show(f"{name}: file or log not sound", f"{broken}")
    show("drafts left behind", f"{len(list(place.glob('.*')))}")


def opened_by(path: Path) -> str:
    """The recovery key of a new database: with it, opening takes no time to speak of."""
    rk.open_crm(path, WORDS).close()
    salt = salt_of(path)
    return WORDS if salt is None else Passphrase(WORDS).key(salt).written_out()


def killed_once(
    write: Callable[..., None], path: Path, words: str, shops: list[rk.Shop], seconds: float
) -> list[str]:
    """Let a child write, kill it, and say what it said was saved."""
    child, ready = writing(write, path, words, shops)
    first = os.read(ready, 1)  # it has opened the file; from now on every moment is one of writing
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ready) as rest:
        return (first.decode() + rest.read()).split()


def writing(
    write: Callable[..., None], path: Path, words: str, shops: list[rk.Shop]
) -> tuple[int, int]:
    """Start a child that writes, and say where it tells what was saved."""
    ready, saved = os.pipe()
    child = os.fork()
    if not child:
        try:
            write(path, words, shops, saved)
        finally:
            os._exit(1)
    os.close(saved)
    return child, ready


def time_of_one(write: Callable[..., None], path: Path, words: str, shops: list[rk.Shop]) -> float:
    """How long one save takes on this machine, on a file of its own."""
    child, ready = writing(write, path.with_suffix(".timed"), words, shops)
    os.read(ready, 1)
    started = time.perf_counter()
    for _ in range(3):
        os.read(ready, 64)
    took = (time.perf_counter() - started) / 3
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    return took


def save_forms(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Save one form after the other: a customer and their cases, all or nothing."""
    with rk.open_crm(path, words) as crm:
        os.write(saved, b"\n")
        while True:
            with crm.all_or_nothing():
                customer = crm.add(rk.Customer(given_name="Ana"))
                for _ in range(ROWS):
                    crm.add(Claim(customer_id=customer.customer_id, narrative="It broke."))
            os.write(saved, f"{customer.customer_id}\n".encode())


def lost_forms(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many acknowledged forms are not there, and how many are there in part."""
    there = set(crm.tables["customers"]["customer_id"])
    cases = crm.tables["claims"].groupby("customer_id").size()
    torn = [number for number in there if cases.get(number, 0) != ROWS]
    return len(set(said) - there), len(torn)


def store_shops(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Put one whole shop in place of the other."""
    with rk.open_crm(path, words) as crm:
        os.write(saved, b"\n")
        for shop in itertools.cycle(shops):
            crm.store(shop, replace=True)
            os.write(saved, f"{shop.seed}\n".encode())


def lost_shops(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many acknowledged shops the log does not know, and whether this one is neither."""
    lost = max(0, len(said) - int((crm.log()["what"] == "stored").sum()))
    if not crm.count("customers"):
        return lost, 0
    shop = crm.shop()
    same = next(one for one in shops if one.seed == shop.seed)
    whole = all(shop.tables[name].equals(same.tables[name]) for name in shop.tables)
    return lost, int(not whole)


def import_files(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Bring in one file of customers after the other, each all or nothing."""
    lines = "".join(f"Ana {row};Ruiz\n" for row in range(IMPORTED))
    file = path.with_name(f"{os.getpid()}.csv")
    file.write_text(f"First name;Family name\n{lines}", encoding="utf-8")
    people = records_in(rk.read_customers(file), rk.Customer)
    file.unlink()
    with rk.open_crm(path, words) as crm:
        os.write(saved, b"\n")
        for turn in itertools.count():
            batch = f"{os.getpid()}-{turn}"
            crm.add_all([replace(one, street=batch) for one in people])
            os.write(saved, f"{batch}\n".encode())


def lost_imports(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many acknowledged files are not there, and how many are there in part."""
    there = crm.tables["customers"].groupby("street").size()
    return len(set(said) - set(there.index)), int((there != IMPORTED).sum())


JOBS: Jobs = {
    "form save": (save_forms, lost_forms),
    "whole shop stored": (store_shops, lost_shops),
    "bulk import": (import_files, lost_imports),
}


def sound(crm: rk.crm.Crm) -> bool:
    """Whether the file is whole, nothing points nowhere, and the log hangs together."""
    with crm._engine.connect() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        points = not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return whole and points and not crm.check_log()


# ---- eight at once ----


def eight_writers(place: Path, deeds: int) -> None:
    """Let eight processes read, add one and write, so often each, and see that none is lost."""
    path = place / "eight.crm"
    words = opened_by(path)
    with rk.open_crm(path, words) as crm:
        product = crm.add(Product(name="kettle", guarantee_months=0))
    started = time.perf_counter()
    children = []
    for writer in range(8):
        child = os.fork()
        if not child:
            os._exit(count_up(path, words, str(product.product_id), deeds, patient=writer % 2 == 0))
        children.append(child)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    took = time.perf_counter() - started
    with rk.open_crm(path, words) as crm:
        counted = crm.record("products", str(product.product_id)).guarantee_months
        show("eight writers: with an error", f"{failed}")
        show("eight writers: lost updates", f"{8 * deeds - counted} of {8 * deeds}")
        show("eight writers: a change, with all waiting", f"{took / 8 / deeds * 1000:,.1f} ms")
        show("eight writers: file or log not sound", f"{int(not sound(crm))}")


def count_up(path: Path, words: str, number: str, deeds: int, *, patient: bool) -> int:
    """Add one, many times: in a block that others wait for, or by trying again."""
    try:
        with rk.open_crm(path, words) as crm:
            for _ in range(deeds):
                if patient:
                    with crm.all_or_nothing():
                        one_more(crm, number)
                else:
                    while not one_more_if_unchanged(crm, number):
                        pass
    except Exception as error:
        print(f"a writer failed: {error}", file=sys.stderr)
        return 1
    return 0


def one_more(crm: rk.crm.Crm, number: str) -> None:
    """Read, add one, write."""
    product = crm.record("products", number)
    crm.change(product, guarantee_months=product.guarantee_months + 1)


def one_more_if_unchanged(crm: rk.crm.Crm, number: str) -> bool:
    """Read, add one, write; not where somebody else was quicker."""
    try:
        one_more(crm, number)
    except rk.crm.ChangedMeanwhile:
        return False
    return True


# ---- what encryption costs ----


def costs(place: Path, customers: int, rounds: int) -> None:
    """Time the same questions on an encrypted and on a plain file, turn by turn."""
    shop = rk.make_shop(seed=7, customers=customers, market="ES")
    files = {"encrypted": place / "secret.crm", "plain": place / "plain.crm"}
    warnings.simplefilter("ignore", opening.NotEncrypted)
    stored = {}
    for kind, path in files.items():
        without = mock.patch.object(opening, "cipher", return_value=None)
        with without if kind == "plain" else mock.MagicMock():
            crm = rk.open_crm(path, WORDS)
        stored[kind] = taken(crm.store, shop)
        crm.close()
    side_by_side(f"store a shop of {customers:,} customers", [stored], "s", 1)
    opens = [{kind: opening_takes(path) for kind, path in files.items()} for _ in range(rounds)]
    side_by_side("open by passphrase", opens, "ms", 1000)
    crms = {kind: rk.open_crm(path, WORDS) for kind, path in files.items()}
    emails = shop.customers["email"].dropna().sample(rounds * 20, random_state=1, replace=True)
    for what, ask in questions(list(emails)):
        side_by_side(what, list(turns(crms, ask, rounds)), "ms", 1000)
    sizes = [{kind: path.stat().st_size / 2**20 for kind, path in files.items()}]
    side_by_side("size of the file", sizes, "MB", 1)


def opening_takes(path: Path) -> float:
    """How long opening by passphrase takes."""
    started = time.process_time()
    crm = rk.open_crm(path, WORDS)
    took = time.process_time() - started
    crm.close()
    return took


def questions(emails: list[str]) -> Iterator[tuple[str, Callable[[rk.crm.Crm], object]]]:
    """What is asked of both files."""
    turn = itertools.cycle(emails)
    yield "look a customer up by e-mail, noted in the log", lambda crm: crm.find(next(turn))

    yield "look up by e-mail 50 times, the question alone", lambda crm: bare(crm, emails[:50])
    yield "search all by part of a name, noted", lambda crm: crm.find("quixot")
    yield "search all by the end of a number, noted", lambda crm: crm.find("600 123 457")
    yield "read all customers as a table", lambda crm: crm.tables["customers"]


def bare(crm: rk.crm.Crm, emails: list[str]) -> None:
    """Ask the file for customers, without noting it."""
    with crm._engine.connect() as connection:
        work = mock.Mock(connection=connection)
        for email in emails:
            looking.selected(work, "customers", [looking._condition(email)[1]])


def turns(
    crms: dict[str, rk.crm.Crm], ask: Callable[[rk.crm.Crm], object], rounds: int
) -> Iterator[dict[str, float]]:
    """Ask both in turn, once unmeasured."""
    for crm in crms.values():
        ask(crm)
    for _ in range(rounds):
        yield {kind: taken(ask, crm) for kind, crm in crms.items()}


def taken(do: Callable[..., object], what: object) -> float:
    """How much of the processor something takes, in seconds."""
    started = time.process_time()
    do(what)
    return time.process_time() - started


def side_by_side(what: str, rounds: list[dict[str, float]], unit: str, times: int) -> None:
    """Print the medians of both, and their ratio."""
    secret, plain = (
        statistics.median(one[kind] for one in rounds) for kind in ("encrypted", "plain")
    )
    figures = f"{secret * times:,.1f} {unit}, plain {plain * times:,.1f} {unit}"
    show(what, f"{figures}, {secret / plain:.2f} times")


if __name__ == "__main__":
    main()
