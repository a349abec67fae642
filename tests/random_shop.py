"""Shops of a few rows whose every value is drawn by lot, of all that a shop may hold."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from retailkit.files.columns import foreign_keys, key_of
from retailkit.procedure import Procedure
from retailkit.records import kinds, table
from retailkit.shop import RECORDS, Shop
from retailkit.words import Word

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
"""Any text but the two things that no store can hold."""

MOMENTS = st.integers(-(2**31), 2**32).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
)

VALUES = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**53), 2**53),
    float: st.integers(-(10**13), 10**13).map(lambda hundredths: hundredths / 100),
    date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    datetime: MOMENTS,
}


@st.composite
def shops(draw):
    ids = {name: [f"{name}-{n}" for n in range(draw(st.integers(0, 2)))] for name in RECORDS}
    tables = {}
    for name, record in RECORDS.items():
        rows = [draw(records(record, number, ids)) for number in ids[name]]
        tables[name] = table(rows, record)
    return Shop(
        name=draw(TEXT),
        tables=tables,
        seed=draw(st.integers(0, 2**63 - 1)),
        market=draw(st.sampled_from(["ES", "IN", "generic"])),
        procedure=Procedure(fee=draw(st.integers(0, 100))),
        today=draw(VALUES[date]),
    )


@st.composite
def records(draw, record, number, ids):
    fields = {key_of(record): number}
    for name, kind in kinds(record).items():
        if name in foreign_keys(record):
            fields[name] = draw(
                st.none() | st.sampled_from([*ids[foreign_keys(record)[name]], None])
            )
        elif name not in fields:
            words = st.sampled_from(list(kind)) if issubclass(kind, Word) else VALUES.get(kind)
            fields[name] = draw(st.none() | words)
    return record(**fields)
