"""The journal: what is noted, restored and forgotten; and that a torn or full one stops nobody."""

import json
import os
import subprocess
import sys

import pytest

import retailkit as rk
from retailkit import journal
from retailkit.course.exercises import find_exercise
from retailkit.course.memory import as_code
from retailkit.course.places import shop_of


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The journal of a learner called kestrel, which does not exist yet."""
    monkeypatch.setenv("RETAILKIT_LESSONS", str(tmp_path))
    monkeypatch.setenv("RETAILKIT_CODENAME", "kestrel")
    return tmp_path / ".retailkit" / "journal" / "kestrel.jsonl"


def right(exercise_id):
    exercise, lesson = find_exercise(exercise_id)
    return exercise.right(shop_of(journal.code_name(), lesson.number))


def test_without_a_lessons_folder_nothing_is_kept():
    assert journal.journal() is None
    rk.check("0.1", 1)
    assert journal.lines() == []
    assert repr(rk.check("0.1", ...)).endswith("Give a number.")


def test_an_answer_and_its_outcome_are_noted_and_nothing_about_the_person(book):
    rk.check("0.1", 1)
    (line,) = map(json.loads, book.read_text().splitlines())
    assert line == {
        "kind": "check",
        "about": "0.1",
        "answer": "1",
        "outcome": "Not quite",
        "share": 0.0,
    }


def test_the_same_answer_again_is_not_noted_again(book):
    for answer in (1, 1, 2, 2, 1):
        rk.check("0.1", answer)
    assert len(book.read_text().splitlines()) == 3


def test_a_blank_is_reminded_of_the_last_answer(book):
    rk.check("7.1", right("7.1"))
    said = rk.check("7.1", ...)
    assert said.outcome == "Not yet"
    assert said.sentence.endswith("Last time you answered as below, and that was right.")
    assert said.code == as_code(right("7.1"))
    rk.check("0.1", 1)
    assert "that was not quite right" in repr(rk.check("0.1", ...))


def test_what_is_restored_can_be_typed_in_again(book):
    rk.check("9.4", {"A"})
    assert rk.check("9.4", eval(rk.check("9.4", ...).code)).outcome == "Not quite"  # noqa: S307
    rk.check("8.2", right("8.2"))
    assert rk.check("8.2", eval(rk.check("8.2", ...).code)).outcome == "Yes"  # noqa: S307


def my_level(case):
    return "lower"


def test_a_function_is_kept_as_it_was_written(book):
    rk.check("7.5", my_level)
    assert rk.check("7.5", ...).code == 'def my_level(case):\n    return "lower"'


def test_what_cannot_be_typed_is_noted_by_its_outcome_alone(book):
    rk.check("1.3", right("1.3"))
    assert journal.last("check", "1.3")["answer"] == ""
    assert rk.check("1.3", ...).code == ""


@pytest.mark.parametrize("odd", ["x" * 3000, object(), [[]] * 3, float("nan"), b"x"])
def test_an_odd_answer_is_no_trouble(book, odd):
    rk.check("0.1", odd)
    assert rk.check("0.1", 5).outcome == "Not quite"
    assert book.stat().st_size < 1000


def test_a_line_that_was_cut_short_costs_itself_alone(book):
    rk.check("0.1", 1)
    with book.open("a") as file:
        file.write('{"kind": "check", "abo')
    rk.check("0.1", 2)
    assert [line["answer"] for line in journal.lines("check")] == ["1", "2"]


@pytest.mark.parametrize("junk", [b"\xff\xfe\0\n", b"[]\n", b"null\n1\n", b'{"kind": 1}\n'])
def test_junk_in_the_file_is_passed_over(book, junk):
    rk.check("0.1", 1)
    book.write_bytes(junk + book.read_bytes())
    assert journal.last("check", "0.1")["answer"] == "1"


def test_a_journal_that_cannot_be_written_is_said_and_stops_nothing(book):
    book.parent.mkdir(parents=True)
    book.mkdir()
    said = rk.check("0.1", 1)
    assert said.outcome == "Not quite"
    assert "(It could not be noted in your journal: is a directory.)" in said.sentence


KILLED = """
import retailkit as rk
for number in range(10**6):
    rk.check("0.1", number)
    print(number, flush=True)
"""


@pytest.mark.slow
def test_a_killed_run_loses_nothing_that_was_said(book):
    run = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    for _ in range(20):
        said = run.stdout.readline()
    run.kill()
    run.communicate()
    noted = [line["answer"] for line in journal.lines("check")]
    assert noted[: int(said) + 1] == [str(number) for number in range(int(said) + 1)]


@pytest.fixture
def shop():
    return rk.make_shop(seed=7, customers=300, market="ES")


@pytest.fixture
def on_a_page(monkeypatch):
    """Show a deck as a notebook does, but for the drawing."""
    shown = type("Page", (), {"refresh": lambda self: None, "box": None})

    def show(deck):
        monkeypatch.setattr("retailkit.forms.page.Page", lambda form: deck_page)
        deck_page = shown()
        deck_page.box = type("Box", (), {"_repr_mimebundle_": lambda self: {}})()
        deck._repr_mimebundle_()
        return deck

    return show


def test_a_deck_goes_on_where_it_was_left(book, shop, on_a_page):
    deck = on_a_page(rk.forms.customer_desk(shop))
    for _ in range(3):
        deck.fill(group=deck.options["group"][0][1]).save()
    deck.undo()
    again = on_a_page(rk.forms.customer_desk(shop))
    assert again.ruled == deck.ruled
    assert len(again.ruled) == 2
    assert repr(again).splitlines()[2:4] == repr(deck).splitlines()[2:4]


def test_a_deck_of_another_shop_begins_anew(book, shop, on_a_page):
    deck = on_a_page(rk.forms.customer_desk(shop))
    deck.fill(group=deck.options["group"][0][1]).save()
    other = rk.make_shop(seed=8, customers=300, market="ES")
    assert on_a_page(rk.forms.customer_desk(other)).ruled == []


def test_what_a_cell_of_the_lesson_saves_is_not_the_learners(book, shop, on_a_page):
    ana = rk.forms.customer_desk(shop)
    ana.fill(group=ana.options["group"][0][1]).save()
    assert on_a_page(rk.forms.customer_desk(shop)).ruled == []
    assert not book.exists()


def test_a_deck_that_asks_for_other_words_by_now_begins_anew(book, shop, on_a_page):
    deck = on_a_page(rk.forms.customer_desk(shop))
    journal.note("deck", deck._about(0), answers={"group": "no such group"})
    again = on_a_page(rk.forms.customer_desk(shop))
    assert (again.ruled, again.problems) == ([], {})


def test_every_code_name_has_a_journal_of_its_own(book, monkeypatch):
    rk.check("0.1", 1)
    monkeypatch.setenv("RETAILKIT_CODENAME", "../../river")
    rk.check("0.1", 2)
    assert sorted(path.name for path in book.parent.iterdir()) == [
        "------river.jsonl",
        "kestrel.jsonl",
    ]


def test_forget_deletes_one_journal_or_all(book, tmp_path):
    rk.check("0.1", 1)
    (book.parent / "river.jsonl").write_text("{}\n")
    assert journal.forget(tmp_path, "kestrel") == ["kestrel"]
    assert not book.exists()
    assert journal.forget(tmp_path) == ["river"]
    assert journal.forget(tmp_path) == []


def test_a_journal_is_for_its_owner_alone(book):
    rk.check("0.1", 1)
    assert os.name == "nt" or book.stat().st_mode & 0o077 == 0
