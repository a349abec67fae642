"""The customer table, side by side: Faker's loop over rows, mimesis, and ours.

    python benchmarks/customers.py

Every way makes the same sixteen columns and ends with an Arrow table. What counts is the
CPU time of this process, the best of three rounds; all of it in one run, since only the
ratios mean anything on another computer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from time import process_time
from typing import Any

import numpy as np
import pyarrow as pa
from faker import Faker
from mimesis import Generic, Locale
from mimesis.enums import Gender

from retailkit.customers import CollectionChannel, Customer
from retailkit.generate.customers import customers_table
from retailkit.records import kinds

BLOCK = 8192
"""Customers that we make at a time, as a whole shop does."""

CHANNELS = [channel.value for channel in CollectionChannel]
OPENED, TODAY = datetime(2023, 7, 1), datetime(2026, 6, 30)  # noqa: DTZ001 - a shop has one clock


def of_faker(locale: str, rows: int) -> int:
    """Customers as one writes them with Faker: a loop over rows."""
    fake = Faker(locale)
    fake.seed_instance(7)
    return as_arrow(_faker_row(fake, number) for number in range(1, rows + 1)).num_rows


def _faker_row(fake: Faker, number: int) -> dict[str, Any]:
    gender = fake.random_element(("female", "male"))
    first_seen = fake.date_time_between(OPENED, TODAY)
    return {
        "customer_id": f"C-{number:06d}",
        "given_name": fake.first_name_female() if gender == "female" else fake.first_name_male(),
        "family_name": fake.last_name(),
        "gender": gender,
        "birth_on": fake.date_between(date(1940, 1, 1), date(2008, 1, 1)),
        "email": fake.email(),
        "phone": fake.phone_number(),
        "street": fake.street_address(),
        "city": fake.city(),
        "region": fake.state(),
        "postcode": fake.postcode(),
        "language": fake.random_element(("es", "en")),
        "household_id": f"H-{number:06d}",
        "channel": fake.random_element(CHANNELS),
        "joined_at": first_seen,
        "last_verified_at": first_seen + timedelta(days=fake.random_int(0, 90)),
    }


def of_mimesis(rows: int) -> int:
    """Customers as one writes them with mimesis for Spain, by the quickest way it has."""
    generic = Generic(Locale.ES, seed=7)
    return as_arrow(_mimesis_row(generic, number) for number in range(1, rows + 1)).num_rows


def _mimesis_row(generic: Generic, number: int) -> dict[str, Any]:
    person, address, moment = generic.person, generic.address, generic.datetime
    gender = generic.random.choice((Gender.FEMALE, Gender.MALE))
    first_seen = moment.datetime(start=2023, end=2026)
    return {
        "customer_id": f"C-{number:06d}",
        "given_name": person.first_name(gender),
        "family_name": person.last_name(gender),
        "gender": gender.value,
        "birth_on": moment.date(start=1940, end=2007),
        "email": person.email(),
        "phone": person.phone_number(),
        "street": address.address(),
        "city": address.city(),
        "region": address.region(),
        "postcode": address.postal_code(),
        "language": generic.random.choice(("es", "en")),
        "household_id": f"H-{number:06d}",
        "channel": generic.random.choice(CHANNELS),
        "joined_at": first_seen,
        "last_verified_at": first_seen + timedelta(days=generic.random.randint(0, 90)),
    }


def as_arrow(rows: Iterator[dict[str, Any]]) -> pa.Table:
    """Rows as a table, column by column."""
    columns: dict[str, list[Any]] = {name: [] for name in kinds(Customer)}
    for row in rows:
        for name, values in columns.items():
            values.append(row[name])
    return pa.table(columns)


def of_ours(market: str, rows: int) -> int:
    """Customers as a shop makes them: a block at a time, which is gone before the next."""
    ends = [*range(1, rows + 1, BLOCK), rows + 1]
    blocks = (np.arange(start, end) for start, end in pairwise(ends))
    return sum(customers_table(7, market, numbers).num_rows for numbers in blocks)


def seconds_per_row(make: Callable[[int], int], rows: int, rounds: int) -> float:
    """CPU seconds for one row, in the best of some rounds."""
    took = []
    for _ in range(rounds):
        start = process_time()
        made = make(rows)
        took.append(process_time() - start)
        assert made == rows  # noqa: S101 - nothing is timed that was not made
    return min(took) / rows


def main() -> None:
    """Measure every way and print what one row costs, and how many times ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few rows: does it run at all?")
    quick = parser.parse_args().quick
    theirs, ours, rounds = (200, 2_000, 1) if quick else (20_000, 200_000, 3)
    for market in ("ES", "IN"):
        of_ours(market, 1)  # words are read once, whatever the number of rows
    base = {
        market: seconds_per_row(lambda rows, market=market: of_ours(market, rows), ours, rounds)
        for market in ("ES", "IN")
    }
    ways = [
        ("Faker es_ES, loop", "ES", lambda rows: of_faker("es_ES", rows), 100),
        ("Faker en_IN, loop", "IN", lambda rows: of_faker("en_IN", rows), 100),
        ("mimesis es, Generic", "ES", of_mimesis, 40),
    ]
    print(
        f"{'customer table':<22}{'µs a row':>10}{'rows a CPU s':>15}{'times ours':>12}{'goal':>7}"
    )
    for name, market, make, goal in ways:
        each = seconds_per_row(make, theirs, rounds)
        print(
            f"{name:<22}{each * 1e6:>10.2f}{1 / each:>15,.0f}{each / base[market]:>12.0f}{goal:>7}"
        )
    for market, each in base.items():
        print(f"{'ours, ' + market:<22}{each * 1e6:>10.2f}{1 / each:>15,.0f}{1:>12}{'':>7}")


if __name__ == "__main__":
    main()
