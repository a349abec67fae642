"""What people say in passing: the same lines in every language, each of them right."""

import re
import string
import unicodedata

import numpy as np
import pytest

from retailkit.generate import make_shop
from retailkit.generate.goods import goods
from retailkit.generate.languages import LANGUAGES
from retailkit.generate.mixer import Dice
from retailkit.generate.sayings import (
    CALLED,
    Products,
    _file,
    days_as_written,
    lines,
    said_by,
)

HOME = {"en": "generic", "es": "ES", "hi": "IN"}
"""A market in which each language is spoken."""
FACTS = {"order", "day", "other", "contact"}
OF_NO_USE = {"en": {"del", "obl"}, "es": {"obl"}, "hi": {"del"}}
"""Forms that a language's words do not have."""
AS_MANY = ("message.offer", "message.reply")
"""Which line is sent is drawn before the language is known."""
BEGINS_A_FORMULA = ("=", "+", "-", "@")


def names(part, before=""):
    """The names of all groups of lines in a file."""
    if isinstance(part, list):
        return {before.removesuffix(".")}
    return {name for key, below in part.items() for name in names(below, f"{before}{key}.")}


NAMES = sorted(names(_file("en")))


def slots(line):
    return {slot for _, slot, _, _ in string.Formatter().parse(line) if slot}


def told(language):
    """Every line of a language about every product of its home, ready to be read."""
    market = HOME[language]
    here = LANGUAGES.index(language)
    facts = {"order": "O-000001-1", "day": "7", "other": "8", "contact": "9"}
    for place in range(len(goods(market))):
        products = Products(market=market, place=np.array([place]))
        called = products.called(np.array([here]))
        words = {name: text[0].as_py() for name, text in called.items()} | facts
        for name in NAMES:
            for line in lines(name)[here]:
                yield line.format_map(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_lines(language):
    assert names(_file(language)) == set(NAMES)
    assert all(lines(name)[LANGUAGES.index(language)] for name in NAMES)


@pytest.mark.parametrize("name", AS_MANY)
def test_what_is_drawn_for_all_languages_alike_has_as_many_lines_in_each(name):
    assert len({len(some) for some in lines(name)}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_is_known_in_its_language(language):
    known = (set(CALLED) | FACTS) - OF_NO_USE[language]
    used = {
        slot
        for name in NAMES
        for line in lines(name)[LANGUAGES.index(language)]
        for slot in slots(line)
    }
    assert used <= known


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_an_answer_are_told_in_every_language(name):
    facts = [{slot for line in some for slot in slots(line)} & FACTS for some in lines(name)]
    assert facts == [facts[0]] * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_begins_like_a_formula_or_keeps_a_brace(language):
    wrong = [
        line
        for line in told(language)
        if line.startswith(BEGINS_A_FORMULA) or set("{}") & set(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_well_spaced_and_composed(language):
    odd = re.compile(r"  | [,.;:?!।]|^\s|\s$|None")
    assert [line for line in told(language) if odd.search(line)] == []
    assert [line for line in told(language) if unicodedata.normalize("NFC", line) != line] == []


def test_spanish_joins_its_articles_and_closes_its_question_marks():
    said = list(told("es"))
    assert [line for line in said if re.search(r"\b(de|a) el\b", line, re.IGNORECASE)] == []
    assert [line for line in said if line.count("¿") != line.count("?")] == []
    assert [line for line in said if line.count("¡") != line.count("!")] == []


def test_spanish_speaks_to_everybody_as_usted():
    familiar = re.compile(r"\b(tú|te|ti|tu|tus|vosotros|os|vuestr\w+|puedes|podéis|quieres)\b")
    assert [line for line in told("es") if familiar.search(line.lower())] == []


def test_nobody_in_spanish_or_hindi_says_an_english_word():
    english = re.compile(r"\b(the|a pair|of|and|your|you|is|we|for|please|order|our)\b")
    assert [line for line in told("es") if english.search(line.lower())] == []
    letters = re.compile(r"[A-Za-z]{2,}")
    assert [line for line in told("hi") if letters.search(line)] == []


def test_no_hindi_line_tells_whether_a_man_or_a_woman_speaks():
    i_with_gender = re.compile(
        r"(?:रहा|रही|सकता|सकती|चाहता|चाहती|करता|करती|जाता|जाती|आता|आती|गया|गई|आया|आई|था|थी) हूँ"
        r"|मैं [^।,;]*(?:ूँगा|ूँगी|था|थी)"
    )
    assert [line for line in told("hi") if i_with_gender.search(line)] == []


def test_hindi_speaks_to_everybody_as_aap():
    familiar = re.compile(
        r"(?<!\S)(तू|तुम|तुम्हें|तुम्हारा|तुम्हारी|तुम्हारे|तेरा|तेरी|करो|दो|लो|बताओ)(?=[\s,।?!;]|$)"
    )
    spoken = [line for line in told("hi") if "दो हफ़्ते" not in line]
    assert [line for line in spoken if familiar.search(line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_end_their_sentence_and_what_is_asked_for_does_not(language):
    here = LANGUAGES.index(language)
    stop = "।" if language == "hi" else "."
    reasons = [name for name in NAMES if name.startswith("message.reason_")]
    assert all(line.endswith(stop) for name in reasons for line in lines(name)[here])
    assert not any(line.endswith(stop) for line in lines("message.asked")[here])


@pytest.mark.parametrize("market", ["ES", "IN"])
def test_answers_name_their_days_as_their_language_writes_them(market):
    enquiries = make_shop(seed=7, customers=300, market=market).tables["enquiries"]
    answers = enquiries["answer"].dropna()
    assert not answers.str.contains(r"\d{4}-\d{2}-\d{2}").any()
    written = {"ES": r"\d de [a-z]+ de 20\d\d", "IN": r"\d [\u0900-\u097f]+ 20\d\d (?:को|तक)"}
    assert answers.str.contains(written[market]).any()


def test_a_question_and_its_answer_are_in_the_language_of_who_asks():
    shop = make_shop(seed=7, customers=300, market="IN")
    asked = shop.tables["enquiries"].merge(shop.tables["customers"], on="customer_id")
    hindi = asked["language"] == "hi"
    for words in (asked["question"], asked["answer"].dropna()):
        assert (words.str.contains(r"[\u0900-\u097f]") == hindi[words.index]).all()


def test_questions_are_answered_after_they_are_asked_while_the_shop_is_open():
    asked = make_shop(seed=7, customers=300, market="ES").tables["enquiries"]
    asked = asked.dropna(subset=["answered_at"])
    assert len(asked) > 20
    assert (asked["answered_at"] > asked["at"]).all()
    assert asked["answered_at"].dt.hour.between(9, 19).all()
    assert (asked["answered_at"].dt.day_of_week < 6).all()


def test_no_day_is_nothing_to_say():
    days = np.array(["2026-03-06", "NaT"], dtype="datetime64[s]")
    assert days_as_written(days, np.array([2, 0])).to_pylist() == ["6 मार्च 2026", None]


def test_the_same_row_says_the_same_whoever_speaks_beside_it():
    one, two = (
        said_by(
            ["feedback.staff"],
            np.zeros(rows, dtype=np.int64),
            np.ones(rows, dtype=np.int64),
            Dice(7, "test", np.arange(rows)),
        ).to_pylist()
        for rows in (5, 50)
    )
    assert two[:5] == one
