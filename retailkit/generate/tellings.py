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
    return _of_stories(lives) | _of_purchases(lives) | _of_cases(lives)


def _of_stories(lives: Lives) -> dict[str, list[Any]]:
    """What happened, and what was told about it before."""
    stories, shelf = lives.stories, (*goods(lives.market), None)
    false = stories.plays("false") & stories.told("lost")
    kinds = zip(stories.kind.tolist(), false.tolist(), strict=True)
    by_row = np.argsort(stories.row)
    first = np.searchsorted(stories.row, stories.first, sorter=by_row)
    first = by_row[np.minimum(first, len(stories) - 1)]
    follows = stories.first >= 0
    return {
        "kind": ["never_came" if is_false else KINDS[kind] for kind, is_false in kinds],
        "part": [PARTS[part] for part in stories.part.tolist()],
        "event_on": stories.event.astype("datetime64[D]").tolist(),
        "channel": [CHANNELS[channel] for channel in stories.channel.tolist()],
        "item": [shelf[item] for item in stories.item.tolist()],
        "first_on": _days(stories.received[first], follows),
        "first_channel": _where(
            follows, [CHANNELS[place] for place in stories.channel[first].tolist()]
        ),
    }


def _of_purchases(lives: Lives) -> dict[str, list[Any]]:
    """The order that each is about, where there is one."""
    stories, orders = lives.stories, lives.orders
    bought = stories.order >= 0
    if not len(orders):
        nothing: list[Any] = [None] * len(stories)
        names = ("place", "order_id", "price", "ordered_on", "promised_on")
        return dict.fromkeys((*names, "delivered_on", "returned_on"), nothing)
    at = np.where(bought, stories.order, 0)
    number = ids("O", stories.customer, orders.number[at])
    columns = {
        "place": _where(bought, [PLACES[place] for place in orders.place[at].tolist()]),
        "order_id": _where(lives.cases.names_order, number.to_pylist()),
        "price": _price(lives, at),
    }
    for name in ("ordered", "promised", "delivered", "returned"):
        moments = orders.at if name == "ordered" else getattr(orders, name)
        columns[f"{name}_on"] = _days(moments[at], bought)
    return columns


def _of_cases(lives: Lives) -> dict[str, list[Any]]:
    """What the desk knows and what is asked for."""
    cases = lives.cases
    flags = ("asks_in_text", "angry", "swears", "all_open")
    return {name: getattr(cases, name).tolist() for name in flags} | {
        "proof": _words(PROOFS, cases.proof),
        "vulnerable_because": _words(VULNERABILITIES, cases.vulnerable),
        "remedy": _words(REMEDIES, cases.remedy),
        "wants": _words(REMEDIES, cases.wants),
    }


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
