"""Blocks made by a cluster: the same bytes, whatever machines come and go meanwhile."""

from __future__ import annotations

import contextlib
import copy
import errno
import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from test_cli import said_by

import retailkit as rk
from retailkit.files import FORMATS, cluster, crew, write_plan
from retailkit.files.blocks import Making
from retailkit.files.cluster import (
    NoCluster,
    kit,
    made_by_cluster,
    made_elsewhere,
    packed,
    unpacked,
)
from retailkit.generate.plan import plan_of

ROOT = Path(rk.__file__).parents[1]
SMALL_BLOCKS = Path(__file__).with_name("small_blocks.py")
ADDRESS = "tcp://192.168.1.10:8786"


@pytest.fixture
def plan(monkeypatch):
    """A plan with something planted, whose blocks are small, so that it has several."""
    monkeypatch.setattr("retailkit.generate.plan.BLOCK", 10)
    return plan_of(seed=7, customers=35, market="ES", faults={"late_answer": 0.5}, secret="plum")


@pytest.fixture
def many_blocks(plan):
    return replace(plan, customers=120)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# ---- what travels ----


@pytest.mark.parametrize("format_", FORMATS)
def test_a_block_comes_out_of_its_bytes_as_it_went_in(plan, format_):
    made = Making(plan=plan, formats=[format_], answers=True).block(1)
    assert len(packed(made)) < len(pickle.dumps(made)) / 2
    again = unpacked(packed(made))
    assert again == replace(made, pieces=again.pieces)
    for name, piece in made.pieces[format_].items():
        assert again.pieces[format_][name] == piece


class Workers:
    """A cluster that makes a block when it is asked for it, and counts those under way."""

    def __init__(self, threads=2, wrong=None):
        self.threads, self.wrong, self.under_way, self.most = threads, wrong, 0, 0

    def nthreads(self, callback_timeout):
        return {"one": self.threads} if self.threads else {}

    def submit(self, work, *words, pure):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        # of a scheduler that is gone no word comes, and the block stays under way
        gone = isinstance(self.wrong, TimeoutError | CancelledError)
        status = "pending" if gone else "error" if self.wrong else "finished"
        return SimpleNamespace(status=status, result=lambda timeout: self.sent(work(*words)))

    def sent(self, piece):
        self.under_way -= 1
        if self.wrong:
            raise self.wrong
        return copy.deepcopy(piece)

    def wait(self, future, timeout):
        if not self.threads:
            raise TimeoutError

    as_current = contextlib.nullcontext


class KilledWorker(Exception):
    """As dask's own."""


@pytest.fixture
def given_to(monkeypatch):
    """Has these workers stand in for a cluster, without dask."""

    def stand_in(workers):
        dask = SimpleNamespace(wait=workers.wait, KilledWorker=KilledWorker)
        monkeypatch.setattr(cluster, "_dask", lambda: dask)
        monkeypatch.setattr(cluster, "_connected", lambda *words: contextlib.nullcontext(workers))
        return workers

    return stand_in


def test_workers_that_share_nothing_make_the_same_bytes(plan, tmp_path, given_to):
    given_to(Workers())
    write_plan(plan, tmp_path / "there", cluster=ADDRESS)
    assert contents(tmp_path / "there") == contents(write_plan(plan, tmp_path / "here"))


@pytest.mark.parametrize("threads", [1, 3])
def test_no_more_blocks_are_under_way_than_the_workers_can_soon_make(plan, given_to, threads):
    workers = given_to(Workers(threads))
    making = Making(plan=replace(plan, customers=70), formats=["csv"])
    for _ in made_by_cluster(making, ADDRESS):
        assert workers.under_way < cluster.AHEAD * threads
    assert workers.most == cluster.AHEAD * threads


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (KilledWorker("x"), "Every worker that took block 0 died of it. Nothing was written."),
        (CancelledError("x"), f"The cluster at '{ADDRESS}' is gone: its scheduler answers no more"),
        (TimeoutError(), f"The cluster at '{ADDRESS}' is gone: its scheduler answers no more"),
        (ImportError("no kit\nat all"), r"block 0 \(ImportError: no kit\)\. Nothing was written\."),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            r"block 0 \(OSError: .*No space left on device\)\. Nothing was written\.",
        ),
        (ValueError("A text is too long."), "^A text is too long.$"),
    ],
)
def test_what_goes_wrong_at_a_worker_is_a_sentence(plan, tmp_path, given_to, wrong, said):
    given_to(Workers(wrong=wrong))
    with pytest.raises(ValueError, match=said):
        write_plan(plan, tmp_path / "shop", cluster=ADDRESS)
    assert not list(tmp_path.iterdir())


