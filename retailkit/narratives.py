"""Reading what people wrote: whether a text asks for something, or names a danger.

The phrases stand in `narratives.toml`, in English, Spanish and Hindi; a text is read
for all of them, since people mix languages. Only facts are looked for; how angry a
text sounds says nothing about how serious the case is.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from importlib import resources

from retailkit.words import Word

BETWEEN = 6
"""How many words two dots in a phrase stand for, at most."""

MARK = "."
"""What is left of a phrase that was taken out. No phrase reaches across a mark."""


NEW_CLAUSE = frozenset(
    ("and", "but", "so", "because", "when", "while", "until", "or", "y", "pero", "porque", "cuando",
     "hasta", "o", "और", "लेकिन", "मगर", "जब")
)  # fmt: skip
"""Words after which a denial denies no longer: "nobody came, and I was hurt"."""


class Signal(Word):
    """What a text can tell."""

    ASKS = "asks", "Asks for something to put the matter right."
    HAZARD = "hazard", "Names an injury, or something that could injure."
    PRIVACY = "privacy", "Says that somebody's data reached somebody else."
    DISCRIMINATION = "discrimination", "Says that somebody was treated worse for who they are."


def tells(signal: Signal | str, text: str | None) -> bool | None:
    """Whether a text tells this: True or False, and None where there is no text.

    >>> tells("asks", "It is broken and I want my money back!")
    True
    >>> tells("hazard", "There was no smoke, the lamp is simply dark.")
    False
    >>> tells("asks", "¿Pueden reparar la lámpara?"), tells("hazard", "लैंप से धुआँ निकला।")
    (True, True)
    >>> tells("asks", None) is None
    True
    """
    if not isinstance(text, str) or not text.strip():
        return None
    return phrase(signal, text) is not None


def phrase(signal: Signal | str, text: str | None) -> str | None:
    """The words of a text that tell this, in small letters; None where it does not.

    >>> phrase("asks", "It is broken and I want my money back!")
    'i want'
    """
    says, says_not = _phrases(Signal(signal))
    words = says_not.taken_out(_read(text or ""))
    found = next(((at, end) for at in says.begin(words) if (end := says.end(words, at))), None)
    if found is None:
        return None
    as_said = {_piece(piece).written: piece for piece in _pieces(text or "")}
    return " ".join(as_said.get(word.written, word.written) for word in words[slice(*found)])


def plain(text: str) -> str:
    """Small letters, no accents, single spaces: how texts and phrases are compared.

    >>> plain("¡Quiero  la DEVOLUCIÓN!")
    'quiero la devolucion!'
    """
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join(_NOT_PLAIN.sub(_unaccented, letters).split())


_NOT_PLAIN = re.compile(r"[^\x00-\x7f]")


def _unaccented(letter: re.Match[str]) -> str:
    left_out = unicodedata.combining(letter[0]) or letter[0] in "¡¿"
    return "" if left_out else letter[0]


# the letters of Hindi hang on each other, and Python counts the hanging ones as no letters
_PIECE = re.compile(r"[\w'\u0900-\u0963\u0966-\u097f]+\*?|\.\.|[^\w\s]")
_AS_OFTEN_WRITTEN = str.maketrans({"ी": "ि", "ू": "ु", "ँ": None, "ं": None, "-": " "})
_DOUBLE = re.compile(r"([a-z])\1")


def _pieces(text: str) -> list[str]:
    """Words and marks, without what people leave out when they write.

    Those are accents, and in Hindi the length of vowels and the dots above.
    """
    found = _PIECE.findall(plain(text).translate(_AS_OFTEN_WRITTEN))
    return [piece.strip("'") or MARK for piece in found]


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A word or a mark of a text, one object for every time it stands there.

    `written` is without double letters; `meant` is the same for every slip that
    swaps, doubles or drops an inner letter of a longer word.
    """

    written: str
    meant: str


@functools.lru_cache(maxsize=65536)
def _piece(word: str) -> _Piece:
    written = _DOUBLE.sub(r"\1", word)
    if len(word) < 5 or not word.isascii():
        return _Piece(written, written)
    return _Piece(written, f"{word[0]}{''.join(sorted(set(word[1:-1])))}{word[-1]}")


_Words = tuple[_Piece, ...]
_TAKEN_OUT = _Piece(MARK, MARK)
_NEW_CLAUSE = frozenset(piece for word in NEW_CLAUSE for piece in _pieces(word))


