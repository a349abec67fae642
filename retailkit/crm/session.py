"""A session: the file held open by one role, and its transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from retailkit.catalogue import later, say
from retailkit.crm import log, sweeping
from retailkit.crm.keys import Key
from retailkit.crm.roles import NotAllowed, Role, rights_of
from retailkit.crm.sqlite import LOG_ALONE, engine_of, said
from retailkit.crm.work import Work
from retailkit.text import escaped, sound_text, spoken

NOT_ENCRYPTED = later("NOT ENCRYPTED: whoever gets the file can read it")


class Session:
    """The customer database's file, open to one role."""

    def __init__(
        self,
        path: Path,
        key: Key | None,
        salt: bytes | None,
        *,
        role: Role,
        who: str,
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.role = role
        self.encrypted = key is not None
        self._key, self._salt = key, salt
        self._who, self._now = sound_text("who", who), now
        self._rights = rights_of(role)
        self._engine = engine_of(path, key, salt, self._rights, now)
        self._mine = threading.local()

    def __repr__(self) -> str:
        state = say("encrypted" if self.encrypted else NOT_ENCRYPTED)
        role = spoken(self.role)
        return say(
            "The customer database {file}, open to the role {role} ({state}).",
            file=self.path.name,
            role=role,
            state=state,
        )

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Everything in the block happens, or nothing of it; others wait until it is done."""
        with self._work():
            yield

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """One transaction, or the one that this thread is in already."""
        running = getattr(self._mine, "work", None)
        with said(self.path):
            if running is not None:
                yield running
                running.handed_out = len(running.looks)
                return
            with self._engine.connect() as connection:
                work = Work(
                    connection=connection, rights=self._rights, who=self._who, now=self._now
                )
                with self._seen_even_if_it_fails(work), connection.begin():
                    self._mine.work = work
                    try:
                        yield work
                    finally:
                        self._mine.work = None
        self._keep_head()
        if work.leaves_traces:
            sweeping.sweep(self._engine, self.path)

    @contextmanager
    def _seen_even_if_it_fails(self, work: Work) -> Iterator[None]:
        """What was shown before the block failed is noted; its changes are not there."""
        try:
            yield
        except BaseException:
            with suppress(OSError), said(self.path):
                seen = work.looks[: work.handed_out]
                if seen:
                    with work.connection.begin():
                        for entry in seen:
                            entry.append_to(work.connection)
                    self._keep_head()
            raise

    def _keep_head(self) -> None:
        # what was done is done; a head that lags for want of room is made good by the next
        engine = self._engine.execution_options(**{LOG_ALONE: True})
        with suppress(OSError), said(self.path), engine.connect() as connection:
            log.keep_head(connection, self.path)

    def _need_everything(self, what: str) -> None:
        if self.role != Role.RESPONSIBLE_PERSON:
            raise NotAllowed(
                say(
                    "The role {role} cannot {what}. Only the responsible person can.",
                    role=self.role,
                    what=say(what),
                )
            )

    def _need_log(self) -> None:
        if not self._rights.reads_log:
            raise NotAllowed(
                say(
                    "The role {role} does not read the access log. Ask the responsible person.",
                    role=self.role,
                )
            )
