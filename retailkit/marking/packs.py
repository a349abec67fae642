"""A learner's pack: lessons, a shop's data, a card; the same bytes on every machine."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

from retailkit.catalogue import language, later, say
from retailkit.course.exercises import find_lesson
from retailkit.course.places import forget_shops, shop_of
from retailkit.files import write_dataset
from retailkit.handout import lessons_to_hand_out, unrun
from retailkit.journal import standing_in_for
from retailkit.keep import whole_file
from retailkit.letters.printed import Paper, paper
from retailkit.marking.judging import rights_of
from retailkit.marking.plain import unpacked
from retailkit.marking.roster import Learner

ALWAYS = (2026, 1, 1, 0, 0, 0)
"""The moment that every file of a pack bears: bytes must not tell when they were made."""

LESSON_OF_THE_DATA = 7
"""The shop whose tables lie in the pack: the one whose claims are sorted."""

HOW = later("""Your code name is {name}. Your shop in the lessons is made from it.

Unpack this zip into a folder of your own. Then, in the kit's folder:

  python3 -m uv run retailkit lab --folder "<where you unpacked it>/lessons"

opens the lessons in lessons/ and remembers your code name.

data/ holds the tables of your shop in lesson 7, for a spreadsheet.
'retailkit handin' packs your work for your teacher, under your code name alone.
""")

TYPE_IT = later(
    "Type it when the course asks for it. It is not a password. Nobody needs to know whose it is."
)

WIDTH, HEIGHT = 85, 52
"""A card, in millimetres."""

IN_A_LINE = 50
"""So many letters fit beside each other on a card."""


def write_pack(code_name: str, path: Path) -> None:
    """Write a learner's pack."""
    files = {"README.txt": say(HOW, name=code_name).encode()}
    files["card.pdf"] = cards([Learner(name="", code_name=code_name)])
    files |= {f"lessons/{one.name}": unrun(one.read_bytes()) for one in lessons_to_hand_out()}
    files["lessons/.retailkit/codename"] = code_name.encode()
    with tempfile.TemporaryDirectory() as place:
        folder = write_dataset(shop_of(code_name, LESSON_OF_THE_DATA), Path(place, "data"))
        files |= {f"data/{one.name}": one.read_bytes() for one in sorted(folder.iterdir())}
    write_zip(path, files)
    forget_shops()


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write files as a zip, whole or not at all; the same files give the same bytes.

    They are not pressed together: how small they become differs from machine to machine.
    """
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, ALWAYS)
            entry.create_system = 3  # else it would tell Windows from the others
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)


def right_answers(code_name: str, numbers: Iterable[int]) -> list[list[str]]:
    """The right answers for one learner: lesson, exercise, answer as text."""
    found = []
    with standing_in_for(code_name):
        for number in numbers:
            rights = rights_of(number, code_name)
            for exercise in find_lesson(number).exercises:
                right = rights.get(exercise.id, {}).get("right", {})
                found.append([str(number), exercise.id, _as_text(right)])
    forget_shops()
    return found


def _as_text(right: Any) -> str:
    if isinstance(right, dict) and not set(right) & {"list", "tuple", "set", "day", "letter"}:
        return say("see solutions.html")
    answer = unpacked(right)
    return ", ".join(map(str, answer)) if isinstance(answer, (list, tuple, set)) else str(answer)


def cards(learners: list[Learner]) -> bytes:
    """Cards with code names to cut out; a name, where there is one, stands on a strip above."""
    pdf = paper(say("Code names"), language(), date(*ALWAYS[:3]), say("Cut along the lines."))
    pdf.set_compression(False)
    for number, learner in enumerate(learners):
        if number % 8 == 0:
            pdf.add_page()
        across, down = number % 8 % 2, number % 8 // 2
        _card(pdf, learner, 18 + across * (WIDTH + 4), 18 + down * (HEIGHT + 12))
    return bytes(pdf.output())


def _card(pdf: Paper, learner: Learner, left: float, top: float) -> None:
    pdf.set_draw_color(138, 147, 154)
    pdf.rect(left, top + 7, WIDTH, HEIGHT - 7)
    lines = [
        (top, 9, "", learner.name),
        (top + 11, 10, "", say("Your code name in the course:")),
        (top + 20, 20, "B", learner.code_name),
    ]
    use = wrap(say(TYPE_IT), IN_A_LINE)
    lines += [(top + 33 + 5 * number, 9, "", line) for number, line in enumerate(use)]
    for height, size, style, text in lines:
        if text:
            pdf.pen(text, size=size, style=style)
            pdf.set_xy(left + 4, height)
            pdf.cell(WIDTH - 8, 6, pdf.printable(text))
