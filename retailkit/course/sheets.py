"""The sheet of an exercise: what is known, and below it numbered lines to work on."""

from __future__ import annotations

from collections.abc import Iterable

from retailkit.text import Sentences, escaped


class Sheet(Sentences):
    """Numbered lines, with what is known above them; `numbers` are the cases it is about.

    >>> Sheet(["Dear Ana,", "we have it."], known=["Ana wrote to us."])
    Ana wrote to us.
    <BLANKLINE>
    1. Dear Ana,
    2. we have it.
    """

    def __init__(
        self, lines: Iterable[str] = (), known: Iterable[str] = (), numbers: Iterable[str] = ()
    ) -> None:
        super().__init__(lines)
        self.known = Sentences(known)
        self.numbers = list(numbers)

    @property
    def text(self) -> str:
        """The lines as one text, with a blank line between them and no numbers."""
        return "\n\n".join(self)

    def __repr__(self) -> str:
        lines = [f"{number}. {line}" for number, line in enumerate(self, 1)]
        return "\n".join([*self.known, *([""] if self.known else []), *lines])

    def _repr_html_(self) -> str:
        known = "".join(f"<div>{escaped(line)}</div>" for line in self.known)
        lines = "".join(f"<li>{_with_breaks(line)}</li>" for line in self)
        return (
            '<div style="border: 1px solid #8a939a; border-radius: 6px; padding: 0.5em 1em; '
            f'margin: 0.5em 0; max-width: 60em">{known}<ol>{lines}</ol></div>'
        )


def _with_breaks(line: str) -> str:
    return "<br>".join(escaped(part) for part in line.split("\n"))
