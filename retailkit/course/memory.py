"""What the journal keeps of a check, and what a fresh copy of a lesson is told from it."""

from __future__ import annotations

import ast
import contextlib
import inspect
import numbers
import textwrap
from dataclasses import replace
from datetime import date
from typing import Any

from retailkit.catalogue import say
from retailkit.course.feedback import Feedback, Outcome
from retailkit.course.judges import listed
from retailkit.journal import LONGEST_ANSWER, last, note
from retailkit.markets import Deadline

CHECK = "check"


def remembered(feedback: Feedback, exercise_id: str, answer: Any) -> Feedback:
    """The feedback, noted in the learner's journal; to a blank it adds what was answered before."""
    if feedback.outcome == Outcome.NOT_YET:
        return _with_last_time(feedback, exercise_id)
    if feedback.outcome not in {Outcome.YES, Outcome.NOT_QUITE}:
        return feedback
    trouble = note(
        CHECK,
        exercise_id,
        answer=as_code(answer),
        outcome=str(feedback.outcome),
        share=round(feedback.share, 3),
    )
    return replace(feedback, sentence=f"{feedback.sentence} {trouble}") if trouble else feedback


def _with_last_time(feedback: Feedback, exercise_id: str) -> Feedback:
    line = last(CHECK, exercise_id)
    if line is None or not line.get("answer"):
        return feedback
    was_right = say("Last time you answered as below, and that was right.")
    was_not = say("Last time you answered as below, and that was not quite right.")
    last_time = was_right if line.get("outcome") == Outcome.YES else was_not
    said = f"{feedback.sentence} {last_time}"
    return replace(feedback, sentence=said, code=str(line["answer"]))


def as_code(answer: Any) -> str:
    """An answer as one could type it again; nothing where it is too long, or cannot be typed.

    >>> as_code(["claim", "complaint"]), as_code(3.0)
    ("['claim', 'complaint']", '3.0')
    """
    if inspect.isfunction(answer):
        return _short(_source(answer))
    with contextlib.suppress(ValueError, SyntaxError, TypeError, RecursionError):
        text = repr(_plain(answer))
        ast.literal_eval(text)  # else it is something that only this notebook knows
        return _short(text)
    return ""


def _plain(answer: Any) -> Any:
    parts = listed(answer)
    if parts is not None:
        return [_plain(part) for part in parts]
    if isinstance(answer, Deadline):
        answer = answer.date
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, str):
        return str.__str__(answer)
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, numbers.Integral):
        return int(answer)
    return float(answer) if isinstance(answer, numbers.Real) else answer


def _source(function: Any) -> str:
    try:
        return textwrap.dedent(inspect.getsource(function)).rstrip()
    except (OSError, TypeError, SyntaxError):
        return ""  # nobody has kept what was typed


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ANSWER else ""
