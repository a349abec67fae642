"""Writing: block by block, whole or not at all, whatever comes in between."""

import errno
import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sweeps import mostly_slow

import retailkit as rk
from retailkit.files import DESCRIPTION, FORMATS, read_dataset, write_plan
from retailkit.files.blocks import in_order
from retailkit.generate import planted_faults
from retailkit.generate.plan import Plan, plan_of
from retailkit.keep import InUse, alone

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals and limits")


@pytest.fixture
def plan(monkeypatch):
    """A plan whose blocks are small, so that a few customers make many of them."""
    monkeypatch.setattr("retailkit.generate.plan.BLOCK", 20)
    return plan_of(seed=7, customers=90, market="ES", faults={"late_answer": 0.5})


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_blocks_make_the_same_bytes_as_the_whole_shop(plan, tmp_path):
    blocks = contents(write_plan(plan, tmp_path / "blocks"))
    assert plan.blocks == 5
    assert blocks == contents(rk.write_dataset(plan.shop(), tmp_path / "whole"))


def test_the_number_of_workers_changes_no_byte(plan, tmp_path):
    one, four = (
        write_plan(plan, tmp_path / str(workers), FORMATS, workers=workers) for workers in (1, 4)
    )
    assert contents(one) == contents(four)


@pytest.mark.parametrize("format_", FORMATS)
def test_blocks_read_back_as_the_whole_shop(plan, tmp_path, format_):
    again, shop = read_dataset(write_plan(plan, tmp_path / "blocks", format_)), plan.shop()
    assert repr(again) == repr(shop)
    assert all(again.tables[name].equals(shop.tables[name]) for name in shop.tables)


def test_only_a_few_blocks_are_made_ahead():
    made, ahead = [], []
    for taken, _ in enumerate(in_order(made.append, 30, workers=2), start=1):
        ahead.append(len(made) - taken)
    assert len(made) == 30
    assert max(ahead) <= 2


def test_the_share_that_is_done_grows_to_one(plan, tmp_path):
    shares = []
    write_plan(plan, tmp_path / "shop", progress=shares.append)
    assert shares == [0.2, 0.4, 0.6, 0.8, 1.0]


def test_no_worker_is_too_few(plan, tmp_path):
    with pytest.raises(ValueError, match="workers: 0 is too few"):
        write_plan(plan, tmp_path / "shop", workers=0)


