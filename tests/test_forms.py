"""Forms without a page, and the same forms drawn as fields."""

from datetime import date

import ipywidgets as widgets
import pytest

import retailkit as rk
from retailkit.forms.kinds.triage_deck import stratified
from retailkit.triage import Disposition, Level


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=2000, market="ES")


@pytest.fixture
def form(shop):
    return rk.forms.claim_form(shop)


SPARKS = {
    "channel": "desk",
    "event_on": "2026-06-29",
    "reason": "defective",
    "narrative": "The kettle gave off sparks. Please replace it.",
}


def test_an_empty_form_lists_its_questions(form):
    assert "[open] What is it about? (reason)" in repr(form)
    assert "[may stay open] What would put it right? (wants)" in repr(form)
    assert repr(form).endswith("Nothing is saved yet.")


def test_what_is_filled_in_is_shown(form):
    form.fill(reason="late")
    assert "[late] What is it about? (reason)" in repr(form)


def test_a_form_that_lacks_an_answer_says_which_question_and_keeps_nothing(form):
    form.fill(**{**SPARKS, "narrative": " "})
    assert form.save() == [
        "Not saved yet.",
        "Please answer: What happened? In the customer's own words.",
    ]
    assert form.claims == []
    assert "[desk]" in repr(form)


def test_a_wrong_word_is_said_beside_its_question_and_keeps_the_form_from_being_saved(form):
    form.fill(**{**SPARKS, "reason": "defectiv"})
    assert "    'defectiv' is not a reason. Choose defective" in repr(form)
    assert form.save()[0] == "Not saved yet."


def test_a_wrong_word_that_is_mended_no_longer_counts(form):
    form.fill(**{**SPARKS, "reason": "defectiv"}).fill(reason="defective")
    assert form.save()[0].startswith("Saved as")


def test_a_question_that_the_form_does_not_have_is_said_once(form):
    form.fill(**SPARKS, raeson="late")
    assert "Did you mean 'reason'?" in repr(form.save())
    assert form.save()[0].startswith("Saved as")


def test_a_product_that_the_shop_does_not_sell_is_refused(form):
    form.fill(**SPARKS, product_id="P-99")
    assert "'P-99' is not a choice here." in repr(form.save())


def test_a_saved_claim_gets_number_deadline_and_ruling(form):
    form.fill(**SPARKS)
    said = form.save()
    assert said[0].startswith("Saved as CL-desk-1, a claim: something is asked for. “The kettle")
    assert said[2] == "We answer by 30 July 2026, by law."
    assert said[3] == "The desk's ruling: serious, act."
    assert form.claims[0].claim_id == "CL-desk-1"
    assert form.claims[0].answer_by == date(2026, 7, 30)


def test_a_complaint_is_called_one(form):
    form.fill(**{**SPARKS, "reason": "staff_treatment", "narrative": "They were cold to me."})
    assert form.save()[0].startswith("Saved as CL-desk-1, a complaint: nothing is asked for.")


def test_what_has_to_be_asked_is_said(form):
    form.fill(**{**SPARKS, "narrative": "The kettle is dead. Please replace it."})
    assert any(line.startswith("Not known, and needed to go on") for line in form.save())


def test_after_saving_the_form_is_empty_for_the_next_one(form):
    form.fill(**SPARKS).save()
    assert form.answers == {}


def test_undo_takes_the_last_one_back_and_says_so(form):
    form.fill(**SPARKS).save()
    assert form.undo() == ["CL-desk-1 is taken back."]
    assert form.claims == []
    assert form.undo() == ["There is nothing to take back."]


def test_a_day_that_is_still_to_come_is_not_taken(form):
    said = form.fill(**{**SPARKS, "event_on": "2026-12-24"}).save()
    assert said[1] == "24 December 2026 is still to come: at the shop it is 30 June 2026."


def test_a_sum_below_zero_is_not_taken_and_what_was_filled_in_stays(form):
    said = form.fill(**{**SPARKS, "amount": -5}).save()
    assert said[1] == "-5 is below zero. Write the sum without a minus."
    assert form.answers["narrative"] == SPARKS["narrative"]


