"""The requests that lesson 02's exercises are about, from a shop's own records."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from retailkit.aftersales import support_requests
from retailkit.catalogue import say
from retailkit.course.exercises import Cases
from retailkit.course.sheets import Sheet
from retailkit.services import Provider, SupportType
from retailkit.shop import Shop
from retailkit.text import spoken

if TYPE_CHECKING:
    import pandas as pd

TECHNICAL, ONSITE, TRAINING = SupportType
BY_TELEPHONE = "on the telephone|por teléfono"
SHOWN_HERE = "show me here|enseñarme aquí"
IN_THE_STORE = "standing here|Before|Estoy aquí|Antes"
SOMETHING_ODD = "connect|message|update|conecto|mensaje|actualización"
"""Words that stand in some requests, in English and in Spanish."""

TECHNOLOGY = ("electronics", "toys", "aids")
"""Goods with technology in them; who goes by the goods alone thinks of the help desk."""


@functools.lru_cache(maxsize=8)
def requests(shop: Shop) -> pd.DataFrame:
    """Every request for support, index `service_id`, the latest first."""
    table = support_requests(shop).set_index("service_id")
    return table.sort_values("at", ascending=False, kind="stable")


def of_kind(
    shop: Shop, kind: SupportType, goods: tuple[str, ...] = (), words: str = ""
) -> list[str]:
    """Numbers of requests that belong to a kind, about some goods, with some words in them."""
    found = requests(shop)
    found = found[found["belongs_to"] == kind]
    if goods:
        found = found[found["category"].isin(goods)]
    return found.index[found["request"].str.contains(words)].to_list()


# 2.1: which kind of support


@functools.lru_cache(maxsize=8)
def six_requests(shop: Shop) -> Cases:
    """The kind that six requests belong to, two of each kind, by number."""
    two_of_each = [
        # these two are taken for training most easily
        *of_kind(shop, TECHNICAL, words=BY_TELEPHONE)[:1],
        *of_kind(shop, ONSITE, TECHNOLOGY, SHOWN_HERE)[:1],
        *of_kind(shop, TECHNICAL, words=SOMETHING_ODD)[:1],
        *of_kind(shop, ONSITE, words=IN_THE_STORE)[:1],
        *of_kind(shop, TRAINING, ("electronics",))[:1],
        *of_kind(shop, TRAINING, ("aids",))[:1],
    ]
    kinds = requests(shop)["belongs_to"]
    return {number: kinds[number] for number in sorted(two_of_each)}


def kinds(shop: Shop, **instead: SupportType) -> list[str]:
    """The kind of the six requests; `instead` says which is taken for another one."""
    return [str(instead.get(kind, kind)) for kind in six_requests(shop).values()]


def kinds_by_goods(shop: Shop) -> list[str]:
    """The kinds of somebody who looks at the goods and not at the words."""
    goods = requests(shop)["category"]
    return [
        str(TECHNICAL if goods[number] in TECHNOLOGY else ONSITE) for number in six_requests(shop)
    ]


# 2.2: who gives it


@functools.lru_cache(maxsize=8)
def six_more(shop: Shop) -> Cases:
    """Who gives the support for six requests, by number."""
    six = [
        *of_kind(shop, TECHNICAL, ("electronics", "toys"))[1:3],
        *of_kind(shop, TECHNICAL, ("aids",))[1:2],
        *of_kind(shop, ONSITE, ("electronics", "toys"))[1:2],
        *of_kind(shop, TRAINING, ("electronics",))[1:2],
        *of_kind(shop, TRAINING, ("aids",))[1:2],
    ]
    providers = requests(shop)["provider"]
    return {number: providers[number] for number in sorted(six)}


def providers(shop: Shop) -> list[str]:
    """Who gives the support for the six requests."""
    return [str(provider) for provider in six_more(shop).values()]


def providers_by_goods(shop: Shop) -> list[str]:
    """The providers of somebody who reads the goods in the directory and not the kind."""
    goods = requests(shop)["category"]
    return [
        str(Provider.THIRD_PARTY if goods[number] == "aids" else Provider.MANUFACTURER)
        for number in six_more(shop)
    ]


def providers_if(shop: Shop, kind: SupportType, provider: Provider) -> list[str]:
    """The six providers, but one for all requests of a kind."""
    belongs = requests(shop)["belongs_to"]
    return [
        str(provider) if belongs[number] == kind else right
        for number, right in six_more(shop).items()
    ]


# 2.3: sent wrongly, read by hand


@functools.lru_cache(maxsize=8)
def eight_lines(shop: Shop) -> tuple[str, ...]:
    """Numbers of eight requests, three of them sent wrongly, in the order of the lines."""
    table = requests(shop)
    rightly = set(table.index[table["sent_to"] == table["belongs_to"]])

    def some(numbers: list[str], sent_rightly: bool, size: int) -> list[str]:
        fitting = [number for number in numbers if (number in rightly) == sent_rightly]
        return fitting[:size]

    onsite, technical = of_kind(shop, ONSITE), of_kind(shop, TECHNICAL)
    sent_to = table["sent_to"]
    to_training = [number for number in onsite if sent_to[number] == TRAINING]
    return tuple(
        sorted(
            [
                *to_training[:1],
                *some(technical, False, 1),
                *some(of_kind(shop, TRAINING), False, 1),
                *some(of_kind(shop, TRAINING, ("electronics",)), True, 1),
                *some(of_kind(shop, TRAINING, ("aids",)), True, 1),
                *some(of_kind(shop, ONSITE, words=SHOWN_HERE), True, 1),
                *some(technical, True, 2),
            ]
        )
    )


def lines(shop: Shop) -> Sheet:
    """The eight requests as numbered lines, with the kind to which each was sent."""
    table = requests(shop)
    numbers = eight_lines(shop)
    return Sheet(
        [
            say(
                "“{request}” Sent to: {kind}.",
                request=table["request"][number],
                kind=spoken(table["sent_to"][number]),
            )
            for number in numbers
        ],
        numbers=numbers,
    )


def sent_wrongly(shop: Shop, *but: SupportType) -> list[int]:
    """The lines that were sent wrongly; without those that belong to a kind in `but`."""
    table = requests(shop)
    return [
        line
        for line, number in enumerate(eight_lines(shop), 1)
        if table["sent_to"][number] != table["belongs_to"][number]
        and table["belongs_to"][number] not in but
    ]


def sent_rightly(shop: Shop) -> list[int]:
    """The lines that were sent rightly."""
    wrongly = sent_wrongly(shop)
    return [line for line in range(1, len(eight_lines(shop)) + 1) if line not in wrongly]


def away_from_the_help_desk(shop: Shop) -> list[int]:
    """The lines about goods with technology that were not sent to the help desk."""
    table = requests(shop)
    return [
        line
        for line, number in enumerate(eight_lines(shop), 1)
        if table["category"][number] in TECHNOLOGY and table["sent_to"][number] != TECHNICAL
    ]


# 2.4: sent wrongly, in the whole table


def number_sent_wrongly(shop: Shop) -> int:
    """How many requests were sent to another kind than they belong to."""
    table = requests(shop)
    return int((table["sent_to"] != table["belongs_to"]).sum())


def share_sent_wrongly(shop: Shop) -> float:
    """The same as a share of all requests."""
    return number_sent_wrongly(shop) / len(requests(shop))
