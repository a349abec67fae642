"""What customers are called: popular names often, and names that run in the family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retailkit.generate.households import Kin, as_named
from retailkit.generate.life import life
from retailkit.generate.locales import Locale, taken
from retailkit.generate.mixer import Dice, wheel

if TYPE_CHECKING:
    from retailkit.columns import Text

Places = NDArray[np.int16]

GENDERS = pa.array(["female", "male"])


@dataclass(frozen=True, eq=False)
class Names:
    """The names of customers, as places in the lists of their locale."""

    male: NDArray[np.int16]
    given: Places
    family: Places
    second_family: Places | None


def names_of(seed: int, locale: Locale, kin: Kin) -> Names:
    """What each customer is called.

    Somebody's namesake has exactly the name that the other one was given.
    """
    named = as_named(seed, kin)
    after_parent = named.child & Dice(seed, "customers", named.numbers).happens(
        "named_after_parent", life("named_after_parent")
    )
    person = np.where(after_parent, named.home, named.numbers)
    male = _male(seed, named, person)
    given = Dice(seed, "customers", person).spin("given_name", locale.given.wheels, male)
    return Names(male, given, *_family(seed, locale, named))


def _male(seed: int, kin: Kin, person: NDArray[np.int64]) -> NDArray[np.int16]:
    """0 for a woman's name, 1 for a man's."""
    genders = wheel([life("gender")["female"], life("gender")["male"]])
    other = kin.partner & Dice(seed, "customers", kin.numbers).happens(
        "other_gender", life("partner_of_other_gender")
    )
    # the partner's is worked out from that of the first at home, and turned round
    who = np.where(other, kin.home, person)
    return Dice(seed, "customers", who).spin("gender", genders) ^ other


def _family(seed: int, locale: Locale, kin: Kin) -> tuple[Places, Places | None]:
    """Family names, as places in the locale's list: that of the first at home, or their own."""
    part = parts_of(seed, locale, kin.home)
    keeps = Dice(seed, "customers", kin.numbers).happens(
        "keeps_own_name", locale.facts["keeps_own_name"]["share"]
    )
    own = kin.flatmate | (kin.partner & keeps)
    wheels = locale.family.wheels

    def first_name_of(whom: NDArray[np.int64]) -> Places:
        return Dice(seed, "customers", whom).spin("family_name", wheels, part)

    first = first_name_of(np.where(own, kin.numbers, kin.home))
    if not locale.facts["two_family_names"]:
        return first, None
    # the father's first, then the mother's; the partner has the number after the first at home
    mothers = first_name_of(kin.home + 1)
    second = Dice(seed, "customers", kin.numbers).spin("second_family_name", wheels, part)
    return first, np.where(kin.child, mothers, second)


def parts_of(seed: int, locale: Locale, home: NDArray[np.int64]) -> NDArray[np.int64] | int:
    """The part of the country that each home lies in, where names differ from part to part."""
    if len(locale.spoken) == 1:
        return 0
    return locale.towns.part.take(town_of(seed, locale, home))


def town_of(seed: int, locale: Locale, home: NDArray[np.int64]) -> Places:
    """The town of each home, as a place in the locale's list."""
    return Dice(seed, "homes", home).spin("town", locale.towns.wheel)


def family_names(locale: Locale, names: Names) -> Text:
    """Family names as they are written: one, or two in a country where people have two."""
    first = locale.family.at(names.family)
    if names.second_family is None:
        return first
    return pc.binary_join_element_wise(first, locale.family.at(names.second_family), " ")


def genders(seed: int, names: Names, numbers: NDArray[np.int64]) -> Text:
    """Female or male; nothing where the customer did not say."""
    weights = life("gender")
    unsaid = Dice(seed, "customers", numbers).happens(
        "gender_unsaid", weights["open"] / sum(weights.values())
    )
    return taken(GENDERS, names.male, unsaid)
