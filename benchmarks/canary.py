"""Whether the names of customers stay where they belong.

    python benchmarks/canary.py             1,000 names, and every solved lesson
    python benchmarks/canary.py --quick     100 names and one lesson, to see that it works

A thousand made-up names go through the work of a course, in a home, a lesson folder and a
temporary folder of their own: imported into the customer database, found and changed, drawn,
written to in letters, shown in a notebook, and written as a data set. Then every file in the
three places is read, and packed ones unpacked. A name may stand in what was asked for: the
file that was brought, the notebooks that show it, the data set and the letters.

The same is asked of everybody who lives in the lessons' own shops: their full names and their
e-mail addresses, while every solved lesson is run and saved as JupyterLab saves it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import nbclient
import nbformat
from traitlets.config import Config

import retailkit as rk
from retailkit import lab
from retailkit.course import builder

KEPT_APART = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA")

ASKED_FOR = re.compile(r"lessons/(asked/.*|[^/]*\.ipynb)")
"""Where a name may stand: the notebooks that show it, and what was asked for."""

COURSE = """
from dataclasses import replace
from pathlib import Path
import pandas as pd
import retailkit as rk
names = Path("asked/names.txt").read_text().split()
shop = rk.my_shop(lesson=7)
people = shop.customers.head(len(names)).assign(given_name=names[: len(shop.customers)])
with rk.open_crm("shop.crm") as crm:
    rows = [rk.Customer(given_name=name, family_name="Ruiz") for name in names]
    kept = crm.add_all(rows)
    print(crm.find(names[0])["given_name"].tolist())
    crm.change(kept[1], city="Bilbao")
    crm.log(), crm.check_log()
customers = shop.customers.copy()
customers["given_name"] = [names[n % len(names)] for n in range(len(customers))]
shop = replace(shop, tables={**shop.tables, "customers": customers})
rk.write_dataset(shop, "asked/shop", ["csv", "parquet", "xlsx", "sqlite", "jsonl"])
about = shop.claims[shop.claims["customer_id"].notna()]["claim_id"].iloc[0]
rk.letter(about, "acknowledgement", shop).print_to("asked/letter.pdf")
rk.figures.shop_at_a_glance(shop)._repr_html_()
rk.figures.open_cases(shop)._repr_html_()
form = rk.forms.claim_form(shop)
form.fill(channel="desk", event_on=str(shop.today), reason="late", narrative=names[2]).save()
typed = "{typed}"
customers.head()
"""


def main() -> None:
    """Plant, work, search, and print one row for each figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="small, to see that it works")
    quick = options.parse_args().quick
    names = [f"Zquorv{number:04d}" for number in range(100 if quick else 1000)]
    solved = sorted((builder.HOME / "solved").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as place:
        where = {name: Path(place, name) for name in ("home", "lessons", "temp")}
        for folder in where.values():
            folder.mkdir()
        environment = surroundings(where)
        (where["lessons"] / "asked").mkdir()
        (where["lessons"] / "asked" / "names.txt").write_text("\n".join(names))
        bring_in(where["lessons"], names, environment)
        work(where["lessons"], names, environment)
        run_lessons = solved[:1] if quick else solved
        for lesson in run_lessons:
            notebook = nbformat.read(lesson, as_version=4)
            run(notebook, where["lessons"], environment)
            save(notebook, where["lessons"], lesson.name)
        people = people_of(len(run_lessons))
        print(f"{'lessons run':<48}{len(run_lessons):>8}")
        report(Path(place), names, "planted names")
        report(Path(place), people, "names and addresses of the lessons' own")


def surroundings(where: dict[str, Path]) -> dict[str, str]:
    """A home, a lesson folder and a temporary folder in which nothing lies yet."""
    lab.prepare_kernels(where["lessons"])
    own = {name: str(where["temp" if name == "TMPDIR" else "home"]) for name in KEPT_APART}
    backend = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    package = {"PYTHONPATH": str(builder.HOME.parent)}
    return os.environ | own | backend | package | lab.surroundings(where["lessons"])


def bring_in(folder: Path, names: list[str], environment: dict[str, str]) -> None:
    """Import the names with the command, from a file that was asked for."""
    lines = "".join(f"I-{number},{name}\n" for number, name in enumerate(names))
    file = folder / "asked" / "people.csv"
    file.write_text(f"Customer No,First name\n{lines}")
    command = [sys.executable, "-m", "retailkit", "import", file, "--into", folder / "import.crm"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def work(folder: Path, names: list[str], environment: dict[str, str]) -> None:
    """Do the work in a notebook of one's own, saved as JupyterLab saves it."""
    cells = [nbformat.v4.new_code_cell(COURSE.replace("{typed}", names[3]))]
    notebook = nbformat.v4.new_notebook(cells=cells)
    run(notebook, folder, environment)
    save(notebook, folder, "mine.ipynb")


def save(notebook: nbformat.NotebookNode, folder: Path, name: str) -> None:
    """Save a notebook and its copy as JupyterLab does, and forget the copy as the kit does."""
    nbformat.write(notebook, folder / name)
    copies = folder / ".ipynb_checkpoints"
    copies.mkdir(exist_ok=True)
    nbformat.write(notebook, copies / name.replace(".ipynb", "-checkpoint.ipynb"))
    lab.forget_copies(folder)


def people_of(lessons: int) -> list[str]:
    """The full names and e-mail addresses of everybody in the shops of the first lessons."""
    found: dict[str, None] = {}
    for lesson in range(lessons):
        people = rk.my_shop(lesson=lesson).customers
        known = people.dropna(subset=["given_name", "family_name"])
        found |= dict.fromkeys(known["given_name"] + " " + known["family_name"])
        found |= dict.fromkeys(people["email"].dropna())
    return list(found)


def run(notebook: nbformat.NotebookNode, folder: Path, environment: dict[str, str]) -> None:
    """Run a notebook with a kernel as `retailkit lab` starts it."""
    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        ipython_hist_file="",  # whether there is a history is for the kit to say
        config=Config(KernelManager={"transport_encryption": "auto"}),
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=environment)


def report(place: Path, names: list[str], what: str) -> None:
    """Print where names were found."""
    files = [file for file in place.rglob("*") if file.is_file()]
    found = {}
    for file in files:
        name = file.relative_to(place).as_posix()
        # where they may stand one is enough to know that some do
        most = 1 if ASKED_FOR.fullmatch(name) else len(names)
        if count := names_in(file, names, most):
            found[name] = count
    asked = [file for file in found if ASKED_FOR.fullmatch(file)]
    print(f"{what:<48}{len(names):>8}")
    print(f"{'files searched':<48}{len(files):>8}")
    print(f"{'files asked for that hold names':<48}{len(asked):>8}")
    print(f"{'other files that hold names':<48}{len(found) - len(asked):>8}")
    for file in sorted(set(found) - set(asked)):
        print(f"  {file}: {found[file]}")


def names_in(file: Path, names: list[str], most: int) -> int:
    """How many of the names stand in a file, in whichever way they are written, up to so many."""
    data = b"".join(contents(file))
    found = (name for name in names if name.encode() in data or name.encode("utf-16-le") in data)
    return sum(1 for _ in islice(found, most))


def contents(file: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is packed in it."""
    data = file.read_bytes()
    yield data
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                yield parts.read(name)


if __name__ == "__main__":
    main()
