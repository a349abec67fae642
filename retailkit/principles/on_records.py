"""The indicators that are counted from a shop's records: what went wrong in each case.

Each gives yes, no or not known by case. A case whose moment has not come yet is neither
in time nor late, so it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from retailkit.claims import StepType
from retailkit.principles.book import CaseBook
from retailkit.principles.letters_read import BASICS, lacking, telling_of_others
from retailkit.principles.standards import yes_no
from retailkit.reading import Required

HOW_TO_COMPLAIN = r"(?i)complain|queja|reclama|शिकायत"
"""Words of somebody who asks how to complain."""

A_CAUSE = r"(?i)cause|causa|कारण"
"""Words with which a cause is noted."""

ASKED_BEFORE = np.timedelta64(30, "D")
"""Who asked how to complain longer before a case asked about something else."""

TIME_TO_ASK = np.timedelta64(7, "D")
"""Within so many days after its end a case's customer is asked how it went."""

DISSATISFIED = (1, 2)


def _letters_lack_basics(book: CaseBook) -> pd.Series:
    return yes_no(*lacking(book, BASICS), book.cases)


def _had_to_ask(book: CaseBook) -> pd.Series:
    """Not known where the shop keeps no record of enquiries."""
    asked = book.shop.enquiries
    known = book.claims["customer_id"].notna().to_numpy() & (len(asked) > 0)
    asked = asked[asked["question"].str.contains(HOW_TO_COMPLAIN, regex=True, na=False)]
    told = book.claims[["customer_id", "received_at"]].dropna()
    pairs = told.reset_index().merge(asked[["customer_id", "at"]].dropna(), on="customer_id")
    before = pairs["received_at"] - pairs["at"]
    just_before = (before >= pd.Timedelta(0)) & (before <= pd.Timedelta(ASKED_BEFORE))
    first = book.cases.isin(pairs.loc[just_before, "claim_id"])
    return yes_no(first, known, book.cases)


def _wrong_language(book: CaseBook) -> pd.Series:
    """Every letter about a case is held against the language in which it was told."""
    letters = book.letters
    spoken = book.claims["language"].to_numpy()[letters["place"]]
    known = (letters["language"].notna() & pd.notna(spoken)).to_numpy(bool)
    other = letters["language"].to_numpy()[known] != spoken[known]
    return yes_no(*book.by_case(letters["place"].to_numpy()[known], other), book.cases)


def _form_refused(book: CaseBook) -> pd.Series:
    given = book.claims["form_given"]
    return ~given.astype("boolean")


def _late_acknowledgement(book: CaseBook) -> pd.Series:
    return _late(book, book.when(StepType.ACKNOWLEDGED, first=True), book.acknowledge_due)


def _no_acknowledgement(book: CaseBook) -> pd.Series:
    never = np.isnat(book.when(StepType.ACKNOWLEDGED, first=True))
    return yes_no(never, _over(book, book.acknowledge_due), book.cases)


def _late_answer(book: CaseBook) -> pd.Series:
    """A case taken back before its day needed no answer."""
    told = book.when(StepType.COMMUNICATED, first=True)
    taken_back = ~np.isnat(book.when(StepType.WITHDRAWN)) & np.isnat(told)
    late = _late(book, told, book.answer_due)
    return late.mask(taken_back)


def _late(book: CaseBook, done: np.ndarray, due: np.ndarray) -> pd.Series:
    """Not done by its moment; known only where that moment has come.

    Who looks at the quick cases of the last days as well finds too few late ones.
    """
    return yes_no(~(done <= due), _over(book, due), book.cases)


def _over(book: CaseBook, due: np.ndarray) -> np.ndarray:
    """Whether the moment has come, where the case and any step of it are on record."""
    known: np.ndarray = (due < book.today) & book.any_step(book.shop.claim_steps["step"].notna())
    return known


def _no_reason(book: CaseBook) -> pd.Series:
    note = book.of_step("note", StepType.DECIDED).fillna("")
    return yes_no(note.str.strip() == "", book.row_of(StepType.DECIDED) >= 0, book.cases)


def _judge_in_own_case(book: CaseBook) -> pd.Series:
    by, about = book.of_step("staff_id", StepType.DECIDED), book.claims["about_staff"]
    return yes_no((by == about).fillna(False), by.notna() & about.notna(), book.cases)


def _charged(book: CaseBook) -> pd.Series:
    """A step for which no fee is written down tells nothing."""
    fees = book.shop.claim_steps["fee"]
    paid = book.any_step((fees > 0).fillna(False))
    return yes_no(paid, book.any_step(fees.notna()), book.cases)


def _data_of_others(book: CaseBook) -> pd.Series:
    return yes_no(*telling_of_others(book), book.cases)


def _not_asked(book: CaseBook) -> pd.Series:
    """Known where the customer can be reached and there was time to ask."""
    closed = book.when(StepType.CLOSED)
    letters = book.letters
    asked, _ = book.by_case(letters["place"], letters["kind"] == "feedback_request")
    reached = book.claims["customer_id"].notna().to_numpy()
    return yes_no(~asked, reached & (closed + TIME_TO_ASK < book.today), book.cases)


def _dissatisfied(book: CaseBook) -> pd.Series:
    """By answer; an answer without a name on the back belongs to no case."""
    surveys = book.shop.surveys
    handling = surveys[(surveys["about"] == "handling") & surveys["overall"].notna()]
    wrong = handling["overall"].isin(DISSATISFIED)
    return wrong.astype("boolean").set_axis(pd.Index(handling["about_id"]))


def _nobody_in_charge(book: CaseBook) -> pd.Series:
    steps = book.shop.claim_steps
    unsigned = book.any_step(steps["staff_id"].isna())
    return yes_no(unsigned, book.any_step(steps["step"].notna()), book.cases)


def _nobody_named(book: CaseBook) -> pd.Series:
    return yes_no(*lacking(book, [Required.WHO]), book.cases)


def _no_cause(book: CaseBook) -> pd.Series:
    note = book.of_step("note", StepType.CLOSED).fillna("")
    unsaid = ~note.str.contains(A_CAUSE, regex=True)
    return yes_no(unsaid, book.row_of(StepType.CLOSED) >= 0, book.cases)


WRONG: Mapping[str, Callable[[CaseBook], pd.Series]] = {
    "letters_lack_basics": _letters_lack_basics,
    "had_to_ask": _had_to_ask,
    "wrong_language": _wrong_language,
    "form_refused": _form_refused,
    "late_acknowledgement": _late_acknowledgement,
    "no_acknowledgement": _no_acknowledgement,
    "late_answer": _late_answer,
    "no_reason": _no_reason,
    "judge_in_own_case": _judge_in_own_case,
    "charged": _charged,
    "data_of_others": _data_of_others,
    "not_asked": _not_asked,
    "dissatisfied": _dissatisfied,
    "nobody_in_charge": _nobody_in_charge,
    "nobody_named": _nobody_named,
    "no_cause": _no_cause,
}
"""What went wrong in each case, by indicator; like cases are compared in `alike`."""
