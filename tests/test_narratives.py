"""Texts are read for facts, in three languages."""

import tomllib
from pathlib import Path

import pytest

from retailkit.narratives import Signal, tells

SAID = tomllib.loads((Path(__file__).parent / "said_by_people.toml").read_text(encoding="utf-8"))
SENTENCES = [
    (signal, answer == "yes", text)
    for signals in SAID.values()
    for signal, answers in signals.items()
    for answer, texts in answers.items()
    for text in texts
]


@pytest.mark.parametrize(("signal", "expected", "text"), SENTENCES)
def test_what_people_say_is_read_as_they_mean_it(signal, expected, text):
    assert tells(signal, text) is expected


@pytest.mark.parametrize("language", SAID)
def test_each_language_is_tried_with_forty_sentences_and_every_signal(language):
    answers = [texts for signal in SAID[language].values() for texts in signal.values()]
    assert sum(map(len, answers)) >= 40
    assert set(SAID[language]) == set(Signal)


@pytest.mark.parametrize("signal", Signal)
@pytest.mark.parametrize(
    "text",
    [
        "The kettle came on Tuesday, and it is blue.",
        "El hervidor llegó el martes y es azul.",
        "केतली मंगलवार को आई और नीली है।",
    ],
)
def test_an_everyday_text_tells_nothing(signal, text):
    assert tells(signal, text) is False


@pytest.mark.parametrize(
    "text", ["I watn my mnoey back", "Sparsk flew", "Una explsoión", "No refnud"]
)
def test_a_slip_of_the_pen_hides_nothing(text):
    assert any(tells(signal, text) for signal in Signal) is (text != "No refnud")


def test_a_phrase_does_not_reach_from_one_sentence_into_the_next():
    assert tells("asks", "Can you believe it? They repair nothing.") is False
