"""After-sales service: who gets installation, training, help, guarantee work, cards and offers."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from retailkit.claims import Function, StepType
from retailkit.columns import Text, empty_where, table_of, words_at
from retailkit.generate.book import staff_ids
from retailkit.generate.cases import remedy
from retailkit.generate.consent import (
    CARD_YEARS,
    SENT_AT,
    before_today,
    birthdays_in,
    drawn_for,
    marketing_consent,
    said_yes,
)
from retailkit.generate.contacts import opaque_ids
from retailkit.generate.goods import goods
from retailkit.generate.handling import planted
from retailkit.generate.life import day_number, life, moments, not_on_sunday, weights
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import STORE
from retailkit.generate.purchases import Purchases, product_ids
from retailkit.generate.rows import Rows, Times, Whole, Yes, ids
from retailkit.generate.sayings import Products, said_by
from retailkit.generate.shelf import has
from retailkit.services import Service, SupportType, provider_of

KINDS = {
    "technical": ("online_technical", "maintenance", "other"),
    "onsite": ("onsite_customer", "maintenance", "other"),
    "training": ("training", "maintenance", "training"),
    "warranty": (None, "security", "warranty"),
    "installation": (None, "maintenance", "installation"),
    "greeting": (None, "psychological", "greeting"),
    "offer": (None, "promotional", "offer"),
}
"""Each kind of job: the kind of support, the kind of service, and what is done."""

NAMES = tuple(KINDS)
TECHNICAL = ("electronics", "aids", "toys")
"""The categories whose goods with a serial number have a help desk."""
ASKED_FOR = NAMES[: NAMES.index("greeting")]
"""What customers ask for; greetings and offers come unasked."""
SUPPORT = ("online_technical", "onsite_customer", "training")
PROVIDERS = ("retailer", "manufacturer", "third_party")
RESULTS = tuple(life("service_result"))


@dataclass(frozen=True, kw_only=True)
class Jobs(Rows):
    """Pieces of service. `order` is an order's number, or -1; `product` and `kind` are places."""

    seed: int
    row: Whole
    person: Whole
    guest: Yes
    order: Whole
    product: Whole
    kind: Whole
    at: Times

    @property
    def dice(self) -> Dice:
        """The draws of each job."""
        return Dice(self.seed, "services", self.row)


def jobs_of(lives: Lives, bought: Purchases) -> Jobs:
    """Every piece of service so far; by customer, first to last."""
    jobs = _about_lines(lives, bought).and_then(_about_claims(lives))
    jobs = jobs.and_then(cards(lives)).and_then(offers(lives))
    jobs = jobs.only(before_today(jobs.at))
    return jobs.only(np.lexsort((jobs.row, jobs.at, jobs.person)))


def services_table(lives: Lives, jobs: Jobs) -> pa.Table:
    """One row per piece of after-sales service."""
    dice, who = jobs.dice, lives.people.number[jobs.person]
    provider = _providers(lives, jobs)
    support = np.array([SUPPORT.index(kind[0]) if kind[0] else -1 for kind in KINDS.values()])[
        jobs.kind
    ]
    wrong = planted(lives.marks, "wrong_support", jobs.row)
    other = (support + dice.between("wrong support", 1, 2)) % len(SUPPORT)
    support = np.where(wrong & (support >= 0), other, support)
    columns = {
        "service_id": opaque_ids("SE", dice),
        "customer_id": empty_where(jobs.guest, ids("C", who)),
        "order_id": empty_where(jobs.order < 0, ids("O", who, np.maximum(jobs.order, 0))),
        "product_id": product_ids(lives.market, jobs.product),
        "at": jobs.at,
        "request": _requests(lives, jobs),
        "support_type": words_at([*SUPPORT, None], support % 4),
        "service_type": words_at([kind[1] for kind in KINDS.values()], jobs.kind),
        "activity": words_at([kind[2] for kind in KINDS.values()], jobs.kind),
        "provider": words_at(PROVIDERS, provider),
        "staff_id": staff_ids(lives, np.where(provider == 0, _staff(lives, jobs.kind), -1)),
        "result": words_at(RESULTS, _results(lives, jobs)),
    }
    return table_of(Service, columns)


