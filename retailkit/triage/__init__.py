"""Triage: which facts a case has, how serious it is, what it needs, and why.

The facts of a whole shop come from `retailkit.triage.from_records`.
"""

from retailkit.triage.facts import Evidence
from retailkit.triage.rules import RULES, Burden, Disposition, Level, Rule
from retailkit.triage.rulings import Ruling, desk_rules, explain, triage

__all__ = [
    "RULES",
    "Burden",
    "Disposition",
    "Evidence",
    "Level",
    "Rule",
    "Ruling",
    "desk_rules",
    "explain",
    "triage",
]
