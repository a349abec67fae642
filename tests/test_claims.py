"""Complaint or claim, and what a text tells."""

import pytest

from retailkit.claims import Claim, Kind, Reason, Remedy
from retailkit.narratives import tells


def kind_of(wants=None, narrative=None):
    return Claim(wants=wants, narrative=narrative).kind


def test_whoever_says_nothing_is_neither():
    assert kind_of() is None


def test_a_remedy_on_the_form_makes_a_claim():
    assert kind_of(wants="refund") == Kind.CLAIM


def test_angry_words_that_ask_in_passing_make_a_claim():
    text = "THIRD TIME!!! You people are a joke. Broken again, and I want my money."
    assert kind_of(narrative=text) == Kind.CLAIM


def test_asking_in_passing_counts_even_if_the_form_says_nothing():
    assert kind_of("nothing", "It broke. I want my money back.") == Kind.CLAIM


def test_a_visitor_who_was_turned_away_and_asks_for_the_form_complains():
    text = "I was refused entry with my pushchair. I asked for the complaint form."
    claim = Claim(reason="staff_treatment", narrative=text)
    assert claim.kind == Kind.COMPLAINT


def test_wanting_us_to_know_asks_for_nothing():
    assert kind_of(narrative="The queue was long. I only want you to know.") == Kind.COMPLAINT


DANGERS = [
    "Sparks came out of it.",
    "Salían chispas.",
    "I cut myself.",
    "It BURNED the carpet",
    "My son was hurt.",
    "The cable gave me an electrical shock.",
    "There was a small explosion in the kitchen.",
    "I fell over the cable and broke my arm.",
    "The glass shattered in my hand.",
    "The brake failed on the hill.",
    "We drove her to the hospital.",
    "It got so hot that the plug melted.",
    "My little brother swallowed a part.",
    "I was sick all night.",
    "There was glass in the bread.",
    "The ladder broke and I fell down.",
    "The charger gets so hot that I cannot touch it.",
]

NO_DANGERS = [
    "Nobody was hurt.",
    "Nobody has been hurt.",
    "I did not get hurt.",
    "There was no smoke.",
    "That hurt my feelings.",
    "It adds insult to injury.",
    "The price was a shock to me.",
    "You cut my discount.",
    "My mother, who is in hospital, asked me to write.",
    "It burns the toast.",
    "Nothing exploded, it was just dirty.",
    "THE WORST SHOP EVER!!!",
]

REQUESTS = [
    "I want my money.",
    "Please fix it.",
    "I need a new one.",
    "When will you repair it?",
    "Refund!",
    "By the way, I would like another colour.",
    "I don't want a refund, I want a new one.",
    "You refused to repair it. I expect a new one.",
    "Exijo la devolución.",
]

NO_REQUESTS = [
    "I do not want my money back.",
    "I don't want a refund.",
    "I want to thank you all the same.",
    "What a waste of my money.",
    "I expected better.",
    "They did not give me the form.",
    "You refused to repair it.",
    "I only want you to know.",
    "No quiero nada.",
]


@pytest.mark.parametrize("text", DANGERS)
def test_a_danger_is_heard_in_both_languages_and_in_any_tone(text):
    assert tells("hazard", text) is True


@pytest.mark.parametrize("text", NO_DANGERS)
def test_anger_denials_and_figures_of_speech_are_no_danger(text):
    assert tells("hazard", text) is False


@pytest.mark.parametrize("text", REQUESTS)
def test_a_request_is_heard(text):
    assert tells("asks", text) is True


@pytest.mark.parametrize("text", NO_REQUESTS)
def test_what_only_sounds_like_a_request_is_none(text):
    assert tells("asks", text) is False


def test_what_is_part_of_another_word_is_not_heard():
    assert tells("hazard", "A Hamburg shop, a flaming good one.") is False


def test_another_customers_data_are_heard():
    assert tells("privacy", "The letter had somebody else's address on it.") is True


def test_there_are_nineteen_reasons_and_the_remedies_include_nothing():
    assert len(Reason) == 19
    assert Remedy("nothing") == Remedy.NOTHING
