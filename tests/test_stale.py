"""An answer that rests on a cell which was changed since: said where it can be known."""

from types import SimpleNamespace

import pytest
from IPython.core.events import EventManager

from retailkit.course import stale
from retailkit.course.stale import Runs, names_of

SET_UP, OPEN = ("a", "shop = 1"), ("b", "open_orders = shop")
ANSWER, CHECK = ("c", "late = open_orders"), ("d", 'rk.check("1.3", late)')


def said(*runs):
    book = Runs()
    for cell, text in runs:
        book.add(cell, text)
    return stale.stale("1.3", book)


def test_cells_run_in_order_are_no_matter():
    assert said(SET_UP, OPEN, ANSWER, CHECK) is None


def test_a_cell_that_was_changed_and_run_again_is_named():
    assert said(SET_UP, OPEN, ANSWER, CHECK, ("b", "open_orders = 2"), CHECK) == (
        "Mind: `late` was worked out before you changed `open_orders`. "
        "Run the cell of `late` again, then this check."
    )


def test_a_change_further_back_is_named_too():
    assert "changed `shop`" in said(SET_UP, OPEN, ANSWER, ("a", "shop = 2"), CHECK)
    # also where the answer was run again, and what lies between was not
    assert "changed `shop`" in said(SET_UP, OPEN, ("a", "shop = 2"), ANSWER, CHECK)


def test_the_same_text_run_again_is_no_change():
    assert said(SET_UP, OPEN, ANSWER, SET_UP, OPEN, CHECK) is None


def test_whoever_runs_all_again_is_told_nothing():
    changed = ("b", "open_orders = 2")
    assert said(SET_UP, OPEN, ANSWER, changed, ANSWER, CHECK) is None


def test_a_change_that_was_taken_back_is_no_change():
    assert said(SET_UP, OPEN, ANSWER, ("b", "open_orders = 2"), OPEN, CHECK) is None


def test_a_name_that_another_cell_uses_anew_is_no_change():
    assert said(SET_UP, OPEN, ANSWER, ("e", "open_orders = 7"), CHECK) is None


@pytest.mark.parametrize("text", ["%matplotlib inline", "(", "", "late", "x: int", "f(late)"])
def test_an_odd_cell_is_passed_over(text):
    assert said(SET_UP, OPEN, ("o", text), ANSWER, CHECK, ("o", "1"), CHECK) is None


def test_names_that_need_each_other_come_to_an_end():
    assert said(("a", "x = y"), ("b", "y = x"), ("c", "late = x"), ("a", "x = y + 1"), CHECK)
    assert names_of("x = x + 1") == ({"x"}, set())


def test_where_no_page_says_which_cell_it_is_nothing_is_said():
    assert said((None, "shop = 1"), (None, "late = shop"), (None, "shop = 2"), (None, "x")) is None


def test_only_a_plain_name_is_looked_up():
    assert stale.checked_name('rk.check("1.3", len(late))', "1.3") is None
    assert stale.checked_name('rk.check("1.1", late)', "1.3") is None
    assert stale.checked_name('rk.check("9.5", fault, given=broken)', "9.5") == "fault"


def test_a_notebook_is_watched_from_my_shop_on(monkeypatch):
    shell = SimpleNamespace(events=EventManager(None, {"pre_run_cell": lambda info: None}))
    monkeypatch.setattr(stale, "_notebook", lambda: shell)
    monkeypatch.setattr(stale, "RUNS", Runs())
    for _ in range(2):
        stale.watch_cells()
    for cell, text in (("a", "x = 1"), ("b", "y = x"), (None, "z = 1")):
        shell.events.trigger("pre_run_cell", SimpleNamespace(cell_id=cell, raw_cell=text))
    assert stale.RUNS.seen == [("a", "x = 1"), ("b", "y = x")]
