"""Upkeep: keeping what we know of customers true, single, and no more than we may keep.

Old contacts, mistakes, duplicates and how two records become one; and the rights of the
people in the list: to see what is held, to have it corrected, and to be forgotten.
"""

from retailkit.upkeep.accuracy import accuracy_check
from retailkit.upkeep.ages import age_bands, ages, pace, stale
from retailkit.upkeep.duplicates import duplicates
from retailkit.upkeep.erasing import without_customer
from retailkit.upkeep.extracts import Coarser, Extract, extract
from retailkit.upkeep.merging import Merge, merge
from retailkit.upkeep.rights import Held, corrected, held_on

__all__ = [
    "Coarser",
    "Extract",
    "Held",
    "Merge",
    "accuracy_check",
    "age_bands",
    "ages",
    "corrected",
    "duplicates",
    "extract",
    "held_on",
    "merge",
    "pace",
    "stale",
    "without_customer",
]
