"""People's text on a page: shown exactly as it is stored.

A name with `<` in it is never taken for markup, and a price with `$` in it is
never typeset as mathematics.
"""

from __future__ import annotations

import html
from datetime import date


def escaped(text: object) -> str:
    """Text made safe to stand inside HTML.

    >>> escaped("<b>O'Neill</b> owes $50 or $60")
    '<span class="tex2jax_ignore">&lt;b&gt;O&#x27;Neill&lt;/b&gt; owes $50 or $60</span>'
    """
    return f'<span class="tex2jax_ignore">{html.escape(str(text))}</span>'


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
