"""Who the customers are: each a function of the seed, the market and the customer's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retailkit.columns import empty_where, joined, numbered, table_of
from retailkit.customers import Customer
from retailkit.generate.households import Kin, kin_of
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    Times,
    day_number,
    life,
    moments,
    not_on_sunday,
)
from retailkit.generate.locales import Locale, locale_of, pool_of, taken
from retailkit.generate.mixer import Dice
from retailkit.generate.names import family_names, genders, names_of, parts_of, town_of
from retailkit.generate.reach import emails, phones

if TYPE_CHECKING:
    from retailkit.columns import Column, Text

Whole = NDArray[np.int64]
Days = NDArray[np.datetime64]

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
ENDINGS = pa.array(
    [f"{digit}{one}{two}" for digit in range(10) for one in LETTERS for two in LETTERS]
)
"""How a British postcode can end: a digit and two letters, six of which are never used."""

YEAR = 365.25
GROWN_UP, OLDEST = round(18 * YEAR) + 1, round(86 * YEAR)
FIRST_PARENT, LAST_PARENT = round(45 * YEAR), round(75 * YEAR)
GENERATION, PARTNERS = round(24 * YEAR), round(6 * YEAR)
"""Days that customers have lived, and that lie between a parent and a child, or two partners."""


def customers_table(seed: int, market: str, numbers: Whole) -> pa.Table:
    """One row per customer, for these customer numbers, in this order.

    >>> customers_table(7, "ES", np.array([7]))["customer_id"].to_pylist()
    ['C-000007']
    """
    dice, kin = Dice(seed, "customers", numbers), kin_of(seed, numbers)
    town = town_of(seed, locale_of(market), kin.home)
    first_seen = joined_at(seed, numbers)
    languages = pa.array(locale_of(market).languages)
    columns = {
        "customer_id": customer_ids(numbers),
        "household_id": numbered("H-", kin.home, 6),
        "birth_on": _born(seed, kin),
        "language": taken(languages, _spoken(seed, market, kin)),
        "channel": _channels(dice),
        "joined_at": first_seen,
        "last_verified_at": _verified_at(dice, first_seen),
        **_address(seed, market, kin, town),
        **_called_and_reached(seed, market, kin, town),
    }
    return table_of(Customer, columns)


def customer_ids(numbers: Whole) -> Text:
    """Customer numbers as they are written.

    >>> customer_ids(np.array([7])).to_pylist()
    ['C-000007']
    """
    return numbered("C-", numbers, 6)


def joined_at(seed: int, numbers: Whole) -> Times:
    """When the shop first met each customer."""
    dice = Dice(seed, "customers", numbers)
    opened, today = day_number(life("opened_on")), day_number(life("today"))
    days = not_on_sunday(opened + dice.below("joined_on", today - opened))
    return moments(days, FIRST_HOUR * 60 + dice.below("joined_at", (LAST_HOUR - FIRST_HOUR) * 60))


def homes_of(seed: int, numbers: Whole) -> Whole:
    """The number of each customer's home: that of the first customer who lives there."""
    return kin_of(seed, numbers).home


def languages_of(seed: int, market: str, numbers: Whole) -> NDArray[np.int16]:
    """The language each customer likes best, as a place in `locale_of(market).languages`."""
    return _spoken(seed, market, kin_of(seed, numbers))


def _spoken(seed: int, market: str, kin: Kin) -> NDArray[np.int16]:
    locale = locale_of(market)
    part = parts_of(seed, locale, kin.home)
    return Dice(seed, "customers", kin.numbers).spin("language", locale.spoken, part)


def birthdays(seed: int, numbers: Whole) -> Days:
    """The day each customer was born; not-a-time where they did not say.

    Everybody is grown up, and children are younger than their parents.
    """
    return _born(seed, kin_of(seed, numbers))


def _born(seed: int, kin: Kin) -> Days:
    dice = Dice(seed, "customers", kin.numbers)
    least = np.where(kin.children_at_home, FIRST_PARENT, GROWN_UP)
    most = np.where(kin.children_at_home, LAST_PARENT, OLDEST)
    # partner and child take their age from that of the first at home
    related = np.where(kin.partner | kin.child, kin.home, kin.numbers)
    age = least + Dice(seed, "customers", related).below_each("birth_on", most - least)
    # six years at most lie between partners; a child is grown up, and a generation younger
    youngest = np.where(kin.child, GROWN_UP, np.maximum(age - PARTNERS, GROWN_UP))
    oldest = np.where(kin.child, age - GENERATION, age + PARTNERS)
    others = youngest + dice.below_each("born_after_the_first", oldest - youngest)
    age = np.where(kin.child | kin.partner, others, age)
    born = (day_number(life("today")) - age).astype("datetime64[D]")
    born[dice.happens("without_birthday", life("without_birthday"))] = np.datetime64("NaT", "D")
    return born


def _verified_at(dice: Dice, first_seen: Times) -> Times:
    today = day_number(life("today"))
    days = first_seen.astype("datetime64[D]").astype(np.int64)
    later = days + (dice.below("verified_on", 1000) * (today - days)) // 1000
    noon = moments(np.minimum(not_on_sunday(later), today - 1), np.full(len(days), 12 * 60))
    return np.maximum(noon, first_seen)


def _channels(dice: Dice) -> Text:
    channels = pool_of("joined_through")
    return channels.at(dice.spin("channel", channels.wheels))


def _address(seed: int, market: str, kin: Kin, town: NDArray[np.int16]) -> dict[str, Column]:
    """Street, town, region and postcode of each customer's home, where they gave it."""
    locale = locale_of(market)
    towns, places, home = locale.towns, locale.facts["places"], Dice(seed, "homes", kin.home)
    unknown = Dice(seed, "customers", kin.numbers).happens(
        "without_address", life("without_address")
    )
    within = home.below_each("postcode", towns.postcodes.take(town))
    postcode = taken(towns.postcode, towns.first_postcode.take(town) + within, unknown)
    if places.get("made_up_ending"):
        postcode = joined(postcode, " ", taken(ENDINGS, home.below("ending", len(ENDINGS))))
    return {
        "street": _street(home, locale, unknown),
        "city": taken(towns.city, town, unknown),
        "region": taken(towns.region, town, unknown),
        "postcode": postcode,
    }


def _street(home: Dice, locale: Locale, unknown: NDArray[np.bool_]) -> Text:
    """Street and house, in the order in which the country writes them."""
    street = locale.street.at(home.spin("street", locale.street.wheels), unknown)
    house = taken(locale.house, home.below("house", len(locale.house)))
    return joined(house, street) if locale.house_first else joined(street, house)


def _called_and_reached(
    seed: int, market: str, kin: Kin, town: NDArray[np.int16]
) -> dict[str, Column]:
    """Names, and the e-mail address and telephone number that each customer gave; one at least."""
    locale, dice = locale_of(market), Dice(seed, "customers", kin.numbers)
    names = names_of(seed, locale, kin)
    no_email = dice.happens("without_email", life("without_email"))
    no_phone = ~no_email & dice.happens("without_phone", life("without_phone"))
    return {
        "given_name": locale.given.at(names.given),
        "family_name": family_names(locale, names),
        "gender": genders(seed, names, kin.numbers),
        "email": emails(seed, market, kin.numbers, names, no_email),
        "phone": empty_where(no_phone, phones(seed, market, kin.numbers, town)),
    }
