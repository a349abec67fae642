"""What a disk refuses, in sentences: why something could not be written."""

from __future__ import annotations

from retailkit.catalogue import later, say

NOT_WRITTEN = later(
    "'{path}' could not be written: {reason}. What was there before is unchanged. "
    "Choose a folder that is yours and has room."
)
IN_USE = later(
    "'{path}' is being written by another run at this moment. "
    "Wait until that is done, or choose another place."
)

REASONS = (
    later("permission denied"),
    later("operation not permitted"),
    later("no such file or directory"),
    later("no space left on device"),
    later("disk quota exceeded"),
    later("read-only file system"),
    later("is a directory"),
    later("not a directory"),
    later("file exists"),
    later("file name too long"),
    later("input/output error"),
)
"""What systems say most often; whatever else they say stays in their own words."""


def reason_of(error: OSError) -> str:
    """Why the system could not do something, as part of a sentence.

    >>> reason_of(OSError(28, "No space left on device"))
    'no space left on device'
    """
    return say((error.strerror or str(error)).lower())
