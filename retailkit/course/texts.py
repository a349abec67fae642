"""How a free text is held against what it has to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.course.judges import described
from retailkit.course.shortfall import Shortfall
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.course.exercises import Cases, Judge

Rubric = Callable[[str, "Cases"], Mapping[str, bool]]
"""Each thing that a text has to say, in words, and whether it is found there."""


def text_that_says(rubric: Rubric, thing: str) -> Judge:
    """A text in a learner's own words; `thing` is what it is called, such as "letter".

    It is read by words and numbers alone, so what is said of it is what was not *found*.
    """

    def judge(answer: Any, right: str, cases: Cases) -> str | None:
        text = getattr(answer, "text", answer)
        if not isinstance(text, str):
            said = "A text is asked for, between quotation marks; this is {what}."
            return say(said, what=described(answer))
        found, wanted = rubric(text, cases), rubric(right, cases)
        if found == wanted:
            return None
        lacking = [name for name, there in wanted.items() if there and not found[name]]
        share = 1 - len(lacking) / max(1, sum(wanted.values()))
        asked = sum(wanted.values())
        said = say(
            "Not found in your {text} yet: {lacking}. Of {things}, {there} are there. "
            "If you have said it, say it in plainer words: a program reads this.",
            text=say(thing),
            lacking=listing(lacking),
            things=count_of(asked, "thing"),
            there=asked - len(lacking),
        )
        return Shortfall(said, share)

    return judge
