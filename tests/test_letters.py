"""Letters: every paragraph has its name, and nothing is sent with a gap in it."""

from datetime import date

import pytest

from retailkit.letters import LANGUAGES, compose, facts_needed, kinds_of_letters, paragraphs

FACTS = {
    "name": "Ana Ruiz",
    "shop": "The corner shop",
    "reference": "CL-1",
    "received": date(2026, 3, 6),
    "product": "the kettle",
    "owner": "Eva Gil",
    "answer_by": date(2026, 4, 6),
    "market": "ES",
    "outcome": "accepted",
    "remedy": "refund",
    "amount": 24.5,
    "reasons": "The kettle is inside the guarantee.",
    "asked": "the receipt",
    "reply_by": date(2026, 3, 20),
    "standing": "investigating",
    "offer": "Ten per cent off all kettles.",
    "customer": "Ana Ruiz, ana@example.org",
    "narrative": "It leaks.",
    "reason": "defective",
    "action": "none so far",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds_of_letters())
def test_every_letter_can_be_written_in_every_language(kind, language):
    text = compose(kind, language, FACTS)
    assert "{" not in text
    assert len(text.split("\n\n")) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds_of_letters())
def test_every_language_has_the_same_paragraphs(kind, language):
    assert paragraphs(kind, language) == paragraphs(kind, "en")
    assert facts_needed(kind, language) == facts_needed(kind, "en")


def test_a_paragraph_is_left_out_by_its_name():
    whole = compose("acknowledgement", "en", FACTS).split("\n\n")
    less = compose("acknowledgement", "en", FACTS, without={"tracking"}).split("\n\n")
    assert [text for text in whole if text not in less] == [
        "To find out how it stands, just ask us for the state of the matter, at any time."
    ]


def test_a_missing_fact_is_told_in_a_sentence():
    with pytest.raises(ValueError, match=r"The letter 'status' lacks the fact 'reference'\. It n"):
        compose("status", "en", {"name": "Ana"})


def test_an_answer_without_outcome_says_which_there_are():
    with pytest.raises(ValueError, match=r"lacks the fact 'outcome'\. Choose accepted, partly"):
        compose("answer", "en", FACTS | {"outcome": None})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "anser"}, "'anser' is not a letter"),
        ({"language": "fr"}, "'fr' is not a language of our letters. Choose en, es or hi."),
        ({"without": {"trackin"}}, "'trackin' is not a paragraph of the letter 'answer'"),
    ],
)
def test_a_wrong_word_is_told_which_there_are(change, sentence):
    usual = {"kind": "answer", "language": "en", "facts": FACTS, "without": ()}
    with pytest.raises(ValueError, match=sentence):
        compose(**{**usual, **change})


def test_a_sum_is_named_only_where_money_is_given():
    assert "€24.50" in compose("answer", "en", FACTS)
    assert "24.50" not in compose("answer", "en", FACTS | {"outcome": "refused"})


def test_braces_in_what_somebody_wrote_stay_as_they_are():
    assert "Dear {reference} 🙂," in compose("status", "en", FACTS | {"name": "{reference} 🙂"})
