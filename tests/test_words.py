"""Words: a closed vocabulary that says what is allowed."""

import importlib
import pkgutil

import pytest

import retailkit
from retailkit.claims import Reason
from retailkit.triage import Level
from retailkit.vocabularies import VOCABULARIES, glossary
from retailkit.words import Word, listing, not_a


def test_a_word_is_text():
    assert Level.SERIOUS == "serious"


def test_a_wrong_word_is_told_what_is_allowed_and_what_was_meant():
    with pytest.raises(ValueError) as problem:
        Level("seriuos")
    assert str(problem.value) == (
        "'seriuos' is not a level. Choose serious, middle or lower. Did you mean 'serious'?"
    )


@pytest.mark.parametrize("value", ["", None, 3, "Serious!!!"])
def test_whatever_is_no_word_is_refused(value):
    with pytest.raises(ValueError, match="is not a level"):
        Level(value)


def test_capitals_are_recognised_as_a_likely_slip():
    assert not_a("level", "SERIOUS", Level).endswith("Did you mean 'serious'?")


def test_a_word_far_from_all_is_not_guessed_at():
    assert "Did you mean" not in not_a("level", "banana", Level)


def test_a_list_of_one_has_no_joint():
    assert listing(["serious"]) == "serious"


def test_an_empty_list_says_so():
    assert listing([]) == "nothing"


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_every_word_has_a_meaning_that_is_a_sentence(vocabulary):
    for word in vocabulary:
        assert word.meaning[0].isupper()
        assert word.meaning.endswith(".")


def test_the_glossary_holds_every_reason():
    words = glossary()
    assert list(words[words["kind"] == "reason"]["word"]) == [str(reason) for reason in Reason]


def test_the_glossary_holds_every_vocabulary_of_the_kit():
    for module in pkgutil.walk_packages(retailkit.__path__, "retailkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {kind for kind in Word.__subclasses__() if kind.__module__.startswith("retailkit.")}
    assert set(VOCABULARIES) == ours
