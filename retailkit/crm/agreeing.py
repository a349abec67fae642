"""Agreeing: a role that sees those customers alone who now say yes to a purpose.

A view stands before each table in which customers stand: in a file, of its connection's own;
on a server, for everybody in the role. So every path ends there: rows, counts, searches,
records, exports, and what anybody writes in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from retailkit.crm.values import table_of
from retailkit.customers import Consent, Purpose
from retailkit.records import kinds
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER, WITH_CASES, WITH_ORDERS
from retailkit.upkeep.consent import FAR_AHEAD, last_answers

if TYPE_CHECKING:
    import pandas as pd

AGREEING = "agreeing"
"""The connection's own table of those who agree; it lies in memory."""


def seen_rows(tables: str, agreeing: str) -> Mapping[str, str]:
    """For each table in which customers stand, which of its rows are seen.

    `tables` is where the tables lie, `agreeing` the table of those who agree.
    """
    theirs = f"customer_id IN (SELECT customer_id FROM {agreeing})"  # noqa: S608 - every word of it is our own
    # of somebody who agrees, or of nobody in particular, such as a guest's order
    nobodys = f"customer_id IS NULL OR {theirs}"
    found = {name: nobodys for name, column in HOLDS_A_CUSTOMER.items() if column == "customer_id"}
    of_orders = f"order_id IN (SELECT order_id FROM {tables}.orders WHERE {nobodys})"  # noqa: S608
    of_cases = f"claim_id IN (SELECT claim_id FROM {tables}.claims WHERE {nobodys})"  # noqa: S608
    found |= dict.fromkeys(WITH_ORDERS, of_orders)
    found |= {name: of_cases for name in WITH_CASES if name not in found}
    return found | {"customers": theirs}


VIEWS = seen_rows("main", "temp.agreeing")


def lay_views(connection: Any, tables: Iterable[str]) -> None:
    """Put a view before these tables, where customers stand in them.

    Until it is brought up to date, nobody agrees. What is named without its
    database is looked for among a connection's own first.
    """
    connection.execute("CREATE TEMP TABLE agreeing (customer_id TEXT PRIMARY KEY)")
    for name in set(VIEWS) & set(tables):
        seen = VIEWS[name]
        # every word of it is our own
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM main.{name} WHERE {seen}")  # noqa: S608


def bring_up_to_date(connection: sa.Connection, purpose: Purpose, at: datetime) -> None:
    """Note who agrees at a moment, in the transaction that will ask."""
    connection.exec_driver_sql("DELETE FROM temp.agreeing")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in kinds(Consent)]
    everybody = sa.table("consents", *columns, schema="main")
    found = connection.execute(
        sa.select(*columns)
        .select_from(everybody)
        .where(everybody.c.purpose == purpose, everybody.c.customer_id.is_not(None))
        .order_by(sa.text("row_number"))
    )
    answers = table_of([tuple(row) for row in found], Consent)
    if answers.empty:
        return
    who = answers.loc[agree_live(answers, purpose, at), "customer_id"].unique()
    if len(who):
        connection.exec_driver_sql(
            "INSERT INTO temp.agreeing VALUES (?)", [(number,) for number in who]
        )


def agree_live(answers: pd.DataFrame, purpose: Purpose, at: datetime) -> NDArray[np.bool_]:
    """Whether the customer of each answer agrees at a moment that is now.

    Who took a yes back with a later date, however that came about, has taken it back.
    """
    asked = answers[["customer_id"]]
    now = last_answers(answers, asked.assign(at=at), purpose)["may"]
    in_the_end = last_answers(answers, asked.assign(at=FAR_AHEAD), purpose)["may"]
    return np.asarray(now & in_the_end, dtype=bool)
