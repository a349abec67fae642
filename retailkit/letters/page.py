"""One letter: what it says, to whom, and what it tells; as text, on a page and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retailkit.keep import write_file
from retailkit.text import escaped


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter of the desk, shown as text, and on a page with everything in it escaped.

    `to` is the customer's number, `fields_sent` what the letter tells, and `notes` what
    stands at its foot: that it is for learning, and what in it is unverified.
    """

    kind: str
    language: str
    market: str
    to: str | None
    on: date
    subject: str
    text: str
    fields_sent: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n\n".join([self.subject, self.text, *(f"({note})" for note in self.notes)])

    @property
    def html(self) -> str:
        """The letter as HTML; a customer's `<` is a letter like any other."""
        lines = (
            "<br>".join(escaped(line) for line in paragraph.split("\n"))
            for paragraph in self.text.split("\n\n")
        )
        body = "".join(f"<p>{line}</p>" for line in lines)
        body += "".join(f"<p><small>{escaped(note)}</small></p>" for note in self.notes)
        # no heading: a letter stands at any level of a lesson
        subject = f"<p><strong>{escaped(self.subject)}</strong></p>"
        return f'<article lang="{self.language}">{subject}{body}</article>'

    def _repr_html_(self) -> str:
        return self.html

    def print_to(self, path: str | Path) -> Path:
        """Write the letter as a PDF to print, a form with as many copies as the place asks for.

        Raises CannotKeep where the file cannot be written.
        """
        from retailkit.letters.printed import printed

        path = Path(path)
        write_file(path, printed(self))
        return path
