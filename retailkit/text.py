"""People's text on a page: shown exactly as it is stored.

A name with `<` in it is never taken for markup, and a price with `$` in it is
never typeset as mathematics.
"""

from __future__ import annotations

import html
import re
from datetime import date

from retailkit.catalogue import ENGLISH, language, later, say

LOST_ON_A_PAGE = re.compile(r"^[ ]|[ ]$|[ ]{2}|[\t\n\r\f]")
"""White space that a page does not show unless it is told to."""

_FROM_THE_RIGHT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
RIGHT_TO_LEFT = re.compile(f"[{_FROM_THE_RIGHT}]")
"""Letters that are written from the right: Hebrew, Arabic and their neighbours."""

_FROM_THE_LEFT = "A-Za-z\u00c0-\u058f\u0900-\u1fff"
LEFT_TO_RIGHT = re.compile(f"[{_FROM_THE_LEFT}]")
_QUOTED = f"(?<=[“«])[^“”«»]*[{_FROM_THE_RIGHT}][^“”«»]*(?=[”»])"
_RUN = f"[{_FROM_THE_RIGHT}](?:[^{_FROM_THE_LEFT}“”«»\\n]*[{_FROM_THE_RIGHT}])?"
APART = re.compile(f"({_QUOTED}|{_RUN})")
"""A piece written from the right: what is quoted as a whole, or else from letter to letter."""


def sound_text(name: str, text: str) -> str:
    """The text itself, if every store and every file can hold it.

    Raises ValueError for the two things that none can: the NUL character, and half of a
    pair of characters (a lone surrogate), which a broken program leaves behind.

    >>> sound_text("note", "<b>Ana</b>")
    '<b>Ana</b>'
    """
    if "\0" in text:
        raise ValueError(
            say(
                "{name}: the text holds the character NUL, at which many programs stop reading. "
                "Take it out; it cannot be seen.",
                name=name,
            )
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(
            say(
                "{name}: the text holds half of a character (a lone surrogate). "
                "Take it from the source again, read as UTF-8.",
                name=name,
            )
        ) from None
    return text


def escaped(text: object) -> str:
    """Text made safe to stand inside HTML.

    >>> escaped("<b>O'Neill</b> owes $50 or $60")
    '<span class="tex2jax_ignore">&lt;b&gt;O&#x27;Neill&lt;/b&gt; owes $50 or $60</span>'

    What is written from the right keeps its order, and the rest of the line keeps its own.

    >>> escaped("Order 7 of דנה 3 pieces")
    '<span class="tex2jax_ignore">Order 7 of <bdi>דנה</bdi> 3 pieces</span>'
    """
    text = str(text)
    if RIGHT_TO_LEFT.search(text) and not LEFT_TO_RIGHT.search(text):
        direction, pieces = ' dir="auto"', [_safe(text)]
    else:
        direction, pieces = "", [_safe(piece) for piece in APART.split(text)]
        pieces[1::2] = [f"<bdi>{piece}</bdi>" for piece in pieces[1::2]]
    style = ' style="white-space: pre-wrap"' if LOST_ON_A_PAGE.search(text) else ""
    return f'<span class="tex2jax_ignore"{direction}{style}>{"".join(pieces)}</span>'


def _safe(text: str) -> str:
    # a page would make one line end of two, and one blank of many
    return html.escape(text).replace("\r", "&#13;")


def day(moment: date) -> str:
    """A day as people write it.

    >>> day(date(2026, 3, 6))
    '6 March 2026'
    """
    if language() == ENGLISH:
        return f"{moment.day} {moment:%B %Y}"
    from babel.dates import format_date

    return str(format_date(moment, "long", locale=language()))


def weekday(moment: date) -> str:
    """The day of the week of a day.

    >>> weekday(date(2026, 3, 6))
    'Friday'
    """
    return _dated(moment, "%A", "EEEE")


def month(moment: date) -> str:
    """The month of a day, with its year.

    >>> month(date(2026, 3, 6))
    'March 2026'
    """
    return _dated(moment, "%B %Y", "MMMM 'de' y")


def day_of_year(moment: date) -> str:
    """A day as people write it that comes every year.

    >>> day_of_year(date(2026, 3, 6))
    '6 March'
    """
    return _dated(moment, f"{moment.day} %B", "d 'de' MMMM")


def _dated(moment: date, english: str, spanish: str) -> str:
    if language() == ENGLISH:
        return f"{moment:{english}}"
    from babel.dates import format_date

    return str(format_date(moment, spanish, locale=language()))


def spoken(word: str | None) -> str:
    """A word of a vocabulary as people say it.

    >>> spoken("not_delivered"), spoken(None)
    ('not delivered', 'not known')
    """
    return say("not known" if word is None else word.replace("_", " "))


def typed(word: str) -> str:
    """A word that is typed as it stands, with its meaning where the learner's language is another.

    >>> typed("serious")
    'serious'
    """
    return word if language() == ENGLISH else f"{word} ({spoken(word)})"


def short_day(moment: date) -> str:
    """A day where there is little room.

    >>> short_day(date(2026, 3, 6))
    '6 Mar 2026'
    """
    return _dated(moment, f"{moment.day} %b %Y", "d MMM y")


def short_month(moment: date) -> str:
    """The month of a day where there is little room.

    >>> short_month(date(2026, 3, 6))
    'Mar 2026'
    """
    return _dated(moment, "%b %Y", "MMM y")


class Sentences(list[str]):
    """A list of sentences that shows itself one to a line.

    >>> Sentences(["The door is open.", "Come in."])
    The door is open.
    Come in.
    >>> Sentences()
    Nothing to say.
    """

    when_empty = later("Nothing to say.")

    def __repr__(self) -> str:
        return "\n".join(self) or say(self.when_empty)

    def _repr_html_(self) -> str:
        return "<br>".join(escaped(line) for line in list(self) or [say(self.when_empty)])


class Problems(Sentences):
    """What is to be put right, one sentence each.

    >>> Problems()
    Nothing to put right.
    """

    when_empty = later("Nothing to put right.")
