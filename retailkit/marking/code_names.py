"""Code names, drawn by lot from a list of words with the secret of a class."""

from __future__ import annotations

import functools
import hashlib
import hmac
import tomllib
from collections.abc import Iterable
from importlib import resources

from retailkit.catalogue import say, whole
from retailkit.marking.roster import Learner, named

FULL = 0.5
"""Of all the names at most this share is given out; more people would meet each other's."""


@functools.cache
def _words() -> tuple[list[str], list[str]]:
    file = resources.files(__package__).joinpath("code_names.toml")
    words = tomllib.loads(file.read_text("utf-8"))
    return words["first"], words["second"]


def with_code_names(learners: Iterable[Learner], secret: str) -> list[Learner]:
    """Everybody with a code name; who has one already keeps it.

    The secret and a learner's ID, or else the name, decide; nobody without the secret can
    tell who is who. Raises ValueError where the class is larger than the list of words.

    >>> [ana] = with_code_names([Learner(name="Ana Ruiz")], "a secret")
    >>> ana.code_name
    'blue-otter'
    """
    learners = list(learners)
    first, second = _words()
    if len(learners) > FULL * len(first) * len(second):
        most = int(FULL * len(first) * len(second))
        raise ValueError(
            say(
                "There are code names for {most} learners. Make two classes of this.",
                most=whole(most),
            )
        )
    taken = {learner.code_name.lower() for learner in learners if learner.code_name}
    drawn: dict[str, str] = {}
    # in an order of its own, so that the order of the roster decides nothing
    waiting = [learner.key for learner in learners if not learner.code_name]
    for key in sorted(waiting, key=lambda key: _digest(secret, key, 0)):
        turn = 0
        while (name := _name(secret, key, turn)) in taken:
            turn += 1
        taken.add(name)
        drawn[key] = name
    return [one if one.code_name else named(one, drawn[one.key]) for one in learners]


def _digest(secret: str, key: str, turn: int) -> bytes:
    return hmac.digest(secret.encode(), f"{turn}|{key}".encode(), hashlib.sha256)


def _name(secret: str, key: str, turn: int) -> str:
    first, second = _words()
    number = int.from_bytes(_digest(secret, key, turn))
    number, one = divmod(number, len(first))
    return f"{first[one]}-{second[number % len(second)]}"
