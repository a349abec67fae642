"""What customers say: their own facts, their own wish, in three languages."""

import re
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import MARKET, telling, tellings

from retailkit.generate.cases import WANTED
from retailkit.generate.goods import goods
from retailkit.generate.languages import (
    LANGUAGES,
    day_in_words,
    language,
    money_in_words,
)
from retailkit.generate.mixer import Luck
from retailkit.generate.narratives import narrative
from retailkit.generate.slips import with_slips
from retailkit.generate.stories import HARD
from retailkit.generate.telling import SPOKEN
from retailkit.narratives import tells

WISHES = {remedy for remedies in WANTED.values() for remedy in remedies} | {"passing_money"}
DATES = ("event_on", "ordered_on", "promised_on", "delivered_on", "returned_on", "first_on")


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request):
    """Tellings with their texts."""
    return [(told, narrative(told)) for told in tellings(request.param, 1500)]


def share(found):
    found = list(found)
    return sum(found) / len(found)


def test_a_text_asks_exactly_where_its_telling_says_so(said):
    assert share(tells("asks", text) == told.asks_in_text for told, text in said) > 0.99


@pytest.mark.parametrize("signal", sorted(HARD))
def test_a_text_names_what_happened_and_no_other_danger(said, signal):
    there = [tells(signal, text) for told, text in said if told.kind == signal]
    elsewhere = [tells(signal, text) for told, text in said if told.kind != signal]
    assert share(there) > 0.98
    assert share(elsewhere) < 0.005


def test_every_date_in_a_text_is_one_of_its_own(said):
    code = said[0][0].language
    for told, text in said:
        own = {day_in_words(getattr(told, name), code) for name in DATES if getattr(told, name)}
        own |= {day.upper() for day in own}
        named = re.findall(r"\d{1,2} \D{1,18} 20\d\d", text)
        assert set(named) <= own, text


def test_every_order_number_and_every_sum_is_the_tellings_own(said):
    for told, text in said:
        assert set(re.findall(r"O-\d+-\d", text)) <= {told.order_id}
        sums = re.findall(r"(?:£|Rs )[\d.,]*\d|[\d.,]+ (?:euros|रुपये)", text)
        price = told.price and money_in_words(told.price, told.currency, told.language)
        assert set(sums) <= {price}


def test_the_goods_are_called_by_their_name(said):
    named = [
        language(told.language).words[told.item.name]["noun"] in text
        for told, text in said
        if told.kind == "defective" and not told.angry and not told.all_open
    ]
    assert share(named) > 0.85  # the others have a slip in it, or another form


def test_no_slot_stays_open_and_no_cell_starts_a_formula(said):
    for _, text in said:
        assert not set("{}%") & set(text)
        assert "None" not in text
        assert "  " not in text
        assert text[0] not in "=+-@\n\t "


def test_most_texts_are_short_and_some_go_on(said):
    desk = [len(text.split()) for told, text in said if told.channel in SPOKEN]
    letters = [len(text.split()) for told, text in said if told.channel not in SPOKEN]
    assert 30 <= median(desk) < median(letters) <= 52
    assert max(letters) > 1.8 * median(letters)


def test_about_a_quarter_of_the_texts_have_slips():
    code = "en"
    listed = language(code)
    known = set(re.findall(r"[a-z]{5,}", str(listed.sentences) + str(listed.words)))
    known |= set(re.findall(r"[a-z]+", " ".join(f"{listed.places} {listed.channels}".split())))
    known |= set(re.findall(r"[a-z]+", str(listed.calendar).lower()))
    texts = [narrative(told) for told in tellings(code, 1500, angry=False)]
    slipped = share(bool(set(re.findall(r"\b[a-z]{5,}\b", text)) - known) for text in texts)
    assert 0.15 < slipped < 0.3


def test_some_end_without_a_full_stop_and_some_write_in_lines(said):
    assert 0.1 < share(text[-1] not in ".?!।" for _, text in said) < 0.45
    assert 0.03 < share("\n" in text for _, text in said) < 0.25


