"""Requests: which kind of support, and by whom, fits what a customer asks for.

The rules are tried from the first to the last, and the first that fits decides. The words
that people use stand in `requests.toml`, in English, Spanish and Hindi; a request is read
for all of them, since people mix languages.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retailkit.catalogue import say
from retailkit.narratives import plain
from retailkit.records import is_nothing
from retailkit.services import (
    Provider,
    ServiceType,
    SupportActivity,
    SupportType,
    provider_of,
    service_type_of,
)
from retailkit.text import spoken

# the letters of Hindi hang on each other, and Python counts the hanging ones as no letters
LETTERS = re.compile(r"[\w\u0900-\u0963]+")


@dataclass(frozen=True, kw_only=True, repr=False)
class Advice:
    """Where a request belongs: the kind of support (none for work on goods), and who gives it."""

    support_type: SupportType | None
    activity: SupportActivity | None
    provider: Provider | None
    because: str

    @property
    def service_type(self) -> ServiceType | None:
        """The kind of service that this is; none where nothing is known."""
        return None if self.activity is None else service_type_of(self.activity)

    def __repr__(self) -> str:
        return self.because


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Words to look for, and what follows where a request has them."""

    words: str
    support_type: SupportType | None
    activity: SupportActivity
    reason: str


RULES: tuple[Rule, ...] = (
    Rule(
        words="learns",
        support_type=SupportType.TRAINING,
        activity=SupportActivity.TRAINING,
        reason="wants to learn how to use it",
    ),
    Rule(
        words="in_store",
        support_type=SupportType.ONSITE_CUSTOMER,
        activity=SupportActivity.OTHER,
        reason="asks in the store",
    ),
    Rule(
        words="shown",
        support_type=SupportType.TRAINING,
        activity=SupportActivity.TRAINING,
        reason="wants to be shown how to use it",
    ),
    Rule(
        words="mend",
        support_type=None,
        activity=SupportActivity.WARRANTY,
        reason="says that it is broken",
    ),
    Rule(
        words="put_up",
        support_type=None,
        activity=SupportActivity.INSTALLATION,
        reason="wants it put up",
    ),
    Rule(
        words="technology",
        support_type=SupportType.ONLINE_TECHNICAL,
        activity=SupportActivity.OTHER,
        reason="is at home and asks about the technology in it",
    ),
)
"""The rules, the first that fits decides: learning and being in the store say most."""


def right_support(request: str | None, category: str | None = None) -> Advice:
    """The kind of support and the provider that fit a request, with the reason.

    `category` is that of the product, as in `shop.products`; it decides who gives the support,
    and the kind too where the words tell nothing. Where neither does, every answer is None,
    and the reason says what to ask.

    >>> right_support("I would like to learn all that the tablet can do.")
    Training by the retailer: the customer wants to learn how to use it ("learn").
    >>> right_support("A course for the hearing aid, please.", "aids").provider.value
    'third_party'
    >>> right_support("¿Cómo conecto la radio?").support_type.value
    'online_technical'
    """
    words = _read(request)
    for rule in RULES:
        if (found := _first(rule.words, words)) is not None:
            return _advice(rule, f'{say(rule.reason)} ("{found}")', category)
    if not is_nothing(category) and category in _lists()["technology_goods"]["categories"]:
        reason = say("asks about goods with technology ({category})", category=category)
        return _advice(RULES[-1], reason, category)
    because = say("Not known: ask whether the customer is in the store, and what is needed.")
    return Advice(support_type=None, activity=None, provider=None, because=because)


def _advice(rule: Rule, reason: str, category: str | None) -> Advice:
    support = rule.support_type
    goods = None if is_nothing(category) else category
    provider = provider_of(support, goods) if support else Provider.RETAILER
    return Advice(
        support_type=support,
        activity=rule.activity,
        provider=provider,
        because=say(
            "{support} by the {provider}: the customer {reason}."
            if support in (None, SupportType.TRAINING)
            else "{support} support by the {provider}: the customer {reason}.",
            support=spoken(support or rule.activity).capitalize(),
            provider=spoken(provider),
            reason=reason,
        ),
    )


def _read(text: str | None) -> str:
    """Small letters without accents or marks, a space at both ends."""
    if not isinstance(text, str):
        return " "
    return f" {' '.join(LETTERS.findall(plain(text)))} "


@functools.cache
def _lists() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("requests.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    """Every phrase of a list; each may go on after its last letter."""
    phrases = [phrase for language in _lists()[name].values() for phrase in language]
    longest_first = sorted(phrases, key=len, reverse=True)
    parts = [
        r"\S* (?:.* )?".join(re.escape(_read(part).strip()) for part in phrase.split(".."))
        for phrase in longest_first
    ]
    return re.compile(rf" ({'|'.join(parts)})")


def _first(name: str, words: str) -> str | None:
    found = _pattern(name).search(words)
    return None if found is None else found.group(1)
