"""How a sentence of the course names a product."""

from __future__ import annotations

from retailkit.catalogue import ENGLISH, language
from retailkit.generate.languages import language as words_of


def the_product(name: str) -> str:
    """A product as the learner's language names it: in English alone, in Spanish with its article.

    >>> the_product("kettle")
    'kettle'
    """
    if language() == ENGLISH:
        return name
    words = words_of(language()).words
    return str(words[name]["the"]) if name in words else name
