"""Markets: what differs from one country or region to the next.

Each value stands in the market's TOML file with its source, the day it was
looked up and how sure we are of it. This is teaching material, not legal advice.
"""

from retailkit.markets.days import answer_days, is_working_day, months_later, working_days_later
from retailkit.markets.deadlines import Deadline, acknowledge_by, answer_by, shop_clock
from retailkit.markets.rules import (
    Basis,
    Confidence,
    Market,
    MarketingRule,
    Rung,
    Sourced,
    codes,
    rules_of,
)

__all__ = [
    "Basis",
    "Confidence",
    "Deadline",
    "Market",
    "MarketingRule",
    "Rung",
    "Sourced",
    "acknowledge_by",
    "answer_by",
    "answer_days",
    "codes",
    "is_working_day",
    "months_later",
    "rules_of",
    "shop_clock",
    "working_days_later",
]
