"""The course's pictures: each takes a table and returns a figure together with its words.

The words, the finding and the numbers, are the picture's text for those who do not
see it, and what a notebook's proof compares.
"""

from retailkit.figures.aftersales import SERVICE_COLOURS, benefits, plan_by_week
from retailkit.figures.cases import LEVEL_COLOURS, level_by_reason
from retailkit.figures.chart import CUSTOMERS_BLUE, NEEDS_WORK, QUIET_INK, Chart, chart, house_style
from retailkit.figures.customers import rfm_grid, value_curve
from retailkit.figures.loyalty import cohort_table
from retailkit.figures.marks import class_marks
from retailkit.figures.principles import (
    before_and_after,
    outcome_gap,
    principle_over_time,
    principles,
)
from retailkit.figures.progress import progress
from retailkit.figures.roles import who_sees
from retailkit.figures.sales import trend
from retailkit.figures.shop import shop_at_a_glance
from retailkit.figures.stages import stages
from retailkit.figures.support import support_requests
from retailkit.figures.upkeep import age_bands, permissions
from retailkit.figures.waiting import open_cases
from retailkit.figures.ways import ways

__all__ = [
    "CUSTOMERS_BLUE",
    "LEVEL_COLOURS",
    "NEEDS_WORK",
    "QUIET_INK",
    "SERVICE_COLOURS",
    "Chart",
    "age_bands",
    "before_and_after",
    "benefits",
    "chart",
    "class_marks",
    "cohort_table",
    "house_style",
    "level_by_reason",
    "open_cases",
    "outcome_gap",
    "permissions",
    "plan_by_week",
    "principle_over_time",
    "principles",
    "progress",
    "rfm_grid",
    "shop_at_a_glance",
    "stages",
    "support_requests",
    "trend",
    "value_curve",
    "ways",
    "who_sees",
]
