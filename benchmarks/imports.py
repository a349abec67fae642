"""Reading customers from elsewhere, beside what the checks of phone and e-mail alone need.

Run `python benchmarks/imports.py` for 100,000 customers as CSV and as XLSX, with `--quick`
for a thousand. Both ways run in turn in the same run, and the table read must be the one
that was written. Times are of the processor.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter

from retailkit.customers import email_problems, phone_problems
from retailkit.imports import read_customers

TIMES = 2
"""How often each way is measured; the quicker time counts."""


def people(count: int) -> pd.DataFrame:
    """Customers of whom no two share a telephone or an e-mail address."""
    numbers = range(count)
    return pd.DataFrame(
        {
            "customer_id": [f"C-{n:06d}" for n in numbers],
            "given_name": [f"Ana {n % 997}" for n in numbers],
            "family_name": [f"Muñoz {n % 1009}" for n in numbers],
            "birth_on": [f"{1940 + n % 70}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in numbers],
            "email": [f"ana.munoz.{n}@mail.example" for n in numbers],
            "phone": [f"+346{n:08d}" for n in numbers],
            "street": [f"Calle Mayor, {n}" for n in numbers],
            "city": [f"Pueblo {n % 500}" for n in numbers],
            "postcode": [f"{n % 52_000:05d}" for n in numbers],
            "channel": ["website" if n % 2 else "survey" for n in numbers],
            "joined_at": [f"2025-{1 + n % 12:02d}-{1 + n % 28:02d} 10:30:00" for n in numbers],
        }
    )


def write_workbook(table: pd.DataFrame, path: Path) -> None:
    """The same customers as text cells."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate([list(table), *table.itertuples(index=False)]):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value)
    book.close()


def checks_alone(table: pd.DataFrame) -> None:
    """What phone and e-mail need when each is checked once."""
    for phone in table["phone"]:
        phone_problems(phone)
    for email in table["email"]:
        email_problems(email)


def same(read: pd.DataFrame, written: pd.DataFrame) -> bool:
    """Whether every text came through as it was."""
    return all(
        read[name].to_list() == written[name].to_list()
        for name in written
        if not name.endswith(("_on", "_at"))
    )


def seconds(work: Callable[[], object]) -> float:
    """The processor's time for one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure, and say the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a thousand customers only")
    count = 1_000 if parser.parse_args().quick else 100_000
    table = people(count)
    with tempfile.TemporaryDirectory() as folder:
        files = {"CSV": Path(folder, "people.csv"), "XLSX": Path(folder, "people.xlsx")}
        table.to_csv(files["CSV"], index=False)
        write_workbook(table, files["XLSX"])
        checks_alone(table.head(10))  # the libraries load their tables on first use
        alone, import_ = [], {name: [] for name in files}
        for _ in range(TIMES):
            alone.append(seconds(lambda: checks_alone(table)))
            for name, path in files.items():
                import_[name].append(seconds(lambda path=path: read_customers(path)))
        all_same = all(same(read_customers(path), table) for path in files.values())
    print(f"{count:,} customers; every text as it was written: {'yes' if all_same else 'no'}")
    print(f"phone and e-mail checks alone: {min(alone):.2f} s of CPU time")
    for name, times in import_.items():
        ratio = min(times) / min(alone)
        print(f"import from {name}: {min(times):.2f} s, {ratio:.2f} times as long")
    sys.exit(not all_same)


if __name__ == "__main__":
    main()
