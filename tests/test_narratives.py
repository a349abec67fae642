"""Texts are read for facts."""

import pytest

from retailkit.narratives import Signal, tells


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("privacy", "With my post came another customer's invoice."),
        ("discrimination", "I was sent away because of my accent."),
    ],
)
def test_a_signal_without_exceptions_is_found(signal, text):
    assert tells(signal, text)


@pytest.mark.parametrize("signal", Signal)
def test_an_everyday_text_tells_nothing(signal):
    assert tells(signal, "The kettle came on Tuesday, and it is blue.") is False
