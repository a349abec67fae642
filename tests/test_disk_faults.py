"""Disks that fail, at everything that writes: what was there before is there after."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sweeps import one_in

import retailkit as rk
from retailkit import audit_page, cli, desk, handout, lab
from retailkit.course import builder
from retailkit.files import FORMATS
from retailkit.generate.plan import plan_of
from retailkit.keep import CannotKeep, write_files, write_private

SHOPS = [rk.make_shop(seed=seed, customers=20, market="ES") for seed in (7, 8)]
WORDS = "four words nobody guesses"
SOUND = tempfile.TemporaryDirectory(prefix="retailkit-sound-", ignore_cleanup_errors=True)


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Something that writes to a place; the second time (turn 1) something else."""

    name: str
    write: Callable
    makes_its_folder: bool = False
    once: bool = False
    of_database: bool = False


def dataset(path, turn):
    rk.write_dataset(SHOPS[turn], path, FORMATS)


def sheet(path, turn):
    rk.write_table(SHOPS[turn].customers, path, "xlsx")


def columns(path, turn):
    rk.write_table(SHOPS[turn].customers, path, "parquet")


def plain_table(path, turn):
    rk.write_table(SHOPS[turn].customers, path, "csv")


def printed_table(path, turn):
    rk.print_table(SHOPS[turn].customers[["given_name", "phone"]], path)


@cache
def stocked(turn):
    """A database in a place where nothing is wrong."""
    crm = rk.open_crm(Path(tempfile.mkdtemp(dir=SOUND.name), "shop.crm"), WORDS)
    crm.store(SHOPS[turn])
    return crm


def exported(path, turn):
    stocked(turn).export("customers", path, "csv")


def printed_list(path, turn):
    stocked(turn).print_list("customers", path, ["given_name", "phone"])


def recovery_sheet(path, turn):
    stocked(turn).write_recovery_key(path)


def answers(path, turn):
    plan = plan_of(seed=turn, customers=20, faults={"late_answer": 0.5})
    folder = path.with_name("shop")
    rk.files.write_plan(plan, folder, answers=path)


def letter(path, turn):
    rk.letter(None, "claim_form", SHOPS[turn], language=("en", "es")[turn]).print_to(path)


@cache
def judged(turn):
    return rk.audit(SHOPS[turn]), desk.worklist(SHOPS[turn])


def audit(path, turn):
    audit_page.write_audit(SHOPS[turn], judged(turn)[0], path)


def rulings(path, turn):
    judged(turn)[1].write(path)


def lesson(path, turn):
    # two editions of a lesson: the student's and the solved one
    handout.hand_out(path, [builder.HOME / ("", "solved")[turn] / "00_welcome.ipynb"])


def lessons_built(path, turn):
    home = path.parent
    (home / "source").mkdir(exist_ok=True)
    (home / "source" / f"{path.stem}.md").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "notebook_text", lambda source, solved: f"{turn} {solved}")
        builder.build(home)


def code_name(path, turn):
    lab.codename_for(path, ("owl", "fox")[turn])


def kernel_settings(path, turn):
    lab.prepare_kernels(path)


def database(path, turn):
    rk.open_crm(path, WORDS).close()


def key_file(path, turn):
    write_private(path, "RK1-AAAA")


WRITERS = [
    Writer(name="data-set", write=dataset),
    Writer(name="answers.csv", write=answers),
    Writer(name="letter.pdf", write=letter),
    Writer(name="table.xlsx", write=sheet),
    Writer(name="table.parquet", write=columns),
    Writer(name="table.csv", write=plain_table),
    Writer(name="list.pdf", write=printed_table),
    Writer(name="from-the-database.csv", write=exported, of_database=True),
    Writer(name="from-the-database.pdf", write=printed_list, of_database=True),
    Writer(name="recovery-key.txt", write=recovery_sheet, once=True, of_database=True),
    Writer(name="audit", write=audit, makes_its_folder=True),
    Writer(name="rulings", write=rulings, makes_its_folder=True),
    Writer(name="lessons", write=lesson, makes_its_folder=True),
    Writer(name="code-name", write=code_name, makes_its_folder=True),
    Writer(name="kernel-settings", write=kernel_settings, makes_its_folder=True, once=True),
    Writer(name="99_built.ipynb", write=lessons_built, makes_its_folder=True),
    Writer(name="shop.crm", write=database, once=True),
    Writer(name="recovery.txt", write=key_file, once=True),
]


