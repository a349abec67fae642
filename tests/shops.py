"""What several tests ask of a shop that was made: its markets, its promises, its history."""

import functools

import pandas as pd

from retailkit.generate import FAULTS, make_shop

MARKETS = ("ES", "ES-AN", "IN", "GB", "generic")
EVERY_FAULT = {name: fault.default for name, fault in FAULTS.items()}


@functools.cache
def shop_of(name):
    """A shop of a market, such as "ES", or "ES with every fault"; nobody may change it."""
    market, _, with_faults = name.partition(" ")
    faults = EVERY_FAULT if with_faults else None
    return make_shop(seed=7, customers=2000, market=market, faults=faults)


def moments(table):
    """The columns of a table that hold moments at which something happened."""
    return [column for column in table.columns if column == "at" or column.endswith("_at")]


def history(shop):
    """When each thing happened to each order: one row per order, one column per event."""
    at = shop.order_events.pivot_table(
        index="order_id", columns="event", values="at", aggfunc="first"
    )
    signed = shop.order_events.dropna(subset=["signed_by"]).set_index("order_id")["signed_by"]
    return shop.orders.set_index("order_id").join(at).join(signed)


def claims_with_history(shop):
    """Each claim beside the order it names and what happened to it."""
    orders = history(shop).drop(columns=["customer_id", "status"])
    return shop.claims.join(orders, on="order_id")


def steps_in_columns(shop):
    """When each step of each case was taken: one row per case."""
    at = shop.claim_steps.pivot_table(index="claim_id", columns="step", values="at")
    return at.join(shop.claims.set_index("claim_id")[["received_at", "answer_by", "reason"]])


def claims_of_part(lives, *parts):
    """The numbers of the cases that really play these parts, such as false or imaginary."""
    theirs = lives.stories.only(lives.stories.plays(*parts))
    pairs = zip(theirs.customer.tolist(), theirs.number.tolist(), strict=True)
    return {f"CL-{customer:06d}-{number}" for customer, number in pairs}


def rows_in_order(table):
    """A table by its key, so that two can be compared whatever the order of their rows."""
    return table.sort_values(table.columns[0], ignore_index=True)


def never_before(earlier, later):
    """Whether no later moment lies before its earlier one; where one is empty, it cannot."""
    both = pd.concat([earlier, later], axis=1).dropna()
    return len(both) > 0 and bool((both.iloc[:, 0] <= both.iloc[:, 1]).all())
