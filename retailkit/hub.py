"""A school's JupyterHub: every learner's server opens the lessons, under a code name of the roster.

Two ends of one thing. `course_for` is called in the hub's settings; the program of this module
is what each user's server starts as. Neither needs JupyterHub to be installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from retailkit import lab
from retailkit.catalogue import say
from retailkit.handout import hand_out
from retailkit.journal import CODE_NAME_IS, FOLDER_IS

LESSONS = "retailkit-lessons"
"""The folder in each user's home, as `retailkit lab` calls it."""

OPENS = "JUPYTERHUB_DEFAULT_URL"
"""Where a user's server reads which page it opens."""

SETTINGS = Path(lab.__file__).parent / "settings"


class NoCodeName(ValueError):
    """Somebody who cannot be given a server of the course, and why."""

    @property
    def jupyterhub_message(self) -> str:
        """What the hub shows on its page."""
        return str(self)


def course_for(
    c: Any,
    classes: Iterable[str | Path],
    *,
    teachers: Iterable[str] = (),
    python: str = "python3",
    memory: str = "2G",
    processors: float = 1.0,
    idle_minutes: int = 60,
) -> None:
    """Set a hub up for the course, from within its `jupyterhub_config.py`.

    `classes` are folders that `retailkit classroom` made. A user is found on their rosters by
    username, ID or code name; `teachers` start without one, anybody else is told in a sentence.
    `python` is the users' Python, in which the kit is installed. A server is given so much
    memory and so many processors at most, by those spawners that can limit it. A kernel that is
    idle so long ends once its lesson is closed, and the server after as long again with no kernel
    at all: an hour or two after the last page was closed, and not while one is open.
    """
    from retailkit.marking.classroom import ROSTER, TEACHER

    rosters = [Path(folder).expanduser().absolute() / TEACHER / ROSTER for folder in classes]
    c.Spawner.pre_spawn_hook = _naming(rosters, set(teachers))
    # -P: a file in the user's home must not stand in for Python's own
    c.Spawner.cmd = [python, "-P", "-m", __name__]
    c.Spawner.args = [
        f"--ServerApp.shutdown_no_activity_timeout={60 * idle_minutes}",
        f"--MappingKernelManager.cull_idle_timeout={60 * idle_minutes}",
    ]
    c.Spawner.mem_limit = memory
    c.Spawner.cpu_limit = processors


def _naming(rosters: list[Path], teachers: set[str]) -> Callable[[Any], None]:
    def give_code_name(spawner: Any) -> None:
        """Put the user's code name into the surroundings of their server."""
        others = {
            name: value for name, value in spawner.environment.items() if name != CODE_NAME_IS
        }
        user = str(spawner.user.name)
        if user in teachers:
            spawner.environment = others
        else:
            spawner.environment = {**others, CODE_NAME_IS: _code_name_of(user, rosters)}

    return give_code_name


def _code_name_of(user: str, rosters: list[Path]) -> str:
    """The code name of a user. Rosters are read anew: a class that has grown needs no new start.

    Raises NoCodeName.
    """
    from retailkit.imports.problems import ImportProblems
    from retailkit.marking.roster import code_name_on

    try:
        found = [code_name_on(roster, user) for roster in rosters]
    except (OSError, ImportProblems) as error:
        said = say("A roster of this course cannot be read. Tell your teacher.")
        raise NoCodeName(said) from error
    except ValueError as error:
        said = say("{user!r} could be two learners of this course. Tell your teacher.", user=user)
        raise NoCodeName(said) from error
    for code_name in filter(None, found):
        return code_name
    raise NoCodeName(say("{user!r} is on no roster of this course. Ask your teacher.", user=user))


def main() -> None:
    """Start a user's server: the lessons are handed out first, as that user, in their home."""
    folder = Path.home() / LESSONS
    try:
        said = hand_out(folder)
        # for `retailkit handin`, in a terminal of the hub
        lab.codename_for(folder, os.environ.get(CODE_NAME_IS))
        lab.prepare_kernels(folder)
    except (OSError, ValueError) as error:
        # a full disk must not keep somebody from the page on which they can make room
        said = [str(error)]
    print(*said, sep="\n", flush=True)  # noqa: T201 - into the hub's log
    os.environ |= {
        FOLDER_IS: str(folder),
        "IPYTHONDIR": str(folder / lab.OURS / "ipython"),
        OPENS: f"/lab/tree/{LESSONS}/{lab.FIRST_LESSON}",
    }
    words = [sys.executable, "-P", "-m", "jupyterhub.singleuser"]
    words += [f"--LabApp.app_settings_dir={SETTINGS}", *sys.argv[1:]]
    os.execv(words[0], words)  # noqa: S606 - what becomes of this program needs no shell


if __name__ == "__main__":
    main()
