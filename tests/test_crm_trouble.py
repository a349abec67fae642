"""When things go wrong: one sentence, and what was saved is still there."""

import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_shop import small_shop
from stores import behind_its_back, place_of

import retailkit as rk
from retailkit.crm import opening, postgres, sqlite
from retailkit.crm.schema import ABOUT
from retailkit.keep import CannotKeep, InUse

ANA = rk.Customer(given_name="Ana")
WORDS = "four words nobody guesses"


def one_sentence(error):
    """What was said, which no program wrote for programs."""
    said = str(error.value)
    assert "\n" not in said
    assert not re.search(r"sqlite|Traceback|errno|Error|\bSQL\b", said, re.IGNORECASE)
    return said


# ---- what was brought is not what it should be ----


@pytest.mark.parametrize(
    "content",
    [b"customer_id,given_name\nC-1,Ana\n", b"PK\x03\x04" + b"x" * 5000, b"\0" * 4096, b"x" * 8192],
    ids=["a table", "an archive", "zeros", "pages"],
)
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path, nobody_there, content):
    path = tmp_path / "shop.crm"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"not a customer database|no customer database"):
        rk.open_crm(path, WORDS)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE about (x)")
    other.close()
    with pytest.raises(ValueError, match="is a database, but not of this kit"):
        rk.open_crm(path)


def test_an_empty_file_becomes_a_database(tmp_path, nobody_there):
    path = tmp_path / "shop.crm"
    path.touch()
    with rk.open_crm(path) as crm:
        assert crm.count("customers") == 0


def test_a_later_edition_is_left_alone(crm):
    with behind_its_back(crm) as connection, connection.begin():
        later = ABOUT.update().where(ABOUT.c.fact == "version").values(value="3")
        connection.execute(later)
    with pytest.raises(ValueError, match="written by a later edition") as error:
        rk.open_crm(place_of(crm))
    one_sentence(error)


def test_an_edition_from_before_the_first_release_is_left_alone(crm):
    with behind_its_back(crm) as connection, connection.begin():
        connection.execute(ABOUT.update().where(ABOUT.c.fact == "version").values(value="1"))
    with pytest.raises(ValueError, match="from before the first release") as error:
        rk.open_crm(place_of(crm))
    one_sentence(error)


# a server looks after its own files
def test_damage_is_noticed(crm_file):
    crm = crm_file
    crm.store(small_shop())
    crm.close()
    content = bytearray(crm.path.read_bytes())
    for page in range(0, len(content), 4096):
        content[page + 2000] ^= 1
    crm.path.write_bytes(content)
    with pytest.raises(ValueError, match="the file is damaged") as error:
        rk.open_crm(crm.path)
    one_sentence(error)


def test_an_address_of_another_kind_is_refused_without_repeating_its_password():
    with pytest.raises(ValueError, match=r"\(mysql://\.\.\.\) cannot be opened") as error:
        rk.open_crm("mysql://ana:hunter2@class/shop")
    assert "hunter2" not in str(error.value)


# ---- places that will not do ----


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("x" * 300, "name too long"),
        ("é" * 120, "name too long"),
        ("gone/shop.crm", "no such file"),
        ("", "is a directory"),
        ("file/shop.crm", "not a directory"),
    ],
)
def test_a_place_that_will_not_do_is_told_with_the_reason(tmp_path, nobody_there, name, reason):
    (tmp_path / "file").touch()
    with pytest.raises(CannotKeep, match=reason):
        rk.open_crm(tmp_path / name)
    assert [left.name for left in tmp_path.iterdir()] == ["file"]


def test_a_program_that_goes_elsewhere_still_has_its_file(tmp_path, nobody_there, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "else").mkdir()
    with rk.open_crm("shop.crm") as crm:
        monkeypatch.chdir(tmp_path / "else")
        with crm.as_role("trainer") as trainer:
            assert trainer.count("customers") == 0
    assert list((tmp_path / "else").iterdir()) == []


def test_a_name_with_nul_is_refused(tmp_path):
    with pytest.raises(ValueError, match="holds the character NUL"):
        rk.open_crm(f"{tmp_path}/a\0b")


def test_a_folder_that_vanishes_is_told(tmp_path, nobody_there):
    (tmp_path / "place").mkdir()
    with rk.open_crm(tmp_path / "place" / "shop.crm") as crm:
        crm.add(ANA)
        shutil.rmtree(tmp_path / "place")
        for deed in (lambda: crm.add(ANA), lambda: crm.find("ana")):
            with pytest.raises(CannotKeep, match="no longer there") as error:
                deed()
            one_sentence(error)


