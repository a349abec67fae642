"""Text: what people wrote, shown as it is."""

from datetime import date

from retailkit.text import Problems, Sentences, day, escaped


def test_markup_in_a_name_stays_text():
    assert "<script>" not in escaped("<script>alert(1)</script>")


def test_prices_with_dollar_signs_are_kept_from_being_typeset():
    assert escaped("$50 or $60") == '<span class="tex2jax_ignore">$50 or $60</span>'


def test_sentences_show_one_to_a_line():
    assert repr(Sentences(["One.", "Two."])) == "One.\nTwo."


def test_sentences_are_still_a_list():
    assert Sentences(["One."]) == ["One."]


def test_no_problems_is_said_in_words():
    assert repr(Problems()) == "Nothing to put right."


def test_a_page_shows_each_sentence_escaped():
    assert Sentences(["<b>"])._repr_html_() == '<span class="tex2jax_ignore">&lt;b&gt;</span>'


def test_a_day_has_no_leading_zero():
    assert day(date(2026, 3, 6)) == "6 March 2026"
