"""Forms and cards on paper, for a class with few computers: A4, to write on and to cut out.

What the desk says to each card goes on a sheet of its own, for the teacher.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from fpdf.enums import MethodReturnValue

from retailkit.forms.deck import Deck
from retailkit.forms.form import Form
from retailkit.keep import write_file
from retailkit.letters.printed import LINE, QUIET, Paper, paper, write
from retailkit.records import Question
from retailkit.text import Sentences, spoken
from retailkit.words import count_of

NO_DAY = date(2000, 1, 1)
"""When a form was made that belongs to no shop: the same form gives the same bytes."""

MOST_BOXES = 12
"""More choices than these stand in a list at the end, and the word is written down."""

SHORT = 14
"""Choices of no more letters than these stand side by side."""

LONGEST = 1500
"""So many letters of one text find room on a card."""

TOP, BOTTOM = 20, 272
"""In millimetres: where a page begins and ends."""

BOX, GAP, PAD, ROW = 3.6, 6, 3, 8
"""In millimetres: a box to tick, what is left between cards and within them, a line to write on."""

DAY = "day _______  month _______  year ___________"


def write_form(form: Form, path: str | Path) -> Sentences:
    """Write a form as a PDF to be filled in with a pen, and say so."""
    return _written(path, lambda: form_on_paper(form))


def write_cards(deck: Deck, path: str | Path) -> Sentences:
    """Write the cards of a deck as a PDF to be cut out, with a sheet for the answers."""
    return _written(path, lambda: cards_on_paper(deck))


def write_answers(deck: Deck, path: str | Path) -> Sentences:
    """Write what the desk says to each card of a deck as a PDF, for the teacher."""
    return _written(path, lambda: answers_on_paper(deck))


def _written(path: str | Path, draw: Callable[[], Paper]) -> Sentences:
    path = Path(path)
    if path.suffix.lower() != ".pdf":
        raise ValueError(f"'{path.name}' is no name for a PDF. Let it end in .pdf, like form.pdf.")
    sheet = draw()
    write_file(path, bytes(sheet.output()))
    return Sentences([f"Written: {path.name}, {count_of(sheet.page_no(), 'page')}."])


def form_on_paper(form: Form) -> Paper:
    """A form with boxes to tick and lines to write on."""
    pdf = _sheet(form, form.title)
    for line in form.intro():
        write(pdf, line, size=9, height=4.6)
    pdf.ln(2)
    _questions(pdf, form)
    return pdf


def cards_on_paper(deck: Deck) -> Paper:
    """The cards of a deck, two beside each other, each with its number; then a sheet to answer on.

    The same questions are asked about every card, so they stand on the sheet once.
    """
    pdf = _sheet(deck, f"{deck.title}: {count_of(len(deck.cards), 'card')} to cut out")
    width, top = (pdf.epw - GAP) / 2, pdf.get_y() + 2
    cards = [
        [f"{deck.one_card} {place} of {len(deck.cards)}", *map(_short, deck.card(number))]
        for place, number in enumerate(deck.cards, 1)
    ]
    heights = [_card(pdf, lines, (pdf.l_margin, TOP), width, dry=True) for lines in cards]
    pdf.set_auto_page_break(auto=False)
    places = _places(heights, top)
    for lines, (new_page, column, depth) in zip(cards, places, strict=True):
        if new_page:
            pdf.add_page()
        _card(pdf, lines, (pdf.l_margin + column * (width + GAP), depth), width)
    pdf.set_auto_page_break(auto=True, margin=22)
    _answer_sheet(pdf, deck)
    return pdf


def answers_on_paper(deck: Deck) -> Paper:
    """What the desk says to each card, and why."""
    pdf = _sheet(deck, f"{deck.title}: the desk's answers")
    write(pdf, "For the teacher. The numbers are those on the cards.", size=9)
    pdf.ln(2)
    for place, (number, answers, why) in enumerate(desk_answers(deck), 1):
        said = ", ".join(answers.values())
        if pdf.will_page_break(24):
            pdf.add_page()
        write(pdf, f"{place} · {number}: {said}", size=10, style="B", height=5)
        for line in why:
            write(pdf, line, size=9, height=4.4)
        pdf.ln(2)
    return pdf


def desk_answers(deck: Deck) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Each card's number, what the desk says to it, and why: what a learner is told who answers.

    The deck itself is left as it is.
    """
    twin = copy.copy(deck)
    twin.ruled = []
    some = {name: choices[0][1] for name, choices in deck.options.items()}
    for number in deck.cards:
        _, *why = twin.keep(dict(some))
        row, score = twin.ruled[-1], list(twin.score())
        desk = {name: row.get(f"desk_{name}") for name in some}
        known = {name: _said(word) for name, word in desk.items() if word is not None}
        yield number, known, why[: len(why) - len(score)]


def _said(answer: Any) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else spoken(str(answer))


