"""The words, towns and telephone numbers of a market, read from the files beside this module.

`packs/<market>.toml` says what differs from one market to the next. A market that is like
another one takes from it whatever it does not say itself.
"""

from __future__ import annotations

import functools
import json
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retailkit.generate.life import life
from retailkit.generate.mixer import wheel

if TYPE_CHECKING:
    from retailkit.columns import Text

Whole = NDArray[np.int64]
Wheels = NDArray[np.int16]
Missing = NDArray[np.bool_] | None


@dataclass(frozen=True, eq=False)
class Pool:
    """Words, and how often each is used: a wheel for all, or one for each part of the country."""

    words: tuple[str, ...]
    wheels: Wheels

    @functools.cached_property
    def text(self) -> Text:
        """The words as a column."""
        return pa.array(self.words, pa.string())

    def at(self, places: NDArray[Any], missing: Missing = None) -> Text:
        """The word at each place; nothing where it is missing."""
        return taken(self.text, places, missing)


def taken(words: Text, places: NDArray[Any], missing: Missing = None) -> Text:
    """The word at each place of a column of words; nothing where it is missing.

    >>> taken(pa.array(["Ana", "Luis"]), np.array([1, 0]), np.array([False, True])).to_pylist()
    ['Luis', None]
    """
    return words.take(pa.array(places, mask=missing))


@dataclass(frozen=True, eq=False)
class Towns:
    """The towns of a market, and how many people live in each."""

    wheel: Wheels
    city: Text
    region: Text
    postcode: Text
    first_postcode: Whole
    postcodes: Whole
    part: Whole
    landline: Whole


@dataclass(frozen=True, eq=False)
class Locale:
    """All that is needed to make the people of a market."""

    given: Pool
    family: Pool
    languages: tuple[str, ...]
    spoken: Wheels
    towns: Towns
    street: Pool
    house: Text
    house_first: bool
    facts: Mapping[str, Any]


@functools.cache
def locale_of(market: str) -> Locale:
    """The people of a market, ready to draw from.

    >>> locale_of("IN").languages
    ('hi', 'en')
    """
    facts, words = facts_of(market), pack_of(market)
    weights = _toml(facts["locale"])
    spoken = facts["languages"]["spoken"]
    languages = tuple(dict.fromkeys(word for part in spoken.values() for word in part))
    return Locale(
        given=_given(words, weights),
        family=_family(words["family"], weights["family"], list(spoken)),
        languages=languages,
        spoken=np.stack(
            [wheel([part.get(word, 0) for word in languages]) for part in spoken.values()]
        ),
        towns=_towns(facts["places"], towns_of(market), list(spoken)),
        street=_streets(facts["streets"], words["family"]),
        house=_houses(facts["places"]),
        house_first=facts["places"]["address"].startswith("{house}"),
        facts=facts,
    )


@functools.cache
def pool_of(strength: str) -> Pool:
    """The words of a strength in `life.toml`, as often as their weights say.

    >>> pool_of("gender").words
    ('female', 'male', 'open')
    """
    weights = life(strength)
    return Pool(tuple(weights), wheel(list(weights.values())))


@functools.cache
def facts_of(market: str) -> dict[str, Any]:
    """What stands in a market's file, with what it takes from the market it is like."""
    own = _toml(market)
    return (facts_of(own["like"]) if "like" in own else {}) | own


@functools.cache
def pack_of(market: str) -> dict[str, Any]:
    """The words of a market, as Faker has them: given names by gender, family names.

    >>> pack_of("ES")["locale"]
    'es_ES'
    """
    file = resources.files(__package__).joinpath("packs", f"{facts_of(market)['locale']}.json")
    pack: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return pack


def towns_of(market: str) -> list[dict[str, Any]]:
    """The towns of a market, each with its region, its postcodes and how many live there.

    >>> {town["region"] for town in towns_of("ES-AN")}
    {'Andalucía'}
    """
    facts = facts_of(market)
    towns: list[dict[str, Any]] = facts["places"]["towns"]
    return [town for town in towns if town["region"] in facts.get("regions", [town["region"]])]


def in_ascii(name: str) -> str:
    """A name with small plain letters only, as it stands in an e-mail address.

    >>> in_ascii("José Ángel"), in_ascii("O'Neill")
    ('joseangel', 'oneill')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(
        resources.files(__package__).joinpath("packs", f"{name}.toml").read_text("utf-8")
    )


def _given(words: Mapping[str, Sequence[str]], weights: Mapping[str, Any]) -> Pool:
    """Women's names, then men's; the first wheel stops at women's only, the second at men's."""
    women, men = (_weighted(words[gender], weights[gender]) for gender in ("female", "male"))
    both = (*women, *men)
    wheels = [[*women.values(), *[0] * len(men)], [*[0] * len(women), *men.values()]]
    return Pool(both, np.stack([wheel(weights) for weights in wheels]))


def _family(words: Sequence[str], listed: Mapping[str, Any], parts: list[str]) -> Pool:
    """Family names, with a wheel for each part of the country."""
    per_part = listed["per_10000"] if len(parts) > 1 else {parts[0]: listed["per_10000"]}
    known = dict.fromkeys(name for part in parts for name in per_part[part])
    names = tuple(known | dict.fromkeys(words))
    weights = [[per_part[part].get(name, listed["others"]) for name in names] for part in parts]
    return Pool(names, np.stack([wheel(some) for some in weights]))


def _weighted(words: Sequence[str], listed: Mapping[str, Any]) -> dict[str, int]:
    return dict(listed["per_10000"]) | {
        word: listed["others"] for word in words if word not in listed["per_10000"]
    }


def _towns(places: Mapping[str, Any], towns: list[dict[str, Any]], parts: list[str]) -> Towns:
    counts = np.array([town["last"] - town["first"] + 1 for town in towns])
    digits = places["postcode_digits"]
    return Towns(
        wheel=wheel([town["weight"] for town in towns]),
        city=pa.array([town["city"] for town in towns]),
        region=pa.array([town["region"] for town in towns]),
        postcode=pa.array(
            f"{town.get('area', '')}{number:0{digits}d}"
            for town in towns
            for number in range(town["first"], town["last"] + 1)
        ),
        first_postcode=np.cumsum(counts) - counts,
        postcodes=counts,
        part=np.array([parts.index(town.get("part", parts[0])) for town in towns]),
        # a browser counts in 32 bits where nothing is said
        landline=np.array([int(town.get("landline", 0)) for town in towns], dtype=np.int64),
    )


def _streets(streets: Mapping[str, Any], family: Sequence[str]) -> Pool:
    """Street names met everywhere, and others made of a kind of street and a family name."""
    common, kinds, form = streets["common"], streets["kinds"], streets["name"]
    made = [form.format(kind=kind, family=name) for kind in kinds for name in family]
    weights = [kinds[kind] for kind in kinds for _ in family]
    share = streets["common_share"]
    often = round(sum(weights) * share / (1 - share) / len(common))
    return Pool((*common, *made), wheel([often] * len(common) + weights))


def _houses(places: Mapping[str, Any]) -> Text:
    """Numbers of houses, with what stands between them and the street."""
    form = places["address"].replace("{street}", "")
    return pa.array([form.format(house=number) for number in range(1, places["houses"] + 1)])
