"""What lesson 04's exercises are about: where data is kept, who sees it, what it is good for."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.course.exercises import Cases
from retailkit.course.goods import the_product
from retailkit.course.judges import words_in_order
from retailkit.course.sheets import Sheet
from retailkit.customers import RecordKeepingBenefit
from retailkit.shop import Shop

if TYPE_CHECKING:
    from retailkit.crm import Role


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 4.2: a spreadsheet or a customer database

SPREADSHEET, CRM = "spreadsheet", "crm"
STORES = (SPREADSHEET, CRM)
FEW, MANY = "few", "many"


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Somebody who keeps customers' data: in words, how many customers, and what fits."""

    words: str
    size: str
    fits: str


KEEPERS = (
    Keeper(
        words="A baker works alone. At Easter she notes name, telephone and cake of {few} people.",
        size=FEW,
        fits=SPREADSHEET,
    ),
    Keeper(
        words="{few} people want a call when the {product} is back: a name and a number each. "
        "One person keeps the list.",
        size=FEW,
        fits=SPREADSHEET,
    ),
    Keeper(
        words="A bookshop posts one leaflet a year to {many} people: name and address, "
        "nothing else. One person keeps the list.",
        size=MANY,
        fits=SPREADSHEET,
    ),
    Keeper(
        words="{staff} people work in a store. For each of {many} customers they keep orders, "
        "questions, complaints and every answer.",
        size=MANY,
        fits=CRM,
    ),
    Keeper(
        words="An online shop wants to see what each of {many} customers buys, when, "
        "and what they told the help desk about it.",
        size=MANY,
        fits=CRM,
    ),
    Keeper(
        words="A shop for hearing aids has {few} customers. For each of them, {staff} people "
        "keep every visit, test, repair and guarantee.",
        size=FEW,
        fits=CRM,
    ),
)
"""Who keeps what. How much is known of each customer decides, not how many customers there are."""


@functools.lru_cache(maxsize=8)
def _keepers(shop: Shop) -> tuple[tuple[str, Keeper], ...]:
    luck, products = luck_of(shop), shop.products["name"].to_list()
    told = [
        (
            say(
                keeper.words,
                few=luck.randrange(15, 50),
                many=luck.randrange(400, 900),
                staff=luck.randrange(3, 9),
                product=the_product(luck.choice(products)),
            ),
            keeper,
        )
        for keeper in KEEPERS
    ]
    return tuple(luck.sample(told, len(told)))


def six_keepers(shop: Shop) -> Sheet:
    """Six of them, in each shop's own order."""
    return Sheet(words for words, _ in _keepers(shop))


def fitting(shop: Shop) -> list[str]:
    """What fits each of the six."""
    return [keeper.fits for _, keeper in _keepers(shop)]


def by_size(shop: Shop) -> list[str]:
    """What somebody would say who goes by the number of customers."""
    return [SPREADSHEET if keeper.size == FEW else CRM for _, keeper in _keepers(shop)]


# 4.3: which role


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to be done with customers' data: in words, and which fields it needs."""

    words: str
    needs: Mapping[str, tuple[str, ...]]
    changes: str | None = None

    def can_be_done_by(self, role: Role) -> bool:
        """Whether a role sees, and may write, what the task needs."""
        from retailkit.crm.roles import rights_of

        rights = rights_of(role)
        seen = all(
            set(fields) <= rights.sees.get(table, set()) for table, fields in self.needs.items()
        )
        return seen and (self.changes is None or self.changes in rights.changes)

    @property
    def role(self) -> Role:
        """The role that can do it and sees the fewest fields."""
        # every lesson loads all lessons, and a database takes long to load
        from retailkit.crm.roles import Role, rights_of

        able = [role for role in Role if self.can_be_done_by(role)]
        return min(able, key=lambda role: sum(map(len, rights_of(role).sees.values())))


TASKS = (
    Task(
        words="{name} has moved. Write down the new street and postcode at the counter.",
        needs={"customers": ("customer_id", "given_name", "family_name", "street", "postcode")},
        changes="customers",
    ),
    Task(
        words="Case {case}: read what is wrong with the thing, and mend it.",
        needs={"claims": ("claim_id", "product_id", "narrative"), "products": ("name",)},
        changes="claim_steps",
    ),
    Task(
        words="Ring {name} and agree on a day on which you show how the {product} works.",
        needs={"customers": ("given_name", "family_name", "phone"), "orders": ("order_id",)},
        changes="services",
    ),
    Task(
        words="An offer for the {product} goes out by e-mail. Who has said yes to offers?",
        needs={"customers": ("given_name", "email"), "consents": ("purpose", "state")},
    ),
    Task(
        words="Were this year's cases answered in time, and in good words? Names do not matter.",
        needs={
            "claims": ("received_at", "answer_by"),
            "messages": ("text",),
            "claim_steps": ("at",),
        },
    ),
    Task(
        words="Case {case}: decide it, and then tell the customer the decision by telephone.",
        needs={"claims": ("narrative", "amount"), "customers": ("given_name", "phone")},
        changes="claim_steps",
    ),
)
"""What is to be done; whose task it is follows from the list of roles."""


