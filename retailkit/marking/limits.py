"""The limits within which a learner's notebook runs, and which of them a system can set.

What they are for: a notebook that never ends, eats the memory, floods the disk, starts
processes without end, writes over files or calls the network, by mistake or as mischief.
On Linux the kernel keeps them. Elsewhere some are kept by Python alone, and whoever means
harm and knows how gets around those: mark what strangers send on a machine of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retailkit.catalogue import ASKED_FOR, say

MEGABYTE = 1_000_000
NOBODY = 61_500
"""The user as whom notebooks run where marking is started by root: owns nothing anywhere."""

NEW_NAMESPACES = {"mount": 0x20000, "ipc": 0x8000000, "user": 0x10000000, "net": 0x40000000}
NEW_PROCESS_NUMBERS = 0x20000000

OWN_PLACES = ("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "IPYTHONDIR", "MPLCONFIGDIR")
KEPT = (*ASKED_FOR, "PATH", "SYSTEMROOT", "TZ", "PYTHONPATH", "RETAILKIT_CODENAME")
"""What a notebook may know of its surroundings; a password set there is none of its business."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much one notebook may take: seconds of the clock, megabytes, further processes.

    A cell that does not end has its own, shorter time: so it costs no answers further down.
    """

    seconds: float = 240
    seconds_for_a_cell: float = 60
    memory: int = 2_000
    file: int = 50
    processes: int = 60

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def enter(folder: str, limits: dict[str, Any]) -> list[str]:
    """Put this process under the limits, for good; returns what could not be limited.

    Only for a process of its own, which ends with the notebook.
    """
    bounds = Limits(**limits)
    missing = []
    if sys.platform == "linux":
        missing += _apart()
        missing += [] if _as_nobody(folder) else ["processes"]
    _own_surroundings(folder)
    missing += _resources(bounds)
    if sys.platform == "linux":
        from retailkit.marking import linux

        linux.end_with_parent()
        if not linux.only_within(folder, readable()):
            missing += ["files"]
    else:
        missing += ["files", "network", "processes"]
    if "files" in missing:
        sys.addaudithook(_watch(folder, network="network" in missing))
    return missing


def _apart() -> list[str]:
    """Leave the network and the other processes behind, where the kernel lets us."""
    from retailkit.marking import linux

    # root needs no user namespace, and would be root in it; for all others it opens the door
    wanted = dict(NEW_NAMESPACES)
    if os.geteuid() == 0:
        del wanted["user"]
    user, group = os.geteuid(), os.getegid()
    linux.be_seen()  # a process that may not be looked into cannot write its own map of users
    if not linux.unshare(sum(wanted.values()) | NEW_PROCESS_NUMBERS):
        return ["network"]
    if "user" in wanted:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with suppress(OSError):
                Path("/proc/self", name).write_text(text, encoding="ascii")
    # the next process is the first of its own world: when it ends, all it started end
    child = os.fork()
    if child:
        linux.end_with_parent()
        os.closerange(0, 256)
        os.waitpid(child, 0)
        os._exit(0)
    return []


def _as_nobody(folder: str) -> bool:
    """Whether the number of processes can be held: not for root, who then becomes nobody."""
    from retailkit.marking import linux

    if os.geteuid() != 0:
        return True
    readable_by_all = all(map(_open_to_all, (sys.prefix, sys.base_prefix, __file__)))
    if not readable_by_all and not linux.can_keep_within():
        return False  # nobody could not read Python itself
    for place in (Path(folder), *Path(folder).rglob("*")):
        os.chown(place, NOBODY, NOBODY)
    # a Python in root's own folders is still to be read; the kernel then holds which folders
    linux.become(NOBODY, still_reading=not readable_by_all)
    return True


def _open_to_all(place: str) -> bool:
    path = Path(place).resolve()
    return all(one.stat().st_mode & 0o005 for one in (path, *path.parents))


def _own_surroundings(folder: str) -> None:
    """A home and a place for temporary files of its own, and no settings but those we need."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(dict.fromkeys(OWN_PLACES, folder))
    os.environ["MPLBACKEND"] = "agg"
    # small sums gain nothing from many threads, each of which counts as a process
    os.environ.update({f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")})
    tempfile.tempdir = None
    os.chdir(folder)


def _resources(limits: Limits) -> list[str]:
    """What one process may take, as POSIX counts it."""
    try:
        import resource
    except ModuleNotFoundError:
        return ["memory"]
    megabytes = MEGABYTE
    wanted = {
        "RLIMIT_CPU": int(limits.seconds) + 1,
        "RLIMIT_FSIZE": limits.file * megabytes,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_NPROC": limits.processes + _processes_now(),
        "RLIMIT_AS": limits.memory * megabytes + _reserved_now(),
    }
    missing = []
    for name, most in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError, AttributeError):
            missing += ["memory"] if name == "RLIMIT_AS" else []
    # a file that grows too large fails to be written; else the whole process would be ended
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return missing


def _processes_now() -> int:
    """How many processes and threads the user has already; they count as well."""
    count = 0
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if one.stat().st_uid == os.geteuid():
                count += sum(1 for _ in (one / "task").iterdir())
    return count


def _reserved_now() -> int:
    """The memory that is spoken for already: Python with its tables and pictures."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def readable() -> list[str]:
    """What a notebook may read: Python, the system's own files, the kit; no roster, no hand-in."""
    import retailkit
    from retailkit.handout import packaged_lessons

    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    system = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/opt", "/proc", "/sys", "/nix"]
    ours = [str(Path(retailkit.__file__).parent), str(packaged_lessons()[0].parent)]
    return [sys.prefix, sys.base_prefix, *libraries, *ours, *system]


WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink",
    "os.chmod", "os.chown", "shutil.rmtree", "shutil.move", "shutil.copyfile",
}  # fmt: skip
STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"}
CALLS = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"}


def _watch(folder: str, *, network: bool) -> Callable[[str, tuple[Any, ...]], None]:
    """Python's own watch, where the kernel keeps none: stops slips and plain mischief."""
    within = os.path.realpath(folder)
    # said now: to look it up while the watch is on would ask the watch again
    elsewhere = say("A notebook writes in its own folder only, not to {place}.")
    forbidden = say("A notebook that is marked may not do this: {event}.")

    def outside(path: object) -> bool:
        if not isinstance(path, (str, bytes)):
            return False
        place = os.path.realpath(os.fsdecode(path))
        return place != os.devnull and os.path.commonpath([within, place]) != within

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(given[2], int) and given[2] & WRITES:
            changed = given[:1]
        else:
            changed = given[:2] if event in CHANGES else ()
        if any(outside(path) for path in changed):
            raise PermissionError(elsewhere.format(place=changed[0]))
        if event in STARTS or (network and event in CALLS):
            raise PermissionError(forbidden.format(event=event))

    return watch
