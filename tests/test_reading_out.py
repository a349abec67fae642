"""Answers as data, the share of them that is right, and where they stand in a notebook."""

import contextlib
import os
from datetime import date

import numpy as np
import pandas as pd
import pytest
from handed_in import LESSONS
from hypothesis import given
from hypothesis import strategies as st

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.places import shop_of
from retailkit.forms import complaint_form
from retailkit.marking.answer_cells import answer_names, code_cells, lesson_of, source_of, steps_of
from retailkit.marking.limits import Limits, _watch
from retailkit.marking.plain import CannotBeRead, line_of, message_in, packed, unpacked

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates()
    | st.floats(allow_nan=False),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts) | st.tuples(parts, parts),
)  # fmt: skip


@given(plain)
def test_plain_answers_come_through_as_they_are(answer):
    assert unpacked(message_in(line_of({"value": packed(answer)}))["value"]) == answer


@given(st.recursive(plain, lambda parts: st.fixed_dictionaries({"table": parts, "form": parts})))
def test_data_of_another_shape_is_refused_and_never_run(data):
    with pytest.raises(CannotBeRead, match="Its data cannot be read"):
        unpacked({"no such kind": data})
    with contextlib.suppress(CannotBeRead):  # and nothing else comes up
        unpacked(data)


def test_numbers_of_numpy_and_columns_of_pandas_come_through():
    assert unpacked(packed(np.int64(7))) == 7
    column = pd.Series(["a", None], dtype="str")
    assert unpacked(packed(column)).isna().tolist() == [False, True]
    table = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=["one", "two"])
    pd.testing.assert_frame_equal(unpacked(packed(table)), table)


def test_a_word_of_the_trade_and_a_deadline_come_through_as_text_and_day():
    assert unpacked(packed([rk.Level("serious")])) == ["serious"]
    assert unpacked(packed(rk.answer_by("2026-03-06", market="ES"))) > date(2026, 3, 6)


def test_a_filled_in_form_comes_through():
    shop = shop_of("demo", 3)
    form = complaint_form(shop)
    who, staff = shop.customers["customer_id"].iloc[0], shop.staff["staff_id"].iloc[0]
    form.fill(customer_id=who, channel="phone", reason="late", narrative="Late!", heard_by=staff)
    form.save()
    assert unpacked(packed(form)).taken == form.taken


def test_an_object_of_the_learners_own_arrives_as_its_name_alone():
    class Cheat:
        def __eq__(self, other):
            return True

        __hash__ = None

    there = unpacked(packed(Cheat()))
    assert type(there).__name__ == "Cheat"
    assert there != 3


def test_every_exercise_of_every_lesson_has_a_name_for_its_answer():
    for lesson in lessons().values():
        names = answer_names(lesson.number)
        assert sorted(names) == sorted(exercise.id for exercise in lesson.exercises)


def test_every_lesson_is_known_by_its_cells():
    for path in LESSONS.glob("*.ipynb"):
        assert lesson_of(code_cells(path.read_bytes())) == int(path.name[:2])


def test_what_a_check_is_given_is_read_whatever_it_is_called():
    [step] = steps_of(["rk.check('1.1', my_own + 1)"], 1)
    assert step.reads == [("1.1", "my_own + 1", True)]


def test_the_lessons_own_wrong_example_is_nobodys_answer():
    sources = [source_of(cell) for cell in code_cells((LESSONS / "00_welcome.ipynb").read_bytes())]
    read = [what for step in steps_of(sources, 0) for _, what, _ in step.reads]
    assert "len(shop.orders)" not in read


def test_a_cell_that_no_python_reads_is_run_all_the_same():
    [step] = steps_of(["late = = 3"], 1)
    assert step.source == "late = = 3"


def test_pythons_own_watch_keeps_a_notebook_to_its_folder(tmp_path):
    watch = _watch(str(tmp_path), network=True)
    writing = os.O_WRONLY | os.O_CREAT
    watch("open", (str(tmp_path / "mine.txt"), "w", writing))
    watch("open", (str(LESSONS / "00_welcome.ipynb"), "r", os.O_RDONLY))
    for event, what in (
        ("open", (str(tmp_path.parent / "other.txt"), "w", writing)),
        ("os.remove", (str(LESSONS / "00_welcome.ipynb"), -1)),
        ("os.rename", (str(tmp_path / "a"), str(tmp_path.parent / "b"), -1, -1)),
        ("subprocess.Popen", ("sh", [], None, None)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
    ):
        with pytest.raises(PermissionError):
            watch(event, what)


def test_limits_travel_as_data():
    assert Limits(**Limits(seconds=7).plain()) == Limits(seconds=7)