# a book of so many cases is read for one signal after the other
@functools.lru_cache(maxsize=32_768)
def _read(text: str) -> _Words:
    return tuple(map(_piece, _pieces(text)))


@dataclass
class _Phrases:
    """Phrases by their first word. `stems` holds those whose first word may end in any way.

    The two dots of a phrase reach across no mark, and across none of the `stops`.
    """

    stops: frozenset[str]
    whole: dict[str, list[list[str]]] = field(default_factory=dict)
    stems: dict[str, list[list[str]]] = field(default_factory=dict)
    by_word: _ByFirstWord = field(init=False)

    def __post_init__(self) -> None:
        self.by_word = _ByFirstWord(self)

    @classmethod
    def of(cls, lines: list[str], stops: frozenset[str] = frozenset()) -> _Phrases:
        phrases = cls(stops)
        # the longest first: "not want my money back" before "not want"
        for line in sorted(lines, key=len, reverse=True):
            parts = [
                _DOUBLE.sub(r"\1", part) if "*" in part else _piece(part).meant
                for part in _pieces(line)
            ]
            if "*" in parts[0]:
                phrases.stems.setdefault(parts[0][:2], []).append(parts)
            else:
                phrases.whole.setdefault(parts[0], []).append(parts)
        return phrases

    def begin(self, words: _Words) -> list[int]:
        """The places of the words with which a phrase begins."""
        return [at for at, word in enumerate(words) if self.by_word[word]]

    def end(self, words: _Words, at: int) -> int | None:
        """Where a phrase that begins at this word ends, if one does."""
        for phrase in self.by_word[words[at]]:
            if end := _end(phrase, words, at, self.stops):
                return end
        return None

    def taken_out(self, words: _Words) -> _Words:
        """The words that remain, with a mark where a phrase was."""
        kept: list[_Piece] = []
        done = 0
        for at in self.begin(words):
            end = self.end(words, at) if at >= done else None
            if end:
                kept += [*words[done:at], _TAKEN_OUT]
                done = end
        return (*kept, *words[done:])


class _ByFirstWord(dict[_Piece, list[list[str]]]):
    """The phrases that begin with a word; each word is looked up once, since most begin none."""

    def __init__(self, phrases: _Phrases) -> None:
        super().__init__()
        self.phrases = phrases

    def __missing__(self, word: _Piece) -> list[list[str]]:
        stems = self.phrases.stems.get(word.written[:2], ())
        same = (phrase for phrase in stems if _same(phrase[0], word))
        self[word] = [*self.phrases.whole.get(word.meant, ()), *same]
        return self[word]


def _end(phrase: list[str], words: _Words, at: int, stops: frozenset[str]) -> int | None:
    """Where the phrase ends if it begins here."""
    for place, part in enumerate(phrase):
        if part == "..":
            return _after_gap(phrase[place + 1 :], words, at, stops)
        if at >= len(words) or not _same(part, words[at]):
            return None
        at += 1
    return at


def _after_gap(rest: list[str], words: _Words, at: int, stops: frozenset[str]) -> int | None:
    for begin in range(at, min(at + BETWEEN, len(words)) + 1):
        if end := _end(rest, words, begin, stops):
            return end
        between = words[begin].written if begin < len(words) else MARK
        if not between[0].isalnum() or between in stops:
            return None
    return None


def _same(part: str, word: _Piece) -> bool:
    """Whether a word of a text is this word of a phrase; a star stands for any ending."""
    if part[-1] != "*":
        return part == word.meant
    stem, written = part[:-1], word.written
    if written.startswith(stem):
        return True
    long = len(stem)
    if long < 5 or not stem.isascii() or written[:1] != stem[0]:
        return False
    swapped_inside = sorted(written[:long]) == sorted(stem)
    return swapped_inside or written[: long - 1] + written[long : long + 1] == stem


@functools.cache
def _phrases(signal: Signal) -> tuple[_Phrases, _Phrases]:
    """The phrases that tell it, and those that only look as if they did, in all languages."""
    file = resources.files("retailkit").joinpath("narratives.toml")
    languages = tomllib.loads(file.read_text(encoding="utf-8"))[signal].values()
    says = [phrase for language in languages for phrase in language["says"]]
    says_not = [phrase for language in languages for phrase in language["says_not"]]
    return _Phrases.of(says), _Phrases.of(says_not, _NEW_CLAUSE)
