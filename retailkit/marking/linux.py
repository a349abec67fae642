"""What only Linux can do: worlds of their own for processes, and folders that cannot be left.

Python has no words for these calls of the kernel; each is made with its number from the
kernel's own headers.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CAPABILITY_VERSION, READ_SEARCH = 0x20080522, 1 << 2

LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
ASK_VERSION, BENEATH = 1, 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
EVERYTHING_IN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many kinds of access to files each version of Landlock knows."""

BIND_AND_CONNECT, SOCKETS_AND_SIGNALS = 3, 3


class Ruleset(ctypes.Structure):
    """What is forbidden unless a rule allows it: files, network, other processes."""

    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("others", ctypes.c_uint64),
    ]


class Beneath(ctypes.Structure):
    """What is allowed below a folder."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def _kernel() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> bool:
    """Whether the process now has namespaces of its own."""
    return bool(_kernel().unshare(flags) == 0)


def end_with_parent() -> None:
    """Be killed when the parent ends; and gain no rights by starting another program."""
    kernel = _kernel()
    kernel.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def take_in_orphans() -> None:
    """Become the parent of whatever a child leaves behind, and be closed to its looks."""
    kernel = _kernel()
    kernel.prctl(PR_SET_CHILD_SUBREAPER, 1)
    kernel.prctl(PR_SET_DUMPABLE, 0)


def be_seen() -> None:
    """Let this process be looked into again, which `take_in_orphans` had closed."""
    _kernel().prctl(PR_SET_DUMPABLE, 1)


def children(parent: int) -> list[int]:
    """The processes that a process has started or taken in."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # the name in brackets may hold blanks and brackets of its own
            fields = (one / "stat").read_text(encoding="utf-8", errors="replace")
            if int(fields.rpartition(")")[2].split()[1]) == parent:
                found.append(int(one.name))
    return found


def become(user: int, *, still_reading: bool) -> None:
    """Be this user, for good; with `still_reading` one who reads whatever is allowed elsewhere."""
    kernel = _kernel()
    kernel.prctl(PR_SET_KEEPCAPS, int(still_reading), 0, 0, 0)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    if still_reading:
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
        rights = (ctypes.c_uint32 * 6)(READ_SEARCH, READ_SEARCH, 0, 0, 0, 0)
        kernel.capset(ctypes.byref(header), ctypes.byref(rights))
    be_seen()


def can_keep_within() -> bool:
    """Whether the kernel has Landlock."""
    return bool(_version(_kernel()) >= 1)


def _version(kernel: ctypes.CDLL) -> int:
    return int(kernel.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), ASK_VERSION))


def only_within(folder: str, readable: Iterable[str]) -> bool:
    """Whether from now on files are written in `folder` alone, and read there and where told.

    The kernel's Landlock holds this for the process and all that it starts.
    """
    kernel = _kernel()
    version = _version(kernel)
    if version < 1:
        return False
    everything = (1 << EVERYTHING_IN.get(version, 16)) - 1
    network = BIND_AND_CONNECT if version >= 4 else 0
    rules = Ruleset(everything, network, SOCKETS_AND_SIGNALS if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    handle = kernel.syscall(LANDLOCK_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if handle < 0:
        return False
    looks = EXECUTE | READ_FILE | READ_DIR
    for place in readable:
        _allow(kernel, handle, place, looks)
    _allow(kernel, handle, folder, everything)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/dev/full"):
        _allow(kernel, handle, device, READ_FILE | WRITE_FILE)
    kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = kernel.syscall(LANDLOCK_RESTRICT, handle, 0)
    os.close(handle)
    return bool(done == 0)


def _allow(kernel: ctypes.CDLL, handle: int, place: str, access: int) -> None:
    with suppress(OSError):
        folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = Beneath(access, folder)
            kernel.syscall(LANDLOCK_ADD, handle, BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(folder)
