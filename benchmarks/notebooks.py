"""How long it takes to prove every notebook, beside the least and beside the usual.

    python benchmarks/notebooks.py

Three ways of running the same code cells, one after another in one run: in one plain Python
process, which compares nothing; by stock nbval, one notebook after another; and by nbval as
plain `pytest` here has it. In every round each way has its turn; of the rounds the quickest
counts, for a busy machine only ever adds. `--quick` takes two notebooks and one round.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from retailkit.proof.prove import SANITIZE

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
QUICK = ["00_welcome.ipynb", "02_support.ipynb"]
ROUNDS = 3

# shown as a notebook shows it: the value of a cell's last line, as text and as a page
FLOOR = """
import ast, sys
import matplotlib
import nbformat

def show(value):
    if value is not None:
        repr(value)
        getattr(value, "_repr_html_", str)()

def run(source, names):
    *lines, last = ast.parse(source).body or [ast.Pass()]
    if not isinstance(last, ast.Expr):
        lines, last = [*lines, last], None
    exec(compile(ast.Module(lines, []), "cell", "exec"), names)
    if last is not None:
        show(eval(compile(ast.Expression(last.value), "cell", "eval"), names))

matplotlib.use("agg")
for file in sys.argv[1:]:
    names = {"__name__": "__main__", "display": show}
    for cell in nbformat.read(file, as_version=4).cells:
        if cell.cell_type == "code":
            run(cell.source, names)
"""


def floor(files: list[Path]) -> list[str]:
    """All cells in one plain process."""
    return [sys.executable, "-c", FLOOR, *map(str, files)]


def stock(files: list[Path]) -> list[str]:
    """What nbval does by itself, told only which Python to take and what never stays the same."""
    alone = ["-c", os.devnull, f"--rootdir={ROOT}", "--noconftest", "-p", "no:cacheprovider"]
    options = ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}"]
    return [sys.executable, "-m", "pytest", "-q", *alone, *options, *map(str, files)]


def ours(files: list[Path]) -> list[str]:
    """Plain `pytest`, as the project has set it."""
    return [sys.executable, "-m", "pytest", "-q", *map(str, files)]


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes; one that fails ends the benchmark."""
    surroundings = {name: v for name, v in os.environ.items() if not name.startswith("RETAILKIT_")}
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    begun = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=surroundings | {"PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    taken = time.perf_counter() - begun
    if done.returncode:
        sys.exit(done.stdout.decode() + done.stderr.decode())
    return taken


def main() -> None:
    """Measure, and say it in lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    every = [*sorted(NOTEBOOKS.glob("*.ipynb")), *sorted(NOTEBOOKS.glob("solved/*.ipynb"))]
    files = [NOTEBOOKS / name for name in QUICK] if quick else every
    best: dict[str, float] = {}
    for _ in range(1 if quick else ROUNDS):
        for way in (floor, stock, ours):
            with tempfile.TemporaryDirectory() as scratch:
                folder = ROOT if way is ours else Path(scratch)
                taken = seconds(way(files), folder)
            best[way.__name__] = min(taken, best.get(way.__name__, taken))
    print(f"{len(files)} notebooks, {os.cpu_count()} processors")
    print(f"cells in one plain process {best['floor']:6.1f} s")
    print(f"stock nbval                {best['stock']:6.1f} s")
    print(
        f"plain pytest               {best['ours']:6.1f} s, "
        f"{best['ours'] / best['floor']:.1f} times the plain process, "
        f"{best['stock'] / best['ours']:.1f} times as fast as stock nbval"
    )


if __name__ == "__main__":
    main()
