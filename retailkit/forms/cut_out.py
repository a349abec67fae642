"""Cards on paper: to be cut out and answered by a whole class, with the answers for the teacher."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.forms.deck import Deck
from retailkit.forms.paper import BOTTOM, ROW, TOP, height, list_of, sheet, written
from retailkit.letters.printed import LINE, QUIET, Paper, write
from retailkit.text import Sentences, spoken
from retailkit.words import count_of

LONGEST = 1500
"""So many letters of one text find room on a card."""

GAP, PAD = 6, 3
"""In millimetres: what is left between cards, and within them."""


def write_cards(deck: Deck, path: str | Path) -> Sentences:
    """Write the cards of a deck as a PDF to be cut out, with a sheet for the answers."""
    return written(path, lambda: cards_on_paper(deck))


def write_answers(deck: Deck, path: str | Path) -> Sentences:
    """Write what the desk says to each card of a deck as a PDF, for the teacher."""
    return written(path, lambda: answers_on_paper(deck))


def cards_on_paper(deck: Deck) -> Paper:
    """The cards of a deck, two beside each other, each with its number; then a sheet to answer on.

    The same questions are asked about every card, so they stand on the sheet once.
    """
    cards = count_of(len(deck.cards), "card")
    pdf = sheet(deck, say("{title}: {cards} to cut out", title=deck.title, cards=cards))
    width, top = (pdf.epw - GAP) / 2, pdf.get_y() + 2
    faces = [
        [deck.position(place), *map(_short, deck.card(number))]
        for place, number in enumerate(deck.cards, 1)
    ]
    heights = [_card(pdf, lines, (pdf.l_margin, TOP), width, dry=True) for lines in faces]
    pdf.set_auto_page_break(auto=False)
    places = _places(heights, top)
    for lines, (new_page, column, depth) in zip(faces, places, strict=True):
        if new_page:
            pdf.add_page()
        _card(pdf, lines, (pdf.l_margin + column * (width + GAP), depth), width)
    pdf.set_auto_page_break(auto=True, margin=22)
    _answer_sheet(pdf, deck)
    return pdf


def answers_on_paper(deck: Deck) -> Paper:
    """What the desk says to each card, and why."""
    pdf = sheet(deck, say("{title}: the desk's answers", title=deck.title))
    write(pdf, say("For the teacher. The numbers are those on the cards."), size=9)
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
    if isinstance(answer, bool):
        return say("yes") if answer else say("no")
    return spoken(str(answer))


def _card(
    pdf: Paper, lines: list[str], corner: tuple[float, float], width: float, *, dry: bool = False
) -> float:
    """Draw a card at a corner, with a broken line around it to cut along; how high it is."""
    left, top = corner
    depth = top + PAD
    for place, line in enumerate(lines):
        pdf.pen(line, size=9 if place == 0 else 8.5, style="B" if place < 2 else "")
        pdf.set_xy(left + PAD, depth)
        depth += height(pdf, width - 2 * PAD, 4, line) + 0.8
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
    write(pdf, say("{title}: your answers", title=deck.title), size=15, style="B", height=8)
    write(pdf, say("Name: ______________________________"), size=10)
    pdf.ln(2)
    widths = [16.0] + [(pdf.epw - 16) / len(deck.questions)] * len(deck.questions)
    asked = [say(question.text) for question in deck.questions]
    _row(pdf, widths, [say(deck.one_card), *asked], bold=True)
    for place in range(1, len(deck.cards) + 1):
        _row(pdf, widths, [str(place), *("" for _ in deck.questions)])
    for question in deck.questions:
        list_of(pdf, say(question.text), [label for label, _ in deck.options[question.name]])


def _row(pdf: Paper, widths: list[float], cells: list[str], *, bold: bool = False) -> None:
    size, high = 9, float(ROW)
    for width, text in zip(widths, cells, strict=True):
        pdf.pen(text, size=size, style="B" if bold else "")
        high = max(high, height(pdf, width, 4.4, text) + 3)
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


def _short(line: str) -> str:
    """A line of a card, cut where it would fill the page."""
    if len(line) <= LONGEST:
        return line
    return say("{text} ... (the rest is in the computer)", text=line[:LONGEST])
