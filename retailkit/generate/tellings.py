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
from retailkit.generate.rows import Times, Whole, Yes, ids
from retailkit.generate.sayings import LANGUAGES
from retailkit.generate.stories import CHANNELS, KINDS, PARTS
from retailkit.generate.telling import Telling
from retailkit.markets import rules_of


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
    stories, cases, orders = lives.stories, lives.cases, lives.orders
    shelf = (*goods(lives.market), None)
    bought = stories.order >= 0
    at = np.where(bought, stories.order, 0)
    false = stories.plays("false") & stories.told("lost")
    first = np.searchsorted(stories.row, stories.first, sorter=np.argsort(stories.row))
    first = np.argsort(stories.row)[np.minimum(first, len(stories) - 1)] if len(stories) else first
    follows = stories.first >= 0
    columns: dict[str, list[Any]] = {
        "kind": [KINDS[kind] for kind in stories.kind.tolist()],
        "part": [PARTS[part] for part in stories.part.tolist()],
        "event_on": stories.event.astype("datetime64[D]").tolist(),
        "channel": [CHANNELS[channel] for channel in stories.channel.tolist()],
        "item": [shelf[item] for item in stories.item.tolist()],
        "place": _where(
            bought,
            [PLACES[place] for place in orders.place[at].tolist()] if len(orders) else bought,
        ),
        "order_id": _where(
            cases.names_order, ids("O", stories.customer, orders.number[at]).to_pylist()
        ),
        "first_on": _days(stories.received[first], follows),
        "first_channel": _where(
            follows, [CHANNELS[place] for place in stories.channel[first].tolist()]
        ),
        "price": _price(lives, at),
        "proof": _words(PROOFS, cases.proof),
        "vulnerable_because": _words(VULNERABILITIES, cases.vulnerable),
        "remedy": _words(REMEDIES, cases.remedy),
        "wants": _words(REMEDIES, cases.wants),
    }
    columns |= {
        name: getattr(cases, name).tolist()
        for name in ("asks_in_text", "angry", "swears", "all_open")
    }
    for name in ("ordered", "promised", "delivered", "returned"):
        moments = orders.at if name == "ordered" else getattr(orders, name)
        columns[f"{name}_on"] = _days(moments[at], bought)
    columns["kind"] = [
        "never_came" if is_false else kind
        for kind, is_false in zip(columns["kind"], false.tolist(), strict=True)
    ]
    return columns


def _price(lives: Lives, at: Whole) -> list[float | None]:
    """The price where the text may name it: one piece of one product for the whole sum.

    "A mug" for the price of two, or for that of the whole order, would be wrong.
    """
    stories = lives.stories
    line = np.where(stories.line >= 0, stories.line, 0)
    price = lives.lines.unit_price[line]
    alone = (
        (stories.line >= 0) & (lives.lines.quantity[line] == 1) & (lives.orders.total[at] == price)
    )
    return _where(alone, price.tolist())


def _days(times: Times, known: Yes) -> list[date | None]:
    days: list[date | None] = (
        np.where(known, times, np.datetime64("NaT", "s")).astype("datetime64[D]").tolist()
    )
    return days


def _where(known: Yes, values: Any) -> list[Any]:
    return [value if yes else None for yes, value in zip(known.tolist(), values, strict=True)]


def _words(words: tuple[str, ...], places: Whole) -> list[str | None]:
    return [words[place] if place >= 0 else None for place in places.tolist()]
