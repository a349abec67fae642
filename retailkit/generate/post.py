"""Letters and messages between the shop and its customers.

What the shop writes is put together by `retailkit.letters`, from the facts of the case.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from retailkit.claims import Message, StepType
from retailkit.columns import empty_where, joined, numerals, table_of, words_at
from retailkit.generate.book import claim_core
from retailkit.generate.handling import STEPS, planted
from retailkit.generate.letters import LETTERS, Addresses, letters
from retailkit.generate.lives import Lives
from retailkit.generate.locales import locale_of
from retailkit.generate.rows import Whole, ids
from retailkit.generate.sayings import filled, lines
from retailkit.generate.service import NAMES, Jobs
from retailkit.generate.stories import CHANNELS
from retailkit.generate.surveys import asked_for_feedback
from retailkit.letters import compose
from retailkit.reading import LANGUAGES

MEDIUM = {
    "desk": "desk",
    "phone": "email",
    "email": "email",
    "web_form": "email",
    "letter": "letter",
}
"""How the shop writes to somebody who came to it through each channel."""

STEP_OF = {
    "acknowledgement": StepType.ACKNOWLEDGED,
    "information_request": StepType.INFORMATION_ASKED,
    "reply": StepType.INFORMATION_RECEIVED,
    "answer": StepType.COMMUNICATED,
    "feedback_request": StepType.CLOSED,
}
"""The letters about a case, and the step at which each is written."""


def messages_table(lives: Lives, jobs: Jobs, addresses: Addresses, spoken: Whole) -> pa.Table:
    """One row per message: about cases, then offers and greetings; each by customer and time.

    `spoken` is each case's language, a place among the languages.
    """
    post = [_about_cases(lives, addresses, spoken)]
    post += [
        _post(lives, addresses, kind, jobs.only(jobs.kind == NAMES.index(kind)))
        for kind in ("offer", "greeting")
    ]
    return pa.concat_tables(post)


def written_in(lives: Lives, spoken: Whole) -> Whole:
    """The language in which the shop writes about each case: the customer's where it can."""
    can = [LANGUAGES.index(one) for one in lives.desk.procedure.languages if one in LANGUAGES]
    here = [LANGUAGES.index(one) for one in locale_of(lives.market).languages]
    # otherwise the one of its own that is spoken in the market
    own = next((one for one in can if one in here), can[0] if can else here[0])
    usual = np.where(np.isin(spoken, can), spoken, own)
    planted_here = planted(lives.marks, "wrong_language", lives.stories.row)
    return np.where(planted_here, _wrong(usual, spoken, own), usual)


def _wrong(usual: Whole, spoken: Whole, own: int) -> Whole:
    """The shop's own language, or where that is usual, another that is not the customer's."""
    following = (usual + 1) % len(LANGUAGES)
    other = np.where(following == spoken, (usual + 2) % len(LANGUAGES), following)
    return np.where(usual == own, other, own)


def _about_cases(lives: Lives, addresses: Addresses, spoken: Whole) -> pa.Table:
    """The letters about each case, each at the moment of the step that it belongs to."""
    written = np.stack(
        [lives.handling.taken[:, STEPS.index(step)] for step in STEP_OF.values()], axis=-1
    )
    written[:, LETTERS.index("feedback_request")] &= asked_for_feedback(lives)
    case, kind = np.nonzero(written)
    language = written_in(lives, spoken)[case]
    core = claim_core(lives).take(pa.array(case))
    medium = np.array([CHANNELS.index(MEDIUM[name]) for name in CHANNELS])
    moments = np.stack([lives.handling.when(step) for step in STEP_OF.values()], axis=-1)
    columns = {
        "message_id": joined("M-", core, "-", kind + 1),
        "customer_id": empty_where(lives.by_guest[case], ids("C", lives.stories.customer[case])),
        "claim_id": joined("CL-", core),
        "at": moments[case, kind],
        "direction": words_at(["out", "in"], (kind == LETTERS.index("reply")).astype(np.int64)),
        "medium": words_at(CHANNELS, medium[lives.stories.channel[case]]),
        "language": words_at(LANGUAGES, language),
        "kind": words_at(LETTERS, kind),
        "text": letters(lives, addresses, case, kind, language),
    }
    return table_of(Message, columns)


def _post(lives: Lives, addresses: Addresses, kind: str, jobs: Jobs) -> pa.Table:
    people, language = lives.people, lives.people.language[jobs.person]
    which = jobs.dice.below("which offer", len(lines("message.offer")[0]))
    pool = [
        _form_letter(lives, addresses, kind, spoken, place)
        for spoken in range(len(LANGUAGES))
        for place in range(len(lines("message.offer")[0]))
    ]
    names = addresses.names.take(pa.array(jobs.person))
    columns = {
        "message_id": joined("M-", numerals(jobs.row, 1)),
        "customer_id": ids("C", people.number[jobs.person]),
        "claim_id": pa.nulls(len(jobs), pa.string()),
        "at": jobs.at,
        "direction": words_at(["out"], np.zeros(len(jobs), dtype=np.int64)),
        "medium": words_at(["email"], np.zeros(len(jobs), dtype=np.int64)),
        "language": words_at(LANGUAGES, language),
        "kind": words_at([kind], np.zeros(len(jobs), dtype=np.int64)),
        "text": filled(pool, language * (len(pool) // len(LANGUAGES)) + which, {"name": names}),
    }
    return table_of(Message, columns)


def _form_letter(lives: Lives, addresses: Addresses, kind: str, spoken: int, place: int) -> str:
    """An offer or a greeting that lacks nothing but the name."""
    facts = {"name": "{name}", "shop": addresses.shop, "market": lives.market}
    facts["offer"] = lines("message.offer")[spoken][place]
    return compose(kind, LANGUAGES[spoken], facts)
