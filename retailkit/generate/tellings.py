"""What each customer has to tell, worked out from the arrays of a block."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from retailkit.columns import Text
from retailkit.generate.cases import PROOFS, REMEDIES, VULNERABILITIES
from retailkit.generate.goods import goods
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Luck
from retailkit.generate.narratives import narrative
from retailkit.generate.orders import PLACES
from retailkit.generate.rows import NEVER, Times, Whole, at_places, ids
from retailkit.generate.stories import CHANNELS, KINDS, PARTS
from retailkit.generate.telling import Telling
from retailkit.markets import rules_of
from retailkit.reading import LANGUAGES


def narratives(lives: Lives, spoken: Whole) -> Text:
    """What each customer says, in the language at that place among the languages."""
    return pa.array([narrative(telling) for telling in tellings(lives, spoken)], pa.string())


def tellings(lives: Lives, spoken: Whole) -> Iterator[Telling]:
    """What each customer has to tell, case by case."""
    seed, currency = lives.desk.seed, rules_of(lives.market).currency
    columns = _columns(lives) | {"language": [LANGUAGES[place] for place in spoken.tolist()]}
    rows = zip(lives.stories.row.tolist(), lives.stories.matter.tolist(), strict=True)
    for (row, matter), *facts in zip(rows, *columns.values(), strict=True):
        yield Telling(
            luck=Luck(seed, "stories", row),
            matter=Luck(seed, "stories", matter),
            currency=currency,
            **dict(zip(columns, facts, strict=True)),
        )


def _columns(lives: Lives) -> dict[str, list[Any]]:
    stories, cases = lives.stories, lives.cases
    shelf = (*goods(lives.market), None)
    return {
        "kind": _kinds(lives),
        "part": _words(PARTS, stories.part),
        "event_on": stories.event.astype("datetime64[D]").tolist(),
        "channel": _words(CHANNELS, stories.channel),
        "item": [shelf[item] for item in stories.item.tolist()],
        "proof": _words(PROOFS, cases.proof),
        "vulnerable_because": _words(VULNERABILITIES, cases.vulnerable),
        "remedy": _words(REMEDIES, cases.remedy),
        "wants": _words(REMEDIES, cases.wants),
        "asks_in_text": cases.asks_in_text.tolist(),
        "angry": cases.angry.tolist(),
        "swears": cases.swears.tolist(),
        "all_open": cases.all_open.tolist(),
        "price": _price(lives),
        **_of_the_order(lives),
        **_of_the_first(lives),
    }


def _kinds(lives: Lives) -> list[str | None]:
    """What happened; that a parcel never came is another story where it is not so."""
    false = lives.stories.plays("false") & lives.stories.told("lost")
    kind = np.where(false, len(KINDS), lives.stories.kind)
    return _words((*KINDS, "never_came"), kind)


def _of_the_order(lives: Lives) -> dict[str, list[Any]]:
    """Where and when it was bought, and what became of it on the way."""
    stories, orders = lives.stories, lives.orders
    order_id = ids("O", stories.customer, at_places(orders.number, stories.order, 0)).to_pylist()
    named = zip(order_id, lives.cases.names_order.tolist(), strict=True)
    days = {
        f"{name}_on": _days(at_places(moments, stories.order, NEVER))
        for name, moments in {
            "ordered": orders.at,
            "promised": orders.promised,
            "delivered": orders.delivered,
            "returned": orders.returned,
        }.items()
    }
    return {
        "place": _words(PLACES, at_places(orders.place, stories.order, -1)),
        "order_id": [number if is_named else None for number, is_named in named],
        **days,
    }


def _of_the_first(lives: Lives) -> dict[str, list[Any]]:
    """When and how the matter was first told, where this is not the first time."""
    stories = lives.stories
    by_row = np.argsort(stories.row)
    found = np.searchsorted(stories.row, stories.first, sorter=by_row)
    place = np.where(
        stories.first < 0, -1, at_places(by_row, np.minimum(found, len(by_row) - 1), -1)
    )
    return {
        "first_on": _days(at_places(stories.received, place, NEVER)),
        "first_channel": _words(CHANNELS, at_places(stories.channel, place, -1)),
    }


def _price(lives: Lives) -> list[float | None]:
    """The price where the text may name it: one piece of one product for the whole sum.

    "A mug" for the price of two, or for that of the whole order, would be wrong.
    """
    stories, lines = lives.stories, lives.lines
    price = at_places(lines.unit_price, stories.line, np.nan)
    alone = at_places(lines.quantity, stories.line, 0) == 1
    alone &= at_places(lives.orders.total, stories.order, np.nan) == price
    both = zip(price.tolist(), alone.tolist(), strict=True)
    return [sum_ if is_alone else None for sum_, is_alone in both]


def _days(times: Times) -> list[date | None]:
    days: list[date | None] = times.astype("datetime64[D]").tolist()
    return days


def _words(words: tuple[str, ...], places: Whole) -> list[str | None]:
    return [words[place] if place >= 0 else None for place in places.tolist()]