def test_a_mark_beside_a_field_goes_when_the_field_is_filled(form):
    page = fields(form)
    button(form, "Save").click()
    page["What is it about?"].value = "late"
    assert form._page.notes["reason"].value == ""
    assert form._page.notes["channel"].value != ""


def test_a_number_is_never_given_out_twice(form):
    form.fill(**SPARKS).save()
    form.undo()
    form.fill(**SPARKS).save()
    assert form.claims[0].claim_id == "CL-desk-2"


def test_the_same_form_handed_in_twice_is_recognised(form, shop):
    same = {**SPARKS, "narrative": "It is dead.", "customer_id": shop.customers["customer_id"][0]}
    form.fill(**same).save()
    assert "no_action" in repr(form.fill(**same).save())


def test_a_number_that_is_not_on_record_is_asked_about(form):
    said = form.fill(**SPARKS, customer_id="Ana Ruiz", order_id="O-404").save()
    assert "Our records hold no customer Ana Ruiz. Is the number right?" in said
    assert "Our records hold no order O-404. Is the number right?" in said


def test_the_shops_own_book_is_left_as_it_was(form, shop):
    before = len(shop.claims)
    form.fill(**SPARKS).save()
    assert len(shop.claims) == before


def test_markup_in_an_answer_stays_text(form):
    form.fill(narrative="<img src=x onerror=alert(1)>")
    assert "<img" not in form._repr_mimebundle_()["text/html"]


def fields(form) -> dict:
    """The fields of a form's page, by label."""
    form._repr_mimebundle_()
    return {field.description: field for field in form._page.fields.values()}


def button(form, name):
    form._repr_mimebundle_()
    rows = [child for child in form._page.box.children if isinstance(child, widgets.HBox)]
    return next(child for row in rows for child in row.children if child.description == name)


def test_the_page_has_a_labelled_field_for_every_question(form):
    assert all(label for label in fields(form))
    assert len(fields(form)) == len(form.questions)


def test_the_page_follows_the_same_rules(form):
    button(form, "Save").click()
    assert "Please answer: What is it about?" in form._page.said.value
    assert "Please answer: What is it about?" in form._page.notes["reason"].value


def test_what_is_typed_on_the_page_is_saved(form):
    page = fields(form)
    page["How did it reach us?"].value = "desk"
    page["What is it about?"].value = "defective"
    page["What happened? In the customer's own words."].value = SPARKS["narrative"]
    page["On which day did it happen?"].value = date(2026, 6, 29)
    button(form, "Save").click()
    assert form.claims[0].narrative == SPARKS["narrative"]
    assert page["What is it about?"].value == ""


def test_what_cannot_be_taken_stays_in_its_field_to_be_mended(form):
    amount = fields(form)["How much money is it about? (may stay open)"]
    amount.value = "twelve"
    button(form, "Save").click()
    assert amount.value == "twelve"
    assert "is not a number" in form._page.notes["amount"].value


def test_what_is_typed_on_the_page_stays_when_the_form_is_filled_by_name(form):
    amount = fields(form)["How much money is it about? (may stay open)"]
    amount.value = "12.50"
    form.fill(reason="late")
    assert form.answers == {"amount": 12.5, "reason": "late"}
    assert float(amount.value) == 12.5


def test_the_undo_button_takes_back(form):
    form.fill(**SPARKS).save()
    button(form, "Undo").click()
    assert form.claims == []


@pytest.fixture
def deck(shop):
    return rk.forms.triage_deck(shop)


def test_a_deck_has_24_cards_with_every_level_and_disposition(deck):
    desk = deck.desk.loc[deck.cards]
    assert len(deck.cards) == 24
    assert set(desk["level"]) == {str(level) for level in Level}
    assert set(desk["disposition"]) == {str(word) for word in Disposition}


def test_a_deck_of_a_small_book_has_the_whole_book(shop):
    desk = rk.forms.triage_deck(shop).desk.head(5)
    assert len(stratified(desk, 24)) == 5


