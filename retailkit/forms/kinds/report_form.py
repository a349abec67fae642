"""The report to the owner, as a form: five questions, in the learner's own words."""

from __future__ import annotations

from typing import Any

from retailkit.catalogue import say
from retailkit.forms.form import Form
from retailkit.owner_report import OwnerReport
from retailkit.records import questions
from retailkit.text import Sentences


class ReportForm(Form):
    """The report to the owner; `report` is what was saved last."""

    said_below = True
    stays_filled = True

    def __init__(self) -> None:
        super().__init__(say("Report to the owner"), questions(OwnerReport), {})
        self._saved: list[OwnerReport] = []

    @property
    def report(self) -> OwnerReport:
        """The report as it was saved last; an empty one where none was."""
        return self._saved[-1] if self._saved else OwnerReport()

    def keep(self, answers: dict[str, Any]) -> Sentences:
        self._saved.append(OwnerReport(**answers))
        return Sentences([say("The report is saved. It can be printed now.")])

    def take_back(self) -> Sentences:
        if not self._saved:
            return Sentences([say("There is nothing to take back.")])
        self._saved.pop()
        return Sentences([say("The last report is taken back.")])
