"""The aid of a form: what keyboard and screen reader need of the page, done by the page itself.

ipywidgets' fields leave letters to the notebook, which takes them for commands and deletes or
adds cells; nor does a screen reader learn from them what is wrong with which answer, or what
was saved. `aid.js` mends that. Where it does not load, a form is one of plain fields.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from retailkit.catalogue import later, say

CUT_OFF = later(
    "This form is cut off from Python: the kernel was restarted or stopped. Nothing more is saved "
    "here, and what was saved since the cell ran is gone. Run the lesson's cells again, from the "
    "top to this one."
)


class Aid(anywidget.AnyWidget):
    """The part of a form that is not seen; `place` is where the focus goes on."""

    _esm = Path(__file__).with_name("aid.js")

    turn = 0
    place = traitlets.Dict().tag(sync=True)
    cut_off = traitlets.Unicode().tag(sync=True)

    @traitlets.default("cut_off")
    def _said_when_cut_off(self) -> str:
        return say(CUT_OFF)

    def go_on(self, name: str) -> None:
        """Move the focus to a question, to the next `card`, or leave it where it is (no name)."""
        # the turn makes it a change, even where the name is the same as before
        self.turn += 1
        self.place = {"name": name, "turn": self.turn}
