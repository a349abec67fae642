"""What all tests share."""

import sys

import keyring
import keyring.backends.fail
import pytest
from hypothesis import settings
from page_server import browser_of_ours, lab_of_ours

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


@pytest.fixture
def crm(tmp_path, nobody_there):
    """An empty customer database, its key in a file beside it."""
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
