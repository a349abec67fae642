"""Keep: a file or a folder is written whole or not at all."""

import os

import pytest

from retailkit.keep import CannotKeep, recover, whole_folder, write_file


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_file_is_written_as_given(tmp_path):
    write_file(tmp_path / "a.txt", "one\r\ntwo\n")
    assert (tmp_path / "a.txt").read_bytes() == b"one\r\ntwo\n"


def test_a_file_is_replaced(tmp_path):
    write_file(tmp_path / "a.txt", "old")
    write_file(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_file_that_cannot_be_written_says_where_and_what_to_do(tmp_path):
    with pytest.raises(
        CannotKeep, match=r"a\.txt' could not be written: no such file.*Choose a folder"
    ):
        write_file(tmp_path / "nowhere" / "a.txt", "text")


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path, monkeypatch):
    write_file(tmp_path / "a.txt", "old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotKeep, match="no space left"):
        write_file(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "old"
    assert leftovers(tmp_path) == []


def test_a_folder_appears_whole(tmp_path):
    with whole_folder(tmp_path / "shop") as draft:
        write_file(draft / "claims.csv", "claim_id")
        assert not (tmp_path / "shop").exists()
    assert (tmp_path / "shop" / "claims.csv").read_text() == "claim_id"


def test_a_folder_that_fails_half_way_leaves_the_old_one(tmp_path):
    with whole_folder(tmp_path / "shop") as draft:
        write_file(draft / "a", "old")

    def fail_half_way():
        with whole_folder(tmp_path / "shop") as draft:
            write_file(draft / "a", "new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert (tmp_path / "shop" / "a").read_text() == "old"
    assert leftovers(tmp_path) == []


def test_a_new_folder_leaves_nothing_of_the_old_one(tmp_path):
    for name in ("old", "new"):
        with whole_folder(tmp_path / "shop") as draft:
            write_file(draft / name, name)
    assert [path.name for path in (tmp_path / "shop").iterdir()] == ["new"]


def test_what_a_killed_run_left_is_put_back(tmp_path):
    # killed between the two renames: the old folder lies aside, the new one is a draft
    (tmp_path / ".shop.x1.old").mkdir()
    (tmp_path / ".shop.x1.old" / "a").write_text("old")
    (tmp_path / ".shop.x1.draft").mkdir()
    recover(tmp_path / "shop")
    assert (tmp_path / "shop" / "a").read_text() == "old"
    assert leftovers(tmp_path) == [".shop.x1.draft"]


def test_the_next_run_sweeps_what_a_killed_one_left(tmp_path):
    (tmp_path / ".shop.x1.draft").mkdir()
    with whole_folder(tmp_path / "shop"):
        pass
    assert leftovers(tmp_path) == []


def test_what_was_left_of_another_folder_is_not_touched(tmp_path):
    (tmp_path / ".shop.2.abcd1234.old").mkdir()
    recover(tmp_path / "shop")
    assert leftovers(tmp_path) == [".shop.2.abcd1234.old"]


def test_the_folder_is_named_by_its_own_name_in_the_message(tmp_path):
    draft = whole_folder(tmp_path / "nowhere" / "shop")
    with pytest.raises(CannotKeep, match=r"nowhere.shop' could not"), draft:
        pass
