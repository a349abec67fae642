"""Tellings of every kind, in any number, for what is said about texts in general."""

from datetime import date, timedelta

from retailkit.generate.cases import WANTED
from retailkit.generate.goods import goods
from retailkit.generate.life import life
from retailkit.generate.mixer import Luck
from retailkit.generate.stories import HARD
from retailkit.generate.telling import LATER, MONEY, PARCEL, UNTRUE, VISIT, Telling
from retailkit.markets import rules_of

MARKET = {"en": "GB", "es": "ES", "hi": "IN"}
KINDS = {kind: 6 if kind == "defective" else 2 for kind in WANTED}
PARTS = {"only": 72, "first": 6, "said": 3, "again": 5, "remedied": 3, "duplicate": 5, "false": 3}
PARTS |= {"imaginary": 3}
VULNERABLE = {"none": 90, "age": 3, "disability": 3, "illness": 2, "digital_gap": 2, "money": 2}
PROOF = {"": 3, "receipt": 4, "photo": 1, "warranty_card": 1, "bank_record": 1, "none": 1}
ABOUT_GOODS = {"display_price", "wrong_information"}


def tellings(language, count, **same):
    """Tellings in one language; what is given is the same in all of them."""
    return [telling(language, row, **same) for row in range(count)]


def telling(language, row, **same):
    luck = Luck(7, f"telling {language}", row)
    kind = same.get("kind") or luck.pick("kind", KINDS)
    part = same.get("part") or _part(luck, kind)
    if part in UNTRUE:
        kind = (
            "defective"
            if part == "imaginary"
            else luck.one_of("false", ["never_came", "defective"])
        )
    facts = {"kind": kind, "part": part, "luck": luck, "language": language, "matter": luck}
    if part in LATER or kind == "handling":
        facts |= _before(luck)
    facts |= _wish(luck, kind, part)
    item = luck.one_of("item", [item for item in goods(MARKET[language]) if _fits(item, kind)])
    if kind not in VISIT or kind in ABOUT_GOODS:
        facts["item"] = item
    if kind not in VISIT and part != "imaginary":
        facts |= _bought(luck, item, kind)
    return Telling(
        **{
            "event_on": date(2026, 3, 1) + timedelta(days=luck.below("event", 90)),
            "channel": luck.pick("channel", life("channel")),
            "currency": rules_of(MARKET[language]).currency,
            "vulnerable_because": luck.pick("vulnerable", VULNERABLE),
            "proof": None if kind in VISIT else luck.pick("proof", PROOF) or None,
            "angry": kind not in HARD and part not in UNTRUE and luck.happens("angry", 0.2),
            "swears": kind not in VISIT and luck.happens("swears", 0.07),
            "all_open": kind == "defective" and part == "only" and luck.happens("open", 0.1),
        }
        | facts
        | same
    )


def _part(luck, kind):
    part = luck.pick("part", PARTS)
    return "only" if kind in {*HARD, *VISIT} else part


def _fits(item, kind):
    needs = {"hazard": item.can_hurt, "missing_part": item.has_part}
    return (needs | {"service": item.needs_installation}).get(kind, True)


def _before(luck):
    told_on = date(2026, 2, 1) + timedelta(days=luck.below("first", 20))
    first = Luck(luck.seed, luck.table, luck.row + 1_000_000)
    return {"first_on": told_on, "first_channel": luck.one_of("first how", ["desk", "email"]),
            "matter": first}  # fmt: skip


def _wish(luck, kind, part):
    true_kind = "lost" if kind == "never_came" else kind
    remedy = luck.pick("remedy", WANTED[true_kind])
    how = luck.pick("asks", {"form_and_text": 40, "form": 20, "text": 20, "neither": 20})
    if part in UNTRUE:
        how = "form_and_text"
    on_form = how in {"form", "form_and_text"}
    wants = remedy if on_form else luck.one_of("wants", [None, "nothing"])
    return {"remedy": remedy, "wants": wants, "asks_in_text": how in {"form_and_text", "text"}}


def _bought(luck, item, kind):
    place = luck.one_of("place", ["website", "phone"] if kind in PARCEL else ["store", "website"])
    ordered = date(2025, 9, 1) + timedelta(days=luck.below("ordered", 120))
    came = kind != "lost"
    late = luck.between("late", 1, 20) if kind == "late" else 0
    promised = ordered + timedelta(days=7)
    return {
        "place": place,
        "order_id": None if luck.happens("no order", 0.1) else f"O-{luck.row:06d}-1",
        "ordered_on": ordered,
        "promised_on": None if place == "store" else promised,
        "delivered_on": promised + timedelta(days=late) if came else None,
        "returned_on": promised + timedelta(days=9) if kind in MONEY else None,
        "price": item.price if luck.happens("one", 0.6) else None,
    }
