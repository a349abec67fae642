"""The last moment for a hand-in."""

from __future__ import annotations

from datetime import datetime, time

from retailkit.catalogue import say


def due_at(text: str) -> datetime:
    """The last moment in time, from a day or a day and a time; this computer's clock holds.

    Raises ValueError.

    >>> due_at("2026-11-30").strftime("%d %H:%M")
    '30 23:59'
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            say("due: {text!r} is no day. Write it like 2026-11-30 or 2026-11-30T12:00.", text=text)
        ) from None
    if len(text) <= len("2026-11-30"):
        moment = datetime.combine(moment.date(), time.max)
    return moment.astimezone()
