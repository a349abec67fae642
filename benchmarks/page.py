"""Run every benchmark and write what they say on one page, with machine, versions and date.

    python benchmarks/page.py                    everything, one after the other; some hours
    python benchmarks/page.py --quick            each on little: whether it runs, not how fast
    python benchmarks/page.py --only shop audit  some of them; the others' figures stay

Let the machine do nothing else meanwhile. Each section says when it was run and how, so that
a page whose parts are of different days says so.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import retailkit

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "docs" / "benchmarks.md"
PACKAGES = ("numpy", "pandas", "pyarrow", "faker", "sqlalchemy", "statsmodels", "jupyterlab")
TOP = (
    "# Benchmarks\n\nHow fast the kit is and how sure, each figure beside what it is measured "
    "against in the same run: only the ratios mean anything on another computer. Every section "
    "says when and on what it was made; `python benchmarks/page.py` makes it anew.\n"
)
QUICK = "Made with `--quick`, on little: it shows that the benchmark runs, and is no measurement."


def benchmarks() -> dict[str, Path]:
    """Every benchmark there is, by name."""
    files = [path for path in sorted(FOLDER.glob("*.py")) if path != Path(__file__)]
    return {path.stem: path for path in files if '"--quick"' in path.read_text(encoding="utf-8")}


def machine() -> str:
    """The machine in a sentence, without its name."""
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f", {size / 2**30:.0f} GB of memory"
    processors = f"{os.cpu_count()} processors ({processor()})"
    return f"{platform.system()} {platform.machine()}, {processors}{memory}"


def processor() -> str:
    """What the processor calls itself."""
    with_models = Path("/proc/cpuinfo")
    if with_models.exists():
        named = re.search(r"model name\s*: (.+)", with_models.read_text(encoding="utf-8"))
        if named:
            return named[1]
    return platform.processor() or "unknown"


def versions() -> str:
    """The kit, Python and the packages that the time is spent in."""
    ours = f"retailkit {retailkit.__version__}, Python {platform.python_version()}"
    return ", ".join([ours, *(f"{name} {version(name)}" for name in PACKAGES)])


def section(name: str, file: Path, *, quick: bool) -> str:
    """Run one benchmark; its section of the page."""
    command = [sys.executable, str(file), *(["--quick"] if quick else [])]
    began = time.perf_counter()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    took, today = time.perf_counter() - began, f"{datetime.now(UTC):%d %B %Y}"
    purpose = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n\n")[
        0
    ]
    about = [
        f"python benchmarks/{file.name}{' --quick' if quick else ''}",
        f"{today}; it took {took:,.0f} s and ended with code {done.returncode}",
        machine(),
        versions(),
    ]
    lines = [f"## {name}", " ".join(purpose.split()), QUICK if quick else ""]
    blocks = ["\n".join(["```text", *about, "```"]), f"```text\n{done.stdout.strip()}\n```"]
    return "\n\n".join(filter(None, [*lines, *blocks])) + "\n"


def sections_of(page: str) -> dict[str, str]:
    """The sections that a page has, by the name of the benchmark."""
    parts = re.split(r"(?m)^(?=## )", page)[1:]
    return {part.splitlines()[0].removeprefix("## "): part.strip() + "\n" for part in parts}


def main() -> None:
    """Run the benchmarks that are asked for, and write the page after each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="each on little")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=benchmarks())
    parser.add_argument("--out", type=Path, default=PAGE)
    asked = parser.parse_args()
    known = sections_of(asked.out.read_text(encoding="utf-8")) if asked.out.exists() else {}
    for name in asked.only or benchmarks():
        print(name, flush=True)
        known[name] = section(name, benchmarks()[name], quick=asked.quick)
        there = [known[each] for each in benchmarks() if each in known]
        asked.out.write_text("\n".join([TOP, *there]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
