"""What customers tell the shop in ordinary times: consent, questions, surveys, feedback, forms."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.columns import Text, empty_where, joined, numerals, table_of, words_at
from retailkit.customers import Consent, Feedback, Purpose, Signup
from retailkit.generate.consent import (
    GIVEN,
    NOT_ASKED,
    STATES,
    WITHDRAWN,
    before_today,
    mailing_list,
    marketing_consent,
)
from retailkit.generate.life import life, weights
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Dice
from retailkit.generate.people import WAYS, some_day
from retailkit.generate.rows import NEVER, Whole, ids
from retailkit.generate.sayings import lines, said_by
from retailkit.reading import LANGUAGES

PURPOSES = tuple(purpose.value for purpose in Purpose)
TOPICS = tuple(life("feedback_topic"))


# ---- consent ----


def opaque_ids(letters: str, dice: Dice) -> Text:
    """Numbers that tell nothing of whose they are."""
    return joined(f"{letters}-", numerals((dice.bits("id") >> 16).astype(np.int64), 15))


def consents_table(lives: Lives) -> pa.Table:
    """One row per answer about the use of a customer's data; by customer, first to last."""
    people = lives.people
    state, taken_back = marketing_consent(people)
    count = len(people)
    asked = Dice(people.seed, "consents", people.number)
    surveys = asked.happens("surveys", life("asked_about_surveys"))
    surveys &= people.way != WAYS.index("complaint")
    sharing = people.way == WAYS.index("warranty_card")
    yes = np.where(asked.happens("yes", 0.6), GIVEN, STATES.index("declined"))
    person = np.tile(np.arange(count), 4)
    happened = np.concatenate(
        [np.ones(count, dtype=np.bool_), surveys, sharing, ~np.isnat(taken_back)]
    )
    place = np.repeat(np.arange(4), count)
    rows = np.flatnonzero(happened)
    rows = rows[np.argsort(person[rows] * 4 + place[rows])]
    who, which = person[rows], place[rows]
    states = np.concatenate([state, yes, yes, np.full(count, WITHDRAWN)])[rows]
    times = np.concatenate([people.joined, people.joined, people.joined, taken_back])[rows]
    purpose = np.array(
        [PURPOSES.index(name) for name in ("marketing", "surveys", "sharing", "marketing")]
    )[which]
    columns = {
        "consent_id": ids("CO", people.number[who], which + 1),
        "customer_id": ids("C", people.number[who]),
        "purpose": words_at(PURPOSES, purpose),
        "state": words_at(STATES, states),
        "at": np.where(states == NOT_ASKED, NEVER, times),
        "channel": _asked_on(people.way[who], states),
        "wording": _wording(people.language[who], purpose, states),
    }
    return table_of(Consent, columns)


def _asked_on(way: Whole, state: Whole) -> Text:
    """The form on which they were asked; none where they never were. Taken back on the website."""
    way = np.where(state == WITHDRAWN, WAYS.index("website"), way)
    return words_at([*WAYS, None], np.where(state == NOT_ASKED, len(WAYS), way))


def _wording(language: Whole, purpose: Whole, state: Whole) -> Text:
    words = [each[0] for name in PURPOSES for each in lines(f"consent.{name}")]
    silent = np.isin(state, [NOT_ASKED, WITHDRAWN])
    place = purpose * len(LANGUAGES) + language
    return words_at([*words, None], np.where(silent, len(words), place))


# ---- feedback and website forms ----


def feedback_table(lives: Lives) -> pa.Table:
    """One row per piece of feedback, asked or unasked."""
    people = lives.people
    dice = Dice(people.seed, "feedback", people.number)
    by_this = people.way == WAYS.index("feedback")
    at = np.where(by_this, people.joined, some_day(people, dice))
    came = by_this | dice.happens("says", life("feedback"))
    rows = np.flatnonzero(came & before_today(at))
    kept, mine = people.only(rows), Dice(people.seed, "feedback", people.number[rows])
    topic = mine.place("topic", weights("feedback_topic"))
    text = said_by([f"feedback.{name}" for name in TOPICS], topic, kept.language, mine)
    columns = {
        "feedback_id": opaque_ids("F", mine),
        "customer_id": empty_where(
            mine.happens("anonymous", life("feedback_anonymous")), ids("C", kept.number)
        ),
        "at": at[rows],
        "topic": words_at(TOPICS, topic),
        "text": text,
    }
    table = table_of(Feedback, columns)
    return table.take(pc.sort_indices(table, [("at", "ascending"), ("feedback_id", "ascending")]))


def signups_table(lives: Lives) -> pa.Table:
    """One row per form filled in on the website."""
    people = lives.people
    dice = Dice(people.seed, "signups", people.number)
    joins, website = mailing_list(people), people.way == WAYS.index("website")
    at = np.where(website, people.joined, some_day(people, dice))
    writes = website | dice.happens("contact", life("contact_form"))
    rows = np.flatnonzero(writes & before_today(at))
    kept, mine = people.only(rows), Dice(people.seed, "signups", people.number[rows])
    form = np.where(joins[rows], 1, 0)
    text = said_by(["signup.contact", "signup.mailing_list"], form, kept.language, mine)
    columns = {
        "signup_id": ids("SU", kept.number),
        "customer_id": ids("C", kept.number),
        "at": at[rows],
        "form": words_at(["contact", "mailing_list"], form),
        "text": text,
    }
    return table_of(Signup, columns)
