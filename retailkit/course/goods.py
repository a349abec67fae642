"""How a sentence of the course names a product."""

from __future__ import annotations

from retailkit.catalogue import ENGLISH, language, later, say
from retailkit.generate.languages import language as words_of


def the_product(name: str) -> str:
    """A product as the learner's language names it: in English alone, in Spanish with its article.

    >>> the_product("kettle")
    'kettle'
    """
    if language() == ENGLISH:
        return name
    words = words_of(language()).words
    return str(words[name]["the"]) if name in words else say(name)


IN_BRITAIN = (
    later("electric blanket"),
    later("umbrella stand"),
    later("teapot"),
    later("slow cooker"),
    later("dehumidifier"),
    later("string of lights"),
)
"""What the course's British shop sells besides: the generator's Spanish has no words for it."""
