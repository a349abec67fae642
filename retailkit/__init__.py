"""retailkit: a course you can run. Specialist support to customers, on a shop made for you.

Words, records and rules are here at once. What needs pandas, Faker, matplotlib or
ipywidgets is loaded when it is first used, so `import retailkit` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from retailkit.browser import in_a_browser, settle_in
from retailkit.case_file import case_file
from retailkit.catalogue import say
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
from retailkit.ways import facts_by_way
from retailkit.words import did_you_mean

if TYPE_CHECKING:
    from retailkit import figures, forms, teaching
    from retailkit.aftersales import (
        benefits,
        may_contact,
        permissions,
        plan_after_sales,
        request_file,
        right_support,
        support_directory,
        support_requests,
        with_and_without,
    )
    from retailkit.course import (
        cases,
        check,
        given,
        hint,
        my_shop,
        practice_folder,
        progress,
        quiz,
        sheet,
        solution,
        try_rule,
    )
    from retailkit.crm import Role, open_crm
    from retailkit.desk import INVARIANTS, Case, broken_rules, case_of, open_case, worklist
    from retailkit.files import print_table, read_dataset, write_dataset, write_plan, write_table
    from retailkit.generate import FAULTS, compare, make_shop, plan_of, planted_faults
    from retailkit.imports import ImportProblems, read_claims, read_customers, read_orders
    from retailkit.insight import (
        best_customers,
        cohorts,
        customer_groups,
        notes,
        purchase_file,
        recommendation,
        repeat_purchase,
        rfm,
        sales_lines,
        satisfaction,
        trend,
    )
    from retailkit.letters import Letter, leaks, letter, missing
    from retailkit.owner_report import OwnerReport, write_report
    from retailkit.principles import (
        CHANGES,
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
    from retailkit.vocabularies import glossary

__version__ = "0.1.0"

__all__ = [
    "CHANGES",
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
    "OwnerReport",
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
    "customer_groups",
    "desk_rules",
    "duplicates",
    "evidence",
    "explain",
    "extract",
    "facts_by_way",
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
    "permissions",
    "plan_after_sales",
    "plan_of",
    "planted_faults",
    "practice_folder",
    "print_table",
    "progress",
    "purchase_file",
    "quiz",
    "read_claims",
    "read_customers",
    "read_dataset",
    "read_orders",
    "recommendation",
    "recurrence",
    "repeat_purchase",
    "request_file",
    "rfm",
    "right_support",
    "rules_of",
    "sales_lines",
    "satisfaction",
    "sheet",
    "solution",
    "stale",
    "support_directory",
    "support_requests",
    "teaching",
    "tracking_status",
    "trend",
    "triage",
    "try_rule",
    "verdict",
    "where_is",
    "with_and_without",
    "without_customer",
    "worklist",
    "write_dataset",
    "write_plan",
    "write_report",
    "write_table",
]

_HOMES = {
    "aftersales": (
        "benefits may_contact permissions plan_after_sales request_file right_support "
        "support_directory support_requests with_and_without"
    ),
    "course": (
        "cases check given hint my_shop practice_folder progress quiz sheet solution try_rule"
    ),
    "crm": "Role open_crm",
    "desk": "INVARIANTS Case broken_rules case_of open_case worklist",
    "files": "print_table read_dataset write_dataset write_plan write_table",
    "generate": "FAULTS compare make_shop plan_of planted_faults",
    "imports": "ImportProblems read_claims read_customers read_orders",
    "insight": (
        "best_customers cohorts customer_groups notes purchase_file recommendation "
        "repeat_purchase rfm sales_lines satisfaction trend"
    ),
    "letters": "Letter leaks letter missing",
    "owner_report": "OwnerReport write_report",
    "principles": (
        "CHANGES PRINCIPLES CorrectiveAction Visit audit cases_showing causes indicators "
        "outcome_gaps over_time overall recurrence verdict"
    ),
    "triage.from_records": "evidence",
    "upkeep": (
        "Coarser Extract Held Merge accuracy_check age_bands ages corrected duplicates extract "
        "held_on merge pace stale without_customer"
    ),
    "vocabularies": "glossary",
}
"""The names that wait until they are used, by the module where they live."""

_LATER = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in ("figures", "forms", "teaching"):
        return importlib.import_module(f"retailkit.{name}")
    if name not in _LATER:
        said = say("retailkit has no name {name!r}.", name=name)
        raise AttributeError(f"{said}{did_you_mean(name, __all__)}")
    value = getattr(importlib.import_module(f"retailkit.{_LATER[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


if in_a_browser():
    settle_in()