def test_a_block_that_fails_leaves_nothing_behind(plan, tmp_path, monkeypatch):
    block = Plan.block
    monkeypatch.setattr(Plan, "block", lambda self, n: block(self, n) if n < 3 else 1 // 0)
    with pytest.raises(ZeroDivisionError):
        write_plan(plan, tmp_path / "shop", FORMATS, workers=2, answers=tmp_path / "answers.csv")
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_the_old_set_and_nothing_else(plan, tmp_path):
    folder = write_plan(plan, tmp_path / "shop")
    before = contents(folder)

    def stop(share):
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_plan(plan, folder, FORMATS, workers=2, progress=stop)
    assert contents(folder) == before
    assert [file.name for file in tmp_path.iterdir()] == ["shop"]


# ---- the answers ----


def test_the_answers_lie_outside_and_only_their_hash_inside(plan, tmp_path):
    import hashlib

    folder = write_plan(plan, tmp_path / "shop", answers=tmp_path / "answers.csv")
    answers = (tmp_path / "answers.csv").read_bytes()
    assert answers.count(b"\n") == 1 + len(planted_faults(plan.shop()))
    said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["retailkit"]
    assert said["answers_sha256"] == hashlib.sha256(answers).hexdigest()
    assert not [file for file in folder.iterdir() if b"planted" in file.read_bytes()]


def test_a_secret_leaves_no_trace_but_the_hash_of_the_answers(tmp_path):
    plan = plan_of(seed=7, customers=30, faults={"late_answer": 0.1}, secret="pineapple")
    folder = write_plan(plan, tmp_path / "shop", FORMATS)
    assert not [file for file in folder.iterdir() if b"pineapple" in file.read_bytes()]
    said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["retailkit"]
    assert "faults" not in said
    assert len(said["answers_sha256"]) == 64
    assert said["seed"] == 7
    assert read_dataset(folder).origin is None


def test_a_shop_with_a_secret_does_not_say_its_faults_either(plan, tmp_path):
    from dataclasses import replace

    origin = rk.shop.Origin(customers=90, faults={"late_answer": 0.1}, secret="pineapple")
    folder = rk.write_dataset(replace(plan.shop(), origin=origin), tmp_path / "shop")
    assert "late_answer" not in json.loads((folder / DESCRIPTION).read_text("utf-8"))["retailkit"]


def test_where_there_is_no_secret_the_faults_come_back(tmp_path):
    plan = plan_of(seed=7, customers=30, faults={"late_answer": 0.1})
    origin = read_dataset(write_plan(plan, tmp_path / "shop")).origin
    assert origin == rk.shop.Origin(customers=30, faults={"late_answer": 0.1})


@pytest.mark.parametrize("name", ["shop", "shop/answers.csv", "shop/deep/answers.csv"])
def test_answers_do_not_go_into_the_data_set(plan, tmp_path, name):
    with pytest.raises(ValueError, match="inside the data set, where the class would find"):
        write_plan(plan, tmp_path / "shop", answers=tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_answer_list_is_left_alone(plan, tmp_path):
    (tmp_path / "essay.csv").write_text("Dear Ana")
    with pytest.raises(ValueError, match="is no answer list of this kit, so it is left alone"):
        write_plan(plan, tmp_path / "shop", answers=tmp_path / "essay.csv")
    assert contents(tmp_path) == {"essay.csv": b"Dear Ana"}


def test_an_older_answer_list_is_replaced_and_what_a_killed_run_left_is_swept(plan, tmp_path):
    for _ in range(2):
        (tmp_path / ".answers.csv.x1.draft").write_text("half a li")
        write_plan(plan, tmp_path / "shop", answers=tmp_path / "answers.csv")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.csv", "shop"]


# ---- others who write, and disks that are full ----


def test_two_cannot_write_the_same_folder_at_once(plan, tmp_path):
    said = []

    def meanwhile(share):
        if not said:
            with pytest.raises(InUse) as problem:
                rk.write_dataset(plan.shop(), tmp_path / "shop")
            said.append(str(problem.value))

    folder = write_plan(plan, tmp_path / "shop", progress=meanwhile)
    assert "is being written by another run at this moment. Wait until" in said[0]
    assert read_dataset(folder).seed == 7
    assert [file.name for file in tmp_path.iterdir()] == ["shop"]


def test_another_process_is_kept_out_as_well(plan, tmp_path):
    code = "import sys, retailkit as rk; rk.write_dataset(rk.make_shop(customers=1), sys.argv[1])"
    with alone(tmp_path / "shop"):
        said = subprocess.run(
            [sys.executable, "-c", code, tmp_path / "shop"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.stderr.rstrip().endswith("or choose another place.")
    assert not list(tmp_path.iterdir())


def test_who_reads_while_others_write_gets_one_whole_set(tmp_path):
    shops = [rk.make_shop(seed=seed, customers=5) for seed in (1, 2)]
    folder, done = rk.write_dataset(shops[0], tmp_path / "shop"), threading.Event()

    def write():
        for turn in range(30):
            rk.write_dataset(shops[turn % 2], folder)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seeds = set()
    while not done.is_set():
        seeds.add(read_dataset(folder).seed)
    writer.join()
    assert seeds <= {1, 2}


LIMITED = """
import resource, sys
import retailkit as rk
from retailkit.generate.plan import plan_of
plan = plan_of(seed=1, customers=300)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    rk.write_plan(plan, sys.argv[1], [sys.argv[2]])
except OSError as error:
    print(error)
"""


@UNIX
@pytest.mark.parametrize("room", [100, 20_000])
@pytest.mark.parametrize("format_", mostly_slow(FORMATS, 1))
def test_a_disk_without_room_is_one_sentence(tmp_path, format_, room):
    command = [sys.executable, "-W", "error", "-c", LIMITED, tmp_path / "shop", format_, str(room)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stderr == ""
    assert said.stdout.startswith(f"'{tmp_path / 'shop'}' could not be written: ")
    assert said.stdout.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_half_way_leaves_the_old_set(plan, tmp_path, monkeypatch):
    folder = write_plan(plan, tmp_path / "shop")
    before = contents(folder)

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(rk.keep.CannotKeep, match=r"shop' could not be written: no space left"):
        write_plan(plan, folder)
    assert contents(folder) == before
    assert [file.name for file in tmp_path.iterdir()] == ["shop"]


@UNIX
@pytest.mark.parametrize("times", mostly_slow([20, 100], 1))
def test_a_run_that_is_killed_often_leaves_the_old_set_or_the_new_one(tmp_path, times):
    folder = rk.write_dataset(rk.make_shop(seed=3, customers=5), tmp_path / "shop")
    chance, found = random.Random(7), set()
    command = [sys.executable, Path(__file__).with_name("writer.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        for _ in range(times):
            print(folder, chance.uniform(0, 3), file=writer.stdin, flush=True)
            assert writer.stdout.readline() == "killed\n"
            found.add(read_dataset(folder).seed)
        writer.stdin.close()
    assert found == {1, 2}
    rk.write_dataset(rk.make_shop(seed=4, customers=5), folder)
    assert read_dataset(folder).seed == 4
    assert [file.name for file in tmp_path.iterdir()] == ["shop"]
