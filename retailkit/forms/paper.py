"""Forms on paper, for a class with few computers: A4, boxes to tick and lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import cast

from fpdf.enums import MethodReturnValue

from retailkit.catalogue import language, later, say
from retailkit.forms.form import Form
from retailkit.keep import write_file
from retailkit.letters.printed import LINE, QUIET, Paper, paper, write
from retailkit.records import Question
from retailkit.text import Sentences
from retailkit.words import count_of

NO_DAY = date(2000, 1, 1)
"""When a form was made that belongs to no shop: the same form gives the same bytes."""

MOST_BOXES = 12
"""More choices than these stand in a list at the end, and the word is written down."""

SHORT = 14
"""Choices of no more letters than these stand side by side."""

TOP, BOTTOM = 20, 272
"""In millimetres: where a page begins and ends."""

BOX, ROW = 3.6, 8
"""In millimetres: a box to tick, and a line to write on."""

DAY = later("day _______  month _______  year ___________")


def write_form(form: Form, path: str | Path) -> Sentences:
    """Write a form as a PDF to be filled in with a pen, and say so."""
    return written(path, lambda: form_on_paper(form))


def written(path: str | Path, draw: Callable[[], Paper]) -> Sentences:
    """Write what is drawn as a PDF, whole or not at all, and say so.

    Raises ValueError where the name does not end in .pdf, OSError where it cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".pdf":
        raise ValueError(
            say("'{name}' is no name for a PDF. Let it end in .pdf, like form.pdf.", name=path.name)
        )
    sheet = draw()
    write_file(path, bytes(sheet.output()))
    pages = count_of(sheet.page_no(), "page")
    return Sentences([say("Written: {name}, {pages}.", name=path.name, pages=pages)])


def form_on_paper(form: Form) -> Paper:
    """A form with boxes to tick and lines to write on."""
    pdf = sheet(form, form.title)
    for line in form.intro():
        write(pdf, line, size=9, height=4.6)
    pdf.ln(2)
    _questions(pdf, form)
    return pdf


def sheet(form: Form, title: str) -> Paper:
    """An empty sheet with the form's title, and whose it is at its foot."""
    shop = getattr(form, "shop", None)
    foot = say("{shop} · a shop made up for the course", shop=shop.name) if shop else form.title
    pdf = paper(title, language(), shop.today if shop else NO_DAY, foot)
    pdf.add_page()
    write(pdf, title, size=15, style="B", height=8)
    return pdf


def _questions(pdf: Paper, form: Form) -> None:
    """Every question with room for its answer; long lists of choices stand at the end."""
    lists = []
    for number, question in enumerate(form.questions, 1):
        choices = [label for label, _ in form.options[question.name]]
        if len(choices) > MOST_BOXES:
            asked = say(question.text)
            title = say("For {number}. {question}", number=number, question=asked)
            lists.append((title, choices))
            note = say("Choose from the list for {number} at the end.", number=number)
            _question(pdf, number, question, [], note)
        else:
            _question(pdf, number, question, choices)
    for title, choices in lists:
        list_of(pdf, title, choices)


def _question(
    pdf: Paper, number: int, question: Question, choices: list[str], note: str = ""
) -> None:
    room = 6 + (5.2 * len(choices) if choices else ROW * _lines(question))
    # the question stays with its answer, and the room that the margin leaves is used
    if pdf.get_y() + room > BOTTOM:
        pdf.add_page()
    asked = say(question.text)
    if question.optional:
        asked = say("{question} (may stay open)", question=asked)
    write(pdf, f"{number}. {asked}", size=10, style="B", height=5.2)
    if note:
        write(pdf, note, size=9, height=4.6)
    if choices:
        _boxes(pdf, choices)
    elif question.answer is date:
        pdf.ln(2)
        write(pdf, say(DAY), size=10)
    else:
        _ruled(pdf, _lines(question))
    pdf.ln(2.5)


def _lines(question: Question) -> int:
    return 4 if question.long else 1


def _ruled(pdf: Paper, count: int) -> None:
    """Lines to write on."""
    pdf.set_draw_color(*LINE)
    for _ in range(count):
        pdf.ln(ROW)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.l_margin + pdf.epw, pdf.get_y())


def _boxes(pdf: Paper, choices: list[str]) -> None:
    """A box for each choice: side by side where they are short, else one below the other."""
    beside = all(len(label) <= SHORT for label in choices)
    pdf.ln(1)
    for label in choices:
        pdf.pen(label, size=9.5)
        wide = BOX + 2 + pdf.get_string_width(label) + 7
        if beside and pdf.get_x() + wide > pdf.l_margin + pdf.epw:
            pdf.ln(6)
        pdf.set_draw_color(*QUIET)
        pdf.rect(pdf.get_x(), pdf.get_y() + 0.7, BOX, BOX)
        pdf.set_x(pdf.get_x() + BOX + 2)
        if beside:
            pdf.cell(wide - BOX - 2, 5, pdf.printable(label))
        else:
            pdf.multi_cell(0, 5, pdf.printable(label), align="L", new_x="LMARGIN", new_y="NEXT")
    if beside:
        pdf.ln(6)


def list_of(pdf: Paper, title: str, choices: Iterable[str]) -> None:
    """What may be chosen: names one after the other, words with their meanings line by line."""
    lines = list(choices)
    if len(lines) > MOST_BOXES and not any(": " in label for label in lines):
        lines = [" · ".join(lines)]
    high = 4.4 * (len(lines) + len("".join(lines)) // 110) + 9
    if pdf.will_page_break(min(high, BOTTOM - TOP)):
        pdf.add_page()
    pdf.ln(3)
    write(pdf, title, size=10, style="B", height=5.2)
    for line in lines:
        write(pdf, line, size=9, height=4.4)


def height(pdf: Paper, width: float, line: float, text: str) -> float:
    """How much room a text takes, where it is broken into lines of this width and height."""
    lines = pdf.multi_cell(
        width, line, pdf.printable(text), align="L", dry_run=True, output=MethodReturnValue.LINES
    )
    return line * len(cast("list[str]", lines))
