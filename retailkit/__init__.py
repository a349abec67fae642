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
from retailkit.services import Provider, ServiceType, SupportType
from retailkit.shop import Shop
from retailkit.stages import customer_file, happenings
from retailkit.tracking import order_file, tracking_status, where_is
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
    from retailkit.aftersales import benefits, may_contact, plan_after_sales, right_support
    from retailkit.course import cases, check, given, hint, my_shop, sheet, solution, try_rule
    from retailkit.crm import Role, open_crm
    from retailkit.desk import (
        INVARIANTS,
        Case,
        broken_rules,
        case_of,
        open_case,
        worklist,
    )
    from retailkit.files import read_dataset, write_dataset, write_plan, write_table
    from retailkit.generate import FAULTS, compare, make_shop, planted_faults
    from retailkit.imports import ImportProblems, read_claims, read_customers, read_orders
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
    from retailkit.principles import (
        PRINCIPLES,
        CorrectiveAction,
        Visit,
        audit,
        cases_showing,
        causes,
        indicators,
        outcome_gaps,
        over_time,
        overall,
        recurrence,
        verdict,
    )
    from retailkit.triage.from_records import evidence
    from retailkit.upkeep import (
        Coarser,
        Extract,
        Held,
        Merge,
        accuracy_check,
        age_bands,
        ages,
        corrected,
        duplicates,
        extract,
        held_on,
        merge,
        pace,
        stale,
        without_customer,
    )

__version__ = "0.1.0"

__all__ = [
    "FAULTS",
    "INVARIANTS",
    "PRINCIPLES",
    "RULES",
    "Case",
    "Claim",
    "Coarser",
    "CollectionChannel",
    "CorrectiveAction",
    "Customer",
    "Deadline",
    "Disposition",
    "Evidence",
    "Extract",
    "Held",
    "ImportProblems",
    "Kind",
    "Letter",
    "Level",
    "Merge",
    "Order",
    "Procedure",
    "Product",
    "Provider",
    "Reason",
    "Remedy",
    "Role",
    "Ruling",
    "ServiceType",
    "Shop",
    "SupportType",
    "Visit",
    "accuracy_check",
    "acknowledge_by",
    "age_bands",
    "ages",
    "answer_by",
    "audit",
    "benefits",
    "best_customers",
    "broken_rules",
    "case_file",
    "case_of",
    "cases",
    "cases_showing",
    "causes",
    "check",
    "cohorts",
    "compare",
    "corrected",
    "customer_file",
    "desk_rules",
    "duplicates",
    "evidence",
    "explain",
    "extract",
    "figures",
    "forms",
    "given",
    "glossary",
    "happenings",
    "held_on",
    "hint",
    "indicators",
    "leaks",
    "letter",
    "make_shop",
    "may_contact",
    "merge",
    "missing",
    "my_shop",
    "notes",
    "open_case",
    "open_crm",
    "order_file",
    "outcome_gaps",
    "over_time",
    "overall",
    "pace",
    "plan_after_sales",
    "planted_faults",
    "read_claims",
    "read_customers",
    "read_dataset",
    "read_orders",
    "recommendation",
    "recurrence",
    "repeat_purchase",
    "rfm",
    "right_support",
    "rules_of",
    "satisfaction",
    "sheet",
    "solution",
    "stale",
    "tracking_status",
    "trend",
    "triage",
    "try_rule",
    "verdict",
    "where_is",
    "without_customer",
    "worklist",
    "write_dataset",
    "write_plan",
    "write_table",
]

_LATER = {
    "Case": "desk",
    "Coarser": "upkeep",
    "CorrectiveAction": "principles",
    "Extract": "upkeep",
    "FAULTS": "generate",
    "Held": "upkeep",
    "INVARIANTS": "desk",
    "ImportProblems": "imports",
    "Letter": "letters",
    "Merge": "upkeep",
    "PRINCIPLES": "principles",
    "Role": "crm",
    "Visit": "principles",
    "accuracy_check": "upkeep",
    "age_bands": "upkeep",
    "ages": "upkeep",
    "audit": "principles",
    "benefits": "aftersales",
    "best_customers": "insight",
    "broken_rules": "desk",
    "case_of": "desk",
    "cases": "course",
    "cases_showing": "principles",
    "causes": "principles",
    "check": "course",
    "cohorts": "insight",
    "compare": "generate",
    "corrected": "upkeep",
    "duplicates": "upkeep",
    "evidence": "triage.from_records",
    "extract": "upkeep",
    "given": "course",
    "held_on": "upkeep",
    "hint": "course",
    "indicators": "principles",
    "leaks": "letters",
    "letter": "letters",
    "make_shop": "generate",
    "may_contact": "aftersales",
    "merge": "upkeep",
    "missing": "letters",
    "my_shop": "course",
    "notes": "insight",
    "open_case": "desk",
    "open_crm": "crm",
    "outcome_gaps": "principles",
    "over_time": "principles",
    "overall": "principles",
    "pace": "upkeep",
    "plan_after_sales": "aftersales",
    "planted_faults": "generate",
    "read_claims": "imports",
    "read_customers": "imports",
    "read_dataset": "files",
    "read_orders": "imports",
    "recommendation": "insight",
    "recurrence": "principles",
    "repeat_purchase": "insight",
    "rfm": "insight",
    "right_support": "aftersales",
    "satisfaction": "insight",
    "sheet": "course",
    "solution": "course",
    "stale": "upkeep",
    "trend": "insight",
    "try_rule": "course",
    "verdict": "principles",
    "without_customer": "upkeep",
    "worklist": "desk",
    "write_dataset": "files",
    "write_plan": "files",
    "write_table": "files",
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
