"""A session: the database held open by one role, and its transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from retailkit.catalogue import say
from retailkit.crm.file import File
from retailkit.crm.roles import NotAllowed, Role, rights_of
from retailkit.crm.store import Store
from retailkit.crm.work import Work
from retailkit.text import escaped, sound_text, spoken


class Session:
    """The customer database, open to one role."""

    def __init__(
        self,
        store: Store,
        *,
        role: Role,
        who: str,
        now: Callable[[], datetime],
    ) -> None:
        self.role = role
        self._store = store
        self._who, self._now = store.signed(sound_text("who", who)), now
        self._rights = rights_of(role)
        self._engine = store.engine(self._rights, now)
        self._mine = threading.local()

    def __repr__(self) -> str:
        role = spoken(self.role)
        return say(
            "The customer database {file}, open to the role {role} ({state}).",
            file=self._store.name,
            role=role,
            state=self._store.state(),
        )

    @property
    def path(self) -> Path | None:
        """The file; None for a database on a server."""
        return self._store.path if isinstance(self._store, File) else None

    @property
    def name(self) -> str:
        """The file's name, or where on which server it is."""
        return self._store.name

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted, or the way to the server."""
        return self._store.encrypted

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Everything in the block happens, or nothing of it; others wait until it is done.

        On a server nothing of it happens either where an error of the database was caught in
        the block: the next step, or the end of the block, raises ValueError.
        """
        with self._work():
            yield

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """One transaction, or the one that this thread is in already."""
        running = getattr(self._mine, "work", None)
        with self._store.said():
            if running is not None:
                yield running
                running.handed_out = len(running.looks)
                return
            with self._engine.connect() as connection:
                work = Work(
                    store=self._store,
                    connection=connection,
                    rights=self._rights,
                    who=self._who,
                    now=self._now,
                )
                with self._seen_even_if_it_fails(work), connection.begin():
                    self._mine.work = work
                    try:
                        yield work
                    finally:
                        self._mine.work = None
        self._store.keep_head(self._engine)
        if work.leaves_traces:
            self._store.sweep(self._engine)

    @contextmanager
    def _seen_even_if_it_fails(self, work: Work) -> Iterator[None]:
        """What was shown before the block failed is noted; its changes are not there."""
        try:
            yield
        except BaseException:
            with suppress(OSError), self._store.said():
                seen = work.looks[: work.handed_out]
                if seen:
                    with work.connection.begin():
                        for entry in seen:
                            entry.append_to(work.connection)
                    self._store.keep_head(self._engine)
            raise

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
