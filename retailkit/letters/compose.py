"""Letters put together from named paragraphs, in the customer's language.

The sentences stand in one file for each language beside this module. Putting a
letter together reads nothing but the facts it is given, and is quick: a template
is made once for each letter and filled in as often as needed.
"""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from importlib import resources
from typing import Any

from retailkit.catalogue import say
from retailkit.claims import Outcome
from retailkit.markets import rules_of
from retailkit.reading import LANGUAGES
from retailkit.records import is_nothing, need_word
from retailkit.words import listing, not_a

LOCALES = {"en": "en_GB", "es": "es_ES", "hi": "hi_IN"}
"""How each language writes days and sums."""

SOMETIMES = ("amount", "law_by", "promise_by")
"""Facts whose paragraph is left out where they are not given."""

BY_OUTCOME = "by outcome"
"""What stands in the file for a paragraph that differs with the outcome."""


def compose(
    kind: str, language: str, facts: Mapping[str, Any], without: Collection[str] = ()
) -> str:
    """The text of one letter, from its facts.

    `facts` are texts, days (`date`) and sums (numbers, with the fact `currency`), by
    the names that `facts_needed` lists. `market` tells which places outside the shop
    are named; `kind`, `remedy`, `reason`, `standing` and `outcome` are words of the
    trade, such as "refund". `without` leaves out paragraphs by name; what hangs on one,
    like "deadlines.limits", goes with it.
    Raises ValueError that names the fact that is missing, or the word that is not known.

    >>> facts = {"name": "Ana", "shop": "The corner shop", "reference": "CL-1", "market": "ES",
    ...          "standing": "investigating", "owner": "Eva Gil", "answer_by": date(2026, 4, 1)}
    >>> print(compose("status", "en", facts, without={"who", "tracking", "closing"}))
    Dear Ana,
    <BLANKLINE>
    Your reference number is CL-1.
    <BLANKLINE>
    This is how your claim stands: we are looking into it.
    <BLANKLINE>
    The day set for our answer is no later than 1 April 2026.
    """
    template = _template(
        kind,
        language,
        facts.get("outcome"),
        frozenset(without),
        tuple([name for name in SOMETIMES if name in facts]),
    )
    try:
        return template.format_map(_shown(language, facts))
    except KeyError as lacking:
        raise _lacks(kind, language, facts, lacking.args[0]) from None


def subject(kind: str, language: str, facts: Mapping[str, Any]) -> str:
    """The subject line of a letter."""
    line: str = _sentences(language)[_known(kind, language)]["subject"]
    try:
        return line.format_map(_shown(language, facts))
    except KeyError as lacking:
        raise _lacks(kind, language, facts, lacking.args[0]) from None


def kinds_of_letters() -> tuple[str, ...]:
    """The kinds of letters that there are sentences for."""
    return tuple(name for name in _sentences("en") if name != "words")


def paragraphs(kind: str, language: str = "en") -> tuple[str, ...]:
    """The names of a letter's paragraphs, in their order.

    >>> paragraphs("status")
    ('greeting', 'reference', 'standing', 'who', 'deadlines', 'tracking', 'closing')
    """
    return tuple(_sentences(language)[_known(kind, language)]["paragraphs"])


def facts_needed(kind: str, language: str = "en", outcome: str | None = None) -> list[str]:
    """The facts that a letter cannot do without.

    >>> facts_needed("status")
    ['answer_by', 'market', 'name', 'owner', 'reference', 'shop', 'standing']
    """
    text = _template(kind, language, outcome or Outcome.ACCEPTED, frozenset(), ())
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    differs = (
        {"outcome"} if BY_OUTCOME in _sentences(language)[kind]["paragraphs"].values() else set()
    )
    return sorted((names | {"market"} | differs) - {"kind", "options"})


def words(language: str, group: str | None = None) -> Mapping[str, Any]:
    """The words of a language that are filled into its letters."""
    found: Mapping[str, Any] = _sentences(language)["words"]
    return found[group] if group else found


