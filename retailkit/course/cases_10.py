"""What lesson 10's exercises are about: services, occasions and cards from a shop's records."""

from __future__ import annotations

import functools
import random
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.aftersales import to_serve, with_and_without
from retailkit.aftersales.plan import plan_after_sales
from retailkit.catalogue import later, say
from retailkit.course.exercises import Cases
from retailkit.course.goods import the_product
from retailkit.course.sheets import Sheet
from retailkit.customers import ConsentState, Purpose
from retailkit.services import AfterSalesBenefit, ServiceType, SupportActivity
from retailkit.stages import happenings
from retailkit.text import day
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.shop import Shop

FIRST_DAY = "2026-07-01"
"""The month that the lesson plans begins on this day."""


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 10.1: which type of service

MOST_LINES = 9


@functools.lru_cache(maxsize=8)
def one_customer(shop: Shop) -> Cases:
    """What happened with one customer who has had several types of service, by number."""
    services = shop.services.dropna(subset="customer_id")
    # "anything else" tells a reader too little
    vague = services.loc[services["activity"] == SupportActivity.OTHER, "customer_id"]
    # and what went wrong is another stage
    left_out = pd.concat([vague, shop.claims["customer_id"].dropna()])
    clear = services[~services["customer_id"].isin(left_out)]
    kinds = clear.groupby("customer_id")["service_type"].nunique()
    files = {}
    for name in kinds.sort_values(ascending=False, kind="stable").index[:SOME].astype(str):
        files[name] = happenings(shop, name)
        if len(files[name]) <= MOST_LINES:
            break
    return dict([min(files.items(), key=lambda one: len(one[1]))])


SOME = 60
"""So many customers are looked at for one whose story is short."""

SERVICES = {
    ServiceType.PROMOTIONAL: (
        "{name} gets a voucher: ten per cent off the next purchase.",
        "{name} is invited to a contest. The first prize is a new {to_learn}.",
        "{name} hears of this week's special price for the {to_put_up}.",
    ),
    ServiceType.PSYCHOLOGICAL: (
        "{name} gets a card for the birthday, and nothing else.",
        "{name} has been with us for years and gets a small gift, with our thanks.",
        "{name} has moved house and gets a card that says: welcome to your new home.",
    ),
    ServiceType.SECURITY: (
        "{name} hears from us that the guarantee of the {to_put_up} ends next month.",
        "{name} brings back a {to_learn} that came damaged, and gets the money back.",
        "{name} has a {to_put_up} under guarantee: a broken part is replaced free of charge.",
    ),
    ServiceType.MAINTENANCE: (
        "{name} has a new {to_put_up}. Our technician puts it up and makes it work.",
        "{name} learns in an hour with our trainer how to use the {to_learn} safely.",
        "{name} has a {to_put_up} that is cleaned and looked over by us once a year.",
    ),
}
"""Services in a sentence each. What is done decides, not the goods."""

LINES = 7


@functools.lru_cache(maxsize=8)
def _services(shop: Shop) -> tuple[tuple[str, ServiceType], ...]:
    """Seven services for customers of the shop, each type once or twice: what, and which type."""
    luck = luck_of(shop)
    kinds = [*ServiceType, *luck.sample(list(ServiceType), LINES - len(ServiceType))]
    texts = {kind: luck.sample(lines, len(lines)) for kind, lines in SERVICES.items()}
    people = shop.customers.dropna(subset=["given_name", "family_name"])
    names = (people["given_name"] + " " + people["family_name"]).drop_duplicates().to_list()
    to_learn, to_put_up = (
        shop.products.loc[shop.products[need], "name"].to_list()
        for need in ("needs_training", "needs_installation")
    )
    goods = {
        "to_learn": the_product(luck.choice(to_learn)),
        "to_put_up": the_product(luck.choice(to_put_up)),
    }
    drawn = [
        (say(texts[kind].pop(), name=name, **goods), kind)
        for kind, name in zip(kinds, luck.sample(names, LINES), strict=True)
    ]
    return tuple(luck.sample(drawn, LINES))


def seven_services(shop: Shop) -> Sheet:
    """The seven services in their order."""
    return Sheet(text for text, _ in _services(shop))


def types_of(shop: Shop, **instead: ServiceType) -> list[str]:
    """The type of each of the seven; `instead` says which is taken for another one."""
    return [str(instead.get(str(kind), kind)) for _, kind in _services(shop)]


# 10.2: whom may we contact

MAY, TAKEN_BACK, SILENT, REFUSED = "may", "taken back", "silent", "refused"
OWED = "owed"


