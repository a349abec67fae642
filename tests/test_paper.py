"""Forms and cards on paper: everything that is asked, every choice, and room for the answer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sweeps import one_in

import retailkit as rk
from retailkit.forms import cut_out, paper
from retailkit.forms.deck import Deck
from retailkit.keep import CannotKeep


@pytest.fixture(scope="module")
def shop():
    faults = {"duplicate_customer": 0.04}
    return rk.make_shop(seed=7, customers=400, market="ES", language="en", faults=faults)


@pytest.fixture(scope="module")
def forms(shop):
    """Every form of the kit by name."""
    made = {"after_sales_planner": rk.forms.after_sales_planner(shop, on="2026-07-01", budget=50)}
    made["improvement_board"] = rk.forms.improvement_board(shop, budget=500)
    for name in ("owner_report", "visit_sheet"):
        made[name] = getattr(rk.forms, name)()
    names = [name for name in rk.forms.__all__ if name not in made]
    made |= {name: getattr(rk.forms, name)(shop) for name in names}
    for deck in decks(made).values():
        del deck.cards[5:]  # a card is like the next one
    return made


@pytest.fixture
def printed(monkeypatch):
    """Every text that is put on paper, from first to last."""
    texts: list[str] = []
    whole = paper.Paper.printable

    def keep(self, text):
        texts.append(text)
        return whole(self, text)

    monkeypatch.setattr(paper.Paper, "printable", keep)
    return texts


@pytest.mark.parametrize("name", rk.forms.__all__)
def test_every_question_and_every_choice_is_on_paper(forms, printed, tmp_path, name):
    (said,) = forms[name].print(tmp_path / f"{name}.pdf")
    assert said.startswith(f"Written: {name}.pdf, ")
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    everything = "\n".join(printed)
    for question in forms[name].questions:
        assert question.text in everything
        for label, _ in forms[name].options[question.name]:
            assert label in everything


@pytest.mark.parametrize("name", one_in(4, rk.forms.__all__))
def test_the_same_form_gives_the_same_bytes_and_is_left_as_it_was(forms, tmp_path, name):
    before = repr(forms[name])
    for copy in ("one.pdf", "two.pdf"):
        forms[name].print(tmp_path / copy)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert repr(forms[name]) == before


def decks(forms):
    return {name: form for name, form in forms.items() if isinstance(form, Deck)}


def test_every_card_has_its_number_and_all_its_lines(forms, printed, tmp_path):
    for deck in decks(forms).values():
        printed.clear()
        deck.print(tmp_path / "cards.pdf")
        for place, number in enumerate(deck.cards, 1):
            assert f"{deck.one_card} {place} of {len(deck.cards)}" in printed
            assert set(deck.card(number)) <= set(printed)


def test_the_cards_do_not_tell_the_answers_and_the_answers_do(forms, printed, tmp_path):
    for deck in decks(forms).values():
        deck.print(tmp_path / "cards.pdf")
        assert not [text for text in printed if "The desk says" in text]
        printed.clear()
        (said,) = deck.print_answers(tmp_path / "answers.pdf")
        assert said.startswith("Written: answers.pdf")
        assert [text for text in printed if text.startswith(f"1 · {deck.cards[0]}: ")]
        printed.clear()


def test_the_answers_are_those_of_the_desk_and_the_deck_stays_untouched(shop):
    deck = rk.forms.triage_deck(shop, cards=8)
    for number, answers, why in cut_out.desk_answers(deck):
        desk = deck.desk.loc[number]
        assert answers["level"] == desk.level
        assert answers["disposition"] == desk.disposition.replace("_", " ")
        assert any(line.startswith("Level ") for line in why)
        assert not any("you and the desk agree" in line for line in why)
    assert deck.ruled == []


def test_cards_lie_beside_and_below_each_other_and_never_over_the_edge():
    heights = [40.0, 100.0, 90.0, 30.0, 250.0, 60.0, 252.0, 10.0] * 5
    page, seen = 0, []
    for high, (new_page, column, top) in zip(heights, cut_out._places(heights, 30), strict=True):
        page += new_page
        assert top >= cut_out.TOP
        assert top + high <= cut_out.BOTTOM or top in (cut_out.TOP, 30)
        seen.append((page, column, top, top + high))
    for (page, column, _, bottom), (next_page, next_column, top, _) in pairwise(sorted(seen)):
        assert (page, column) != (next_page, next_column) or top >= bottom + cut_out.GAP


def test_a_text_that_would_fill_the_page_is_cut_and_says_so():
    assert cut_out._short("a" * 5000).endswith("... (the rest is in the computer)")
    assert cut_out._short("short") == "short"


def test_a_name_that_is_no_pdf_is_refused_in_a_sentence(forms, tmp_path):
    with pytest.raises(ValueError, match=r"'form.docx' is no name for a PDF. Let it end in .pdf"):
        forms["claim_form"].print(tmp_path / "form.docx")
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_not_there_is_said(forms, tmp_path):
    with pytest.raises(CannotKeep, match="could not be written: no such file or directory"):
        forms["claim_form"].print(tmp_path / "missing" / "form.pdf")
