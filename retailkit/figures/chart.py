"""Chart: a figure that carries its words, drawn in the house style."""

from __future__ import annotations

import base64
import html
import io
import math
import warnings
from collections.abc import Callable, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#1F2A33"
QUIET_INK = "#5B6770"
CUSTOMERS_BLUE = "#3C8DAD"
NEEDS_WORK = "#E8A33D"

LETTERS = 48
"""So many letters find room side by side below a chart."""

LONGEST_NAME = 30
"""So many letters of a name stand beside an axis."""


class Chart(Figure):
    """A figure that knows what it shows, in words."""

    words: str = ""

    def __repr__(self) -> str:
        return self.words

    __str__ = __repr__

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png()).decode()
        words = html.escape(self.words, quote=True)
        return f'<img alt="{words}" width="{self._width()}" src="data:image/png;base64,{picture}">'

    def png(self) -> bytes:
        """The picture as a PNG file's bytes."""
        file = io.BytesIO()
        with house_style(), warnings.catch_warnings():
            # a letter that the font lacks is drawn as a box; the words have it
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            FigureCanvasAgg(self).print_png(file)
        return file.getvalue()

    def for_paper(self) -> bytes:
        """The same, fine enough for paper."""
        file = io.BytesIO()
        with house_style():
            self.savefig(file, format="png", dpi=200, metadata={"Software": None})
        return file.getvalue()

    def _width(self) -> int:
        return round(self.get_figwidth() * self.get_dpi())


def house_style() -> Any:
    """The house style for the length of a `with` block; the learner's own charts stay theirs."""
    return mpl.rc_context(fname=str(resources.files("retailkit").joinpath("house.mplstyle")))


def names_below(axes: Axes, names: Sequence[str]) -> None:
    """Write a name below each place, or below every few, so that none runs into the next."""
    step = math.ceil(len(names) / (LETTERS // max(map(len, names))))
    axes.set_xticks(range(0, len(names), step), names[::step])


def in_short(name: str) -> str:
    """A name beside an axis: one line, and so short that room is left for the picture.

    >>> in_short("It came late"), in_short("late " * 20)
    ('It came late', 'late late late late late la...')
    """
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 3]}..."


def chart(draw: Callable[[Axes], str], height: float = 3.6) -> Chart:
    """A chart in the house style. `draw` fills the axes and returns the words."""
    with house_style():
        figure = Chart(figsize=(6.4, height))
        figure.words = draw(figure.add_subplot())
    return figure
