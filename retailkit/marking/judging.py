"""Marks for what was read out: judged here, by the kit's own judges, on the learner's shop."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from retailkit.catalogue import say
from retailkit.course.checks import check
from retailkit.course.exercises import Exercise, find_lesson
from retailkit.course.feedback import Outcome
from retailkit.course.judges import is_blank
from retailkit.course.places import shop_of
from retailkit.course.traces import leaving_no_trace
from retailkit.journal import standing_in_for
from retailkit.marking.plain import CannotBeRead, packed, unpacked

Ask = Callable[[str, list[Any]], dict[str, Any]]
"""Asks the learner's program what one of its functions gives; its answer is data."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The mark for one exercise, from 0 to 1, with its reason; `slip` is the known wrong answer."""

    exercise: str
    mark: float
    outcome: str
    reason: str
    slip: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was read out for one exercise."""

    value: Any
    data: Any = None
    odd: str = ""


def answers_of(messages: list[dict[str, Any]], ask: Ask) -> dict[str, Answer]:
    """The answer to each exercise: the last one that was checked and is not blank.

    Where no check asked for it, what its name last held.
    """
    found: dict[str, Answer] = {}
    checked: set[str] = set()
    for message in messages:
        exercise, by_check = str(message["answer"]), bool(message.get("checked"))
        answer = _answer(message, ask)
        if answer.odd == "" and is_blank(answer.value) and exercise in found:
            continue
        if by_check or exercise not in checked:
            found[exercise] = answer
        if by_check and not (answer.odd == "" and is_blank(answer.value)):
            checked.add(exercise)
    return found


def _answer(message: dict[str, Any], ask: Ask) -> Answer:
    name = f"{message['answer']} {message.get('of')}"
    try:
        value = unpacked(message.get("value"), _caller(name, ask))
    except CannotBeRead as error:
        return Answer(value=None, odd=str(error))
    return Answer(value=value, data=message.get("value"))


def _caller(name: str, ask: Ask) -> Callable[..., Any]:
    """A function of the learner's, which runs where the learner's program runs."""

    def call(*arguments: Any) -> Any:
        said = ask(name, [packed(argument) for argument in arguments])
        if "gives" in said:
            return unpacked(said["gives"])
        kind, text = [str(part) for part in said["raises"]]
        raise _error(kind, text)

    return call


def _error(kind: str, text: str) -> Exception:
    """An error as the learner's program named it; anything that is none of Python's is new."""
    known = getattr(builtins, kind, None)
    if isinstance(known, type) and issubclass(known, Exception):
        try:
            return known(text)
        except TypeError:
            pass  # some take more than a text
    name = kind if kind.isidentifier() else "Exception"
    made: Exception = type(name, (Exception,), {})(text)
    return made


def marks_of(lesson: int, learner: str, answers: dict[str, Answer]) -> list[Mark]:
    """A mark for every exercise of a lesson, on the learner's own shop."""
    none = Answer(value=...)
    with standing_in_for(learner):
        return [
            _mark(exercise, answers.get(exercise.id, none), answers.get(exercise.builds_on, none))
            for exercise in find_lesson(lesson).exercises
        ]


def _mark(exercise: Exercise, answer: Answer, earlier: Answer) -> Mark:
    if answer.odd:
        return Mark(
            exercise=exercise.id, mark=0.0, outcome=str(Outcome.CANNOT_SAY), reason=answer.odd
        )
    said = check(exercise.id, answer.value, given=earlier.value)
    known = [wrong.name for wrong in exercise.wrong if say(wrong.says) in said.sentence]
    return Mark(
        exercise=exercise.id,
        mark=round(said.share or 0.0, 4),
        outcome=str(said.outcome),
        reason=said.sentence,
        slip=known[0] if known else "",
    )


def rights_of(lesson: int, learner: str) -> dict[str, Any]:
    """The right answers of a learner's lesson as data, with the numbers of the cases shown."""
    shop = shop_of(learner, lesson)
    found = {}
    with leaving_no_trace():
        for exercise in find_lesson(lesson).exercises:
            right = exercise.right(shop)
            if not callable(right):
                found[exercise.id] = {"right": packed(right), "cases": list(exercise.cases(shop))}
    return found


def fits(exercise: Exercise, answer: Any, others: dict[str, Any]) -> bool:
    """Whether an answer is the right one for somebody else's shop."""
    cases = dict.fromkeys(others["cases"])
    with leaving_no_trace():
        try:
            return exercise.judge(unpacked(answer), unpacked(others["right"]), cases) is None
        except Exception:  # a judge that needs the whole case cannot say
            return False
