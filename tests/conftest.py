"""What all tests share."""

import sys

import keyring
import keyring.backends.fail
import pytest
from hypothesis import settings

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