def test_a_cluster_without_workers_is_left_after_a_while(plan, tmp_path, given_to, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 0)
    given_to(Workers(threads=0))
    with pytest.raises(NoCluster, match=f"no workers.* Start some with 'dask worker {ADDRESS}'"):
        write_plan(plan, tmp_path / "shop", cluster=ADDRESS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("part", ["retailkit", "retailkit's files", "pyarrow"])
def test_a_worker_with_another_kit_is_named_with_what_differs(plan, given_to, monkeypatch, part):
    workers = given_to(Workers())
    made = made_elsewhere

    def elsewhere(*words):
        return {**kit(), part: "0.0.1"}, "desk-4", made(*words)[2]

    monkeypatch.setattr(cluster, "made_elsewhere", elsewhere)
    with pytest.raises(NoCluster, match=f"'desk-4' .* it has {part} 0.0.1, and this computer has"):
        next(made_by_cluster(Making(plan=plan, formats=["csv"]), ADDRESS))
    assert workers.most


def test_who_has_not_the_extra_is_told_what_to_install(plan, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"python -m pip install 'dask\[distributed\]'"):
        write_plan(plan, tmp_path / "shop", cluster="local")
    assert not list(tmp_path.iterdir())


def test_processes_that_do_not_start_are_a_sentence(plan, tmp_path, monkeypatch):
    def crew(workers):
        raise RuntimeError

    monkeypatch.setattr(cluster, "_dask", SimpleNamespace)
    monkeypatch.setattr(cluster, "crew", crew)
    with pytest.raises(
        NoCluster, match="The workers on this computer did not start, or went away."
    ):
        write_plan(plan, tmp_path / "shop", cluster="local")
    assert not list(tmp_path.iterdir())


def test_a_crew_that_does_not_start_in_time_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(crew, "SECONDS_TO_START", 0)
    with pytest.raises(RuntimeError), crew.crew(1):
        pass


def test_a_cluster_elsewhere_has_workers_of_its_own(tmp_path):
    said = said_by("generate", tmp_path / "shop", "--cluster", ADDRESS, "--workers", 2)
    assert said == f"workers: the cluster at '{ADDRESS}' has its own. Leave it out."
    assert not list(tmp_path.iterdir())


# ---- real clusters ----


class Machines:
    """A scheduler and workers in processes that share no folder with us."""

    def __init__(self, place):
        self.place, self.all = place, []
        words = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", place / "scheduler"]
        self.scheduler = self.start("scheduler", *words)
        try:
            self.address = address_in(place / "scheduler")
        except BaseException:
            self.stop()
            raise

    def worker(self, *, kit=ROOT):
        words = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0"]
        words += ["--preload", SMALL_BLOCKS] if kit == ROOT else []
        return self.start("worker", self.address, *words, kit=kit)

    def start(self, what, *words, kit=ROOT):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard"]
        env = os.environ | {"PYTHONPATH": str(kit), "DASK_TEMPORARY_DIRECTORY": str(self.place)}
        self.all.append(
            subprocess.Popen(command, cwd=self.place, env=env, stderr=subprocess.DEVNULL)
        )
        return self.all[-1]

    def stop(self):
        for machine in reversed(self.all):
            machine.kill()
            machine.wait()


def address_in(file):
    """The address that a scheduler writes once it can be reached; a minute's wait at most."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):  # not there, or half written
            return json.loads(file.read_text())["address"]
        time.sleep(0.05)
    pytest.fail("No scheduler started.")


@pytest.fixture
def patient(monkeypatch):
    """A machine with other work may take its time to start workers."""
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 120)
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 120)
    monkeypatch.setattr(crew, "SECONDS_TO_START", 120)


@pytest.fixture
def machines(tmp_path_factory, patient):
    """A scheduler that waits for workers."""
    started = Machines(tmp_path_factory.mktemp("machines"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def two_machines(tmp_path_factory):
    """A scheduler with two workers."""
    started = Machines(tmp_path_factory.mktemp("machines"))
    for _ in range(2):
        started.worker()
    yield started
    started.stop()


@pytest.fixture
def cluster_of_two(two_machines, patient):
    """The address of a scheduler with two workers."""
    return two_machines.address


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_as_this_machine(
    many_blocks, tmp_path, cluster_of_two, capfd
):
    answers = [tmp_path / "there.csv", tmp_path / "here.csv"]
    write_plan(many_blocks, tmp_path / "there", FORMATS, answers=answers[0], cluster=cluster_of_two)
    write_plan(many_blocks, tmp_path / "here", FORMATS, answers=answers[1])
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert answers[0].read_bytes() == answers[1].read_bytes()
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_scheduler_that_goes_in_the_middle_leaves_the_old_set(
    many_blocks, tmp_path, machines, capfd
):
    machines.worker()
    folder = rk.write_dataset(rk.make_shop(seed=3, customers=5), tmp_path / "shop")
    before = contents(folder)
    with pytest.raises(NoCluster, match="is gone: its scheduler answers no more"):
        write_plan(
            many_blocks,
            folder,
            progress=lambda share: machines.scheduler.kill(),
            cluster=machines.address,
        )
    assert contents(folder) == before
    assert [file.name for file in tmp_path.iterdir()] == ["shop"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_full_disk_here_leaves_nothing_and_the_cluster_free(
    plan, tmp_path, cluster_of_two, capfd, monkeypatch
):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(rk.keep.CannotKeep, match="shop' could not be written: no space left"):
            write_plan(plan, tmp_path / "shop", cluster=cluster_of_two)
    assert not list(tmp_path.iterdir())
    write_plan(plan, tmp_path / "shop", cluster=cluster_of_two)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (True, "it has retailkit 0.0.1 and retailkit's files .*, and this computer has"),
        (False, "could not make block 0 .*No module named 'retailkit.files'.* or another one"),
    ],
)
def test_a_worker_of_another_version_makes_nothing(plan, tmp_path, machines, capfd, whole, said):
    other = tmp_path / "other" / "retailkit"
    if whole:
        shutil.copytree(ROOT / "retailkit", other)
    other.mkdir(parents=True, exist_ok=True)
    with (other / "__init__.py").open("a", encoding="utf-8") as file:
        file.write('__version__ = "0.0.1"\n')
    machines.worker(kit=other.parent)
    with pytest.raises(NoCluster, match=said):
        write_plan(plan, tmp_path / "shop", cluster=machines.address)
    assert [file.name for file in tmp_path.iterdir()] == ["other"]
    assert capfd.readouterr() == ("", "")


def started_by_us(name):
    return [one for one in psutil.Process().children() if name in typed(one)]


def typed(process):
    return " ".join(process.cmdline())


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
def test_a_worker_that_is_killed_costs_nothing_but_its_blocks(
    many_blocks, tmp_path, monkeypatch, capfd, patient
):
    monkeypatch.setenv("DASK_DISTRIBUTED__WORKER__PRELOAD", str(SMALL_BLOCKS))
    killed = []

    def kill(share):
        if not killed:
            (crew,) = started_by_us("retailkit.files.crew")
            killed.append(next(one for one in crew.children() if "spawn_main" in typed(one)))
            killed[0].send_signal(signal.SIGKILL)

    write_plan(many_blocks, tmp_path / "there", ["csv"], 2, kill, cluster="local")
    assert not killed[0].is_running()
    assert contents(tmp_path / "there") == contents(write_plan(many_blocks, tmp_path / "here"))
    assert capfd.readouterr() == ("", "")
    assert started_by_us("retailkit.files.crew") == []


@pytest.mark.slow
def test_an_address_where_no_scheduler_is_gets_one_sentence(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent_one = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        for address in ("", "127.0.0.1:abc", "ftp://127.0.0.1:1", "127.0.0.1:1", silent_one):
            said = said_by("generate", tmp_path / "shop", "--cluster", address)
            assert said.startswith(f"No scheduler answers at '{address}'. Start one with")
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr() == ("", "")
