"""Customers who stand in the list twice, with the right answers; only tests and benchmarks ask."""

import unicodedata

import pandas as pd

from retailkit.generate import planted_faults

NAMES = ["customer_id", "given_name", "family_name"]
LANDLINE = "+34915550000"


def planted_pairs(shop):
    """The pairs of records that are of one person, as planted."""
    planted = planted_faults(shop)
    planted = planted[
        (planted["fault"] == "duplicate_customer") & (planted["table"] == "customers")
    ]
    pairs = planted[["row", "related"]].drop_duplicates()
    return {frozenset(pair) for pair in pairs.itertuples(index=False)}


def pairs_in(table):
    return {frozenset(pair) for pair in table[["customer_id", "other_id"]].itertuples(index=False)}


def one_landline_per_home(customers):
    """Whoever shares a home shares a landline as well."""
    homes = customers.groupby("household_id")["customer_id"]
    shared = homes.transform("size") > 1
    number = customers["household_id"].str[2:].astype(int) % 10_000
    line = "+3491555" + number.astype(str).str.zfill(4)
    return customers.assign(phone=customers["phone"].mask(shared, line))


def _turned(row):
    return {"given_name": row["family_name"], "family_name": row["given_name"]}


def _without_accents(row):
    bare = [unicodedata.normalize("NFD", row[name]) for name in NAMES[1:]]
    bare = ["".join(sign for sign in name if not unicodedata.combining(sign)) for name in bare]
    return dict(zip(NAMES[1:], bare, strict=True))


def _taken_apart(row):
    return {name: unicodedata.normalize("NFD", row[name]).upper() for name in NAMES[1:]}


def _slip(row):
    name = row["family_name"]
    return {"family_name": name[0] + name[2] + name[1] + name[3:]}


def _as_spoken(row):
    phone = row["phone"]
    return {"phone": f"{phone[3:6]} {phone[6:9]} {phone[9:]}"}


SLIPS = {
    "names changed round": _turned,
    "accents left out": _without_accents,
    "accents taken apart, capitals": _taken_apart,
    "letters changed round": _slip,
    "number without its country": _as_spoken,
}
"""What happens to a name or number that is written down a second time."""


def written_twice(customers, slip, every=10):
    """The list with every so many customers once more: a new number, no e-mail, one slip."""
    known = customers.dropna(subset=[*NAMES, "phone", "birth_on"]).iloc[::every].copy()
    known = known[known["family_name"].str.len() > 4]
    again = known.assign(
        **pd.DataFrame([SLIPS[slip](row) for _, row in known.iterrows()], index=known.index),
        customer_id="X-" + known["customer_id"],
        email=None,
        street=None,
        household_id=None,
    )
    again = again.astype(customers.dtypes)
    both = pd.concat([customers, again], ignore_index=True)
    return both, {frozenset([number, f"X-{number}"]) for number in known["customer_id"]}
