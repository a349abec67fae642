"""Lesson 05: its exercises on many learners' shops, the merge desk, and who may be contacted."""

import pytest
from learners import LEARNERS, TWENTY
from small_shop import small_shop

import retailkit as rk
from retailkit.course import cases_05, consents_05
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.customers import Consent, Customer

EXERCISES = find_lesson(5).exercises


@pytest.fixture(scope="module", params=LEARNERS[:8])
def shop(request):
    return shop_of(request.param, 5)


# ---- in every learner's shop ----


def test_the_pairs_are_what_was_planted(shop):
    planted = rk.planted_faults(shop)
    planted = planted[planted["fault"] == "duplicate_customer"].dropna(subset=["related"])
    twins = {frozenset(pair) for pair in zip(planted["row"], planted["related"], strict=True)}
    kinds = cases_05.six_pairs(shop)
    assert sorted(kinds.values()) == ["household"] * 2 + ["one_person"] * 2 + ["two_strangers"] * 2
    for numbers, kind in kinds.items():
        assert (frozenset(numbers.split(" and ")) in twins) == (kind == "one_person")


def test_a_household_shares_a_home_and_strangers_share_a_name(shop):
    for numbers, kind in cases_05.six_pairs(shop).items():
        one, other = (shop.customer(number) for number in numbers.split(" and "))
        assert (one.household_id == other.household_id) == (kind != "two_strangers")
        assert (one.given_name == other.given_name) == (kind != "household")
        assert (one.birth_on == other.birth_on) == (kind == "one_person")


def test_the_pair_at_the_desk_has_a_no_and_a_later_yes_and_is_in_no_exercise(shop):
    desk = rk.forms.merge_desk(shop)
    may = [bool(rk.may_contact(shop, number)) for number in desk.pair]
    assert sorted(may) == [False, True]
    later = max(consents_05._stand(shop).loc[list(desk.pair), "answered_at"])
    assert later == consents_05._stand(shop).loc[desk.pair[may.index(True)], "answered_at"]
    assert not set(desk.pair) & {n for pair in consents_05.four_pairs(shop).values() for n in pair}


def test_the_last_campaign_has_letters_that_nobody_had_agreed_to(shop):
    offers = shop.messages[shop.messages["kind"] == "offer"]
    last = offers[offers["at"] == offers["at"].max()]
    may = rk.may_contact(shop, at=last["at"].max()).loc[last["customer_id"], "may"]
    assert 0 < (~may).sum() < may.sum()


@pytest.mark.parametrize("learner", LEARNERS[:3])
def test_the_solutions_that_are_shown_are_right(learner, monkeypatch):
    monkeypatch.setenv("RETAILKIT_CODENAME", learner)
    shop = shop_of(learner, 5)
    july = shop.customers[shop.customers["birth_on"].dt.month == 7]
    names = {"rk": rk, "shop": shop, "to_ask": rk.stale(shop), "july": july}
    names |= {"pairs": rk.cases("5.2"), "six": rk.cases("5.3"), "four": rk.cases("5.4")}
    names["may"] = rk.may_contact(shop)
    for exercise in EXERCISES:
        exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
        last = exercise.how.removesuffix("\n# END SOLUTION").splitlines()[-1].strip()
        answer = names[last.split(" = ")[0].split(".append")[0]]
        assert _problem(exercise, answer, shop) is None


@pytest.mark.slow
def test_neighbours_have_other_answers():
    answers = {str([each.right(shop_of(name, 5)) for each in EXERCISES]) for name in TWENTY[:3]}
    assert len(answers) == 3


# ---- the merge desk ----

ANA = {"given_name": "Ana", "birth_on": "1990-05-01", "phone": "+34 600 000 001"}
PEOPLE = [
    Customer(customer_id="C-1", family_name="Ruiz", last_verified_at="2026-01-01", **ANA),
    Customer(customer_id="C-2", family_name="Riuz", last_verified_at="2025-01-01", **ANA),
    Customer(customer_id="C-3", given_name="<b>Bo</b>", family_name="Lind"),
]
ANSWERS = [
    Consent(consent_id="1", customer_id="C-1", purpose="marketing", state="given", at="2026-01-01"),
    Consent(
        consent_id="2", customer_id="C-2", purpose="marketing", state="declined", at="2025-01-01"
    ),
]


