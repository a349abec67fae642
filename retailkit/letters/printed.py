"""Letters and forms on paper: A4, in the letters of each language, a form with all its copies."""

from __future__ import annotations

import functools
import importlib
import re
import unicodedata
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from retailkit.catalogue import say
from retailkit.letters.compose import paragraphs, words
from retailkit.letters.page import Letter
from retailkit.markets import rules_of

FONT = "NotoSansDesk"
"""One font for both scripts, so that a line may hold both."""

SIDE_BY_SIDE = re.compile(r"[\u0000-\u02ff\u2010-\u2027\u20a0-\u20bf]*")
"""Latin letters, dashes, quotation marks and currencies: none moves another."""

DEVANAGARI = re.compile(r"[\u0900-\u097f]")
INK, QUIET, LINE = (31, 42, 51), (91, 103, 112), (138, 147, 154)
MARGIN = 20
BELOW_THE_BOXES = ("options", "cost")
"""Paragraphs of the form that are told, not filled in."""

ROOM = {"narrative": 42, "action_taken": 16, "acknowledgement": 12}
"""How many millimetres an entry gets at least, to be written in by hand."""


def printed(letter: Letter) -> bytes:
    """The letter as a PDF; the same letter gives the same bytes."""
    pdf = _paper(letter)
    if letter.kind == "claim_form":
        _form(pdf, letter)
    else:
        _page(pdf, letter)
    return bytes(pdf.output())


@functools.cache
def has_harfbuzz() -> bool:
    """Whether the letters of every script can be put in their places."""
    try:
        importlib.import_module("uharfbuzz")
    except ImportError:
        return False
    return True


class Paper(FPDF):
    """An A4 sheet with a quiet line at its foot."""

    foot = ""

    def pen(self, text: str, *, size: float, style: str = "") -> None:
        """Take up the pen for this text.

        Devanagari puts vowels before and under their consonants; harfbuzz knows where,
        once it is told that a text holds any; without it that raises ValueError. Letters that
        stand one beside the other do without it: asking it of each takes most of the time.
        """
        script = "deva" if DEVANAGARI.search(text) else None
        if script and not has_harfbuzz():
            raise ValueError(
                say(
                    "Hindi is printed with uharfbuzz, which is not here; in a browser it cannot "
                    "be. Print it where the course is installed on a computer."
                )
            )
        self.set_font(FONT, style, size)
        self.set_text_color(*INK)
        shaped = SIDE_BY_SIDE.fullmatch(text) is None and has_harfbuzz()
        self.set_text_shaping(shaped, script=script)

    def printable(self, text: str) -> str:
        """The text with a mark for each letter that the font does not have."""
        known = getattr(self.current_font, "cmap", {})
        # an accent written after its letter is the same on paper, and has no place of its own
        text = unicodedata.normalize("NFC", text)
        text = re.sub("\r\n?", "\n", text).replace("\t", "    ")
        return "".join(sign if sign == "\n" or ord(sign) in known else "�" for sign in text)

    def put_away(self) -> None:
        """Let go of the files of the font; a sheet that is finished has done so itself."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def footer(self) -> None:
        self.set_y(-15)
        self.pen(self.foot, size=8)
        self.set_text_color(*QUIET)
        self.cell(0, 5, self.foot, align="C")


def paper(title: str, language: str, on: date, foot: str) -> Paper:
    """An empty sheet in the desk's font, with its title and what stands at its foot."""
    pdf = Paper(format="A4")
    pdf.alias_nb_pages("")  # else a customer's {nb} would become the number of pages
    pdf.set_creation_date(datetime.combine(on, time(12), tzinfo=UTC))
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(auto=True, margin=22)
    folder = resources.files("retailkit") / "fonts"
    for style, weight in (("", "Regular"), ("B", "Bold")):
        with resources.as_file(folder / f"{FONT}-{weight}.ttf") as path:
            pdf.add_font(FONT, style, Path(path))
    pdf.foot = foot
    return pdf


def _paper(letter: Letter) -> Paper:
    return paper(letter.subject, letter.language, letter.on, " ".join(letter.notes))


def write(pdf: Paper, text: str, *, size: int = 11, style: str = "", height: float = 6) -> None:
    """Write a text across the sheet, and go on below it."""
    pdf.pen(text, size=size, style=style)
    pdf.multi_cell(0, height, pdf.printable(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _page(pdf: Paper, letter: Letter) -> None:
    pdf.add_page()
    write(pdf, letter.subject, size=15, style="B", height=8)
    pdf.ln(4)
    for paragraph in letter.text.split("\n\n"):
        write(pdf, paragraph)
        pdf.ln(3)


def _form(pdf: Paper, letter: Letter) -> None:
    """The form, once for everybody who gets a copy."""
    rules, said = rules_of(letter.market), words(letter.language)
    for number, whose in enumerate(rules.form_for.value, 1):
        pdf.add_page()
        total = rules.form_copies.value
        copy = said["copy"].format(number=number, total=total, whose=said["copy_for"][whose])
        write(pdf, letter.subject, size=15, style="B", height=8)
        write(pdf, copy, size=9)
        pdf.ln(2)
        names = paragraphs("claim_form", letter.language)
        for name, text in zip(names, letter.text.split("\n\n"), strict=True):
            if name in BELOW_THE_BOXES:
                write(pdf, text, size=9, height=5)
            else:
                _entry(pdf, name, text, said["blank"])
        _signatures(pdf, [said["signed_customer"], said["signed_shop"]])


def _entry(pdf: Paper, name: str, text: str, blank: str) -> None:
    """One entry: its label, and below it what was written, or room to write."""
    label, _, value = text.partition(": ")
    write(pdf, label, size=9, style="B", height=5)
    pdf.set_draw_color(*LINE)
    top = pdf.get_y()
    written = "" if value == blank else value.replace(blank, "")
    pdf.pen(written, size=10)
    pdf.multi_cell(
        0, 6, pdf.printable(written) or " ", border=0, align="L", new_x="LMARGIN", new_y="NEXT"
    )
    # where nothing is written yet, there is room for a pen
    room = 0 if written.strip() else ROOM.get(name, 7)
    bottom = max(pdf.get_y(), top + room)
    if bottom > top:  # else it went over to the next page, where no box can be drawn around it
        pdf.rect(MARGIN, top, pdf.epw, bottom - top)
        pdf.set_y(bottom)
    pdf.ln(1.5)


def _signatures(pdf: Paper, labels: list[str]) -> None:
    pdf.ln(14)
    width = pdf.epw / 2 - 6
    for label, left in zip(labels, (MARGIN, MARGIN + width + 12), strict=True):
        pdf.line(left, pdf.get_y(), left + width, pdf.get_y())
        pdf.set_xy(left, pdf.get_y() + 1)
        pdf.pen(label, size=9)
        pdf.cell(width, 5, label)
        pdf.set_y(pdf.get_y() - 1)
