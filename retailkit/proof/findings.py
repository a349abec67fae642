"""What was found in a notebook, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retailkit.catalogue import say
from retailkit.words import count_of

MOST_SHOWN = 12
"""Of more findings than these, only the number is told: the first ones cause most others."""

AROUND = 60
"""So many letters are shown before and after the place where two lines begin to differ."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend: a sentence, and, where something differs, what is stored and what came."""

    says: str
    stored: str | None = None
    came: str | None = None

    def lines(self) -> list[str]:
        r"""The finding in lines to read.

        >>> Finding(says="Code cell 2 shows something else.", stored="1\n2", came="1\n3").lines()
        ['Code cell 2 shows something else.', '  stored: 2', '  now: 3']
        """
        if self.stored is None or self.came is None:
            return [self.says]
        stored, came = first_difference(self.stored, self.came)
        both = say("stored: {text}", text=stored), say("now: {text}", text=came)
        return [self.says, *(f"  {line}" for line in both)]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found in one notebook; `refused` says why it could not be checked at all."""

    name: str
    cells: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def exit_code(self) -> int:
        """0 where all is well, 1 where something is to be mended, 2 where nothing was checked."""
        return 2 if self.refused else int(bool(self.findings))

    def lines(self) -> Iterator[str]:
        """The report in lines to read."""
        if self.refused:
            yield f"{self.name}: {self.refused}"
            return
        yield f"{self.name}: {self._whole()}"
        for finding in self.findings[:MOST_SHOWN]:
            yield from (f"  {line}" for line in finding.lines())
        if (more := len(self.findings) - MOST_SHOWN) > 0:
            yield "  " + say("And {number} more. Mend these first.", number=more)
        yield from (f"  {note}" for note in self.notes)

    def _whole(self) -> str:
        if self.findings:
            return say("{things} to mend.", things=count_of(len(self.findings), "thing"))
        if not self.cells:
            return say("It has no code to run.")
        cells = count_of(self.cells, "code cell")
        return say("{cells}, and everything comes out as it is stored.", cells=cells)


def first_difference(stored: str, came: str) -> tuple[str, str]:
    r"""The first line in which two texts differ, as each has it.

    >>> first_difference("one\ntwo", "one")
    ('two', '(nothing)')
    """
    ours, theirs = stored.splitlines(), came.splitlines()
    place = 0
    while place < min(len(ours), len(theirs)) and ours[place] == theirs[place]:
        place += 1
    one, other = (lines[place] if place < len(lines) else None for lines in (ours, theirs))
    if one is None and other is None:
        return say("(the same words)"), say("(with other line ends)")
    column = _column(one or "", other or "")
    return _around(one, column), _around(other, column)


def _column(one: str, other: str) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _around(line: str | None, column: int) -> str:
    if line is None:
        return say("(nothing)")
    begin, end = max(0, column - AROUND), column + AROUND
    part = f"{'…' if begin else ''}{line[begin:end]}{'…' if end < len(line) else ''}"
    # a control character would change the terminal it is told on
    return "".join(sign if sign.isprintable() else "?" for sign in part) or say("(an empty line)")