def _sheet(form: Form, title: str) -> Paper:
    shop = getattr(form, "shop", None)
    foot = f"{shop.name} · a shop made up for the course" if shop else form.title
    pdf = paper(title, "en", shop.today if shop else NO_DAY, foot)
    pdf.add_page()
    write(pdf, title, size=15, style="B", height=8)
    return pdf


def _questions(pdf: Paper, form: Form) -> None:
    """Every question with room for its answer; long lists of choices stand at the end."""
    lists = []
    for number, question in enumerate(form.questions, 1):
        choices = [label for label, _ in form.options[question.name]]
        if len(choices) > MOST_BOXES:
            lists.append((f"For {number}. {question.text}", choices))
            _question(pdf, number, question, [], f"Choose from the list for {number} at the end.")
        else:
            _question(pdf, number, question, choices)
    for title, choices in lists:
        _list(pdf, title, choices)


def _question(
    pdf: Paper, number: int, question: Question, choices: list[str], note: str = ""
) -> None:
    room = 6 + (5.2 * len(choices) if choices else ROW * _lines(question))
    # the question stays with its answer, and the room that the margin leaves is used
    if pdf.get_y() + room > BOTTOM:
        pdf.add_page()
    open_ = " (may stay open)" if question.optional else ""
    write(pdf, f"{number}. {question.text}{open_}", size=10, style="B", height=5.2)
    if note:
        write(pdf, note, size=9, height=4.6)
    if choices:
        _boxes(pdf, choices)
    elif question.answer is date:
        pdf.ln(2)
        write(pdf, DAY, size=10)
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


def _list(pdf: Paper, title: str, choices: Iterable[str]) -> None:
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


def _card(
    pdf: Paper, lines: list[str], corner: tuple[float, float], width: float, *, dry: bool = False
) -> float:
    """Draw a card at a corner, with a broken line around it to cut along; how high it is."""
    left, top = corner
    depth = top + PAD
    for place, line in enumerate(lines):
        pdf.pen(line, size=9 if place == 0 else 8.5, style="B" if place < 2 else "")
        pdf.set_xy(left + PAD, depth)
        depth += _height(pdf, width - 2 * PAD, 4, line) + 0.8
        if not dry:
            pdf.multi_cell(width - 2 * PAD, 4, pdf.printable(line), align="L")
    high = depth + PAD - top
    if not dry:
        pdf.set_draw_color(*QUIET)
        pdf.set_dash_pattern(dash=2, gap=1.5)
        pdf.rect(left, top, width, high)
        pdf.set_dash_pattern()
    return high


def _places(heights: list[float], top: float) -> Iterator[tuple[bool, int, float]]:
    """Where each card lies: whether on a new page, in which of two columns, and how far down."""
    column, depth, begins = 0, top, top
    for high in heights:
        new_page = False
        if depth + high > BOTTOM and depth > begins:
            column, new_page = (1, False) if column == 0 else (0, True)
            begins = TOP if new_page else begins
            depth = begins
        yield new_page, column, depth
        depth += high + GAP


def _answer_sheet(pdf: Paper, deck: Deck) -> None:
    """A row for each card to write the answers into, and what may be answered."""
    pdf.add_page()
    write(pdf, f"{deck.title}: your answers", size=15, style="B", height=8)
    write(pdf, "Name: ______________________________", size=10)
    pdf.ln(2)
    widths = [16.0] + [(pdf.epw - 16) / len(deck.questions)] * len(deck.questions)
    _row(pdf, widths, [deck.one_card, *(question.text for question in deck.questions)], bold=True)
    for place in range(1, len(deck.cards) + 1):
        _row(pdf, widths, [str(place), *("" for _ in deck.questions)])
    for question in deck.questions:
        _list(pdf, question.text, [label for label, _ in deck.options[question.name]])


def _row(pdf: Paper, widths: list[float], cells: list[str], *, bold: bool = False) -> None:
    size, high = 9, float(ROW)
    for width, text in zip(widths, cells, strict=True):
        pdf.pen(text, size=size, style="B" if bold else "")
        high = max(high, _height(pdf, width, 4.4, text) + 3)
    if pdf.will_page_break(high):
        pdf.add_page()
    top, left = pdf.get_y(), pdf.l_margin
    pdf.set_draw_color(*LINE)
    for width, text in zip(widths, cells, strict=True):
        pdf.rect(left, top, width, high)
        pdf.pen(text, size=size, style="B" if bold else "")
        pdf.set_xy(left, top + 1.5)
        pdf.multi_cell(width, 4.4, pdf.printable(text), align="L")
        left += width
    pdf.set_xy(pdf.l_margin, top + high)


def _height(pdf: Paper, width: float, line: float, text: str) -> float:
    """How much room a text takes, where it is broken into lines of this width and height."""
    lines = pdf.multi_cell(
        width, line, pdf.printable(text), align="L", dry_run=True, output=MethodReturnValue.LINES
    )
    return line * len(cast("list[str]", lines))


def _short(line: str) -> str:
    """A line of a card, cut where it would fill the page."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ... (the rest is in the computer)"
