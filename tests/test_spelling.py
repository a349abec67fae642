"""Spelling: every English word of a lesson, a page and a message is one that is in a dictionary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs_pages import ROOT, name_of, pages
from messages import all_messages
from spellchecker import SpellChecker

KNOWN = (Path(__file__).parent / "spelling.txt").read_text(encoding="utf-8").split()
"""Words that the dictionary lacks: of the trade, of computers, names, and British ones."""

NO_PROSE = (
    r"(?ms)^ *(`{3,}).*?^ *\1",
    r"`[^`]*`",
    r"\]\([^)]*\)",
    r"<[^>]+>",
    r"\{[^}]*\}",
    r"(?<!\w)'[^'\n]*'(?!\w)",
    r"https?://\S+",
    r"\S*[_/@=]\S*",
    r"\w+\.\w+\S*",
    r"--\S+",
)
"""Code, addresses and what is filled in."""
SOURCES = ROOT / "notebooks" / "source"
LESSONS = sorted([*SOURCES.glob("*.md"), *(SOURCES / "teacher").glob("*.md")])
"""What is written in English; another language has its own dictionary."""


@pytest.fixture(scope="module")
def dictionary():
    checker = SpellChecker()
    checker.word_frequency.load_words(KNOWN)
    return checker


def words_in(text):
    """The words of a text that people read as words."""
    for pattern in NO_PROSE:
        text = re.sub(pattern, " ", text)
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize("page", [*LESSONS, *pages()], ids=name_of)
def test_every_word_of_a_page_is_spelt_as_in_a_dictionary(page, dictionary):
    assert dictionary.unknown(words_in(page.read_text(encoding="utf-8"))) == set()


def test_every_word_that_the_kit_says_is_spelt_as_in_a_dictionary(dictionary):
    assert dictionary.unknown(words_in("\n".join(all_messages()))) == set()


def test_a_slip_of_the_pen_is_found(dictionary):
    slips = "teh custoemr recieved a neccessary complaintant"
    assert dictionary.unknown(words_in(slips)) == set(slips.split()) - {"a"}


def test_the_list_of_known_words_is_in_order_and_holds_each_once():
    assert sorted(set(KNOWN)) == KNOWN
