"""Sweeps over many cases: a few of them every day, all the others with `pytest -m slow`."""

import pytest


def mostly_slow(cases, every_day):
    """The cases of a sweep; all but the first few are slow."""
    return [*cases[:every_day], *(slow(case) for case in cases[every_day:])]


def slow(case):
    """A case that everyday `pytest` leaves out; a tuple stands for several arguments."""
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
