"""What is handed in is read without being unpacked: tricks are named, the rest is taken."""

import json
import zipfile
from datetime import UTC, datetime

import pytest
from handed_in import lesson

from retailkit.marking.submissions import SLIP, handed_in

GOOD = json.dumps(lesson())
SLIP_OF_ANA = json.dumps(
    {"code_name": "blue-fox", "handed_in_at": "2026-03-06T12:00:00+00:00", "lessons": [0]}
)


def zipped(tmp_path, entries):
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    [work] = handed_in(path)
    return work


def test_the_slip_tells_whose_it_is_and_since_when(tmp_path):
    work = zipped(tmp_path, {SLIP: SLIP_OF_ANA, "00_welcome.ipynb": GOOD})
    assert (work.code_name, work.at) == ("blue-fox", datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert list(work.notebooks) == [0]
    assert work.remarks == []


def test_a_renamed_notebook_is_known_by_its_cells(tmp_path):
    work = zipped(tmp_path, {"Untitled (3).ipynb": GOOD})
    assert list(work.notebooks) == [0]
    assert work.remarks == ["'Untitled (3).ipynb' was renamed; by its cells it is lesson 0."]


@pytest.mark.parametrize(
    "name", ["../../00_welcome.ipynb", "/home/00_welcome.ipynb", "C:\\00_welcome.ipynb"]
)
def test_a_path_out_of_the_zip_is_named_and_not_followed(tmp_path, name):
    work = zipped(tmp_path, {name: GOOD})
    assert not work.notebooks
    assert "points out of the zip" in work.remarks[0]
    assert [file.name for file in tmp_path.iterdir()] == ["work.zip"]


def test_a_link_in_a_zip_is_named_and_not_followed(tmp_path):
    link = zipfile.ZipInfo("00_welcome.ipynb")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(link, "/etc/passwd")
    [work] = handed_in(path)
    assert "is a link to another place" in work.remarks[0]


def test_a_link_among_the_files_is_named_and_not_followed(tmp_path):
    (tmp_path / "real").write_text(GOOD, encoding="utf-8")
    try:
        (tmp_path / "work.ipynb").symlink_to(tmp_path / "real")
    except OSError:
        pytest.skip("this system makes no links for us")
    [work] = handed_in(tmp_path)
    assert not work.notebooks
    assert "is a link to another place" in work.remarks[0]


def test_a_zip_bomb_is_named_and_not_read(tmp_path):
    work = zipped(tmp_path, {"00_welcome.ipynb": b"0" * 100_000_001})
    assert work.remarks == ["'00_welcome.ipynb' has more than 100 megabytes, and was not read."]


def test_a_zip_of_countless_files_is_named_and_not_read(tmp_path):
    work = zipped(tmp_path, {f"{number}.ipynb": "" for number in range(501)})
    assert "501 files" in work.remarks[0]


def test_a_zip_that_is_none_is_named(tmp_path):
    (tmp_path / "work.zip").write_bytes(b"PK\x03\x04 and no more")
    [work] = handed_in(tmp_path)
    assert work.remarks == ["The zip is damaged, or is no zip."]


def test_a_slip_of_another_shape_is_named(tmp_path):
    work = zipped(tmp_path, {SLIP: "[1, 2]", "00_welcome.ipynb": GOOD})
    assert work.remarks == ["The slip in it, handin.json, cannot be read."]
    assert list(work.notebooks) == [0]


@pytest.mark.parametrize(
    "text",
    ["[]", '{"cells": 3}', '{"cells": [1]}', "[" * 100_000, '{"cells": [{"cell_type": "code"}]}'],
)
def test_a_notebook_of_another_shape_is_named(tmp_path, text):
    work = zipped(tmp_path, {"00_welcome.ipynb": text})
    assert not work.notebooks
    assert len(work.remarks) == 1


def test_copies_that_jupyter_made_are_passed_over(tmp_path):
    work = zipped(tmp_path, {".ipynb_checkpoints/00_welcome.ipynb": "{", "00_welcome.ipynb": GOOD})
    assert work.remarks == []


def test_a_folder_with_nothing_handed_in_says_how(tmp_path):
    with pytest.raises(ValueError, match="Learners make a zip with 'retailkit handin'"):
        list(handed_in(tmp_path))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="There is no"):
        list(handed_in(tmp_path / "none"))
