"""What somebody has to tell, and in which order they tell it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from retailkit.generate.goods import Goods
from retailkit.generate.mixer import Luck

PARCEL = {"late", "lost", "neighbour", "nobody", "never_came"}
UNPACKED = {"damaged", "wrong_item", "missing_part", "not_as_described"}
VISIT = {"staff", "display_price", "wrong_information", "lost_property", "privacy"}
VISIT |= {"discrimination", "handling"}
MONEY = {"overcharged", "refund_missing", "exchange_refused"}
UNTRUE = {"false", "imaginary"}
FIRST = {"first", "said"}
LATER = {"again", "remedied", "duplicate"}
SPOKEN = {"desk", "phone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything that a text may name, and how it shall sound.

    `kind` is what happened, as in `stories.REASONS`, or never_came where somebody
    says falsely that a parcel did not come. `part` is the part among several claims
    about one matter, as in `stories.Story`. The draws of `luck` belong to this text,
    those of `matter` to all texts about the matter. `event_on` is the true day.
    `price` is given only where the text may name it; what is None is never named.
    """

    luck: Luck
    matter: Luck
    kind: str
    part: str
    event_on: date
    channel: str
    language: str = "en"
    currency: str = "EUR"
    item: Goods | None = None
    place: str | None = None
    order_id: str | None = None
    ordered_on: date | None = None
    promised_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None
    first_on: date | None = None
    first_channel: str | None = None
    price: float | None = None
    proof: str | None = None
    vulnerable_because: str | None = None
    remedy: str | None = None
    wants: str | None = None
    asks_in_text: bool = False
    angry: bool = False
    swears: bool = False
    all_open: bool = False


def draws_of(luck: Luck) -> bytes:
    """Sixty-four small numbers from 0 to 255: all the draws of one text at once."""
    return hashlib.blake2b(luck.bits("text").to_bytes(8, "little")).digest()


def wording(telling: Telling, own: bytes, shared: bytes) -> bytes:
    """The draws that choose the words: those of the text, or those of its matter.

    Whoever tells the same matter once more mostly says it in nearly the same words.
    """
    again = telling.part in LATER and own[TOLD_AGAIN] < 160
    return shared if again or telling.part in FIRST else own


FORM_LETTER, LENGTH, OPENING, CLOSING, PROOF, NOTHING, TOLD_AGAIN = range(7)
"""Which draw decides what; the words themselves are drawn from the ones after."""
WORDS = 8
WHAT_HAPPENED, WHICH_FAULT, SLIPS, NO_STOP, LINES, HAND = 40, 41, 42, 43, 44, 45
"""These come after the words: how the matter is told, and how the text is written down."""

MORE = {
    True: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3),
    False: (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 7),
}
"""How many sentences somebody says more than needed, at the desk or in writing: each
as likely as the others. Most say a little and a few say a lot, as in real letters."""


def pieces_of(telling: Telling, draws: bytes) -> Iterator[str]:
    """The kinds of sentences of a text, one after the other, by their names in the file."""
    spoken = telling.channel in SPOKEN
    letter = _form_letter(telling, draws)
    more = MORE[spoken][draws[LENGTH] >> 4]
    if letter is not None:
        yield f"letter{letter} opening"
    elif telling.angry:
        yield "opening angry"
    elif draws[OPENING] < (50 if spoken else 140):
        yield "opening visit" if telling.kind in VISIT else "opening calm"
    yield from _matter(telling, f"letter{letter} purchase" if letter is not None else None)
    yield from _more(_detail(telling), more)
    yield f"history {telling.part}"
    yield from _circumstances(telling, draws)
    yield from _wish(telling, draws)
    if letter is not None:
        yield f"letter{letter} closing"
    elif draws[CLOSING] < (50 if spoken else 120):
        yield f"closing {'angry' if telling.angry else 'spoken' if spoken else 'written'}"


def _form_letter(telling: Telling, draws: bytes) -> int | None:
    """Which of two letters from the internet somebody copies, putting in their own facts."""
    fit = telling.channel not in SPOKEN and telling.order_id and telling.kind not in VISIT
    if not fit or telling.angry or telling.all_open or telling.part not in {"only", *FIRST}:
        return None
    return draws[FORM_LETTER] & 1 if draws[FORM_LETTER] < 16 else None


def _matter(telling: Telling, purchase: str | None) -> Iterator[str]:
    """What was bought, and what happened."""
    if telling.all_open:
        yield "purchase open"
        yield "fault open"
        return
    if telling.part == "imaginary":
        yield "purchase vague"
    elif telling.ordered_on and telling.kind not in VISIT:
        yield purchase or f"purchase {'order' if telling.kind in PARCEL else 'known'}"
    yield f"fault {telling.kind}"


def _more(detail: str, more: int) -> Iterator[str]:
    """What somebody adds: first about the matter, and if they go on, about their life."""
    for place in range(more):
        yield f"detail {detail}" if place < 3 else "detail life"


def _detail(telling: Telling) -> str:
    """Which additions fit the matter."""
    kind = telling.kind
    if telling.part in UNTRUE:
        return _too_exact(telling)
    if kind in VISIT:
        return "privacy" if kind == "privacy" else "treatment"
    if kind in PARCEL:
        return "late" if kind == "late" else "parcel"
    if kind in UNPACKED:
        return "parcel_opened"
    return "money" if kind in MONEY else "hazard" if kind == "hazard" else "goods"


def _too_exact(telling: Telling) -> str:
    # too exact and very polite: how a text sounds is no proof in either direction
    if telling.part == "imaginary":
        return "imaginary"
    return "false_parcel" if telling.kind in PARCEL else "false_goods"


def _circumstances(telling: Telling, draws: bytes) -> Iterator[str]:
    if telling.proof and draws[PROOF] < 160:
        yield f"proof {telling.proof}"
    if telling.vulnerable_because:
        yield f"vulnerable {telling.vulnerable_because}"
    if telling.swears:
        yield "swears goods"


def _wish(telling: Telling, draws: bytes) -> Iterator[str]:
    """What the customer asks for, asks in passing, or does not ask."""
    on_form = telling.wants not in {None, "nothing"}
    if telling.asks_in_text:
        in_passing = not on_form and telling.remedy == "refund"
        yield "demand passing_money" if in_passing else f"demand {telling.remedy}"
    elif not on_form and draws[NOTHING] < 200:
        # whoever wrote it on the form need not say that nothing is wanted
        yield f"nothing {'treatment' if telling.kind in VISIT else 'goods'}"
