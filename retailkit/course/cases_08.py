"""What lesson 08's exercises are about: jobs, dates and letters from a shop's own records."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retailkit.catalogue import LANGUAGES, language, later, say
from retailkit.claims import Function, StepType
from retailkit.course.goods import the_product
from retailkit.course.sheets import Sheet
from retailkit.desk import Case, case_of
from retailkit.letters import Letter, letter
from retailkit.markets import Basis, answer_by, is_working_day, working_days_later
from retailkit.reading import Required, missing
from retailkit.shop import Shop
from retailkit.text import day
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


# 8.1: whose job is it

JOBS = {
    Function.CUSTOMER_SERVICE: (
        "Write down what a customer tells you about the {product}, and hand over the form.",
        "Tell a customer by which day we answer about the {product}.",
        "Send the decision about the {product}, with its reasons.",
    ),
    Function.TECHNICIAN: (
        "Mend the {product}: one part of it is broken.",
        "Test the {product} and find out why it fails.",
        "Replace the broken {product}: collect it and bring a new one.",
    ),
    Function.TRAINER: (
        "Show the new owner of a {product} how to use it safely.",
        "Practise with a customer until the {product} holds no secrets any more.",
        "Explain what each part of the {product} is for, for whoever will use it alone.",
    ),
}
"""The first word of each says what is to be done; no two functions share one."""


@functools.lru_cache(maxsize=8)
def _jobs(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Six jobs, two for each function, about products of the shop: the job, and whose it is."""
    luck = luck_of(shop)
    technical = shop.products["needs_training"] | shop.products["needs_installation"]
    products = shop.products.loc[technical, "name"].to_list()
    drawn = [
        (say(job, product=the_product(luck.choice(products))), str(function))
        for function, jobs in JOBS.items()
        for job in luck.sample(jobs, 2)
    ]
    return tuple(luck.sample(drawn, len(drawn)))


def six_jobs(shop: Shop) -> Sheet:
    """The six jobs in their order."""
    return Sheet(job for job, _ in _jobs(shop))


def whose(shop: Shop) -> list[str]:
    """The function that each of the six jobs belongs to."""
    return [function for _, function in _jobs(shop)]


def whose_if(shop: Shop, taken_for: dict[Function, Function]) -> list[str]:
    """The same, with some functions taken for others."""
    return [str(taken_for.get(Function(function), function)) for function in whose(shop)]


# 8.2: the last day for the answer


@functools.lru_cache(maxsize=8)
def two_dates(shop: Shop) -> Sheet:
    """Two cases received on working days: holidays in the time of one, none near the other."""
    book = shop.claims.dropna(subset=["received_at", "claim_id"]).reset_index(drop=True)
    days = book["received_at"].to_numpy().astype("datetime64[D]")
    working = working_days_later(days - np.timedelta64(1, "D"), 1, shop.market) == days
    right, plain = _right(days, shop.market), forgot_holidays(days, shop.market)
    far = working_days_later(days, AHEAD, shop.market) == np.busday_offset(
        days, AHEAD, roll="backward"
    )
    rows = [_one_of(book[working & (right != plain)], shop), _one_of(book[working & far], shop)]
    return Sheet([_received(row, shop.market) for row in rows], numbers=[r.claim_id for r in rows])


AHEAD = 15
"""How many working days the sheet looks ahead for holidays."""


def _one_of(rows: pd.DataFrame, shop: Shop) -> pd.Series:
    return rows.iloc[shop.seed % len(rows)]


def _received(row: pd.Series, market: str) -> str:
    on = row.received_at.date()
    ahead = [on + timedelta(days=number) for number in range(1, 22)]
    off = [each for each in ahead if each.weekday() < SATURDAY and not is_working_day(each, market)]
    received = say("{case}, received on {day}.", case=row.claim_id, day=day_of_the_week(on))
    named = listing(map(day_of_the_week, off))
    feasts = say(HOLIDAYS, days=named) if off else say(NO_HOLIDAY)
    return f"{received} {feasts}"


def day_of_the_week(moment: date) -> str:
    """A day with its name, as people write it.

    >>> day_of_the_week(date(2026, 3, 6))
    'Friday 6 March 2026'
    """
    from babel.dates import format_date

    return f"{format_date(moment, 'EEEE', locale=language())} {day(moment)}"


SATURDAY = 5
NO_HOLIDAY = later("No public holiday in the three weeks after it.")
HOLIDAYS = later("Public holidays in the three weeks after it: {days}.")


def last_days(
    shop: Shop, rule: Callable[[np.ndarray, str], np.ndarray] | None = None
) -> list[date]:
    """The last day for the answer to each of the two, by the law or as somebody counts it."""
    received = [shop.claim(number).received_at for number in two_dates(shop).numbers]
    days = np.array(received, dtype="datetime64[D]")
    last: list[date] = (rule or _right)(days, shop.market).tolist()
    return last


def _right(days: np.ndarray, market: str) -> np.ndarray:
    return working_days_later(days, 10, market)


def forgot_holidays(days: np.ndarray, market: str) -> np.ndarray:
    """Ten days from Monday to Friday, holidays or not."""
    return np.busday_offset(days, 10, roll="backward")


def counted_the_first(days: np.ndarray, market: str) -> np.ndarray:
    """The day of receipt taken for the first of the ten."""
    return working_days_later(days, 9, market)


def calendar_days(days: np.ndarray, market: str) -> np.ndarray:
    """Ten days of the calendar, Sundays and all."""
    return days + np.timedelta64(10, "D")


# 8.3: an acknowledgement that says too little

