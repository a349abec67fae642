"""Insight: what the orders and surveys of any shop say about its customers.

Purchasing trends, best customers, who comes back, how content they are. Every answer
carries sentences about what was counted and what was left out; `notes` shows them.
"""

from retailkit.insight.goods import sales_lines
from retailkit.insight.groups import customer_groups, group_limits, purchase_file
from retailkit.insight.loyalty import cohorts, repeat_purchase
from retailkit.insight.measures import Measure, notes
from retailkit.insight.opinion import recommendation, satisfaction
from retailkit.insight.seasons import trend
from retailkit.insight.value import best_customers, rfm, value_curve

__all__ = [
    "Measure",
    "best_customers",
    "cohorts",
    "customer_groups",
    "group_limits",
    "notes",
    "purchase_file",
    "recommendation",
    "repeat_purchase",
    "rfm",
    "sales_lines",
    "satisfaction",
    "trend",
    "value_curve",
]
