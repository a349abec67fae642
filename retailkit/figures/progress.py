"""Progress: where a learner stands, one row per lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, Chart, chart
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS: dict[str, dict[str, Any]] = {
    "Yes": {"marker": "o", "color": CUSTOMERS_BLUE, "label": later("right")},
    "Not quite": {"marker": "^", "color": NEEDS_WORK, "label": later("not quite right")},
    "Not yet": {
        "marker": "o",
        "color": "white",
        "edgecolor": INK,
        "label": later("not answered yet"),
    },
}
"""How a task is drawn by how it stands: told apart by form and fill, and by colour besides."""


def progress(tasks: pd.DataFrame) -> Chart:
    """Where a learner stands: a mark for each exercise, and one for each quiz.

    `tasks` has one row per exercise or quiz: `lesson`, `task` (such as "1.2" or "quiz") and
    `stands` ("Yes", "Not quite" or "Not yet").

    >>> import pandas as pd
    >>> rows = {"lesson": [1, 1], "task": ["1.1", "quiz"], "stands": ["Yes", "Not yet"]}
    >>> progress(pd.DataFrame(rows))
    Chart of marks. 1 of 2 tasks is right. Lesson 1: right 1.1; not answered yet quiz.
    """
    lessons = list(dict.fromkeys(tasks["lesson"]))
    place = tasks.groupby("lesson").cumcount().to_list()
    level = [lessons.index(lesson) for lesson in tasks["lesson"]]
    good = int((tasks["stands"] == "Yes").sum())
    right = later("{good} of {tasks} is right." if good == 1 else "{good} of {tasks} are right.")
    title = say(right, good=good, tasks=count_of(len(tasks), "task"))

    def draw(axes: Axes) -> str:
        for stands, look in LOOKS.items():
            here = [row for row, state in enumerate(tasks["stands"]) if state == stands]
            across, down = [place[row] for row in here], [level[row] for row in here]
            looks = {"edgecolor": look["color"], **look, "label": say(str(look["label"]))}
            axes.scatter(across, down, s=90, **looks)
        for right, below, task in zip(place, level, tasks["task"], strict=True):
            axes.text(right + 0.16, below, _named(task), va="center")
        axes.set_yticks(
            range(len(lessons)), [say("lesson {lesson}", lesson=lesson) for lesson in lessons]
        )
        axes.set_ylim(len(lessons) - 0.5, -0.5)
        axes.set_xlim(-0.4, max(place) + 0.8)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        axes.set_title(title.rstrip("."), loc="left")
        axes.legend(ncols=3, loc="upper left", bbox_to_anchor=(-0.02, 0), frameon=False)
        return say("Chart of marks. {title} {said}", title=title, said=_said(tasks))

    return chart(draw, height=1.2 + 0.34 * len(lessons))


def _named(task: object) -> str:
    """An exercise by its number, a quiz as people call it."""
    return say("quiz") if task == "quiz" else str(task)


def _said(tasks: pd.DataFrame) -> str:
    return " ".join(
        _of_lesson(lesson, rows) for lesson, rows in tasks.groupby("lesson", sort=False)
    )


def _of_lesson(lesson: object, rows: pd.DataFrame) -> str:
    by_state = {
        say(str(look["label"])): [
            _named(task) for task in rows.loc[rows["stands"] == stands, "task"]
        ]
        for stands, look in LOOKS.items()
    }
    if set(rows["stands"]) == {"Not yet"}:
        return say("Lesson {lesson}: nothing answered yet.", lesson=lesson)
    parts = [f"{label} {', '.join(names)}" for label, names in by_state.items() if names]
    return say("Lesson {lesson}: {tasks}.", lesson=lesson, tasks="; ".join(parts))
