"""Long work shows how far it is, short work shows nothing, and nothing is left of either."""

from __future__ import annotations

import nbclient
import nbformat
import pytest

from retailkit import progress_bar as module
from retailkit.progress_bar import going_through, progress


class Watched:
    """A bar that remembers what it showed."""

    def __init__(self, what):
        self.what, self.shown, self.cleared = what, [], False

    def show(self, share):
        self.shown.append(share)

    def clear(self):
        self.cleared = True


@pytest.fixture
def bars(monkeypatch):
    """Every bar that was made, and a clock that goes on one second with each look at it."""
    made, clock = [], iter(range(1000))
    monkeypatch.setattr(module, "_bar", lambda what: made.append(Watched(what)) or made[-1])
    monkeypatch.setattr(module.time, "monotonic", lambda: float(next(clock)))
    return made


def test_short_work_shows_nothing(bars):
    with progress("Counting") as tell:
        tell(0.5)
    assert bars == []


def test_long_work_shows_how_far_it_is_and_then_goes(bars):
    with progress("Counting") as tell:
        for share in (0.1, 0.5, 0.9, 1.7):
            tell(share)
    (bar,) = bars
    assert (bar.what, bar.shown, bar.cleared) == ("Counting", [0.5, 0.9, 1.0], True)


def test_a_bar_goes_where_the_work_is_stopped(bars):
    def work():
        with progress("Counting") as tell:
            for _ in range(5):
                tell(0.5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert bars[0].cleared


def test_work_within_work_has_no_bar_of_its_own(bars):
    for _ in going_through("Auditing", range(6)):
        list(going_through("Making the shop", range(6)))
    assert [bar.what for bar in bars] == ["Auditing"]


def test_a_walk_that_is_left_early_lets_the_next_one_show(bars):
    walk = going_through("Auditing", range(6))
    next(walk)
    walk.close()
    list(going_through("Making the shop", range(6)))
    assert bars[-1].what == "Making the shop"


def test_where_nobody_watches_there_is_no_bar(monkeypatch, capsys):
    monkeypatch.setattr(module, "SECONDS_BEFORE", 0)
    list(going_through("Counting", range(9)))
    assert capsys.readouterr() == ("", "")


CELLS = [
    "from retailkit import progress_bar as bar\nbar.SECONDS_BEFORE = bar.SECONDS_BETWEEN = 0",
    "import time\nlist(bar.going_through('Counting', range(5)))[-1]",
]


@pytest.mark.parametrize(("watched", "outputs"), [("", 1), ("1", 2)])
def test_a_page_that_is_watched_has_a_bar_and_stores_none(monkeypatch, watched, outputs):
    monkeypatch.setenv(module.WATCHED, watched)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    shown = notebook.cells[1].outputs
    assert len(shown) == outputs
    assert "progress" not in str([output.data for output in shown])
    assert shown[-1].data["text/plain"] == "4"


def test_the_bar_says_in_words_what_it_shows():
    bar = module.OnThePage("Making the shop")
    assert bar.words(0.42) == "Making the shop: 42%"
    assert '<progress max="1" value="0.42">' in bar.page(0.42)
