"""Blocks made by other processes or machines, through `dask.distributed`.

The workers write nothing and share no folder: a block travels back as bytes, a few of them
are under way at a time, and who asked for them writes them. So the files are the same to the
byte as those of one machine, and a worker that is lost costs the blocks that it had.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import logging
import os
import pickle
import platform
import time
import warnings
import zlib
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import retailkit
from retailkit.catalogue import later, say
from retailkit.files.blocks import Made, Making
from retailkit.files.crew import crew
from retailkit.words import listing

LOCAL = "local"
"""The word for processes of this computer, started for the work and gone with it."""

AHEAD = 2
"""Blocks under way for each thread of the workers: one in work, one in store."""

SECONDS_TO_ANSWER, SECONDS_TO_SEND = 10.0, 300.0
"""How long a scheduler may take to shake hands, and how long to hand a made block over."""

SECONDS_WITHOUT_WORKERS, SECONDS_BETWEEN_LOOKS = 30.0, 2.0
"""How long there may be nobody to make a block, and how often we look."""

DECIDE = ("babel", "holidays", "numpy", "pyarrow")
"""The packages whose version may decide how a block comes out."""

ERRAND = "__import__('pkgutil').resolve_name('retailkit.files.cluster:made_elsewhere')(*words)"
"""What a worker is sent. It looks the name up itself, so that one without the kit can say so:
a function of the kit would end it before it has begun."""

MISSING = later(
    "A cluster needs packages that are not installed here. "
    "Try: python -m pip install 'dask[distributed]'"
)
NOBODY = later(
    "No scheduler answers at '{cluster}'. Start one with 'dask scheduler', and give the "
    "address that it prints, like tcp://192.168.1.10:8786; 'local' needs none."
)
NOT_HERE = later(
    "The workers on this computer did not start, or went away. Nothing was written. "
    "Leave the cluster out, or see whether there is room on the disk and in memory."
)
GONE = later(
    "The cluster at '{cluster}' is gone: its scheduler answers no more. Nothing was written. "
    "Start it again, and then this."
)
NO_WORKERS = later(
    "The cluster at '{cluster}' has no workers. Nothing was written. "
    "Start some with 'dask worker {cluster}', and then this again."
)
WORKERS_DIE = later(
    "Every worker that took block {number} died of it. Nothing was written. "
    "Most often they had too little memory: half a gigabyte for each thread is enough."
)
FAILED = later(
    "A machine of the cluster could not make block {number} ({error}). Nothing was written. "
    "Most often it has no retailkit, or another one, or no room on its disk: install retailkit "
    "{version} on every machine, and see what each has free."
)
ANOTHER_KIT = later(
    "The machine '{worker}' might make another shop: it has {theirs}, and this computer has "
    "{ours}. Nothing was written. Install the same on every machine."
)


class NoCluster(ValueError):
    """A cluster is not there or did not do its work; the sentence says what, and what to try."""


class Piece(NamedTuple):
    """A block as it travels, with what it was made by and where."""

    kit: Mapping[str, str]
    worker: str
    data: bytes


def made_by_cluster(
    making: Making, cluster: str, workers: int | None = None
) -> Generator[Made, None, None]:
    """The blocks, from the first to the last, made by the workers of a cluster.

    The cluster is a scheduler's address, or `local`: so many workers on this computer.
    Raises NoCluster with a sentence.
    """
    if cluster != LOCAL and workers is not None:
        said = say(
            "workers: the cluster at '{cluster}' has its own. Leave it out.", cluster=cluster
        )
        raise ValueError(said)
    with _quiet(), _connected(cluster, workers) as client:
        for piece in _pieces(client, making, cluster):
            if piece.kit != kit():
                raise NoCluster(_another_kit(piece))
            yield unpacked(piece.data)


def made_elsewhere(order: bytes, number: int) -> tuple[dict[str, str], str, bytes]:
    """Make one block. This is what a worker does; what it takes and gives has no word of ours."""
    from retailkit.generate.plan import plan_of

    recipe, words = pickle.loads(order)  # noqa: S301 - from who may have us run anything
    made = Making(plan=plan_of(**recipe), **words).block(number)
    return dict(kit()), platform.node(), packed(made)


def _order(making: Making) -> bytes:
    """What is to be made, as it travels."""
    plan = making.plan
    recipe = {field.name: getattr(plan, field.name) for field in fields(plan)}
    recipe["faults"] = dict(plan.faults)
    return pickle.dumps((recipe, {"formats": making.formats, "answers": making.answers}))


def packed(made: Made) -> bytes:
    """A block as bytes, a fifth of what it fills in a file."""
    return zlib.compress(pickle.dumps(made, protocol=5), level=1)


def unpacked(data: bytes) -> Made:
    """The block that was packed."""
    made: Made = pickle.loads(zlib.decompress(data))  # noqa: S301 - from workers who run our code
    return made


@functools.cache
def kit() -> Mapping[str, str]:
    """What decides here how a block comes out: versions, and all files of the kit as a hash."""
    home, files = Path(retailkit.__file__).parent, hashlib.sha256()
    for path in sorted(home.rglob("*.*")):
        if path.suffix in {".py", ".toml", ".json"}:
            files.update(path.relative_to(home).as_posix().encode())
            files.update(path.read_bytes().replace(b"\r\n", b"\n"))
    python = ".".join(platform.python_version_tuple()[:2])
    ours = {"retailkit": retailkit.__version__, "retailkit's files": files.hexdigest()[:8]}
    return ours | {"Python": python} | {name: version(name) for name in DECIDE}


def _another_kit(piece: Piece) -> str:
    differ = [name for name, value in kit().items() if piece.kit.get(name) != value]
    theirs, ours = (
        listing(f"{name} {one.get(name)}" for name in differ) for one in (piece.kit, kit())
    )
    return say(ANOTHER_KIT, worker=piece.worker, theirs=theirs, ours=ours)


def _pieces(client: Any, making: Making, cluster: str) -> Iterator[Piece]:
    """What the workers send, in order. No more is under way than they can soon make."""
    order, blocks = _order(making), making.plan.blocks
    numbers, under_way = iter(range(blocks)), deque[Any]()
    for number in range(blocks):
        with _said(cluster, number):
            room = AHEAD * max(_threads(client), 1) - len(under_way)
            for next_ in islice(numbers, max(room, 0)):
                words = {"words": (order, next_)}
                under_way.append(client.submit(eval, ERRAND, words, pure=False))
            piece = _received(client, under_way.popleft(), cluster, number)
        yield piece


def _received(client: Any, future: Any, cluster: str, number: int) -> Piece:
    """What a worker made of one block, as soon as it is there."""
    wait, seen = _dask().wait, time.monotonic()
    while True:
        try:
            with client.as_current():
                wait(future, timeout=SECONDS_BETWEEN_LOOKS)
            break
        except TimeoutError:
            if _threads(client):
                seen = time.monotonic()
            elif time.monotonic() - seen > SECONDS_WITHOUT_WORKERS:
                raise _lost(NO_WORKERS, cluster) from None
    try:
        return Piece(*future.result(timeout=SECONDS_TO_SEND))
    except OSError as error:
        if future.status == "error":  # the worker's own, such as a full disk there
            raise _failed(number, error) from error
        raise


def _threads(client: Any) -> int:
    """How many blocks the workers make at a time."""
    return sum(client.nthreads(callback_timeout=SECONDS_WITHOUT_WORKERS).values())


@contextmanager
def _said(cluster: str, number: int) -> Iterator[None]:
    """What goes wrong at a cluster, in sentences. A block's own sentence stays as it is."""
    try:
        yield
    except _dask().KilledWorker as error:
        raise NoCluster(say(WORKERS_DIE, number=number)) from error
    except (CancelledError, OSError) as error:
        raise _lost(GONE, cluster) from error
    except ValueError:
        raise
    except Exception as error:
        raise _failed(number, error) from error


