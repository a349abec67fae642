"""The mystery shopper's sheet: what somebody who pretends to complain was met with."""

from __future__ import annotations

from typing import Any

from retailkit.catalogue import say
from retailkit.forms.form import Form
from retailkit.principles import Visit, agreement
from retailkit.records import questions
from retailkit.text import Sentences, day
from retailkit.words import count_of


class VisitSheet(Form):
    """A sheet to be filled in after each visit; `visits` are those that were saved."""

    def __init__(self) -> None:
        super().__init__(say("Mystery shopper's sheet"), questions(Visit), {})
        self.visits: list[Visit] = []
        self.said = Sentences([say("No visit is written down yet.")])

    def keep(self, answers: dict[str, Any]) -> Sentences:
        visit = Visit(**answers)
        self.visits.append(visit)
        when = day(visit.on) if visit.on else ""
        said = [say("The visit of {day} is written down.", day=when), self._sheets()]
        return Sentences(said + self._agreement())

    def take_back(self) -> Sentences:
        if not self.visits:
            return Sentences([say("There is nothing to take back.")])
        self.visits.pop()
        return Sentences([say("The last visit is taken back."), self._sheets()])

    def _agreement(self) -> list[str]:
        if len(self.visits) == 1:
            return []
        alike, answers = agreement(*self.visits[-2:])
        said = "It agrees with the sheet before it in {alike} of {answers} answers."
        return [say(said, alike=alike, answers=answers)]

    def _sheets(self) -> str:
        return say("{sheets} now.", sheets=count_of(len(self.visits), "sheet"))