@pytest.mark.parametrize("code", LANGUAGES)
def test_who_tells_a_matter_again_says_it_in_nearly_the_same_words(code):
    likeness = []
    for row in range(60):
        first = telling(code, row, kind="defective", part="said", angry=False)
        later = {"luck": Luck(8, "again", row), "first_on": first.event_on, "first_channel": "desk"}
        again = replace(first, part="duplicate", **later)
        likeness.append(SequenceMatcher(None, narrative(first), narrative(again)).ratio())
    assert share(ratio > 0.75 for ratio in likeness) > 0.4


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_few_copy_a_letter_and_put_in_their_own_facts(code):
    texts = [narrative(told) for told in tellings(code, 1500, channel="email", angry=False)]
    letters = [line[0].text[:12] for kind, line in language(code).sentences.items()
               if kind.startswith("letter") and kind.endswith("opening")]  # fmt: skip
    copied = [text for text in texts if text.startswith(tuple(letters))]
    assert 0.01 < len(copied) / len(texts) < 0.08
    assert len(set(copied)) == len(copied)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("remedy", sorted(WISHES))
def test_every_wish_can_be_said_without_naming_the_goods(code, remedy):
    assert language(code).fitting(f"demand {remedy}", 0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_languages_can_tell_the_same_things(code):
    english, other = language("en"), language(code)
    assert set(other.sentences) == set(english.sentences)
    assert set(other.places) == set(english.places)
    assert set(other.channels) == set(english.channels)
    assert len(other.calendar["months"]) == 12


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", sorted([*WANTED, "never_came"]))
def test_every_kind_of_matter_is_told(code, kind):
    part = "false" if kind == "never_came" else "only"
    told = telling(code, 5, kind=kind if part == "only" else None, part=part, angry=False)
    assert len(narrative(told).split()) > 8


@pytest.mark.parametrize("code", MARKET)
def test_what_the_goods_do_is_read_as_what_it_is(code):
    for item in {*goods("generic"), *goods(MARKET[code])}:
        words = language(code).words[item.name]
        assert item.can_hurt == ("hazards" in words), item.name
        assert item.has_part == ("part" in words), item.name
        assert item.needs_installation == ("service" in words), item.name
        harmless = [*words["faults"], words["said"], words.get("part"), words.get("service")]
        assert not any(tells("hazard", text) for text in harmless), item.name
        assert all(tells("hazard", text) for text in words.get("hazards", ())), item.name
        for text in (*harmless, *words.get("hazards", ()), words["a"]):
            assert not tells("asks", text)
            assert not tells("privacy", text)


def test_english_tells_of_the_goods_of_every_market():
    sold = {item.name for market in ("generic", "ES", "IN", "GB") for item in goods(market)}
    assert sold == set(language("en").words)


def test_small_words_agree_with_the_goods():
    words = language("es").words
    assert (words["kettle"]["del"], words["radio"]["del"]) == ("del hervidor", "de la radio")
    assert words["running shoes"]["came"] == "Llegaron"
    assert language("hi").words["ceiling fan"]["obl"] == "छत के पंखे"
    assert language("en").words["electric toothbrush"]["a"] == "an electric toothbrush"


def test_whoever_names_nothing_does_not_give_the_goods_away():
    for told in tellings("en", 300, kind="defective", part="only", all_open=True):
        text = narrative(told).lower()
        assert told.item.name not in text
        assert "O-0" not in text


@pytest.mark.parametrize(
    ("amount", "currency", "code", "text"),
    [
        (1249.5, "EUR", "es", "1249,50 euros"),
        (12499, "EUR", "es", "12.499 euros"),
        (1249.5, "GBP", "en", "£1,249.50"),
        (250000, "INR", "en", "Rs 2,50,000"),
        (45990, "INR", "hi", "45,990 रुपये"),
    ],
)
def test_money_is_written_as_in_the_place(amount, currency, code, text):
    assert money_in_words(amount, currency, code) == text


def test_a_language_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="'fr' is not a language"):
        narrative(replace(telling("en", 1), language="fr"))


@given(st.binary(min_size=16, max_size=16), st.sampled_from(LANGUAGES), st.integers(0, 200))
def test_a_slip_touches_no_number_no_date_and_no_order_number(draws, code, row):
    day = date(2026, 1, 1 + row % 28)
    text = f"O-000123-4: {day_in_words(day, code)}, {narrative(telling(code, row))}"
    slipped = with_slips(text, draws, code)
    assert re.findall(r"\S*\d\S*", slipped) == re.findall(r"\S*\d\S*", text)
    assert day_in_words(day, code) in slipped
    assert len(slipped.split()) == len(text.split())
