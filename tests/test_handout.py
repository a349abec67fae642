"""The learner's copies: nothing a learner wrote is ever lost."""

from __future__ import annotations

import json

import pytest

from retailkit.handout import (
    MEMORY,
    find_lesson_file,
    hand_out,
    lessons_to_hand_out,
    open_folder,
    packaged_lessons,
    restart,
    unrun,
)
from retailkit.keep import CannotKeep

NAME = "07_triage.ipynb"
BESIDE = "07_triage (new edition).ipynb"


def notebook(text, **metadata):
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "source": text, "outputs": []}
    return unrun(json.dumps({"cells": [cell], "metadata": metadata}).encode()).decode()


@pytest.fixture
def lesson(tmp_path):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    lesson = shelf / NAME
    lesson.write_text(notebook("first"))
    return lesson


@pytest.fixture
def folder(tmp_path, lesson):
    folder = tmp_path / "learner"
    hand_out(folder, [lesson])
    return folder


def files(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_learner_gets_the_edition_in_their_language_where_there_is_one(monkeypatch):
    english = [path.name for path in lessons_to_hand_out()]
    monkeypatch.setenv("RETAILKIT_LANG", "es")
    spanish = lessons_to_hand_out()
    assert [path.name for path in spanish] == english
    assert {path.name for path in spanish if path.parent.name == "es"} >= {
        "00_welcome.ipynb",
        "07_triage.ipynb",
    }


def test_the_first_time_every_lesson_is_copied(tmp_path, lesson):
    assert hand_out(tmp_path / "learner", [lesson]) == ["Copied 1 lesson for you."]
    assert (tmp_path / "learner" / NAME).read_text() == notebook("first")


def test_a_learner_gets_a_lesson_that_has_not_been_run(tmp_path, lesson):
    cell = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [{"x": 1}]}
    lesson.write_text(json.dumps({"cells": [{**cell, "execution_count": 3}], "metadata": {}}))
    hand_out(tmp_path / "learner", [lesson])
    (copied,) = json.loads((tmp_path / "learner" / NAME).read_text())["cells"]
    assert (copied["outputs"], copied["execution_count"]) == ([], None)


def test_the_second_time_nothing_happens(folder, lesson):
    assert hand_out(folder, [lesson]) == []
    assert files(folder) == [NAME]


def test_a_changed_lesson_stays_as_it_is(folder, lesson):
    (folder / NAME).write_text(notebook("my answer"))
    assert hand_out(folder, [lesson]) == []
    assert (folder / NAME).read_text() == notebook("my answer")


def test_a_new_edition_replaces_an_unchanged_lesson(folder, lesson):
    lesson.write_text(notebook("second"))
    assert "that you had not changed" in hand_out(folder, [lesson])[0]
    assert (folder / NAME).read_text() == notebook("second")
    assert files(folder) == [NAME]


def test_a_lesson_that_was_only_opened_counts_as_unchanged(folder, lesson):
    (folder / NAME).write_text(notebook(["fir", "st"], language_info={"version": "3.11"}))
    lesson.write_text(notebook("second"))
    hand_out(folder, [lesson])
    assert (folder / NAME).read_text() == notebook("second")


def test_a_new_edition_is_laid_beside_a_changed_lesson_once(folder, lesson):
    (folder / NAME).write_text(notebook("my answer"))
    lesson.write_text(notebook("second"))
    assert BESIDE in hand_out(folder, [lesson])[0]
    assert (folder / NAME).read_text() == notebook("my answer")
    assert (folder / BESIDE).read_text() == notebook("second")

    (folder / BESIDE).unlink()
    assert hand_out(folder, [lesson]) == []
    assert files(folder) == [NAME]


def test_a_third_edition_spares_what_was_written_into_the_second(folder, lesson):
    (folder / NAME).write_text(notebook("my answer"))
    for edition in ("second", "third"):
        lesson.write_text(notebook(edition))
        hand_out(folder, [lesson])
    assert (folder / BESIDE).read_text() == notebook("third")

    (folder / BESIDE).write_text(notebook("my other answer"))
    lesson.write_text(notebook("fourth"))
    hand_out(folder, [lesson])
    assert (folder / BESIDE).read_text() == notebook("my other answer")
    assert (folder / "07_triage (new edition 2).ipynb").read_text() == notebook("fourth")


def test_a_deleted_lesson_comes_back(folder, lesson):
    (folder / NAME).unlink()
    assert hand_out(folder, [lesson]) == ["Copied 1 lesson for you."]
    assert (folder / NAME).exists()


