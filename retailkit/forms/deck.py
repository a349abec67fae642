"""A deck: cards from a shop's records, to be decided on one after the other."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.forms.form import Form, Options
from retailkit.journal import lines, note
from retailkit.records import Question, understood
from retailkit.text import Sentences

DECK = "deck"


class Deck(Form):
    """A form that shows one card after the other, and keeps an answer for each.

    On a page it goes on where the learner left off, if a journal is kept: it holds the words
    that were chosen, and nothing that customers said.

    `cards` are their numbers; `ruled` has what has been answered, first to last.
    """

    one_card = later("Card")
    all_done = later("All cards are ruled on.")

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

    def save(self) -> Sentences:
        before = len(self.ruled)
        answers = {name: _plain(answer) for name, answer in self.answers.items()}
        said = super().save()
        # what a cell fills in is in the lesson already; what is chosen on the page is not
        if self._page and len(self.ruled) > before:
            note(DECK, self._about(before), answers=answers)
        return said

    def undo(self) -> Sentences:
        before = len(self.ruled)
        said = super().undo()
        if self._page and len(self.ruled) < before:
            note(DECK, self._about(len(self.ruled)), answers=None)
        return said

    def take_up_again(self) -> None:
        """Rule on the cards as this learner did before, where a journal is kept."""
        noted = {line["about"]: line.get("answers") for line in lines(DECK)}
        while not self.is_done() and (answers := noted.get(self._about(len(self.ruled)))):
            before = len(self.ruled)
            self.fill(**answers)
            super().save()
            if len(self.ruled) == before:
                # the deck asks for something else by now
                self.answers, self.problems, self._not_taken = {}, {}, {}
                return

    def _about(self, place: int) -> str:
        """Which card of which deck of which shop."""
        seed = getattr(getattr(self, "shop", None), "seed", None)
        return f"{type(self).__name__}|{seed}|{self.cards[place]}"

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        if not self._page and not self.ruled:
            self.take_up_again()
        return super()._repr_mimebundle_(include, exclude)

    def need_cards(self, cards: int) -> None:
        """Raises ValueError where a deck of so many cards cannot be made."""
        if understood("cards", cards, int) is None or cards < 1:
            raise ValueError(
                say("{name}: {number!r} is too few. Choose 1 or more.", name="cards", number=cards)
            )

    def is_done(self) -> bool:
        """Whether every card has its answer."""
        return len(self.ruled) == len(self.cards)

    def intro(self) -> Sentences:
        if self.is_done():
            return Sentences([say(self.all_done), *self.score()])
        return Sentences([self.position(len(self.ruled) + 1), *self._next_card()])

    def intro_page(self) -> str:
        if self.is_done():
            return super().intro_page()
        return self._next_card().page(f"{self.position(len(self.ruled) + 1)}: ")

    def position(self, place: int) -> str:
        """Which of the cards it is."""
        card = say(self.one_card)
        return say("{card} {place} of {cards}", card=card, place=place, cards=len(self.cards))

    def _next_card(self) -> CaseFile:
        return self.card(self.cards[len(self.ruled)])


def verdict(number: str, mine: str, desks: str) -> str:
    """What you say of a card, beside what the desk says.

    >>> verdict("CL-1", "serious", "serious")
    'CL-1: you say serious. The desk says the same.'
    """
    if mine == desks:
        return say("{number}: you say {mine}. The desk says the same.", number=number, mine=mine)
    return say(
        "{number}: you say {mine}. The desk says {desks}.", number=number, mine=mine, desks=desks
    )


def agreed_on(cards: str, agreed: object) -> str:
    """On how much you and the desk agree.

    >>> agreed_on("12 cards", 10)
    'Of 12 cards you and the desk agree on 10.'
    """
    return say("Of {cards} you and the desk agree on {agreed}.", cards=cards, agreed=agreed)


def _plain(answer: Any) -> Any:
    return str(answer) if isinstance(answer, str) else answer
