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
    from retailkit.course import cases, check, given, hint, my_shop, solution, try_rule
    from retailkit.desk import (
        INVARIANTS,
        Case,
        broken_rules,
        case_of,
        open_case,
        worklist,
    )
    from retailkit.files import read_dataset, write_dataset
    from retailkit.generate import make_shop
    from retailkit.letters import Letter, leaks, letter, missing
    from retailkit.triage.from_records import evidence

__version__ = "0.1.0"

__all__ = [
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
    "broken_rules",
    "case_file",
    "case_of",
    "cases",
    "check",
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
    "open_case",
    "read_dataset",
    "rules_of",
    "solution",
    "triage",
    "try_rule",
    "worklist",
    "write_dataset",
]

_LATER = {
    "INVARIANTS": "desk",
    "Case": "desk",
    "Letter": "letters",
    "broken_rules": "desk",
    "case_of": "desk",
    "leaks": "letters",
    "letter": "letters",
    "missing": "letters",
    "open_case": "desk",
    "worklist": "desk",
    "cases": "course",
    "check": "course",
    "evidence": "triage.from_records",
    "given": "course",
    "hint": "course",
    "make_shop": "generate",
    "my_shop": "course",
    "read_dataset": "files",
    "solution": "course",
    "try_rule": "course",
    "write_dataset": "files",
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
