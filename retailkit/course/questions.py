"""The questions of a quiz: choice, several, number and matching, each option with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retailkit.shop import Shop


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something to choose, whether it is right, and the sentence for whoever chooses it."""

    text: str
    is_right: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field of a question, and how its answer is judged: right or not, and a sentence.

    `choices` are what may be chosen; there are none where a number, or yes or no, is asked for.
    """

    asks: str
    judged: Callable[[Any, Shop], tuple[bool, str]]
    right: Callable[[Shop], Any]
    choices: tuple[str, ...] = ()
    answer: type = str


@dataclass(frozen=True, kw_only=True)
class QuizQuestion:
    """One question: the facts it rests on, its fields, and all that is said of its options."""

    kind: str
    needs: tuple[str, ...]
    asks: str
    parts: tuple[Part, ...]
    sentences: tuple[str, ...]


def yes(text: str, says: str) -> Option:
    """An option that is right."""
    return Option(text=text, is_right=True, says=says)


def no(text: str, says: str) -> Option:
    """An option that is not right."""
    return Option(text=text, is_right=False, says=says)


def choice(needs: str, asks: str, *options: Option) -> QuizQuestion:
    """One option is right. `needs` are the ids of the facts it rests on, like "A1 B2"."""
    by_text = {option.text: option for option in options}
    (right,) = [option.text for option in options if option.is_right]
    part = Part(
        asks=asks,
        judged=lambda text, shop: (by_text[text].is_right, by_text[text].says),
        right=lambda shop: right,
        choices=tuple(by_text),
    )
    return _question("choice", needs, asks, [part], [option.says for option in options])


def several(needs: str, asks: str, *options: Option) -> QuizQuestion:
    """Any number of the options is right; each is answered with yes or no."""
    parts = [_yes_or_no(option) for option in options]
    return _question("several", needs, asks, parts, [option.says for option in options])


def _yes_or_no(option: Option) -> Part:
    return Part(
        asks=option.text,
        judged=lambda said, shop: (said is option.is_right, option.says),
        right=lambda shop: option.is_right,
        answer=bool,
    )


def matching(needs: str, asks: str, *pairs: tuple[str, str, str]) -> QuizQuestion:
    """To each thing its partner is chosen; a pair is the thing, the partner, and why."""
    partners = tuple(dict.fromkeys(partner for _, partner, _ in pairs))
    parts = [_partner(*pair, partners) for pair in pairs]
    return _question("matching", needs, asks, parts, [says for _, _, says in pairs])


def _partner(thing: str, wanted: str, says: str, partners: tuple[str, ...]) -> Part:
    return Part(
        asks=thing,
        judged=lambda text, shop: (text == wanted, says),
        right=lambda shop: wanted,
        choices=partners,
    )


def number(
    needs: str,
    asks: str,
    right: Callable[[Shop], float],
    says: str,
    otherwise: str,
    *known: tuple[Callable[[Shop], float], str],
) -> QuizQuestion:
    """A number is asked for. `known` are wrong ones that are often given, with their sentences."""

    def judged(given: float, shop: Shop) -> tuple[bool, str]:
        if _same(given, right(shop)):
            return True, says
        return False, next((text for slip, text in known if _same(given, slip(shop))), otherwise)

    part = Part(asks=asks, judged=judged, right=right, answer=float)
    return _question("number", needs, asks, [part], [says, otherwise, *(text for _, text in known)])


def _question(
    kind: str, needs: str, asks: str, parts: list[Part], sentences: list[str]
) -> QuizQuestion:
    return QuizQuestion(
        kind=kind,
        needs=tuple(needs.split()),
        asks=asks,
        parts=tuple(parts),
        sentences=tuple(sentences),
    )


def _same(given: float, wanted: float) -> bool:
    return abs(given - wanted) <= 1e-6 * max(1.0, abs(wanted))