@functools.lru_cache(maxsize=8)
def _occasions(shop: Shop) -> tuple[tuple[str, str, str], ...]:
    """Seven customers with an occasion in July: the number, the line, and what holds for it."""
    found = to_serve(shop, FIRST_DAY)
    history = answers_about_marketing(shop, found["customer_id"])
    found = found.assign(answers=[_told(history[number]) for number in found["customer_id"]])
    last = pd.Series([_last(history[number]) for number in found["customer_id"]], found.index)
    owed = found["service_type"].isin([ServiceType.SECURITY, ServiceType.MAINTENANCE])
    no = ~owed & ~found["may"]
    groups = {
        OWED: (found[owed & (last != ConsentState.GIVEN)], 2),
        MAY: (found[~owed & found["may"]], 2),
        TAKEN_BACK: (found[no & (last == ConsentState.WITHDRAWN)], 1),
        SILENT: (found[no & (last == ConsentState.NOT_ASKED)], 1),
        REFUSED: (found[no & (last == ConsentState.DECLINED)], 1),
    }
    luck = luck_of(shop)
    drawn = [
        (str(row.customer_id), f"{row.customer_id}. {_planned(row)} {row.answers}", holds)
        for holds, (rows, count) in groups.items()
        for row in luck.sample(list(rows.itertuples()), count)
    ]
    return tuple(luck.sample(drawn, len(drawn)))


def answers_about_marketing(
    shop: Shop, numbers: pd.Series
) -> dict[str, list[tuple[ConsentState, pd.Timestamp]]]:
    """What each customer has answered about marketing, and when, the latest last."""
    said = shop.consents[shop.consents["purpose"] == Purpose.MARKETING]
    said = said.dropna(subset="at").sort_values("at", kind="stable")
    history: dict[str, list[tuple[ConsentState, pd.Timestamp]]] = {number: [] for number in numbers}
    for number, state, at in zip(said["customer_id"], said["state"], said["at"], strict=True):
        if number in history and state != ConsentState.NOT_ASKED:
            history[number].append((ConsentState(state), at))
    return history


def _last(history: list[tuple[ConsentState, pd.Timestamp]]) -> ConsentState:
    return history[-1][0] if history else ConsentState.NOT_ASKED


ANSWERS = {
    ConsentState.GIVEN: later("said yes on {day}"),
    ConsentState.DECLINED: later("said no on {day}"),
    ConsentState.WITHDRAWN: later("took the yes back on {day}"),
}


def _told(history: list[tuple[ConsentState, pd.Timestamp]]) -> str:
    said = [say(ANSWERS[state], day=day(at)) for state, at in history]
    if not said:
        return say("Marketing: no answer so far.")
    return say("Marketing: {answers}.", answers=listing(said))


PLANNED = {
    "warranty": "We tell the customer so.",
    "installation": "We offer a day for it.",
    "training": "We offer a day for it.",
    "greeting": "We send a card.",
    "offer": "We send an offer.",
}


def _planned(row: object) -> str:
    return f"{getattr(row, 'why', '')} {say(PLANNED[getattr(row, 'activity', '')])}"


def seven_occasions(shop: Shop) -> Sheet:
    """The seven customers, each with the occasion and the answers about marketing."""
    lines = _occasions(shop)
    return Sheet([line for _, line, _ in lines], numbers=[number for number, _, _ in lines])


def to_contact(shop: Shop, *holds: str) -> list[int]:
    """The numbers of the lines for which one of these holds; by right, OWED and MAY."""
    wanted = holds or (OWED, MAY)
    return [number for number, line in enumerate(_occasions(shop), 1) if line[2] in wanted]


# 10.3: what is owed in July


@functools.lru_cache(maxsize=8)
def july(shop: Shop) -> pd.DataFrame:
    """The plan for July, without a limit."""
    return plan_after_sales(shop, on=FIRST_DAY)


def cost_of(shop: Shop, *kinds: ServiceType) -> float:
    """What these types of service cost in July."""
    plan = july(shop)
    return float(plan.loc[plan["service_type"].isin(kinds), "cost"].sum())


# 10.4: cards and purchases


def difference(shop: Shop, fair: bool = True) -> float:
    """How much more often those with a birthday card bought, of those who are alike or of all."""
    shares = shares_who_bought(shop, fair)
    return float(shares[True] - shares[False])


@functools.lru_cache(maxsize=8)
def shares_who_bought(shop: Shop, fair: bool) -> pd.Series:
    """The share that bought after a birthday, with a card (True) and without (False)."""
    birthdays = with_and_without(shop, AfterSalesBenefit.FURTHER_PURCHASE)
    birthdays = birthdays[birthdays["fair"]] if fair else birthdays
    return birthdays.groupby("served")["outcome"].mean()