@pytest.mark.parametrize("memory", [None, "{", "[]", '{"07_triage.ipynb": 5}', "\xff"])
def test_without_memory_a_file_is_the_learners_own(folder, lesson, memory):
    (folder / MEMORY).unlink()
    if memory is not None:
        (folder / MEMORY).write_bytes(memory.encode("latin-1"))
    (folder / NAME).write_text(notebook("perhaps mine"))
    assert hand_out(folder, [lesson]) == []
    lesson.write_text(notebook("second"))
    hand_out(folder, [lesson])
    assert (folder / NAME).read_text() == notebook("perhaps mine")
    assert files(folder) == [BESIDE, NAME]


def test_a_file_in_the_folders_place_is_said(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(ValueError, match="is a file, not a folder. Choose a folder with --folder"):
        open_folder(tmp_path / "taken")
    with pytest.raises(OSError, match="could not be made: .* Choose a folder that is yours"):
        open_folder(tmp_path / "taken" / "within")


def test_a_full_disk_is_said_and_what_was_copied_is_remembered(tmp_path, lesson, monkeypatch):
    second = lesson.with_name("08_desk.ipynb")
    second.write_text(notebook("first"))

    def write_file(path, content):
        if path.name == second.name:
            raise CannotKeep(path, OSError(28, "No space left on device"))
        path.write_text(content if isinstance(content, str) else content.decode())

    monkeypatch.setattr("retailkit.handout.write_file", write_file)
    with pytest.raises(OSError, match="no space left on device"):
        hand_out(tmp_path / "learner", [lesson, second])
    assert list(json.loads((tmp_path / "learner" / MEMORY).read_text())) == [NAME]


def test_a_kit_without_lessons_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("retailkit.handout.__file__", str(tmp_path / "retailkit" / "handout.py"))
    with pytest.raises(ValueError, match="The kit has no lessons in it. Install it again"):
        packaged_lessons()


KEPT = "07_triage (kept).ipynb"


@pytest.mark.parametrize("word", ["7", "07", "triage", "07_triage", "07_triage.ipynb", " Triage "])
def test_a_lesson_begun_anew_is_fresh_and_the_old_copy_is_kept(folder, lesson, word):
    (folder / NAME).write_text(notebook("my answer"))
    said = restart(folder, word, [lesson])
    assert said[0].startswith(f"'{NAME}' is fresh.")
    assert said[1] == f"Your old copy is kept as '{KEPT}'."
    assert (folder / NAME).read_text() == notebook("first")
    assert (folder / KEPT).read_text() == notebook("my answer")


def test_a_kept_copy_is_never_written_over(folder, lesson):
    for answer in ("one", "two", "three"):
        (folder / NAME).write_text(notebook(answer))
        restart(folder, "7", [lesson])
    kept = [KEPT, "07_triage (kept 2).ipynb", "07_triage (kept 3).ipynb"]
    answers = [(folder / name).read_text() for name in kept]
    assert answers == [notebook(word) for word in ("one", "two", "three")]


def test_a_fresh_copy_is_not_kept_twice(folder, lesson):
    assert restart(folder, "7", [lesson]) == [f"Your '{NAME}' is as fresh as on the first day."]
    assert files(folder) == [NAME]


def test_a_lesson_that_was_thrown_away_comes_back(folder, lesson):
    (folder / NAME).unlink()
    assert restart(folder, "7", [lesson]) == [f"'{NAME}' is fresh."]


def test_a_lesson_begun_anew_is_brought_up_to_date_like_any_other(folder, lesson):
    (folder / NAME).write_text(notebook("my answer"))
    restart(folder, "7", [lesson])
    lesson.write_text(notebook("second edition"))
    hand_out(folder, [lesson])
    assert (folder / NAME).read_text() == notebook("second edition")


def test_on_a_full_disk_the_old_copy_stays_where_it_was(folder, lesson, monkeypatch):
    def full(path, content):
        raise CannotKeep(path, OSError(28, "No space left on device"))

    (folder / NAME).write_text(notebook("my answer"))
    monkeypatch.setattr("retailkit.handout.write_file", full)
    with pytest.raises(CannotKeep):
        restart(folder, "7", [lesson])
    assert files(folder) == [NAME]
    assert (folder / NAME).read_text() == notebook("my answer")


def test_a_lesson_that_does_not_exist_is_told_the_likely_one(folder, lesson):
    with pytest.raises(ValueError, match=r"There is no lesson 'triaje'.*Did you mean 'triage'\?"):
        restart(folder, "triaje", [lesson])
    with pytest.raises(ValueError, match="There is no lesson '12'. There are 00_welcome, "):
        find_lesson_file("12", packaged_lessons())