def _requests(lives: Lives, jobs: Jobs) -> Text:
    """What the customer asked for; nothing where the shop came by itself."""
    asked = jobs.kind < len(ASKED_FOR)
    some = jobs.only(asked)
    texts = said_by(
        [f"service.{name}" for name in ASKED_FOR],
        some.kind,
        lives.people.language[some.person],
        some.dice,
        products=Products(market=lives.market, place=some.product),
    )
    return texts.take(pa.array(np.where(asked, np.cumsum(asked) - 1, 0), mask=~asked))


def _providers(lives: Lives, jobs: Jobs) -> Whole:
    """Who does each job: support as arranged; greetings and offers are the shop's own."""
    drawn = jobs.dice.place("provider", weights("service_provider"))
    arranged = _arranged(lives.market)[np.minimum(jobs.kind, len(SUPPORT) - 1), jobs.product]
    drawn = np.where(jobs.kind < len(SUPPORT), arranged, drawn)
    return np.where(jobs.kind >= NAMES.index("greeting"), 0, drawn)


@functools.cache
def _arranged(market: str) -> Whole:
    """Who gives each kind of support, one row per kind, for each product of a market."""
    givers = [
        [provider_of(SupportType(kind), item.category) for item in goods(market)]
        for kind in SUPPORT
    ]
    return np.array([[PROVIDERS.index(giver) for giver in row] for row in givers])


def _results(lives: Lives, jobs: Jobs) -> Whole:
    """How each job ends; whoever has moved without saying so is not reached any more."""
    result = jobs.dice.place("result", weights("service_result"))
    moved = planted(lives.marks, "stale_contact", lives.people.number[jobs.person])
    return np.where(moved, RESULTS.index("not_reached"), result)


def _staff(lives: Lives, kind: Whole) -> Whole:
    """Who of the staff has the function for each kind of job."""
    by_hand = {"training": Function.TRAINER, "greeting": Function.CUSTOMER_SERVICE}
    by_hand |= {"offer": Function.CUSTOMER_SERVICE, "onsite": Function.CUSTOMER_SERVICE}
    functions = [by_hand.get(name, Function.TECHNICIAN) for name in NAMES]
    return np.array([lives.desk.those_of(function)[0] for function in functions])[kind]


def _about_lines(lives: Lives, bought: Purchases) -> Jobs:
    """Installation, training and help for what was bought; advice while it is bought."""
    parts = [
        _jobs_on_lines(lives, bought, name)
        for name in ("technical", "onsite", "training", "installation")
    ]
    return parts[0].and_then(parts[1]).and_then(parts[2]).and_then(parts[3])


def _jobs_on_lines(lives: Lives, bought: Purchases, name: str) -> Jobs:
    orders, lines = bought.orders, bought.lines
    rows = np.flatnonzero(_happens(lives.market, bought, name))
    order = lines.order[rows]
    dice = Dice(lines.seed, f"{name} services", lines.row[rows])
    day = orders.first_day[order] + dice.between("days", *life("days_to_service")[name])
    at = moments(not_on_sunday(day), 600 + dice.below("at", 480))
    if name == "onsite":
        at = orders.at[order]
    jobs = Jobs(
        seed=lines.seed,
        row=lines.row[rows] + (NAMES.index(name) << 44),
        person=orders.person[order],
        guest=orders.guest[order],
        order=orders.number[order],
        product=lines.product[rows],
        kind=np.full(len(rows), NAMES.index(name)),
        at=at,
    )
    # what has gone back needs no service any more
    returned = orders.returned[order]
    return jobs.only(np.isnat(returned) | (at < returned))


