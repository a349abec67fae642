"""Whose shop it is: every learner works on a shop of their own, made from their code name."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace

from retailkit.calm import speak_calmly
from retailkit.catalogue import ENGLISH, language
from retailkit.course.exercises import find_lesson
from retailkit.course.stale import watch_cells
from retailkit.generate import make_shop
from retailkit.journal import code_name
from retailkit.markets import rules_of
from retailkit.shop import Shop
from retailkit.shown import show_tables_for_everybody

COURSE = "specialist support to customers"


def my_shop(lesson: int) -> Shop:
    """Your own shop for a lesson: the same each time, and another one for every code name.

    Raises ValueError where there is no such lesson.

    >>> my_shop(lesson=7).market
    'ES'
    """
    show_text_as_it_is()
    watch_cells()
    speak_calmly()
    shop = shop_of(code_name(), lesson)
    tables = {name: table.copy() for name, table in shop.tables.items()}
    return replace(shop, tables=tables)


def shop_of(learner: str, lesson: int, fresh: int = 0) -> Shop:
    """A learner's shop for a lesson, untouched. `fresh` numbers further shops for judging."""
    return _shop_in(language(), learner, lesson, fresh)


def forget_shops() -> None:
    """Make room: no shop is kept any more."""
    _shop_in.cache_clear()


@functools.lru_cache(maxsize=8)
def _shop_in(spoken: str, learner: str, lesson: int, fresh: int) -> Shop:
    plan = find_lesson(lesson)
    name = f"{COURSE}|{lesson}|{learner}" + (f"|fresh {fresh}" if fresh else "")
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    seed = int.from_bytes(digest) % 1_000_000
    faults = plan.faults(seed) if callable(plan.faults) else plan.faults
    # not even the number of customers is a neighbour's; the class reads the language of its lessons
    return make_shop(
        seed=seed,
        customers=plan.customers + seed % 89,
        market=plan.market,
        faults=dict(faults) if faults is not None else None,
        procedure=plan.procedure(seed) if plan.procedure else None,
        language=spoken if spoken in rules_of(plan.market).languages else ENGLISH,
    )


def show_text_as_it_is() -> None:
    """Show people's text as it is stored: no mathematics made of `$`, no sentence cut short."""
    import matplotlib as mpl
    import pandas as pd

    pd.set_option("display.html.use_mathjax", False, "display.max_colwidth", 200)
    mpl.rcParams["text.parse_math"] = False
    show_tables_for_everybody()