def by_name(but=()):
    """Every writer but those of which a test has nothing to ask."""
    chosen = [writer for writer in WRITERS if writer.name not in but]
    return {"argvalues": chosen, "ids": lambda writer: writer.name}


def held(place):
    """Everything in a place, hidden things too."""
    return {
        found.relative_to(place): found.read_bytes() if found.is_file() else None
        for found in sorted(place.rglob("*"))
    }


def said_by(write, path, turn):
    """The one sentence that a writer says where it cannot write."""
    with pytest.raises((OSError, ValueError)) as error:
        write(path, turn)
    said = cli.sentence(error.value)
    assert "\n" not in said
    assert path.name[:100] in said or str(path.parent) in said
    return said


# ---- disks without room ----


@contextmanager
def no_sync():
    """Written, and then no room to bring it to the disk."""

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        yield


@contextmanager
def small_files():
    """No file may have more than a few bytes: what the system says in earnest."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_second_move():
    """The disk goes away at the last moment, when a finished draft takes its place."""

    def gone(self, target):
        raise OSError(errno.EIO, "Input/output error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", gone)
        patch.setattr(Path, "rename", gone)
        yield


FULL = {"no room to sync": no_sync, "no room to write": small_files, "gone": no_second_move}


NEVER = {
    ("recovery.txt", "gone"),  # it is moved nowhere
    ("recovery-key.txt", "gone"),  # nor is this one
    ("shop.crm", "no room to sync"),  # what SQLite writes it syncs by itself
}
LEARNERS_FOLDER = {"lessons", "code-name", "kernel-settings"}
"""Their folder is the learner's, and stays once it is made, though it be empty."""

CELLS = [
    pytest.param(
        writer, fault, old, id=f"{writer.name}-{fault}-{'over an old one' if old else 'new'}"
    )
    for writer in WRITERS
    for fault in FULL
    for old in ([False] if writer.once else [True, False])
    if (writer.name, fault) not in NEVER
    # nor has the database room then, which says so of itself
    and not (writer.of_database and fault == "no room to write")
]


@pytest.mark.parametrize(("writer", "fault", "old"), one_in(6, CELLS))
def test_a_disk_that_fails_leaves_what_was_there(writer, fault, old, tmp_path, nobody_there):
    if writer.of_database:
        stocked(1)  # while all is well
    place = tmp_path / "place"
    place.mkdir()
    if old:
        writer.write(place / writer.name, 0)
    elif writer.name == "99_built.ipynb":
        (place / "source").mkdir()
        (place / "source" / "99_built.md").touch()
    before = held(place)
    with FULL[fault]():
        said_by(writer.write, place / writer.name, 1)
    after = held(place)
    if writer.name in LEARNERS_FOLDER:
        after = {
            path: content
            for path, content in after.items()
            if path in before or content is not None
        }
    assert after == before


# ---- places that will not do ----


# the name of a built lesson is that of its source, which lies where it is built
NAMED_BY_US = by_name(but=["99_built.ipynb"])


@pytest.mark.parametrize("writer", **NAMED_BY_US)
def test_a_name_that_is_too_long_is_said(writer, tmp_path, nobody_there):
    place = tmp_path / "place"
    place.mkdir()
    assert "name too long" in said_by(writer.write, place / (writer.name + "x" * 300), 1)
    assert held(place) == {}


@pytest.mark.parametrize("writer", **NAMED_BY_US)
def test_a_folder_below_a_file_is_said(writer, tmp_path, nobody_there):
    (tmp_path / "file").write_text("Dear Ana")
    said_by(writer.write, tmp_path / "file" / writer.name, 1)
    assert held(tmp_path) == {Path("file"): b"Dear Ana"}


