"""Markets: every value has its source, and days are counted right."""

from dataclasses import replace
from datetime import date

import pytest

from retailkit.markets import Sourced, answer_by, codes, rules_of


def test_an_unknown_market_is_told_which_there_are():
    with pytest.raises(
        ValueError, match=r"'SE' is not a market\. Choose ES, ES-AN, GB, IN or generic\."
    ):
        rules_of("SE")


@pytest.mark.parametrize("code", codes())
def test_every_value_says_where_it_comes_from(code):
    rules = rules_of(code)
    values = [value for value in vars(rules).values() if isinstance(value, Sourced)]
    assert len(values) >= 14
    for value in (*values, *rules.ladder):
        assert value.source.endswith(".")
        assert value.as_of == date(2026, 11, 21)


@pytest.mark.parametrize("code", codes())
def test_what_is_unverified_says_so_where_it_is_shown(code):
    rules = rules_of(code)
    unsure = [value for value in vars(rules).values() if isinstance(value, Sourced)]
    unsure = [value for value in (*unsure, *rules.ladder) if value.confidence == "C"]
    assert repr(rules).count("Unverified, as of 21 November 2026") == len(unsure)


def test_a_deadline_from_an_unverified_rule_says_so():
    rule = replace(rules_of("ES").answer, confidence="C")
    assert rule.said.endswith("(Unverified, as of 21 November 2026.)")


def test_andalusia_is_spain_but_for_what_differs():
    region, country = rules_of("ES-AN"), rules_of("ES")
    assert region.guarantee_months == country.guarantee_months
    assert (region.form_copies.value, len(region.form_for.value)) == (3, 3)
    assert region.answer != country.answer


@pytest.mark.parametrize("code", codes())
def test_the_ladder_is_named_in_every_language_and_known_by_its_name(code):
    for rung in rules_of(code).ladder:
        assert set(rung.name) == {"en", "es", "hi"}
        for name in rung.name.values():
            assert any(known in name for known in rung.known_by)


@pytest.mark.parametrize("code", codes())
def test_every_copy_of_the_form_is_for_somebody(code):
    rules = rules_of(code)
    assert len(rules.form_for.value) == rules.form_copies.value


def test_the_law_sets_the_date_in_spain_and_a_promise_elsewhere():
    assert answer_by("2026-03-06", market="ES").basis == "law"
    assert answer_by("2026-03-06").basis == "promise"


def test_a_deadline_reads_as_a_sentence_with_its_source():
    assert repr(answer_by("2026-03-10", market="ES")).startswith("Friday 10 April 2026, by law.")
