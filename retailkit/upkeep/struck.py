"""Striking out: a person's name and contacts taken out of what was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from retailkit.catalogue import later, say
from retailkit.upkeep.keys import BETWEEN_WORDS, plain

STRUCK = later("[struck out]")
BETWEEN_FIGURES = r"[\s().-]*"
NO_BETWEEN = str.maketrans("", "", " \t\n\xa0().-")
TELLING_FIGURES = 9
"""By so many figures at its end a telephone number is known, however it is written."""


@dataclass(frozen=True)
class Strike:
    """What is to be struck out: one pattern, looked for in plain letters."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    figures: tuple[str, ...]

    def in_text(self, text: object) -> object:
        """The text with whatever is found struck out; anything else as it is.

        >>> strike_of(["María Núñez"], []).in_text("maria nuñez called; Maria did not.")
        '[struck out] called; Maria did not.'
        """
        if not isinstance(text, str) or not self.may_be_in(text):
            return text
        whole, letters, places = unicodedata.normalize("NFC", text), [], []
        for place, letter in enumerate(whole):
            folded = plain(letter)
            letters.append(folded)
            places += [place] * len(folded)
        kept, end = [], 0
        for found in self.pattern.finditer("".join(letters)):
            kept.append(whole[end : places[found.start()]])
            end = places[found.end() - 1] + 1
        return say(STRUCK).join([*kept, whole[end:]])

    def may_be_in(self, text: str) -> bool:
        """Whether a closer look is worth it: most texts are passed over by this alone."""
        text = plain(text)
        bare = text.translate(NO_BETWEEN) if self.figures else ""
        return any(word in text for word in self.words) or any(
            figures in bare for figures in self.figures
        )


def strike_of(texts: Iterable[str], phones: Iterable[str]) -> Strike:
    """A strike for texts as whole words, and for telephone numbers by their last figures."""
    wanted = sorted({text for text in texts if text.strip()}, key=len, reverse=True)
    patterns = [_whole_words(text) for text in wanted]
    patterns += [_number(phone) for phone in phones if re.search(r"\d", phone)]
    return Strike(
        pattern=re.compile("|".join(patterns) or r"(?!)"),
        words=tuple({_first_word(text) for text in wanted}),
        figures=tuple(re.sub(r"\D", "", phone)[-TELLING_FIGURES:] for phone in phones),
    )


def _first_word(text: str) -> str:
    words = re.split("['’]", BETWEEN_WORDS.split(plain(text).strip())[0])
    return max(words, key=len)


def _whole_words(text: str) -> str:
    words = [re.escape(word) for word in BETWEEN_WORDS.split(plain(text)) if word]
    together = re.sub("['’]", "['’]", BETWEEN_WORDS.pattern.join(words))
    return rf"(?<!\w){together}(?!\w)"


def _number(phone: str) -> str:
    figures = re.sub(r"\D", "", phone)
    known, before = figures[-TELLING_FIGURES:], figures[:-TELLING_FIGURES]
    end = BETWEEN_FIGURES.join(known)
    country = rf"(?:\+?{BETWEEN_FIGURES.join(before)}{BETWEEN_FIGURES})?" if before else ""
    return rf"(?<!\d){country}0?{end}(?!\d)"
