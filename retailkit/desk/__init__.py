"""The desk: a case and its states, the steps of the three functions, and the 22 rules it keeps."""

from retailkit.desk.case import Case
from retailkit.desk.invariants import INVARIANTS, Invariant, broken_rules
from retailkit.desk.opening import case_of, open_case
from retailkit.desk.states import after, may_follow

__all__ = [
    "INVARIANTS",
    "Case",
    "Invariant",
    "after",
    "broken_rules",
    "case_of",
    "may_follow",
    "open_case",
]
