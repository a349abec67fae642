"""What the course needs of other packages, and what is wrong with those that are there."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

from retailkit.catalogue import say

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def needed_here(text: str) -> Requirement | None:
    """What is needed on this computer; nothing where it is for others."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        needed = Requirement(text)
    except InvalidRequirement:
        return None
    return needed if needed.marker is None or needed.marker.evaluate({"extra": ""}) else None


def what_is_wrong(needed: Requirement) -> str:
    """What is wrong with a package that is needed, if anything."""
    try:
        version = importlib.metadata.version(needed.name)
    except importlib.metadata.PackageNotFoundError:
        return say("{package} is missing", package=needed.name)
    if version is None or needed.specifier.contains(version, prereleases=True):
        return "" if version else say("{package} is damaged", package=needed.name)
    return say(
        "{package} is {version}, and {wanted} is needed",
        package=needed.name,
        version=version,
        wanted=needed.specifier,
    )
