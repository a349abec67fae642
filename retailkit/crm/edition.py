"""The edition of a database's tables: another one than ours is left as it is."""

from __future__ import annotations

from retailkit.catalogue import later, say
from retailkit.crm import shelf
from retailkit.crm.schema import VERSION
from retailkit.crm.sqlite import Damaged
from retailkit.crm.store import Store

MADE_AGAIN = later(
    "The course goes on in any case: its data can be made again. Open a new file, and put "
    "the shop in with crm.store(shop)."
)

OLDER = later(
    "'{path}' was written by an edition of retailkit from before the first release "
    "(tables {version}, here {ours}). {made_again}"
)
NEWER = later(
    "'{path}' was written by a later edition of retailkit (tables {version}, here "
    "{ours}). Install the newest edition to open it; nothing was changed."
)


def need_known_edition(store: Store) -> None:
    """Say whose database this is, if not ours; and make good what a killed run left undone.

    Raises ValueError.
    """
    engine = store.engine()
    try:
        with store.said(), engine.connect() as connection:
            version = shelf.edition(connection)
            traces = version == VERSION and store.is_to_be_swept(connection)
        if traces:
            store.sweep(engine)
    finally:
        engine.dispose()
    if version is None:
        raise not_ours(store.place)
    if version != VERSION:
        said = say(
            OLDER if version < VERSION else NEWER,
            path=store.place,
            version=version,
            ours=VERSION,
            made_again=say(MADE_AGAIN),
        )
        raise ValueError(said)


def not_ours(place: str) -> ValueError:
    """What there is to say of a database of another program."""
    said = say("'{path}' is a database, but not of this kit. Choose another name.", path=place)
    return Damaged(said)
