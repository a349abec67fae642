"""What a check says: an outcome and a sentence, in words first, then a symbol, then a colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retailkit.catalogue import later, say
from retailkit.text import escaped


class Outcome(StrEnum):
    """How an answer stands. These words are the course's own, and none of the trade's."""

    NOT_YET = later("Not yet")
    NOT_QUITE = later("Not quite")
    YES = later("Yes")
    CANNOT_SAY = later("Cannot be checked")
    HINT = later("Hint")
    SOLUTION = later("Solution")

    @property
    def said(self) -> str:
        """The outcome in the learner's language; in the journal it stands in English."""
        return say(self.value)


# symbol, and the colour of the edge (at least 3:1 against white and against black)
SIGNS = {
    Outcome.NOT_YET: ("○", "#6B7780"),
    Outcome.NOT_QUITE: ("△", "#B8721D"),
    Outcome.YES: ("✓", "#2F7F9E"),
    Outcome.CANNOT_SAY: ("?", "#6B7780"),
    Outcome.HINT: ("→", "#6B7780"),
    Outcome.SOLUTION: ("=", "#2F7F9E"),
}


@dataclass(frozen=True)
class Feedback:
    """A check's answer. It shows itself as one text, on a page and without one.

    `share` is the part of the answer that is right, from 0 to 1: what marks are given for.

    >>> Feedback(Outcome.YES, "There are two kinds.")
    Yes. There are two kinds.
    """

    outcome: Outcome
    sentence: str
    code: str = ""
    share: float = 0.0

    def __repr__(self) -> str:
        text = f"{self.outcome.said}. {self.sentence}"
        return f"{text}\n\n{self.code}" if self.code else text

    def _repr_html_(self) -> str:
        symbol, colour = SIGNS[self.outcome]
        code = f"<pre>{escaped(self.code)}</pre>" if self.code else ""
        return (
            f'<div role="status" style="border-left: 5px solid {colour}; padding: 0.4em 0.8em">'
            f'<strong>{self.outcome.said}.</strong> <span aria-hidden="true">{symbol}</span> '
            f"{escaped(self.sentence)}{code}</div>"
        )
