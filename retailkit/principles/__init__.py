"""The nine principles of handling complaints, and an audit of a shop against them.

What the audit reads is what any real shop has: its claims book, steps, letters, enquiries,
surveys and orders, what it publishes, and a mystery shopper's sheets.
"""

from retailkit.principles.alike import outcome_gaps
from retailkit.principles.audit import audit, cases_showing, indicators, over_time, overall
from retailkit.principles.changes import CHANGES, Change, cost_of, mended_by, procedure_with
from retailkit.principles.counted import verdict
from retailkit.principles.improvement import CorrectiveAction, Recurrence, causes, recurrence
from retailkit.principles.principle import (
    PRINCIPLES,
    Indicator,
    Principle,
    Source,
    Verdict,
    principle,
)
from retailkit.principles.visits import Visit, agreement

__all__ = [
    "CHANGES",
    "PRINCIPLES",
    "Change",
    "CorrectiveAction",
    "Indicator",
    "Principle",
    "Recurrence",
    "Source",
    "Verdict",
    "Visit",
    "agreement",
    "audit",
    "cases_showing",
    "causes",
    "cost_of",
    "indicators",
    "mended_by",
    "outcome_gaps",
    "over_time",
    "overall",
    "principle",
    "procedure_with",
    "recurrence",
    "verdict",
]
