"""Whether a letter carries what it must: seen by reading its words, however it was made."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib import resources
from typing import Any

from retailkit.markets import rules_of
from retailkit.records import need_word
from retailkit.words import Word, not_a

LANGUAGES = ("en", "es", "hi")
"""The languages in which letters are written and read."""


class Required(Word):
    """What a letter or a form must carry."""

    REFERENCE = "reference", "The number of the case."
    WHO = "who", "Who is responsible for it."
    DEADLINES = "deadlines", "By when there will be an answer."
    WHERE = "where", "Where to bring what belongs to it."
    MEANS = "means", "By which other means it may be sent."
    TRACKING = "tracking", "How to find out how it stands."
    OPTIONS = "options", "Where to turn outside the shop."
    ASKED = "asked", "What the customer is asked for."
    STANDING = "standing", "How the case stands."
    REASONS = "reasons", "The reasons for the decision."
    PROPOSAL = "proposal", "What the shop proposes, where the place asks for that."
    OPT_OUT = "opt_out", "How to be sent no more of these."
    REASON = "reason", "On the form: what the matter is about."
    SOLUTION_DESIRED = "solution_desired", "On the form: what would put it right."
    PRODUCT_OR_SERVICE = "product_or_service", "On the form: what it is about."
    ANSWER_DEADLINE = "answer_deadline", "On the form: by when the shop answers."
    CUSTOMER_IDENTIFICATION = "customer_identification", "On the form: who the customer is."
    ACTION_TAKEN = "action_taken", "On the form: what has been done, if anything."
    ACKNOWLEDGEMENT = "acknowledgement", "On the form: that the shop has received it."


def missing(text: str, kind: str, market: str = "generic", language: str = "en") -> list[Required]:
    """What a letter of this kind fails to carry, in this place and language.

    Raises ValueError for a kind, a market or a language that is not known.

    >>> missing("Your case CL-1 is closed. We will not pay.", "answer")
    [<Required.REASONS: 'reasons'>, <Required.WHO: 'who'>, <Required.OPTIONS: 'options'>]
    """
    patterns = _patterns()
    need_word(kind, patterns["requires"], "letter that is read")
    if language not in LANGUAGES:
        raise ValueError(not_a("language that is read", language, LANGUAGES))
    rules = rules_of(market)
    wanted = [Required(name) for name in patterns["requires"][kind]]
    if kind == "answer" and "proposal" in rules.must_give.value:
        wanted.append(Required.PROPOSAL)
    read = small(text)
    return [thing for thing in wanted if not _carries(read, thing, market, language)]


def small(text: str) -> str:
    r"""A text as it is read: small letters, each written in one way, lines kept.

    >>> small("Your  CASE\nis open.")
    'your case\nis open.'
    """
    lines = unicodedata.normalize("NFC", text).casefold().splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def _carries(read: str, thing: Required, market: str, language: str) -> bool:
    if thing == Required.OPTIONS:
        return bool(_places(market).search(read))
    several = _patterns()[language]["two_of"].get(thing)
    if several is None:
        return bool(_pattern(language, thing).search(read))
    sentences = re.split(r"[.।\n]", read)
    return any(
        sum(bool(re.search(small(word), sentence)) for word in several) > 1
        for sentence in sentences
    )


@functools.cache
def _places(market: str) -> re.Pattern[str]:
    """The names by which the places outside the shop are known."""
    names = [small(name) for rung in rules_of(market).ladder for name in rung.known_by]
    # a name stands as a whole word, one or many: a court is not in "courteous"
    return re.compile("|".join(rf"(?<![a-z]){re.escape(name)}s?(?![a-z])" for name in names))


@functools.cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return re.compile(unicodedata.normalize("NFC", _patterns()[language][name]))


@functools.cache
def private_words(language: str) -> re.Pattern[str]:
    """Words that tell something private about somebody at work."""
    return re.compile(unicodedata.normalize("NFC", _patterns()["staff_private"][language]))


@functools.cache
def _patterns() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("patterns.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