@functools.lru_cache(maxsize=8)
def _tasks(shop: Shop) -> tuple[tuple[str, Role], ...]:
    luck, products = luck_of(shop), shop.products["name"].to_list()
    people = shop.customers.dropna(subset=["given_name", "family_name"])
    names = (people["given_name"] + " " + people["family_name"]).to_list()
    numbers = shop.claims["claim_id"].to_list()
    told = [
        (
            say(
                task.words,
                name=luck.choice(names),
                case=luck.choice(numbers),
                product=the_product(luck.choice(products)),
            ),
            task.role,
        )
        for task in TASKS
    ]
    return tuple(luck.sample(told, len(told)))


def six_tasks(shop: Shop) -> Sheet:
    """Six tasks, in each shop's own order."""
    return Sheet(words for words, _ in _tasks(shop))


def roles_of(shop: Shop, **instead: str) -> list[str]:
    """The role for each task; `instead` says which is taken for another one."""
    return [str(instead.get(role, role)) for _, role in _tasks(shop)]


def six_roles(answer: Any, right: Any, cases: Cases) -> str | None:
    """A list of six roles, in the order of the tasks."""
    from retailkit.crm import Role

    advice = later(
        "For each task ask: which fields does it need, and who sees these and the fewest others?"
    )
    return words_in_order([role.value for role in Role], advice)(answer, right, cases)


# 4.4: what keeping records is good for

SAID: Mapping[RecordKeepingBenefit, tuple[str, ...]] = {
    RecordKeepingBenefit.EFFICIENCY: (
        "{name} calls about a {product}. The desk finds the order at once and asks nothing twice.",
        "Nobody types the address of {name} a second time. That leaves more time for customers.",
    ),
    RecordKeepingBenefit.INTERESTS: (
        "The tax office asks what was sold in March. The shop shows it, and pays what it owes.",
        "The state wants proof that each {product} was taxed. The shop has it, and pays no fine.",
    ),
    RecordKeepingBenefit.RIGHTS: (
        "{name} asks which details we hold about them, and gets to see them all.",
        "{staff} of our shop is blamed for a promise. The record shows that {staff} never made it.",
    ),
    RecordKeepingBenefit.COST: (
        "At the end of the year all repairs of the {product} are added up: so much money.",
        "The owner sees how much money went back to customers, and how much profit that took away.",
    ),
    RecordKeepingBenefit.RE_EXAMINATION: (
        "Months later Ana reads again why we said no in case {case}, and changes the decision.",
        "Case {case} is closed. All the same, every step of it can still be looked at and judged.",
    ),
    RecordKeepingBenefit.RESEARCH: (
        "The maker reads, without names, what people say of the {product}, and invents another.",
        "Three years of questions, without names, show what a new kind of {product} should do.",
    ),
    RecordKeepingBenefit.STABILITY: (
        "{staff} is ill for a month. A colleague goes on where the record ends, and nobody waits.",
        "{staff} leaves the shop for good. Customers are served as well as before.",
    ),
}
"""What happened at a shop that keeps records, by the benefit that it shows."""


@functools.lru_cache(maxsize=8)
def _said(shop: Shop) -> tuple[tuple[str, RecordKeepingBenefit], ...]:
    luck, products = luck_of(shop), shop.products["name"].to_list()
    people = shop.customers.dropna(subset=["given_name", "family_name"])
    names = (people["given_name"] + " " + people["family_name"]).to_list()
    # in the lesson's story Ana is the one who looks at cases
    staff = [name for name in shop.staff["name"].dropna() if not name.startswith("Ana ")]
    drawn = [
        (
            say(
                luck.choice(words),
                name=luck.choice(names),
                case=luck.choice(shop.claims["claim_id"].to_list()),
                product=the_product(luck.choice(products)),
                staff=luck.choice(staff),
            ),
            benefit,
        )
        for benefit, words in SAID.items()
    ]
    return tuple(luck.sample(drawn, len(drawn)))


def seven_cards(shop: Shop) -> Sheet:
    """Seven of them, in each shop's own order."""
    return Sheet(words for words, _ in _said(shop))


def benefits_of(shop: Shop, **instead: RecordKeepingBenefit) -> list[str]:
    """The benefit that each card shows; `instead` says which is taken for another one."""
    return [str(instead.get(benefit, benefit)) for _, benefit in _said(shop)]
