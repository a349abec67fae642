"""The list of customers as it was taken down: with twins, old numbers and damaged ones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.columns import Column
from retailkit.generate.customers import customers_table
from retailkit.generate.handling import Marks, planted
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import Whole, Yes

EARLIER = 10**9
"""Added to a customer's number: the customer whose contact they had before they moved."""

WHO = ("given_name", "family_name", "gender", "birth_on", "household_id")
HOME = ("street", "city", "region", "postcode")


def as_captured(
    customers: pa.Table, market: str, seed: int, numbers: Whole, marks: Marks
) -> pa.Table:
    """The customers with the slips that are planted among them."""
    table = customers
    if "stale_contact" in marks:
        table = _with_old_contacts(table, market, seed, numbers, marks)
    if "duplicate_customer" in marks:
        table = _with_twins(table, seed, numbers, marks["duplicate_customer"])
    if "number_damaged" in marks:
        table = _with_damage(table, planted(marks, "number_damaged", numbers))
    return table


def _put(table: pa.Table, name: str, where: Yes, values: Column) -> pa.Table:
    place = table.schema.get_field_index(name)
    column = pc.if_else(pa.array(where), values, table[name].combine_chunks())
    return table.set_column(place, table.schema.field(name), column)


def _with_old_contacts(
    table: pa.Table, market: str, seed: int, numbers: Whole, marks: Marks
) -> pa.Table:
    """Whoever has moved or changed the number stands there as before, not checked since."""
    stale = planted(marks, "stale_contact", numbers)
    before = customers_table(seed, market, numbers + EARLIER)
    moved = Dice(seed, "stale", numbers).happens("moved", 0.5)
    at_home = pc.is_valid(table["street"]).to_numpy() & pc.is_valid(before["street"]).to_numpy()
    new_home, new_number = stale & moved & at_home, stale & ~(moved & at_home)
    for name in HOME:
        table = _put(table, name, new_home, before[name].combine_chunks())
    # some number there must be, or the slip could not be seen
    known = pc.is_valid(before["phone"]).to_numpy()
    any_number = pc.fill_null_forward(pc.fill_null_backward(before["phone"].combine_chunks()))
    number = pc.if_else(pa.array(known), before["phone"].combine_chunks(), any_number)
    table = _put(table, "phone", new_number, number)
    return _put(table, "last_verified_at", stale, table["joined_at"].combine_chunks())


def _with_twins(table: pa.Table, seed: int, numbers: Whole, chosen: Whole) -> pa.Table:
    """Half of the chosen are really the other half, written down a second time."""
    pairs = twins_of(seed, chosen)
    copies, originals = np.array([*pairs.items()], dtype=np.int64).reshape(-1, 2).T
    at = np.searchsorted(numbers, copies)
    source = np.arange(len(numbers))
    source[at] = np.searchsorted(numbers, originals)
    copy = np.isin(numbers, copies)
    seen = table.take(pa.array(source))
    for name in (*WHO, *HOME):
        table = _put(table, name, copy, seen[name].combine_chunks())
    way = Dice(seed, "twins", numbers).below("way", 3)
    # one with the e-mail address and one with the number, or with a slip in the name
    table = _put(table, "email", copy & (way == 0), seen["email"].combine_chunks())
    table = _put(table, "phone", copy & (way != 0), seen["phone"].combine_chunks())
    table = _put(table, "phone", copy & (way == 0), pa.nulls(len(numbers), pa.string()))
    table = _put(table, "email", copy & (way != 0), pa.nulls(len(numbers), pa.string()))
    slip = pc.utf8_replace_slice(seen["family_name"].combine_chunks(), 1, 3, "")
    return _put(table, "family_name", copy & (way == 2), slip)


def _with_damage(table: pa.Table, damaged: Yes) -> pa.Table:
    """What a spreadsheet makes of a number: no plus sign, no zeros in front."""
    for name in ("phone", "postcode"):
        bare = pc.utf8_ltrim(table[name].combine_chunks(), "+0")
        table = _put(table, name, damaged, bare)
    return table


def twins_of(seed: int, chosen: Whole) -> dict[int, int]:
    """The numbers of the copies, each with that of its original."""
    half = len(chosen) // 2
    drawn = chosen[np.argsort(Dice(seed, "twins", chosen).bits("pair"), kind="stable")]
    return dict(zip(drawn[half : 2 * half].tolist(), drawn[:half].tolist(), strict=True))