def shown_day(day: date, language: str) -> str:
    """A day as it is written in a language.

    >>> shown_day(date(2026, 3, 6), "es")
    '6 de marzo de 2026'
    """
    return _day(day.year, day.month, day.day, language)


@functools.lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(date(year, month, day), "long", locale=LOCALES[language]))


def shown_sum(amount: float, currency: str, language: str) -> str:
    """A sum of money as it is written in a language.

    >>> shown_sum(24.5, "EUR", "en")
    '€24.50'
    """
    return _sum(amount, currency, language)


@functools.lru_cache(maxsize=65_536)
def _sum(amount: float, currency: str, language: str) -> str:
    from babel.numbers import format_currency

    return str(format_currency(amount, currency, locale=LOCALES[language]))


@functools.cache
def options_in(market: str, language: str) -> str:
    """The places outside the shop to turn to, in a language.

    >>> options_in("GB", "en")
    'an approved alternative dispute resolution body or the county court (small claims)'
    """
    names = [rung.name[language] for rung in rules_of(market).ladder]
    *most, last = names  # in the letter's language, whatever the reader's may be
    return f"{', '.join(most)} {words(language)['or']} {last}" if most else last


def _shown(language: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts as they are shown: days, sums and words of the trade in the language."""
    shown = {
        name: value if type(value) is str else _as_text(value, language, facts)
        for name, value in facts.items()
        if value is not None
    }
    tables = words(language)
    kind = need_word(shown.get("kind", "claim"), tables["kind"], "kind of case")
    shown["kind"] = tables["kind"][kind]
    for group in ("remedy", "reason", "standing"):
        if group in shown:
            shown[group] = tables[group].get(shown[group], shown[group])
    if "market" in shown and "options" not in shown:
        shown["options"] = options_in(shown["market"], language)
    return shown


def _as_text(value: object, language: str, facts: Mapping[str, Any]) -> str:
    if isinstance(value, date):
        return shown_day(value, language)
    if isinstance(value, (int, float)):
        return _sum(float(value), facts.get("currency", "EUR"), language)
    return str(value)


@functools.lru_cache(maxsize=4096)
def _template(
    kind: str, language: str, outcome: str | None, without: frozenset[str], known: tuple[str, ...]
) -> str:
    """A letter with its gaps, of the paragraphs that are wanted."""
    of_kind = _sentences(language)[_known(kind, language)]
    for name in sorted(without):
        need_word(name, of_kind["paragraphs"], say("paragraph of the letter '{kind}'", kind=kind))
    wanted = [
        _of_outcome(of_kind, name, outcome) if text == BY_OUTCOME else text
        for name, text in of_kind["paragraphs"].items()
        if not without & {name, name.partition(".")[0]}
    ]
    return "\n\n".join(text for text in wanted if text and _sometimes(text) <= set(known))


def _sometimes(text: str) -> set[str]:
    """The facts of a paragraph without which it is left out."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} & set(SOMETIMES)


def _of_outcome(of_kind: Mapping[str, Any], name: str, outcome: str | None) -> str:
    """A paragraph that differs with the outcome; nothing where it does not fit this one."""
    outcomes = of_kind["decision"]
    if is_nothing(outcome):
        choices = listing(outcomes, "or")
        raise ValueError(
            say("The letter lacks the fact 'outcome'. Choose {choices}.", choices=choices)
        )
    text: str = of_kind[name].get(
        need_word(Outcome(str(outcome)), outcomes, "outcome of a letter"), ""
    )
    return text


def _known(kind: str, language: str) -> str:
    return need_word(kind, [name for name in _sentences(language) if name != "words"], "letter")


@functools.cache
def _sentences(language: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise ValueError(not_a("language of our letters", language, LANGUAGES))
    file = resources.files(__package__).joinpath(f"sentences_{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _lacks(kind: str, language: str, facts: Mapping[str, Any], name: str) -> ValueError:
    needed = facts_needed(kind, language, facts.get("outcome"))
    return ValueError(
        say(
            "The letter '{kind}' lacks the fact {name!r}. "
            "It needs {needed}, and was given {given}.",
            kind=kind,
            name=name,
            needed=listing(needed),
            given=listing(facts),
        )
    )