def test_no_deck_lacks_a_danger_that_its_shop_has_met(deck):
    assert "someone_at_risk" in set(deck.desk.loc[deck.cards, "level_rule"])


def test_a_deck_shows_its_first_card(deck):
    assert f"Card 1 of 24\nCase {deck.cards[0]}" in repr(deck)


def rule_as_the_desk(deck):
    desk = deck.desk.loc[deck.cards[len(deck.ruled)]]
    deck.fill(level=desk.level, disposition=desk.disposition, because="nothing")
    return deck.save()


def test_a_ruling_is_held_against_the_desks(deck):
    assert rule_as_the_desk(deck)[0].endswith("The desk says the same.")


def test_a_card_must_be_ruled_on_whole(deck):
    deck.fill(level="lower")
    assert "Please answer: Which fact decides how serious it is, or what it needs?" in deck.save()
    assert deck.rulings.empty


def test_a_serious_case_taken_too_lightly_is_counted(deck):
    while deck.desk.loc[deck.cards[len(deck.ruled)], "level"] != "serious":
        rule_as_the_desk(deck)
    deck.fill(level="lower", disposition="act", because="nothing")
    assert deck.save()[-1] == "Serious cases taken too lightly: 1."


def test_the_fact_must_be_one_that_the_deciding_rules_looked_at(deck):
    while deck.desk.loc[deck.cards[len(deck.ruled)], "level_rule"] != "someone_at_risk":
        rule_as_the_desk(deck)
    case = deck.facts.loc[deck.cards[len(deck.ruled)]]
    fact = next(name for name in ("hazard", "privacy_breach", "discrimination") if case[name])
    deck.fill(level="serious", disposition="act", because=fact).save()
    assert deck.rulings["fact_fits"].iloc[-1]


def test_a_fact_that_did_not_decide_does_not_fit(deck):
    while deck.desk.loc[deck.cards[len(deck.ruled)], "level_rule"] != "someone_at_risk":
        rule_as_the_desk(deck)
    case = deck.facts.loc[deck.cards[len(deck.ruled)]]
    other = next(name for name in ("hazard", "privacy_breach", "discrimination") if not case[name])
    deck.fill(level="serious", disposition="act", because=other).save()
    assert not deck.rulings["fact_fits"].iloc[-1]


@pytest.mark.parametrize("cards", [0, -1, "many", 2.5])
def test_a_deck_needs_a_card(shop, cards):
    with pytest.raises(ValueError, match="^cards: "):
        rk.forms.triage_deck(shop, cards=cards)


def test_the_last_card_ends_the_deck(deck):
    for _ in deck.cards:
        rule_as_the_desk(deck)
    assert "All cards are ruled on." in repr(deck)
    assert rule_after_the_end(deck)[0] == "All 24 cards are ruled on."
    assert len(deck.rulings) == 24


def rule_after_the_end(deck):
    return deck.fill(level="lower", disposition="act", because="nothing").save()


def test_a_ruling_can_be_taken_back(deck):
    rule_as_the_desk(deck)
    assert deck.undo() == [f"Your ruling on {deck.cards[0]} is taken back."]
    assert "Card 1 of 24" in repr(deck)


# ---- the mystery shopper's sheet ----

FRIDAY = {
    "on": "2026-06-26", "story": "The kettle leaks.", "sign_found": "no", "told_unasked": "yes",
    "form_given": "yes", "help_offered": "yes", "reference_given": "yes", "told_remedy": "repair",
    "asked_to_pay": "no", "others_seen": "no", "listened": "yes", "owner_named": "yes",
    "asked_what_would_help": "no",
}  # fmt: skip


def test_a_visit_is_written_down_and_taken_back():
    sheet = rk.forms.visit_sheet()
    assert (
        repr(sheet.fill(**FRIDAY).save())
        == "The visit of 26 June 2026 is written down.\n1 sheet now."
    )
    assert sheet.visits[0].sign_found is False
    assert sheet.undo()[0] == "The last visit is taken back."
    assert sheet.visits == []
    assert sheet.undo() == ["There is nothing to take back."]