@pytest.fixture
def desk():
    return rk.forms.merge_desk(small_shop(customers=PEOPLE, consents=ANSWERS), "C-1", "C-2")


def test_the_desk_shows_both_records_and_what_is_to_be_chosen(desk):
    words = repr(desk)
    assert "family name: Ruiz | Riuz" in words
    assert "last checked: 1 January 2026 | 1 January 2025" in words
    assert "Yes: said yes to marketing on 1 January 2026. | No: said no to marketing" in words
    assert "[may stay open] Which family name is right? (family_name)" in words
    assert "given_name" not in words


def test_a_merge_at_the_desk_keeps_the_no(desk):
    said = desk.fill(same="yes").save()
    assert said[0] == "C-2 is now part of C-1."
    assert said[-1].startswith("May we send them offers now? No:")
    assert not rk.may_contact(desk.shop_now(), "C-1")


@pytest.mark.parametrize(("take", "name"), [({}, "Ruiz"), ({"family_name": "C-2"}, "Riuz")])
def test_a_fact_comes_from_the_record_that_was_chosen_or_checked_last(desk, take, name):
    desk.fill(same="yes", **take).save()
    assert desk.shop_now().customer("C-1").family_name == name


def test_a_merge_at_the_desk_is_taken_back(desk):
    desk.fill(same="yes").save()
    assert "one record already" in desk.fill(same="yes").save()[1]
    assert desk.undo() == ["They are two records again, each with its own rows and answers."]
    assert desk.shop_now() is desk.shop
    assert desk.undo() == ["There is nothing to take back."]


def test_two_records_may_stay_two(desk):
    assert desk.fill(same="no").save() == ["They stay two records. Nothing is changed."]
    assert desk.shop_now() is desk.shop


def test_the_desk_must_be_told_whether_it_is_one_person(desk):
    assert "Please answer: Are both records of one person?" in desk.save()


def test_strangers_are_not_made_one_at_the_desk(desk):
    other = rk.forms.merge_desk(desk.shop, "C-1", "C-3")
    said = other.fill(same="yes").save()
    assert "C-1 and C-3 look like two different people" in said[1]
    assert "sure=" not in said[1]


def test_a_name_is_shown_at_the_desk_as_it_is(desk):
    page = rk.forms.merge_desk(desk.shop, "C-1", "C-3").intro_page()
    assert "&lt;b&gt;Bo" in page
    assert '<th scope="row">' in page


@pytest.mark.parametrize("numbers", [("C-1",), ("C-1", "C-1"), (None, "C-2")])
def test_the_desk_needs_two_different_customers(desk, numbers):
    with pytest.raises(ValueError, match="Name two different customers"):
        rk.forms.merge_desk(desk.shop, *numbers)


def test_a_number_that_is_not_there_is_told(desk):
    with pytest.raises(ValueError, match="The shop has no customer 'C-9'"):
        rk.forms.merge_desk(desk.shop, "C-1", "C-9")


def test_a_shop_without_duplicates_says_so():
    with pytest.raises(ValueError, match="No two records of this shop look like one person"):
        rk.forms.merge_desk(small_shop())


# ---- answers of other kinds ----


@pytest.mark.parametrize(
    ("exercise_id", "answer", "said"),
    [
        ("5.1", "many", "A number is asked for; this is text, 'many'."),
        ("5.2", ["twins"] * 6, "'twins' is none of the words. Choose one_person, household or"),
        ("5.3", ["yes"] * 5, "6 words are asked for, in order; yours has 5."),
        ("5.4", "no", "A list of 4 words is asked for; this is text, 'no'."),
        ("5.5", 0, "That is too few."),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_why(exercise_id, answer, said):
    assert said in repr(rk.check(exercise_id, answer))
