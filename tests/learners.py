"""Whose shops the lessons are tried on."""

import os

from sweeps import mostly_slow

TWENTY = ["kestrel", "demo", "river-9", *(f"learner-{number}" for number in range(17))]
"""Some with a code name, and demo, who has none."""

LEARNERS = mostly_slow(TWENTY[: int(os.environ.get("RETAILKIT_LEARNERS", "5"))], 1)
"""Every day one, `pytest -m slow` four others; with RETAILKIT_LEARNERS=20 all others."""