def _failed(number: int, error: Exception) -> NoCluster:
    """What is said of a block that a worker could not make."""
    what = f"{type(error).__name__}: {error}".split("\n", maxsplit=1)[0]
    return NoCluster(say(FAILED, number=number, error=what, version=retailkit.__version__))


def _lost(message: str, cluster: str) -> NoCluster:
    """What is said of a cluster elsewhere; one of our own needs no address."""
    return NoCluster(say(NOT_HERE if cluster == LOCAL else message, cluster=cluster))


@contextmanager
def _connected(cluster: str, workers: int | None) -> Iterator[Any]:
    """The cluster, to be given work."""
    distributed = _dask()
    with ExitStack() as stack:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # versions are compared block by block
                address = cluster
                if cluster == LOCAL:
                    address = stack.enter_context(crew(workers or os.cpu_count() or 1))
                _need_answer(address)
                client = distributed.Client(
                    address, timeout=SECONDS_TO_ANSWER, set_as_default=False
                )
                stack.enter_context(client)
        except Exception as error:
            raise _lost(NOBODY, cluster) from error
        yield client


def _need_answer(address: str) -> None:
    """Shake hands with a scheduler; its own client would wait for ever for one that is none."""
    distributed = _dask()

    async def shake_hands() -> None:
        words = distributed.Security().get_connection_args("client")
        comm = await asyncio.wait_for(
            distributed.comm.connect(address, timeout=SECONDS_TO_ANSWER, **words),
            SECONDS_TO_ANSWER,
        )
        await comm.close()

    with ThreadPoolExecutor(1) as pool:  # a notebook's own thread has a loop already
        pool.submit(asyncio.run, shake_hands()).result()


@contextmanager
def _quiet() -> Iterator[None]:
    """No word of how workers come and go: what matters of it is said in a sentence."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _dask() -> Any:
    try:
        return import_module("distributed")
    except ModuleNotFoundError as error:
        raise NoCluster(say(MISSING)) from error
