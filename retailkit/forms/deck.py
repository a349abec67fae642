"""A deck: cards from a shop's records, to be decided on one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from retailkit.case_file import CaseFile
from retailkit.forms.form import Form, Options
from retailkit.records import Question, understood
from retailkit.text import Sentences


class Deck(Form):
    """A form that shows one card after the other, and keeps an answer for each.

    `cards` are their numbers; `ruled` has what has been answered, first to last.
    """

    one_card = "Card"
    all_done = "All cards are ruled on."

    def __init__(self, title: str, questions: list[Question], options: Options) -> None:
        super().__init__(title, questions, options)
        self.cards: list[str] = []
        self.ruled: list[dict[str, Any]] = []

    def card(self, number: str) -> CaseFile:
        """The card with this number; each deck in its own way."""
        raise NotImplementedError

    def score(self) -> Sentences:
        """How the answers so far stand; each deck in its own way."""
        raise NotImplementedError

    def print(self, path: str | Path) -> Sentences:
        """Write the cards on paper, to be cut out, with a sheet for the answers: a PDF, A4.

        Raises ValueError where the name does not end in .pdf, OSError where it cannot be written.
        """
        from retailkit.forms.cut_out import write_cards

        return write_cards(self, path)

    def print_answers(self, path: str | Path) -> Sentences:
        """Write what the desk says to each card, and why, for the teacher: a PDF, A4.

        Raises ValueError where the name does not end in .pdf, OSError where it cannot be written.
        """
        from retailkit.forms.cut_out import write_answers

        return write_answers(self, path)

    def need_cards(self, cards: int) -> None:
        """Raises ValueError where a deck of so many cards cannot be made."""
        if understood("cards", cards, int) is None or cards < 1:
            raise ValueError(f"cards: {cards!r} is too few. Choose 1 or more.")

    def is_done(self) -> bool:
        """Whether every card has its answer."""
        return len(self.ruled) == len(self.cards)

    def intro(self) -> Sentences:
        if self.is_done():
            return Sentences([self.all_done, *self.score()])
        return Sentences([self._position(), *self._next_card()])

    def intro_page(self) -> str:
        if self.is_done():
            return super().intro_page()
        return self._next_card().page(f"{self._position()}: ")

    def _position(self) -> str:
        return f"{self.one_card} {len(self.ruled) + 1} of {len(self.cards)}"

    def _next_card(self) -> CaseFile:
        return self.card(self.cards[len(self.ruled)])
