"""A check leaves no trace: property tests of what is put back, and of what is handed in."""

import os
import random
import types
import warnings

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sweeps import one_in

import retailkit as rk
from retailkit.course.exercises import lessons
from retailkit.course.places import shop_of
from retailkit.course.traces import leaving_no_trace


def in_a_notebook(code, **names):
    """The function `rule`, as if a cell of a notebook had made it among these names."""
    names |= {"__name__": "__main__", "np": np, "pd": pd, "mpl": mpl, "os": os}
    exec(code, names)  # noqa: S102 - the code stands in this file
    return names.pop("rule"), names


DOES_ALL_IT_SHOULD_NOT = """
def rule(case, held=np.random.default_rng(4)):
    global count, new
    count, new = count + 1, "made"
    seen.append(case)
    table["a"] = 1
    rng.random(); old.random(); own.random(); held.random()
    np.random.random(); random.random()
    np.random.seed(3)
    warnings.simplefilter("error")
    pd.set_option("display.max_rows", 7, "display.precision", 1)
    mpl.rcParams["font.size"] = 3
    os.environ["RETAILKIT_SPOILT"] = "yes"
    os.chdir(os.sep)
    print("here")
    return "lower"
"""


def state_of_everything(names):
    """All that a rule could change, as plain values."""
    return {
        "random": random.getstate(),
        "numpy": repr(np.random.get_state()),
        "sources": [
            repr(names["rng"].bit_generator.state),
            repr(names["old"].get_state()),
            names["own"].getstate(),
        ],
        "names": {name: repr(thing) for name, thing in names.items() if name != "__builtins__"},
        "warnings": list(warnings.filters),
        "options": (pd.get_option("display.max_rows"), pd.get_option("display.precision")),
        "rcParams": dict(mpl.rcParams),
        "environment": dict(os.environ),
        "folder": os.getcwd(),  # noqa: PTH109
    }


@given(seed=st.integers(0, 2**32 - 1), drawn=st.integers(0, 20))
def test_whatever_a_rule_does_a_check_puts_it_back(seed, drawn):
    rule, names = in_a_notebook(
        DOES_ALL_IT_SHOULD_NOT,
        count=0,
        seen=["before"],
        table={},
        rng=np.random.default_rng(seed),
        old=np.random.RandomState(seed),
        own=random.Random(seed),
        random=random,
        warnings=warnings,
    )
    random.seed(seed)
    np.random.seed(seed)
    for source in (random.random, np.random.random, names["rng"].random):
        [source() for _ in range(drawn)]
    held = rule.__defaults__[0]
    before, held_before = state_of_everything(names), repr(held.bit_generator.state)
    rk.check("7.5", rule)
    assert state_of_everything(names) == before
    assert repr(held.bit_generator.state) == held_before


def test_what_a_function_closes_over_is_put_back_too():
    source = random.Random(5)
    before = source.getstate()

    def rule(case):
        return "lower" if source.random() < 2 else ...

    rk.check("7.5", rule)
    assert source.getstate() == before


def test_a_check_prints_nothing_and_warns_of_nothing(capsys):
    def loud(case):
        print("here")
        warnings.warn("careful", stacklevel=1)
        return "lower"

    rk.check("7.5", loud)
    assert capsys.readouterr() == ("", "")


def test_names_of_a_library_are_not_taken_for_the_notebooks():
    library = types.ModuleType("library")
    exec("def rule(case):\n    global found\n    found = 1\n    return 'lower'", vars(library))  # noqa: S102
    rk.check("7.5", library.rule)
    assert library.found == 1


frames = st.builds(
    lambda cells, names: pd.DataFrame(dict.fromkeys(names, cells)),
    st.lists(st.one_of(st.integers(-5, 5), st.none(), st.text(max_size=3)), max_size=4),
    st.lists(st.sampled_from(["order_id", "status", "total", "x"]), unique=True, max_size=4),
)


@given(frames)
def test_a_table_is_handed_back_as_it_came(frame):
    before = frame.copy(deep=True)
    for exercise_id in ("1.3", "2.2", "7.4"):
        rk.check(exercise_id, frame)
    pd.testing.assert_frame_equal(frame, before)


@given(
    st.one_of(
        st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=4),
        st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
        st.sets(st.integers(), max_size=4),
    )
)
def test_a_list_is_handed_back_as_it_came(answer):
    before = repr(answer)
    for exercise_id in ("1.2", "2.3", "8.2", "9.4"):
        rk.check(exercise_id, answer)
    assert repr(answer) == before


@pytest.mark.parametrize("number", one_in(6, lessons()))
def test_checks_do_not_change_the_shop_they_look_at(number):
    lesson, shop = lessons()[number], shop_of("demo", number)
    before = {name: table.copy() for name, table in shop.tables.items()}
    for exercise in lesson.exercises:
        for wrong in exercise.wrong:
            rk.check(exercise.id, wrong.answer(shop))
    for name, table in shop.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_also_after_an_error_all_is_put_back():
    before = random.getstate()
    with pytest.raises(ZeroDivisionError), leaving_no_trace():
        random.random() / 0
    assert random.getstate() == before
