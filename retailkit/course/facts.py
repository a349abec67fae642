"""The facts that the course teaches, by their ids, and where each of them is needed."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from retailkit.catalogue import say
from retailkit.course.exercises import Lesson, lessons


@functools.cache
def facts() -> dict[str, str]:
    """Every fact by its id, in a few words."""
    text = resources.files("retailkit.course").joinpath("facts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def needed_in(lesson: Lesson) -> set[str]:
    """The facts without which the quiz of a lesson cannot be answered."""
    return {fact for question in lesson.quiz for fact in question.needs}


def facts_missing() -> list[str]:
    """What is the matter with the table of facts and the lessons, one sentence each.

    >>> facts_missing()
    []
    """
    taught = [fact for lesson in lessons().values() for fact in lesson.teaches]
    said = [say("No lesson teaches {fact}.", fact=fact) for fact in facts() if fact not in taught]
    for lesson in lessons().values():
        strange = [fact for fact in lesson.teaches if fact not in facts()]
        sentence = "Lesson {lesson} teaches {fact}, which is no fact."
        said += [say(sentence, lesson=lesson.number, fact=fact) for fact in strange]
        idle = [fact for fact in lesson.teaches if fact not in needed_in(lesson)]
        sentence = "Lesson {lesson}: no question of its quiz needs {fact}."
        said += [say(sentence, lesson=lesson.number, fact=fact) for fact in idle]
        known = {
            fact
            for other in lessons().values()
            if other.number <= lesson.number
            for fact in other.teaches
        }
        alien = sorted(needed_in(lesson) - known)
        sentence = "Lesson {lesson}: its quiz needs {fact}, which nobody has taught yet."
        said += [say(sentence, lesson=lesson.number, fact=fact) for fact in alien]
    return said
