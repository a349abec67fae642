"""retailkit: a course you can run. Specialist support to customers, on a shop made for you.

Words, records and rules are here at once. What needs pandas, Faker, matplotlib or
ipywidgets is loaded when it is first used, so `import retailkit` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from retailkit.case_file import case_file
from retailkit.claims import Claim, Kind, Reason, Remedy
from retailkit.customers import CollectionChannel, Customer
from retailkit.markets import Deadline, acknowledge_by, answer_by, rules_of
from retailkit.orders import Order, Product
from retailkit.procedure import Procedure
from retailkit.shop import Shop
from retailkit.triage import (
    RULES,
    Disposition,
    Evidence,
    Level,
    Ruling,
    desk_rules,
    explain,
    triage,
)
from retailkit.words import did_you_mean, glossary

if TYPE_CHECKING:
    from retailkit import figures, forms
    from retailkit.course import cases, check, given, hint, my_shop, sheet, solution, try_rule
    from retailkit.desk import (
        INVARIANTS,
        Case,
        broken_rules,
        case_of,
        open_case,
        worklist,
    )
    from retailkit.files import read_dataset, write_dataset, write_plan
    from retailkit.generate import FAULTS, make_shop, planted_faults
    from retailkit.insight import (
        best_customers,
        cohorts,
        notes,
        recommendation,
        repeat_purchase,
        rfm,
        satisfaction,
        trend,
    )
    from retailkit.letters import Letter, leaks, letter, missing
    from retailkit.triage.from_records import evidence

__version__ = "0.1.0"

__all__ = [
    "FAULTS",
    "INVARIANTS",
    "RULES",
    "Case",
    "Claim",
    "CollectionChannel",
    "Customer",
    "Deadline",
    "Disposition",
    "Evidence",
    "Kind",
    "Letter",
    "Level",
    "Order",
    "Procedure",
    "Product",
    "Reason",
    "Remedy",
    "Ruling",
    "Shop",
    "acknowledge_by",
    "answer_by",
    "best_customers",
    "broken_rules",
    "case_file",
    "case_of",
    "cases",
    "check",
    "cohorts",
    "desk_rules",
    "evidence",
    "explain",
    "figures",
    "forms",
    "given",
    "glossary",
    "hint",
    "leaks",
    "letter",
    "make_shop",
    "missing",
    "my_shop",
    "notes",
    "open_case",
    "planted_faults",
    "read_dataset",
    "recommendation",
    "repeat_purchase",
    "rfm",
    "rules_of",
    "satisfaction",
    "sheet",
    "solution",
    "trend",
    "triage",
    "try_rule",
    "worklist",
    "write_dataset",
    "write_plan",
]

_LATER = {
    "Case": "desk",
    "FAULTS": "generate",
    "INVARIANTS": "desk",
    "Letter": "letters",
    "best_customers": "insight",
    "broken_rules": "desk",
    "case_of": "desk",
    "cases": "course",
    "check": "course",
    "cohorts": "insight",
    "evidence": "triage.from_records",
    "given": "course",
    "hint": "course",
    "leaks": "letters",
    "letter": "letters",
    "make_shop": "generate",
    "missing": "letters",
    "my_shop": "course",
    "notes": "insight",
    "open_case": "desk",
    "planted_faults": "generate",
    "read_dataset": "files",
    "recommendation": "insight",
    "repeat_purchase": "insight",
    "rfm": "insight",
    "satisfaction": "insight",
    "sheet": "course",
    "solution": "course",
    "trend": "insight",
    "try_rule": "course",
    "worklist": "desk",
    "write_dataset": "files",
    "write_plan": "files",
}
"""The names that wait until they are used, and where they live."""


def __getattr__(name: str) -> Any:
    if name in ("figures", "forms"):
        return importlib.import_module(f"retailkit.{name}")
    if name not in _LATER:
        raise AttributeError(f"retailkit has no name {name!r}.{did_you_mean(name, __all__)}")
    value = getattr(importlib.import_module(f"retailkit.{_LATER[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