LEFT_OUT = (Required.WHO, Required.TRACKING, Required.REFERENCE)
"""Besides the day and the places outside, the draft lacks one of these."""


@functools.lru_cache(maxsize=8)
def case_to_acknowledge(shop: Shop) -> Case:
    """The newest case of a customer whose name is known."""
    named = shop.customers.dropna(subset=["given_name", "family_name"])["customer_id"]
    book = shop.claims[shop.claims["customer_id"].isin(named)].dropna(subset=["received_at"])
    return case_of(shop, newest(book))


@functools.lru_cache(maxsize=8)
def acknowledgement(shop: Shop) -> Letter:
    """The desk's own acknowledgement of that case."""
    return letter(case_to_acknowledge(shop), "acknowledgement", shop, language=language())


def newest(book: pd.DataFrame) -> str:
    """The number of the case that came in last."""
    return str(book.sort_values("received_at")["claim_id"].iloc[-1])


def without(shop: Shop, *things: Required) -> str:
    """The acknowledgement without the paragraphs that carry some things."""
    whole = acknowledgement(shop)
    return "\n\n".join(
        part for part in whole.text.split("\n\n") if set(things) <= lacks_in(part, whole)
    )


def lacks_in(text: str, whole: Letter) -> set[Required]:
    """What a text does not carry of what an acknowledgement must."""
    return set(missing(text, whole.kind, whole.market, whole.language))


def too_little(shop: Shop) -> Sheet:
    """The draft of an acknowledgement that says too little, with what the desk knows."""
    case, one_more = case_to_acknowledge(shop), LEFT_OUT[shop.seed % len(LEFT_OUT)]
    by = {each.basis: each for each in (case.due, case.due.other) if each}
    number, received = str(case.claim.claim_id), case.claim.received_at or shop.today
    owner = shop.staff.loc[shop.staff["staff_id"] == case.owner, "name"].iloc[0]
    promised = shop.procedure.answer_within_days
    known = [
        say("Case {case}, received on {day}.", case=number, day=day_of_the_week(received)),
        say("{name} is responsible for it.", name=owner),
        say("The law gives us until {day}.", day=day(by[Basis.LAW].date)),
        say("Our own promise: an answer within {days} days.", days=promised),
    ]
    text = without(shop, Required.DEADLINES, Required.OPTIONS, one_more)
    return Sheet(text.split("\n\n"), known, [number])


def with_the_laws_day(shop: Shop) -> str:
    """The acknowledgement with the later day, the law's."""
    case = case_to_acknowledge(shop)
    late = day(answer_by(case.claim.received_at or shop.today, shop.market).date)
    answer_by_then = say("You will have our answer by {day}.", day=late)
    return f"{without(shop, Required.DEADLINES)}\n\n{answer_by_then}"


def names(text: str, on: date) -> bool:
    """Whether a text names a day, in one of the ways in which people write it."""
    from babel.dates import format_date

    months = (format_date(on, "MMMM", locale=code).lower() for code in LANGUAGES)
    month = f"({'|'.join(months)})"
    written = (
        rf"\b{on.day}(th|st|nd|rd)?( of| de)? {month}|\b{month} {on.day}\b|\b{on.isoformat()}\b"
    )
    return re.search(written, text.lower()) is not None


# 8.4: a letter that says too much


@functools.lru_cache(maxsize=8)
def answered_case(shop: Shop) -> Case:
    """The last closed case of a named customer on which a cause was noted."""
    steps = shop.claim_steps
    noted = steps[(steps["step"] == StepType.CLOSED) & steps["note"].notna()]["claim_id"]
    named = shop.customers.dropna(subset=["given_name", "family_name"])["customer_id"]
    book = shop.claims[shop.claims["claim_id"].isin(noted)]
    book = book[book["customer_id"].isin(named) & book["received_at"].notna()]
    return case_of(shop, newest(book))


@functools.lru_cache(maxsize=8)
def _too_many(shop: Shop) -> tuple[str, ...]:
    """What does not belong in the letter: another customer, a colleague's health, a note."""
    case, luck = answered_case(shop), luck_of(shop)
    others = shop.customers.dropna(subset=["given_name", "family_name", "phone"])
    others = others[others["customer_id"] != case.claim.customer_id]
    other = others.iloc[luck.randrange(len(others))]
    return (
        say(
            "{name}, telephone {phone}, had the same trouble and can tell you more.",
            name=f"{other.given_name} {other.family_name}",
            phone=other.phone,
        ),
        say("It took a little longer because our technician is on sick leave."),
        say("Our own note on your case says: “{note}”", note=case.steps[-1].note),
    )


@functools.lru_cache(maxsize=8)
def too_much(shop: Shop) -> Sheet:
    """The answer in numbered paragraphs, with what does not belong there in between."""
    case, luck = answered_case(shop), luck_of(shop)
    lines = letter(case, "answer", shop, language=language()).text.split("\n\n")
    for extra in _too_many(shop):
        lines.insert(luck.randrange(2, len(lines)), extra)
    return Sheet(lines, numbers=[str(case.claim.claim_id)])


def to_strike_out(shop: Shop, but: int | None = None) -> list[int]:
    """The numbers of the lines that do not belong there, or all of them but one kind."""
    extra = [line for number, line in enumerate(_too_many(shop)) if number != but]
    return [number for number, line in enumerate(too_much(shop), 1) if line in extra]


def carrying(shop: Shop, thing: Required) -> list[int]:
    """The numbers of the lines that carry something the letter must carry."""
    return [
        number
        for number, line in enumerate(too_much(shop), 1)
        if thing not in missing(line, "answer", shop.market, language())
        and line not in _too_many(shop)
    ]