def _happens(market: str, bought: Purchases, name: str) -> Yes:
    """For which lines there is such a job."""
    orders, lines = bought.orders, bought.lines
    dice = Dice(lines.seed, "line services", lines.row)
    came = ~np.isnat(orders.delivered[lines.order])
    if name == "installation":
        return came & has(market, "needs_installation")[lines.product]
    if name == "training":
        return came & has(market, "needs_training")[lines.product] & orders.trained[lines.order]
    if name == "technical":
        asked = dice.happens("help", life("help_desk"))
        return came & _is_technical(market)[lines.product] & asked
    at_counter = (orders.place[lines.order] == STORE) & (lines.number == 1)
    return at_counter & dice.happens("advice", life("advice_in_store"))


@functools.cache
def _is_technical(market: str) -> Yes:
    """Which products have technology in them that a help desk can explain from afar."""
    return np.array([bool(item.serial) and item.category in TECHNICAL for item in goods(market)])


def _about_claims(lives: Lives) -> Jobs:
    """Repairs and replacements under the guarantee, when they were done."""
    stories, handling = lives.stories, lives.handling
    done = handling.when(StepType.ACTION)
    by_hand = np.isin(handling.remedy, [remedy("repair"), remedy("replacement")])
    rows = np.flatnonzero(by_hand & before_today(done) & (stories.order >= 0))
    kept = stories.only(rows)
    return Jobs(
        seed=stories.seed,
        row=kept.row + (1 << 53),
        person=kept.person,
        guest=lives.orders.guest[kept.order],
        order=lives.orders.number[kept.order],
        product=kept.item,
        kind=np.full(len(rows), NAMES.index("warranty")),
        at=done[rows],
    )


def cards(lives: Lives) -> Jobs:
    """Birthday cards: a lot decides who of those who said yes gets one, year by year."""
    rounds = [(year, birthdays_in(year, lives.people.born)) for year in CARD_YEARS]
    return _to_those_who_said_yes(lives, "greeting", rounds, life("birthday_cards"))


def offers(lives: Lives) -> Jobs:
    """Campaigns: a lot decides who of those who said yes gets each."""
    minutes = np.full(len(lives.people), SENT_AT)
    rounds = [
        (number, moments(np.full_like(minutes, day_number(day)), minutes))
        for number, day in enumerate(life("campaigns"))
    ]
    return _to_those_who_said_yes(lives, "offer", rounds, life("campaign_reaches"))


def last_offer(customer: int) -> int:
    """The row of the last campaign's offer to a customer."""
    return int(_post_row(np.array([customer]), "offer", len(life("campaigns")) - 1)[0])


def _post_row(customers: Whole, name: str, number: int) -> Whole:
    return customers * 4096 + number % 4096 + (NAMES.index(name) << 54)


def _to_those_who_said_yes(
    lives: Lives, name: str, rounds: list[tuple[int, Times]], share: float
) -> Jobs:
    """Post at some moments to those whose consent is alive then, and who are drawn."""
    people, kind = lives.people, NAMES.index(name)
    consent, parts = marketing_consent(people), []
    for number, at in rounds:
        alive, drawn = said_yes(people, consent, at), drawn_for(people, name, number, share)
        unwanted = planted(lives.marks, f"unwanted_{name}", people.number) & (
            number == rounds[-1][0]
        )
        rows = np.flatnonzero((alive & drawn | unwanted) & before_today(at))
        none = np.full(len(rows), -1)
        parts.append(
            Jobs(
                seed=people.seed,
                row=_post_row(people.number[rows], name, number),
                person=rows,
                guest=np.zeros(len(rows), dtype=np.bool_),
                order=none,
                product=none,
                kind=np.full(len(rows), kind),
                at=at[rows],
            )
        )
    together = parts[0]
    for part in parts[1:]:
        together = together.and_then(part)
    return together
