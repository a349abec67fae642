"""Sweeps over many cases: a few of them every day, all the others with `pytest -m slow`."""

import pytest


def mostly_slow(cases, every_day):
    """The cases of a sweep; all but the first few are slow."""
    return [*cases[:every_day], *(slow(case) for case in cases[every_day:])]


def one_in(number, cases):
    """The cases of a sweep; each so many-th is tried every day, and those between are slow."""
    return [case if place % number == 0 else slow(case) for place, case in enumerate(cases)]


def slow(case):
    """A case that everyday `pytest` leaves out; a tuple stands for several arguments."""
    if hasattr(case, "marks"):  # a case that has a name of its own
        return pytest.param(*case.values, id=case.id, marks=pytest.mark.slow)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