def test_a_second_visit_is_held_against_the_one_before():
    sheet = rk.forms.visit_sheet()
    sheet.fill(**FRIDAY).save()
    later = {"on": "2026-06-29", "sign_found": "yes", "told_remedy": "replacement"}
    said = sheet.fill(**{**FRIDAY, **later}).save()
    assert said[-1] == "It agrees with the sheet before it in 9 of 11 answers."


def test_a_sheet_with_an_open_question_is_not_saved():
    sheet = rk.forms.visit_sheet().fill(**{**FRIDAY, "listened": None})
    assert "Please answer: Did they listen, and not argue?" in sheet.save()
    assert sheet.visits == []


def test_a_visit_that_saw_others_complaints_breaks_privacy_and_nothing_else():
    sheet = rk.forms.visit_sheet()
    sheet.fill(**FRIDAY).save()
    sheet.fill(**{**FRIDAY, "others_seen": "yes", "told_remedy": "replacement"}).save()
    seen = rk.indicators(rk.audit(rk.make_shop(seed=7, customers=60), visits=sheet.visits))
    broken = seen[(seen["source"] == "visit") & (seen["verdict"] == "broken")]
    assert broken.index.to_list() == [("F", "others_seen")]


# ---- the in-tray and the consent desk ----


@pytest.fixture
def tray(shop):
    return rk.forms.in_tray(shop)


def test_a_second_tray_can_be_had(shop, tray):
    assert rk.forms.in_tray(shop).cards == tray.cards


def sort_as_the_desk(tray):
    paper = tray.post.loc[tray.cards[len(tray.ruled)]]
    return tray.fill(paper=paper["paper"], turn=paper["turn"]).save()


def test_a_tray_has_papers_of_every_sort_and_turn(tray):
    papers = tray.post.loc[tray.cards]
    assert len(papers) == 14
    assert set(papers["paper"]) == {"claim", "complaint", "enquiry", "feedback"}
    assert set(papers["turn"]) == {"now", "today", "later"}


def test_a_card_of_the_tray_does_not_tell_its_number(tray):
    assert all(number not in repr(tray.card(number)) for number in tray.cards)


def test_what_is_sorted_is_held_against_the_desks(tray):
    assert sort_as_the_desk(tray)[0].endswith("The desk says the same.")


def test_a_danger_left_to_lie_is_counted(tray):
    while tray.post.loc[tray.cards[len(tray.ruled)], "turn"] != "now":
        sort_as_the_desk(tray)
    said = tray.fill(paper="feedback", turn="later").save()
    assert said[-1] == "Papers that could not wait and were left to lie: 1."
    assert tray.undo()[0].endswith(" is in the tray again.")


def test_an_empty_tray_says_so(tray):
    for _ in tray.cards:
        sort_as_the_desk(tray)
    assert "The tray is empty." in repr(tray)
    assert len(tray.sorted) == 14


@pytest.fixture
def consents(shop):
    return rk.forms.consent_desk(shop)


def test_the_consent_desk_has_every_answer_that_can_count(consents):
    assert set(consents.state) == {"given", "declined", "withdrawn", "not_asked"}


def test_silence_read_as_a_yes_is_an_unwanted_offer(consents):
    while consents.state[consents.cards[len(consents.ruled)]] != "not_asked":
        consents.fill(may="no", state="declined").save()
    said = consents.fill(may="yes", state="given").save()
    assert said[-1] == "Offers to somebody whose yes we do not have: 1."
    assert consents.undo()[0].startswith("Your answer about C-")


def test_the_consent_desk_agrees_with_who_goes_by_the_latest_answer(consents):
    for number in consents.cards:
        may = bool(rk.may_contact(consents.shop, number))
        consents.fill(may=may, state=consents.state[number]).save()
    assert consents.score()[0] == "Of 12 customers you and the desk agree on 12."
    assert "All answers are read." in repr(consents)
