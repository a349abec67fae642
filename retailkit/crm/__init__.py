"""The customer database: an encrypted file, or a server that a class shares.

It is only right or unchanged, never in between.

What is written is on the disk before the kit says so. Each role sees the fields it needs,
and every look and every change is noted in a log that shows when somebody altered it.
"""

from __future__ import annotations

from retailkit.crm.changing import ChangedMeanwhile, LookAlike
from retailkit.crm.database import Crm
from retailkit.crm.opening import NotEncrypted, open_crm
from retailkit.crm.preparing import prepare
from retailkit.crm.roles import NotAllowed, Role
from retailkit.crm.sweeping import NotSwept

__all__ = [
    "ChangedMeanwhile",
    "Crm",
    "LookAlike",
    "NotAllowed",
    "NotEncrypted",
    "NotSwept",
    "Role",
    "open_crm",
    "prepare",
]
