"""The desk: a case and its states, the steps of the three functions, and the 22 rules it keeps."""

from retailkit.desk.case import Case
from retailkit.desk.invariants import INVARIANTS, Invariant, broken_rules
from retailkit.desk.opening import case_of, open_case
from retailkit.desk.states import after, may_follow
from retailkit.desk.worklist import Worklist, worklist

__all__ = [
    "INVARIANTS",
    "Case",
    "Invariant",
    "Worklist",
    "after",
    "broken_rules",
    "case_of",
    "may_follow",
    "open_case",
    "worklist",
]
