"""A shop that is not made yet: everything that it will be made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from numbers import Integral
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retailkit.catalogue import say
from retailkit.columns import frame_of
from retailkit.generate.blocks import tables_of
from retailkit.generate.captured import as_captured
from retailkit.generate.customers import customers_table
from retailkit.generate.faults import checked_faults, fault_seed
from retailkit.generate.goods import products_table
from retailkit.generate.life import life
from retailkit.generate.lives import Lives, lives_of
from retailkit.generate.people import people_in
from retailkit.generate.planting import with_faults
from retailkit.generate.staff import Desk, staff_table
from retailkit.markets import rules_of
from retailkit.procedure import Procedure
from retailkit.progress_bar import going_through
from retailkit.records import need_word
from retailkit.shop import RECORDS, Origin, Shop

if TYPE_CHECKING:
    from retailkit.generate.rows import Whole

BLOCK = 8192
"""Customers are made in blocks of this size; what is exact is exact in each block."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that a shop is made from. Each block of customers is made on its own.

    >>> plan_of(seed=7, customers=10_000).blocks
    2
    """

    seed: int
    customers: int
    market: str
    procedure: Procedure
    faults: Mapping[str, float]
    language: str | None = None
    secret: str | None = None

    @property
    def name(self) -> str:
        """What the shop is called."""
        return str(life("shop_name"))

    @property
    def today(self) -> date:
        """The day on which the shop is looked at."""
        day: date = life("today")
        return day

    @property
    def blocks(self) -> int:
        """How many blocks the customers make up."""
        return -(-self.customers // BLOCK)

    @property
    def desk(self) -> Desk:
        """The people at the shop, and what it has promised."""
        return Desk(procedure=self.procedure, market=self.market, seed=self.seed)

    @property
    def faultless(self) -> Plan:
        """The twin of this shop in which nothing is planted."""
        return replace(self, faults=MappingProxyType({}), secret=None)

    def shared(self) -> dict[str, pa.Table]:
        """The tables that are not about customers: products and staff."""
        return {"products": products_table(self.market), "staff": staff_table(self.desk)}

    def block(self, number: int) -> dict[str, pa.Table]:
        """Every table about the customers of one block; blocks count from 0."""
        customers, lives = self.lives(number)
        return self.written(customers, lives)

    def planted(self, number: int) -> pa.Table:
        """The answer list of one block, as `planted_faults` gives it for a whole shop."""
        from retailkit.generate.answers import planted_in

        return planted_in(self, number)

    def lives(self, number: int) -> tuple[pa.Table, Lives]:
        """The customers of a block as they really are, and their lives with what is planted."""
        numbers = self._numbers(number)
        customers = customers_table(self.seed, self.market, numbers)
        clean = lives_of(self.desk, people_in(self.seed, customers, numbers, self.language), {})
        if not self.faults:
            return customers, clean
        return customers, with_faults(clean, self.faults, fault_seed(self.seed, self.secret))

    def _numbers(self, block: int) -> Whole:
        first, last = block * BLOCK + 1, min((block + 1) * BLOCK, self.customers)
        # a browser counts in 32 bits where nothing is said
        return np.arange(first, last + 1, dtype=np.int64)

    def written(self, customers: pa.Table, lives: Lives) -> dict[str, pa.Table]:
        """What the shop has written down about these customers and their lives."""
        captured = as_captured(customers, self.market, self.seed, lives.people.number, lives.marks)
        return tables_of(lives, captured, self.name)

    def shop(self) -> Shop:
        """The whole shop in memory."""
        numbers = going_through(say("Making the shop"), range(self.blocks))
        blocks = [self.block(number) for number in numbers]
        tables = {name: pa.concat_tables([block[name] for block in blocks]) for name in blocks[0]}
        tables |= self.shared()
        return Shop(
            name=self.name,
            tables=MappingProxyType({name: frame_of(tables[name]) for name in RECORDS}),
            seed=self.seed,
            market=self.market,
            procedure=self.procedure,
            today=self.today,
            origin=Origin(
                customers=self.customers,
                faults=self.faults,
                language=self.language,
                secret=self.secret,
            ),
        )


def plan_of(
    seed: int = 0,
    customers: int = 500,
    market: str = "generic",
    faults: Mapping[str, float] | None = None,
    procedure: Procedure | None = None,
    language: str | None = None,
    secret: str | None = None,
) -> Plan:
    """A shop that is not made yet.

    Raises ValueError with a sentence where no shop can be made like that.
    """
    _need_whole("seed", seed)
    _need_whole("customers", customers)
    if customers < 1:
        raise ValueError(
            say("customers: {customers!r} is too few. Choose 1 or more.", customers=customers)
        )
    if procedure is not None and not isinstance(procedure, Procedure):
        raise ValueError(
            say(
                "procedure: {procedure!r} is not a procedure. "
                "Write it like Procedure(answer_within_days=5), or leave it out.",
                procedure=procedure,
            )
        )
    if language is not None:
        need_word(language, rules_of(market).languages, "language of this market")
    return Plan(
        seed=int(seed),
        customers=int(customers),
        market=rules_of(market).code,
        faults=MappingProxyType(checked_faults(faults)),
        procedure=procedure or usual_procedure(market),
        language=language,
        secret=secret,
    )


def _need_whole(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise ValueError(  # noqa: TRY004 - whoever types a wrong value reads one kind of error
            say(
                "{name}: {value!r} is not a whole number. Choose one, like 7.",
                name=name,
                value=value,
            )
        )


def usual_procedure(market: str) -> Procedure:
    """The default procedure, in the languages of the market as well.

    A shop that cannot write to its customers in their language would break a principle.

    >>> usual_procedure("IN").languages
    ('es', 'en', 'hi')
    """
    usual = Procedure()
    return replace(
        usual, languages=tuple(dict.fromkeys([*usual.languages, *rules_of(market).languages]))
    )


def plan_behind(shop: Shop) -> Plan:
    """The plan from which a shop was made.

    Raises ValueError where the shop was not made by `make_shop`, or its secret is not known.
    """
    if shop.origin is None:
        raise ValueError(
            say(
                "It is not known how this shop was made, "
                "so what is planted in it is not known either. "
                "Make one with make_shop(seed=7)."
            )
        )
    return plan_of(
        seed=shop.seed,
        customers=shop.origin.customers,
        market=shop.market,
        faults=shop.origin.faults,
        procedure=shop.procedure,
        language=shop.origin.language,
        secret=shop.origin.secret,
    )
