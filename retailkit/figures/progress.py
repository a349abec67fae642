"""Progress: where a learner stands, one row per lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, Chart, chart
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS = {
    "Yes": {"marker": "o", "color": CUSTOMERS_BLUE, "label": "right"},
    "Not quite": {"marker": "^", "color": NEEDS_WORK, "label": "not quite right"},
    "Not yet": {"marker": "o", "color": "white", "edgecolor": INK, "label": "not answered yet"},
}
"""How a task is drawn by how it stands: told apart by its form and its fill, not by colour alone."""


def progress(tasks: pd.DataFrame) -> Chart:
    """Where a learner stands: a mark for each exercise, and one for each quiz.

    `tasks` has one row per exercise or quiz: `lesson`, `task` (such as "1.2" or "quiz") and
    `stands` ("Yes", "Not quite" or "Not yet").

    >>> import pandas as pd
    >>> rows = {"lesson": [1, 1], "task": ["1.1", "quiz"], "stands": ["Yes", "Not yet"]}
    >>> progress(pd.DataFrame(rows))
    Chart of marks. 1 of 2 tasks is right. Lesson 1: 1.1 right, quiz not answered yet.
    """
    lessons = list(dict.fromkeys(tasks["lesson"]))
    place = tasks.groupby("lesson").cumcount()
    right = int((tasks["stands"] == "Yes").sum())
    are = "is" if right == 1 else "are"
    title = f"{right} of {count_of(len(tasks), 'task')} {are} right."

    def draw(axes: Axes) -> str:
        for stands, look in LOOKS.items():
            rows = tasks[tasks["stands"] == stands]
            down = [lessons.index(lesson) for lesson in rows["lesson"]]
            axes.scatter(place[rows.index], down, s=90, **{"edgecolor": look["color"], **look})
        for row, task in tasks.iterrows():
            axes.text(place[row] + 0.16, lessons.index(task.lesson), task.task, va="center")
        axes.set_yticks(range(len(lessons)), [f"lesson {lesson}" for lesson in lessons])
        axes.set_ylim(len(lessons) - 0.5, -0.5)
        axes.set_xlim(-0.4, place.max() + 0.8)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        axes.set_title(title.rstrip("."), loc="left")
        axes.legend(ncols=3, loc="upper left", bbox_to_anchor=(-0.02, 0), frameon=False)
        return f"Chart of marks. {title} {_said(tasks)}"

    return chart(draw, height=1.2 + 0.34 * len(lessons))


def _said(tasks: pd.DataFrame) -> str:
    lines = []
    for lesson, rows in tasks.groupby("lesson", sort=False):
        each = [f"{row.task} {LOOKS[row.stands]['label']}" for row in rows.itertuples()]
        lines.append(f"Lesson {lesson}: {', '.join(each)}.")
    return " ".join(lines)