# a server's disk is its owner's; what it says of it is tried in test_crm_server.py
def test_a_full_disk_leaves_what_was_there(crm_file):
    crm = crm_file
    crm.add(ANA)
    with crm._engine.connect() as connection:
        # no page more than there is: SQLite then says what it says of a full disk
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(CannotKeep, match="no space left") as error:
        crm.store(rk.make_shop(seed=7, customers=50), replace=True)
    one_sentence(error)
    assert crm.count("customers") == 1
    assert crm.check_log() == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one mebibyte, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = [shutil.which("mount"), "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run([shutil.which("umount"), place], check=True)


def test_a_disk_that_is_really_full_leaves_what_was_there(small_disk, nobody_there):
    with rk.open_crm(small_disk / "shop.crm") as crm:
        crm.add(ANA)
        with pytest.raises(CannotKeep, match="no space left"):
            crm.store(rk.make_shop(seed=7, customers=500), replace=True)
        fill(small_disk / "filler")
        with pytest.raises(CannotKeep, match="no space left"):
            crm.add(ANA)
        with pytest.raises(CannotKeep, match="no space left"):
            rk.open_crm(small_disk / "second.crm")
        (small_disk / "filler").unlink()
        assert crm.count("customers") == 1
        assert crm.check_log() == []
    assert sorted(file.name for file in small_disk.iterdir()) == [
        "shop.crm", "shop.crm.head", "shop.crm.key",
    ]  # fmt: skip


def fill(path):
    """Write until there is no room."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass


def test_a_place_that_may_only_be_read_is_told(small_disk, nobody_there):
    with rk.open_crm(small_disk / "shop.crm") as crm:
        crm.add(ANA)
    read_only = [shutil.which("mount"), "-o", "remount,ro", small_disk]
    subprocess.run(read_only, check=True)
    for name in ("shop.crm", "new.crm"):
        with pytest.raises(CannotKeep, match=r"only be read|read-only") as error:
            rk.open_crm(small_disk / name)
        assert "Choose a folder that is yours" in str(error.value)


# ---- several at once, and killed ----


def test_who_waits_too_long_is_told_who_is_writing(crm, monkeypatch):
    for store in (sqlite, postgres):
        monkeypatch.setattr(store, "WAIT", 0.05)
    with crm.as_role("responsible_person") as other, crm.all_or_nothing():
        with pytest.raises(InUse, match="being written by another run") as error:
            other.add(ANA)
        one_sentence(error)


def test_a_new_file_is_made_once_by_all_who_come_at_once(tmp_path, nobody_there):
    def come(number):
        with rk.open_crm(tmp_path / "shop.crm") as crm:
            return crm.add(rk.Customer(given_name=f"No. {number}")).customer_id

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(come, range(8)))
    assert sorted(numbers) == [f"C-{n:06d}" for n in range(1, 9)]
    assert len(list(tmp_path.iterdir())) == 3


def test_who_comes_second_waits_until_the_first_has_made_it(tmp_path, nobody_there, monkeypatch):
    monkeypatch.setattr(opening, "WAIT", 0.05)
    path = tmp_path / "shop.crm"
    with opening.alone(path), pytest.raises(InUse):
        rk.open_crm(path)


def test_threads_share_a_database_without_sharing_a_transaction(crm):
    def add(number):
        with crm.all_or_nothing():
            crm.add(rk.Customer(given_name=f"No. {number}"))
            if number % 2:
                raise ZeroDivisionError

    with ThreadPoolExecutor(4) as threads:
        failed = [task.exception() for task in [threads.submit(add, n) for n in range(12)]]
    assert sum(isinstance(error, ZeroDivisionError) for error in failed) == 6
    assert crm.count("customers") == 6
    assert crm.check_log() == []


def test_what_killed_runs_left_is_swept(tmp_path, nobody_there):
    left = [".shop.crm.abc.draft", ".shop.crm.abc.draft-journal", ".shop.crm.head.abc.draft"]
    kept = ["shop.crm.txt", ".shop.crm2.abc.draft", "shop.crmx-journal"]
    for name in left + kept:
        (tmp_path / name).touch()
    rk.open_crm(tmp_path / "shop.crm").close()
    assert {file.name for file in tmp_path.iterdir()} == {
        "shop.crm", "shop.crm.head", "shop.crm.key", *kept,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_killed_or_eight_at_once_nothing_that_was_saved_is_lost():
    benchmark = Path(__file__).parent.parent / "benchmarks" / "crm.py"
    command = [sys.executable, benchmark, "--quick"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for row in ("acknowledged and lost", "half done", "file or log not sound"):
        assert re.findall(rf"{row} +(\d+)", said) == ["0"] * len(re.findall(row, said))
    assert re.search(r"with an error +0\n", said)
    assert re.search(r"lost updates +0 of 40\n", said)
    assert re.search(r"form save: kills +4\n", said)
    assert "open by passphrase" in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_an_import_a_merge_or_an_erasure_that_is_killed_is_whole_or_not_there():
    benchmark = Path(__file__).parent.parent / "benchmarks" / "crm_people.py"
    command = [sys.executable, benchmark, "--quick"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for row in ("acknowledged and lost", "half done", "file or log not sound"):
        assert re.findall(rf"{row} +(\d+)", said) == ["0"] * 3
    assert re.search(r"erasure: kills +[1-9]", said)
