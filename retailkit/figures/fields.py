"""Fields: a grid in which the darker field holds more, readable on a grey printer too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import NDArray

from retailkit.figures.chart import CUSTOMERS_BLUE, letters_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", CUSTOMERS_BLUE, "#173F5F"])
"""From light to dark."""


def draw_fields(
    axes: Axes, values: NDArray[np.float64], words: list[list[str]], size: float
) -> None:
    """One field per value, the first row on top; where it is not-a-number, the field is blank.

    `words` are written on the fields, in letters of `size` points.
    """
    most = np.nanmax(values, initial=0)
    axes.imshow(np.ma.masked_invalid(values), cmap=SHADES, aspect="auto", vmin=0)
    axes.set_xticks(np.arange(values.shape[1] + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(values.shape[0] + 1) - 0.5, minor=True)
    axes.grid(which="minor", lw=1)
    axes.tick_params(which="both", length=0)
    for (row, column), value in np.ndenumerate(values):
        if words[row][column]:
            shade = SHADES(value / most if most > 0 else 0.0)
            axes.text(
                column,
                row,
                words[row][column],
                color=letters_on(shade[:3]),
                ha="center",
                va="center",
                fontsize=size,
            )
