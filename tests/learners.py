"""Whose shops the lessons are tried on."""

import os

TWENTY = ["demo", "kestrel", "river-9", *(f"learner-{number}" for number in range(17))]
"""Whoever has no code name, and others with one."""

LEARNERS = TWENTY[: int(os.environ.get("RETAILKIT_LEARNERS", "8"))]
"""Every day eight; RETAILKIT_LEARNERS=20 takes all, before a lesson is handed out anew."""
