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
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

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


def letters_on(colour: Any) -> str:
    """Ink for words on a field of this colour, or what else is read there.

    Words need 4.5 times the light of their ground, or it theirs (WCAG 2.2, 1.4.3).

    >>> letters_on("white"), letters_on("#173F5F"), letters_on("#3C8DAD")
    ('#1F2A33', 'white', 'black')
    """
    light = _light(colour)
    for letters in (INK, "white"):
        dark, bright = sorted((light, _light(letters)))
        if (bright + 0.05) / (dark + 0.05) >= 4.5:
            return letters
    return "black"


def _light(colour: Any) -> float:
    """The relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def names_below(axes: Axes, names: Sequence[str]) -> None:
    """Write a name below each place, or below every few, so that none runs into the next."""
    step = math.ceil(len(names) / (LETTERS // max(map(len, names))))
    axes.set_xticks(range(0, len(names), step), names[::step])


def number_parts(axes: Axes, bars: BarContainer, shown: Sequence[str]) -> None:
    """Write each number in the middle of its part of a bar, clear of the part's pattern."""
    for label, part in zip(
        axes.bar_label(bars, shown, label_type="center", fontsize=9), bars, strict=True
    ):
        label.set_color(letters_on(part.get_facecolor()[:3]))
        if part.get_hatch() and label.get_text():
            label.set_bbox({"facecolor": part.get_facecolor(), "edgecolor": "none", "pad": 1.5})


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
