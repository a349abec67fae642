"""Whose shop a notebook is marked on when nbgrader runs it."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool, Unicode

from retailkit.catalogue import say
from retailkit.journal import CODE_NAME_IS, FOLDER_IS
from retailkit.lab import checked_codename
from retailkit.marking.roster import code_name_on

FIRST = """# {said}
import os
os.environ["{code_name_is}"] = "{code_name}"
os.environ.pop("{folder_is}", None)"""


class WhoseShop(Preprocessor):
    """Puts a cell on top of a notebook before it is run: whose shop it is; no journal is kept.

    In a cell, and not in the environment: nbgrader may work inside a server whose other
    kernels are somebody else's.
    """

    enabled = Bool(True).tag(config=True)
    roster = Unicode("", help="DIR/teacher/roster.csv of the class.").tag(config=True)

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        import nbformat

        code_name = self.code_name_of(str(resources["nbgrader"]["student"]))
        said = say("This was run for marking, on the shop of {code_name}.", code_name=code_name)
        source = FIRST.format(
            said=said, code_name_is=CODE_NAME_IS, code_name=code_name, folder_is=FOLDER_IS
        )
        nb.cells.insert(0, nbformat.v4.new_code_cell(source, id="whose-shop"))
        return nb, resources

    def code_name_of(self, student: str) -> str:
        """The code name of a student of nbgrader's: by the roster, or else the student's ID itself.

        Raises ValueError where the roster has nobody of this ID, or it can be no code name;
        ImportProblems for a bad roster.
        """
        if not self.roster:
            return checked_codename(student)
        if code_name := code_name_on(self.roster, student):
            return code_name
        raise ValueError(
            say(
                "Nobody on '{roster}' has the code name, username or ID {student!r}.",
                roster=self.roster,
                student=student,
            )
        )