MAKE_THEIR_FOLDER = [writer.name for writer in WRITERS if writer.makes_its_folder]


@pytest.mark.parametrize("writer", **by_name(but=MAKE_THEIR_FOLDER))
def test_a_folder_that_is_gone_is_said(writer, tmp_path, nobody_there):
    said_by(writer.write, tmp_path / "gone" / writer.name, 1)
    assert held(tmp_path) == {}


@pytest.mark.parametrize("writer", **by_name())
def test_something_else_in_its_place_is_left_alone(writer, tmp_path, nobody_there):
    if writer.name == "99_built.ipynb":
        (tmp_path / "source").mkdir()
        (tmp_path / "source" / "99_built.md").touch()
    place = tmp_path / writer.name
    if writer.name == "data-set" or (writer.makes_its_folder and place.suffix == ""):
        place.write_text("Dear Ana")
    else:
        place.mkdir()
        (place / "letter.txt").write_text("Dear Ana")
    before = held(tmp_path)
    said_by(writer.write, place, 1)
    assert held(tmp_path) == before


@pytest.fixture
def disk(tmp_path):
    """A disk of its own that can be made one that may only be read, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", place]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run([shutil.which("umount"), place], check=True)


@pytest.mark.parametrize("writer", **NAMED_BY_US)
def test_a_place_that_may_only_be_read_is_said(writer, disk, nobody_there):
    if not writer.once:
        writer.write(disk / writer.name, 0)
    before = held(disk)
    remount = [shutil.which("mount"), "-o", "remount,ro", disk]
    subprocess.run(remount, check=True)
    assert "read" in said_by(writer.write, disk / writer.name, 1)
    assert held(disk) == before


# ---- files that belong together, and commands ----


def test_of_two_files_neither_is_new_where_one_cannot_be(tmp_path):
    write_files(tmp_path, {"a": "old", "b": "old"})
    (tmp_path / "c").mkdir()
    with pytest.raises(CannotKeep, match="c' could not be written: is a directory"):
        write_files(tmp_path, {"a": "new", "b": "new", "c": "new"})
    assert held(tmp_path) == {Path("a"): b"old", Path("b"): b"old", Path("c"): None}


def test_folders_made_for_nothing_are_gone_again(tmp_path):
    with no_sync(), pytest.raises(CannotKeep):
        write_files(tmp_path / "one" / "two", {"a": "text"})
    assert held(tmp_path) == {}


COMMANDS = [
    ["generate", "{place}/{long}"],
    ["generate", "{place}/gone/shop"],
    ["generate", "{place}/new", "--answers", "{place}/{long}.csv"],
    ["generate", "{place}/new", "--answers", "{place}/gone/a.csv"],
    ["triage", "{shop}", "--out", "{place}/{long}"],
    ["triage", "{shop}", "--out", "{place}/file/x"],
    ["audit", "{shop}", "--out", "{place}/{long}"],
    ["audit", "{shop}", "--out", "{place}/file/x"],
    ["import", "{people}", "--into", "{place}/{long}"],
    ["import", "{people}", "--into", "{place}/gone/shop.crm"],
    ["lab", "--no-browser", "--folder", "{place}/{long}"],
    ["lab", "--no-browser", "--folder", "{place}/file/x"],
]


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    place = tmp_path_factory.mktemp("brought")
    (place / "people.csv").write_text("Customer No,First name\nC-7,Ana\n")
    shop = rk.write_dataset(SHOPS[0], place / "shop")
    return {"shop": shop, "people": place / "people.csv", "long": "x" * 300}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_it_in_one_sentence(
    words, brought, tmp_path, nobody_there, monkeypatch, capsys
):
    (tmp_path / "file").write_text("Dear Ana")
    given = [word.format(place=tmp_path, **brought) for word in words]
    monkeypatch.setattr(sys, "argv", ["retailkit", *given])
    monkeypatch.setattr(cli.signal, "signal", lambda *given: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr().err
    assert (end.value.code, said.count("\n")) == (1, 1)
    assert str(tmp_path) in said
    assert held(tmp_path) == {Path("file"): b"Dear Ana"}
