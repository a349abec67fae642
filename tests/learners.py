"""Whose shops the lessons are tried on."""

import os

HOW_MANY = int(os.environ.get("RETAILKIT_LEARNERS", "8"))
"""Every day eight; RETAILKIT_LEARNERS=20 takes twenty, before a lesson is handed out anew."""

LEARNERS = ["demo", "kestrel", "river-9", *(f"learner-{number}" for number in range(HOW_MANY - 3))]
"""Whoever has no code name, and others with one."""
