"""Whose shops the lessons are tried on."""

import os

from sweeps import mostly_slow

TWENTY = ["demo", "kestrel", "river-9", *(f"learner-{number}" for number in range(17))]
"""Whoever has no code name, and others with one."""

LEARNERS = mostly_slow(TWENTY[: int(os.environ.get("RETAILKIT_LEARNERS", "8"))], 2)
"""Every day two, `pytest -m slow` the other six; with RETAILKIT_LEARNERS=20 all others."""
