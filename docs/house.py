"""The house as one picture, made from the imports: a row for each floor, the ground at the bottom.

`python docs/house.py house.svg` writes it alone; the documentation makes it anew at each build.
The floors are those that `tests/test_house.py` holds the code against.
"""

from __future__ import annotations

import ast
import functools
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "retailkit"

STEP, TOP, NAMES = 14, 40, 110
"""The size of a row, and the room above and left of the staircase, in pixels."""
INK, QUIET, BLUE, YELLOW, LINE = "#1F2A33", "#5B6770", "#173F5F", "#E8A33D", "#E3E7EA"


def floors() -> list[str]:
    """The floors from the ground up, as the test has them."""
    tree = parsed(ROOT / "tests" / "test_house.py")
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return next(ast.literal_eval(value) for value in lists if isinstance(value, ast.List))


def files_of(floor: str) -> list[Path]:
    """The files of a floor: one module, or all in a folder, its `__init__.py` first."""
    folder = PACKAGE / floor
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{floor}.py"]


@functools.cache
def parsed(file: Path) -> ast.Module:
    """What a file says, as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def sentence_of(floor: str) -> str:
    """What a floor says of itself in the first line of its module."""
    said = ast.get_docstring(parsed(files_of(floor)[0])) or ""
    return said.splitlines()[0]


def used_by(floor: str) -> set[str]:
    """What a floor imports from the package, whether at once or when it first needs it."""
    found = set()
    for file in files_of(floor):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ImportFrom) and node.module == "retailkit":
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("retailkit."):
                found.add(node.module.split(".")[1])
    return found - {floor}


def picture() -> str:
    """The picture as SVG: the dots of a row are the floors that it imports from."""
    names = floors()
    width, height = NAMES + (len(names) + 1) * STEP, TOP + (len(names) + 1) * STEP
    drawn = [column(place, len(names)) for place in range(len(names))]
    dots = 0
    for place, name in enumerate(names):
        below = sorted(names.index(used) for used in used_by(name) & set(names))
        drawn.append(row(place, name, below, len(names)))
        dots += len(below)
    about = f"{len(names)} floors and {dots} imports, each from a floor to one below it."
    key = "A dot: the floor of this row uses the floor whose step stands below the dot."
    return f"""<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}"
 width="{width}" height="{height}" font-family="sans-serif" font-size="11">
<title>{about}</title>
<rect width="{width}" height="{height}" fill="#FFFFFF"/>
<text x="{NAMES}" y="14" fill="{QUIET}">{about}</text>
<text x="{NAMES}" y="30" fill="{QUIET}">{key}</text>
{chr(10).join(drawn)}
</svg>
"""


def middle(place: int, rows: int) -> tuple[float, float]:
    """Where the step of a floor stands: the ground floor at the bottom left."""
    return NAMES + (place + 0.5) * STEP, TOP + (rows - place - 0.5) * STEP


def column(place: int, rows: int) -> str:
    """The line that leads from a floor's step up through the rows above it."""
    x, y = middle(place, rows)
    return f'<path d="M{x} {y}V{TOP}" stroke="{LINE}"/>'


def row(place: int, name: str, below: list[int], rows: int) -> str:
    """A floor: its name, a dot for each floor it uses, its step, and what it is for."""
    x, y = middle(place, rows)
    uses = ", ".join(floors()[used] for used in below) or "nothing"
    dots = "".join(
        f'<circle cx="{middle(used, rows)[0]}" cy="{y}" r="3.5" fill="{BLUE}"/>' for used in below
    )
    return (
        f"<g><title>{escape(sentence_of(name))} Uses {uses}.</title>"
        f'<path d="M{NAMES} {y}H{x}" stroke="{LINE}"/>'
        f'<text x="{NAMES - 6}" y="{y + 4}" text-anchor="end" fill="{INK}">{name}</text>{dots}'
        f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" fill="{YELLOW}" stroke="{INK}"/></g>'
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(), encoding="utf-8") if len(sys.argv) == 2 else sys.exit(
        __doc__
    )
