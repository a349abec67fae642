"""What all tests share."""

import contextlib
import sys

import keyring
import keyring.backends.fail
import pytest
from hypothesis import settings
from page_server import browser_of_ours, lab_of_ours
from stores import STORES, server_of_ours

import retailkit as rk

# a test that is slow on a busy machine is not wrong, and the same tests run everywhere
settings.register_profile("house", deadline=None, derandomize=True, max_examples=30)
settings.load_profile("house")


@pytest.fixture
def nobody_there(monkeypatch):
    """No keyring and nobody at the keyboard, whoever runs the tests."""
    keyring.get_keyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())
    monkeypatch.setattr(sys, "stdin", None)


@pytest.fixture(scope="session")
def server():
    """One PostgreSQL server for all tests that need one."""
    with server_of_ours() as started:
        yield started


@pytest.fixture(scope="session")
def new_place(request, tmp_path_factory):
    """Where a new customer database may lie in a store of this kind, for as long as the block."""

    def place(kind):
        if kind == "server":
            return request.getfixturevalue("server").customer_database()
        return contextlib.nullcontext(tmp_path_factory.mktemp("crm") / "shop.crm")

    return place


@pytest.fixture(params=STORES)
def place(request, new_place):
    """Where a new customer database may lie: a file, or a server."""
    with new_place(request.param) as free:
        yield free


@pytest.fixture
def crm(place, nobody_there):
    """An empty customer database in a file, its key in a file beside it; or on a server."""
    with rk.open_crm(place) as database:
        yield database


@pytest.fixture
def crm_file(tmp_path, nobody_there):
    """An empty customer database in a file, for what is true of files alone."""
    with rk.open_crm(tmp_path / "shop.crm") as database:
        yield database


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """One browser for all tests that need a page."""
    with browser_of_ours(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="session")
def learner(tmp_path_factory):
    """The lesson folder of the one JupyterLab that all these tests share."""
    return tmp_path_factory.mktemp("learner")


@pytest.fixture(scope="session")
def lab_address(learner):
    """The address that `retailkit lab` prints."""
    with lab_of_ours(learner) as address:
        yield address
