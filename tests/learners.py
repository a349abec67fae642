"""Whose shops the lessons are tried on."""

LEARNERS = ["demo", "kestrel", "river-9", *(f"learner-{number}" for number in range(17))]
"""Twenty: whoever has no code name, and others with one."""
