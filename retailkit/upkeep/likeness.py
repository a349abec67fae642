"""Likeness: what speaks for and against two records being of one person."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from retailkit.catalogue import later, say
from retailkit.words import listing

UNKNOWN = "unknown"
LONG_NAME = 8
"""A slip in a name of so many letters hardly ever makes another name."""

KNOWN_NAME = 3
"""A name that so many people in the list have is a name, and no slip of the pen."""

A_GENERATION = 12
"""Birthdays on one day of the year, so many years apart or more, are of two people."""

COMMON_NAME = 2
"""The full name of more records than these says the less, the more they are."""


@dataclass(frozen=True)
class Person:
    """One record as it is compared: keys, all of them empty where not known."""

    number: str
    given: str
    family: str
    gender: str
    born: date | None
    email: str
    phone: str
    landline: bool
    street: str
    postcode: str
    household: str


@dataclass(frozen=True)
class Counts:
    """How many records have each given name, and each full name."""

    given: Mapping[str, int]
    full: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, repr=False)
class Likeness:
    """How alike two records are: a score from 0 to 1, why, and what agrees how."""

    score: float
    agrees: Mapping[str, str]

    @property
    def because(self) -> str:
        """What speaks for one person and what against, in a sentence or two."""
        same = [say(SAYS[name, how]) for name, how in self.agrees.items() if (name, how) in SAYS]
        other = [name for name, how in self.agrees.items() if how in {"differs", "near"}]
        parts = [f"{listing(same).capitalize()}."] if same else [say("Nothing in common.")]
        against = [say(SPOKEN[name]) for name in other if name in SPOKEN]
        parts += [say("But another {against}.", against=listing(against))] if against else []
        namesakes = self.agrees["given_name"] == self.agrees["home"] == "same"
        if namesakes and self.agrees["birthday"] == UNKNOWN:
            parts.append(say("No two birthdays to compare: parent and child may have one name."))
        return " ".join(parts)

    @property
    def household(self) -> bool:
        """Whether they look like two people of one home."""
        together = {self.agrees["home"], self.agrees["landline"], self.agrees["mobile"]}
        two_people = self.agrees["given_name"] in {"differs", "near"}
        two_people |= self.agrees["birthday"] == "differs"
        return two_people and ("same" in together or self.agrees["email"] == "same")

    def __repr__(self) -> str:
        return f"{self.score:.2f}: {self.because}"


SAYS = {
    ("given_name", "same"): later("same first name"),
    ("given_name", "slip"): later("first name with a slip of the pen"),
    ("given_name", "part"): later("part of the first name"),
    ("family_name", "same"): later("same family name"),
    ("family_name", "slip"): later("family name with a slip of the pen"),
    ("family_name", "part"): later("part of the family name"),
    ("birthday", "same"): later("same birthday"),
    ("birthday", "slip"): later("birthday with one figure wrong or changed round"),
    ("email", "same"): later("same e-mail address"),
    ("mobile", "same"): later("same mobile number"),
    ("landline", "same"): later("same landline"),
    ("home", "same"): later("same home"),
}
SPOKEN = {
    "given_name": later("first name"),
    "family_name": later("family name"),
    "birthday": later("birthday"),
    "gender": later("gender"),
    "email": later("e-mail address"),
    "mobile": later("telephone number"),
    "home": later("address"),
}


@functools.cache
def strengths() -> dict[str, Any]:
    """What each kind of agreement says, from `likeness.toml`."""
    text = resources.files(__package__).joinpath("likeness.toml").read_text("utf-8")
    return tomllib.loads(text)


def likeness(one: Person, other: Person, counts: Counts) -> Likeness:
    """How alike two records are.

    What is not known on either side says nothing. Each thing that agrees or differs adds
    what `likeness.toml` says.
    """
    agrees = _agreement(one, other, counts)
    said = strengths()
    points: float = said["before_looking"]
    contacts = ("email", "mobile", "landline")
    points += sum(said[name].get(how, 0.0) for name, how in agrees.items() if name not in contacts)
    points += _of_contacts(agrees)
    points -= _of_common_name(one, other, agrees, counts)
    return Likeness(score=1 / (1 + math.exp(-points)), agrees=agrees)


def _of_contacts(agrees: Mapping[str, str]) -> float:
    said = strengths()
    shared = sorted(
        (said[name]["same"] for name in ("email", "mobile", "landline") if agrees[name] == "same"),
        reverse=True,
    )
    if agrees["landline"] == agrees["home"] == "same":
        shared[shared.index(said["landline"]["same"])] = said["further"]["landline_at_home"]
    lost = sum(said[name]["differs"] for name in ("email", "mobile") if agrees[name] == "differs")
    more = said["further"]["second_contact"] * (len(shared) - 1)
    return float(lost + (max(shared) + more if shared else 0))


def _of_common_name(one: Person, other: Person, agrees: Mapping[str, str], counts: Counts) -> float:
    """What a name that many have says less than one that few have."""
    if agrees["given_name"] != "same" or agrees["family_name"] != "same":
        return 0.0
    bearers = max(counts.full.get(full_name(person), 1) for person in (one, other))
    return math.log(max(bearers / COMMON_NAME, 1))


def _agreement(one: Person, other: Person, counts: Counts) -> dict[str, str]:
    swapped = bool(one.given) and (one.given, one.family) == (other.family, other.given)
    phone = _same(one.phone, other.phone)
    line = "landline" if phone == "same" and one.landline else "mobile"
    return {
        "given_name": "same" if swapped else _given(one.given, other.given, counts),
        "family_name": "same" if swapped else _family(one.family, other.family),
        "birthday": _birthday(one.born, other.born),
        "email": _same(one.email, other.email),
        "mobile": phone if line == "mobile" else UNKNOWN,
        "landline": phone if line == "landline" else UNKNOWN,
        "home": _home(one, other),
        "gender": _same(one.gender, other.gender),
    }


def full_name(person: Person) -> str:
    """All words of a name in the order of the alphabet: which stands first does not matter."""
    return " ".join(sorted(f"{person.given} {person.family}".split()))


def _same(one: str, other: str) -> str:
    if not one or not other:
        return UNKNOWN
    return "same" if one == other else "differs"


def _given(one: str, other: str, counts: Counts) -> str:
    how = _name(one, other)
    if how != "slip" or max(len(one), len(other)) >= LONG_NAME:
        return how
    rare, common = sorted((counts.given.get(one, 1), counts.given.get(other, 1)))
    return "slip" if rare == 1 and common >= KNOWN_NAME else "near"


def _family(one: str, other: str) -> str:
    how = _name(one, other)
    # nobody is a twin by a family name, so more may be wrong in it
    long = max(len(one), len(other)) >= 5
    return "slip" if how == "differs" and long and OSA.distance(one, other) <= 2 else how


def _name(one: str, other: str) -> str:
    if not one or not other:
        return UNKNOWN
    mine, theirs = sorted(one.split()), sorted(other.split())
    if mine == theirs:
        return "same"
    if set(mine) < set(theirs) or set(theirs) < set(mine):
        return "part"
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and long.startswith(short):
        return "part"
    words, others = one.split(), other.split()
    if len(words) == len(others) and all(map(_is_slip, words, others)):
        return "slip"
    return "differs"


def _is_slip(one: str, other: str) -> bool:
    """One letter wrong, missing, too many or changed round; two in a long word."""
    length = max(len(one), len(other))
    allowed = 2 if length >= LONG_NAME else int(length >= 4)
    return OSA.distance(one, other) <= allowed


def _birthday(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return UNKNOWN
    if one == other:
        return "same"
    turned = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    equal = sum(mine == theirs for mine, theirs in pairs)
    if turned or (equal == 2 and abs(one.year - other.year) < A_GENERATION):
        return "slip"
    return "differs"


def _home(one: Person, other: Person) -> str:
    if one.household and one.household == other.household:
        return "same"
    if not one.street or not other.street:
        return UNKNOWN
    if one.postcode and other.postcode and one.postcode != other.postcode:
        return "differs"
    houses = [{word for word in each.street.split() if word.isdigit()} for each in (one, other)]
    alike = fuzz.token_sort_ratio(one.street, other.street) >= 85
    return "same" if houses[0] == houses[1] and alike else "differs"
