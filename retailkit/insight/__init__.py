"""Insight: what the orders and surveys of any shop say about its customers.

Purchasing trends, best customers, who comes back, how content they are. Every answer
carries sentences about what was counted and what was left out; `notes` shows them.
"""

from retailkit.insight.loyalty import cohorts, repeat_purchase
from retailkit.insight.measures import Measure, notes
from retailkit.insight.opinion import recommendation, satisfaction
from retailkit.insight.seasons import trend
from retailkit.insight.value import best_customers, rfm, value_curve

__all__ = [
    "Measure",
    "best_customers",
    "cohorts",
    "notes",
    "recommendation",
    "repeat_purchase",
    "rfm",
    "satisfaction",
    "trend",
    "value_curve",
]
