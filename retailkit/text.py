"""People's text on a page: shown exactly as it is stored.

A name with `<` in it is never taken for markup, and a price with `$` in it is
never typeset as mathematics.
"""

from __future__ import annotations

import html
import re
from datetime import date

LOST_ON_A_PAGE = re.compile(r"^[ ]|[ ]$|[ ]{2}|[\t\n\r\f]")
"""White space that a page does not show unless it is told to."""


def sound_text(name: str, text: str) -> str:
    """The text itself, if every store and every file can hold it.

    Raises ValueError for the two things that none can: the NUL character, and half of a
    pair of characters (a lone surrogate), which a broken program leaves behind.

    >>> sound_text("note", "<b>Ana</b>")
    '<b>Ana</b>'
    """
    if "\0" in text:
        raise ValueError(
            f"{name}: the text holds the character NUL, at which many programs stop reading. "
            "Take it out; it cannot be seen."
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(
            f"{name}: the text holds half of a character (a lone surrogate). "
            "Take it from the source again, read as UTF-8."
        ) from None
    return text


def escaped(text: object) -> str:
    """Text made safe to stand inside HTML.

    >>> escaped("<b>O'Neill</b> owes $50 or $60")
    '<span class="tex2jax_ignore">&lt;b&gt;O&#x27;Neill&lt;/b&gt; owes $50 or $60</span>'
    """
    # a page would make one line end of two, and one blank of many
    safe = html.escape(str(text)).replace("\r", "&#13;")
    style = ' style="white-space: pre-wrap"' if LOST_ON_A_PAGE.search(str(text)) else ""
    return f'<span class="tex2jax_ignore"{style}>{safe}</span>'


def day(moment: date) -> str:
    """A day as people write it.

    >>> day(date(2026, 3, 6))
    '6 March 2026'
    """
    return f"{moment.day} {moment:%B %Y}"


def spoken(word: str | None) -> str:
    """A word of a vocabulary as people say it.

    >>> spoken("not_delivered"), spoken(None)
    ('not delivered', 'not known')
    """
    return "not known" if word is None else word.replace("_", " ")


class Sentences(list[str]):
    """A list of sentences that shows itself one to a line.

    >>> Sentences(["The door is open.", "Come in."])
    The door is open.
    Come in.
    >>> Sentences()
    Nothing to say.
    """

    when_empty = "Nothing to say."

    def __repr__(self) -> str:
        return "\n".join(self) or self.when_empty

    def _repr_html_(self) -> str:
        return "<br>".join(escaped(line) for line in list(self) or [self.when_empty])


class Problems(Sentences):
    """What is to be put right, one sentence each.

    >>> Problems()
    Nothing to put right.
    """

    when_empty = "Nothing to put right."
