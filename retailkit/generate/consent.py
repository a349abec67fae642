"""Who says yes to offers and greetings, and whom the lot then sends some."""

from __future__ import annotations

import numpy as np

from retailkit.generate.life import day_number, life, moments, weights
from retailkit.generate.mixer import Dice
from retailkit.generate.people import WAYS, People
from retailkit.generate.rows import NEVER, Times, Whole, Yes, days_of, later

STATES = (*life("consent"), "withdrawn")
GIVEN, NOT_ASKED, WITHDRAWN = (STATES.index(name) for name in ("given", "not_asked", "withdrawn"))

CARD_YEARS = tuple(range(life("opened_on").year + 1, life("today").year + 1))
"""The years in which the shop sends birthday cards."""

SENT_AT = 600
"""When in the day cards and offers are sent, in minutes after midnight."""


def before_today(times: Times) -> Yes:
    """Which moments have come already."""
    return times < np.datetime64(life("today"), "s")


def marketing_consent(people: People) -> tuple[Whole, Times]:
    """What each customer answered about offers and greetings, and when they took it back, if so."""
    dice = Dice(people.seed, "consents", people.number)
    state = dice.place("state", weights("consent"))
    # nobody is asked on a complaint form: a complaint is no occasion for offers
    state[people.way == WAYS.index("complaint")] = NOT_ASKED
    # whoever joins the mailing list has said yes by doing so
    state[mailing_list(people)] = GIVEN
    days = (
        (day_number(life("today")) - days_of(people.joined))
        * dice.below("withdrawn_on", 1000)
        // 1000
    )
    back = (state == GIVEN) & dice.happens("withdrawn", life("consent_withdrawn"))
    at = later(people.joined, days=np.maximum(days, 1))
    return state, np.where(back & before_today(at), at, NEVER)


def mailing_list(people: People) -> Yes:
    """Who came by joining the mailing list on the website."""
    half = Dice(people.seed, "signups", people.number).happens("mailing list", 0.5)
    return (people.way == WAYS.index("website")) & half


def said_yes(people: People, consent: tuple[Whole, Times], at: Times | np.datetime64) -> Yes:
    """Whose consent is alive at a moment: the same for all, or one each."""
    state, taken_back = consent
    return (state == GIVEN) & (people.joined < at) & (np.isnat(taken_back) | (at < taken_back))


def drawn_for(people: People, name: str, number: int, share: float) -> Yes:
    """Whom the lot picks for one round of post, whether they have said yes or not."""
    return Dice(people.seed, f"{name} {number}", people.number).happens("drawn", share)


def birthdays_in(year: int, born: Times) -> Times:
    """The moment on each birthday of a year at which cards are sent; empty where not known."""
    month = born.astype("datetime64[M]")
    day_of_month = born.astype("datetime64[D]") - month.astype("datetime64[D]")
    this_year = np.datetime64(f"{year}-01") + month.astype(np.int64) % 12
    # a 29 February is a 1 March where there is none
    days = this_year.astype("datetime64[D]") + day_of_month
    return moments(days.astype(np.int64), np.full(len(born), SENT_AT))


def gets_card(people: People) -> Yes:
    """Who gets a birthday card: of those who said yes, whom the lot picks; a row per year."""
    consent, share = marketing_consent(people), life("birthday_cards")
    return np.stack(
        [
            said_yes(people, consent, birthdays_in(year, people.born))
            & drawn_for(people, "greeting", year, share)
            for year in CARD_YEARS
        ]
    )
