"""Lesson 10: its sheets and checks on many learners' shops, and its planner."""

import re

import numpy as np
import pandas as pd
import pytest
from learners import LEARNERS
from served_shop import bought, card, consent, customer, served_shop

import retailkit as rk
from retailkit.aftersales import to_serve
from retailkit.course import cases_10, report_10
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of

EXERCISES = find_lesson(10).exercises
ON = "2026-07-01"


def made_before(exercise_id, shop):
    """What the cells before an exercise have made."""
    plan = rk.plan_after_sales(shop, on=ON)
    return {
        "10.1": {"services": cases_10.seven_services(shop)},
        "10.2": {"customers": cases_10.seven_occasions(shop)},
        "10.3": {"costs": plan.groupby("service_type")["cost"].sum()},
        "10.4": {"birthdays": rk.with_and_without(shop, "further_purchase")},
        "10.5": {"report": report_10.report(shop)},
    }[exercise_id]


@pytest.mark.parametrize("learner", LEARNERS[:5])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_is_right(exercise, learner):
    shop = shop_of(learner, 10)
    names = {"rk": rk, "shop": shop, **made_before(exercise.id, shop)}
    exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
    answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
    assert _problem(exercise, answer, shop) is None


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_the_customer_shown_has_several_types_of_service_and_a_short_story(learner):
    shop = shop_of(learner, 10)
    ((number, lines),) = cases_10.one_customer(shop).items()
    mine = shop.services[shop.services["customer_id"] == number]
    assert mine["service_type"].nunique() >= 2
    assert len(lines) <= 10


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_no_sentence_of_a_sheet_needs_another_article(learner):
    shop = shop_of(learner, 10)
    for exercise in EXERCISES:
        assert not re.search(r"\ba [aeiou]", " ".join(exercise.sheet(shop)))


def check(exercise_id, answer):
    return repr(rk.check(exercise_id, answer))


def test_a_difference_may_be_rounded_to_four_places_and_no_further():
    right = cases_10.difference(shop_of("demo", 10))
    assert check("10.4", round(right, 4)).startswith("Yes.")
    assert check("10.4", np.float64(right)).startswith("Yes.")
    assert check("10.4", right + 0.001).startswith("Not quite. Nearly. Did you round?")
    assert "looks like per cent" in check("10.4", 100 * right)
    assert "A number is asked for" in check("10.4", "a tenth")


def test_the_report_names_the_benefit_of_which_least_is_known():
    columns = ["with_service", "without", "naive", "fair", "low", "high"]
    rows = {
        "further_purchase": [0.2, 0.1, 0.1, 0.1, 0.05, 0.15],
        "inform_offers": [0.2, 0.2, 0.05, -0.01, -0.02, 0.01],
        "impression": [0.5, 0.7, 0.1, -0.2, -0.7, 0.3],
        "recommendation": [None] * 6,
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    (open_, _), (too_sure, _) = report_10._on_doubt(table)
    assert open_ == (
        "Goods put right and a good impression: "
        "the fair difference may be anything from -70.0 to +30.0 points."
    )
    assert too_sure.endswith("is -20.0 points. So service surely costs us that much or more.")


# ---- whom the shop could serve ----

TABLET = bought("P-2", "2026-06-20T10:00")
BIRTHDAY = [customer(), customer("C-2", birth_on="1990-07-10")]


def test_everybody_to_serve_is_there_once_allowed_or_not():
    rows = to_serve(served_shop(TABLET, customers=BIRTHDAY), ON).set_index("customer_id")
    assert rows["may"].to_dict() == {"C-1": True, "C-2": False}
    assert rows.loc["C-2", "said"] == "No: has not answered about marketing by then."
    assert rows.loc["C-2", "latest"] == pd.Timestamp("2026-07-10")


def test_whoever_may_be_served_is_in_the_plan_too():
    shop = shop_of("demo", 10)
    found = to_serve(shop, ON)
    planned = rk.plan_after_sales(shop, on=ON)["customer_id"]
    assert found["customer_id"].is_unique
    assert set(found.loc[found["may"], "customer_id"]) <= set(planned)


def test_a_benefit_that_there_is_not_is_told_in_a_sentence():
    with pytest.raises(ValueError, match=r"'enjoy' is not .*Did you mean 'enjoyment'"):
        rk.with_and_without(served_shop(), "enjoy")


# ---- the planner ----


@pytest.fixture
def planner():
    said_no = customer("C-3", birth_on="1990-07-20")
    shop = served_shop(
        TABLET,
        bought("P-1", "2024-07-10T10:00", "O-2", "C-4"),
        customers=[*BIRTHDAY, said_no, customer("C-4")],
        consents=[
            consent(customer_id="C-2"),
            consent("given", "2024-01-02T09:00", "C-3"),
            consent("withdrawn", "2025-03-01T12:00", "C-3"),
        ],
        warranty_cards=[card("2026-07-09", "C-4")],
    )
    return rk.forms.after_sales_planner(shop, on=ON, budget=22)


TRAINING = {"customer_id": "C-1", "service_type": "maintenance", "when": ON, "advertises": "no"}
CARD = {
    "customer_id": "C-2",
    "service_type": "psychological",
    "when": "2026-07-10",
    "advertises": "no",
}


def test_the_planner_shows_occasions_costs_answers_and_what_is_left(planner):
    words = repr(planner)
    assert "Budget: 22.00. Left to spend: 22.00." in words
    assert (
        "C-2 | The birthday is on 10 July. | greeting | 1.80 | Yes: said yes to marketing" in words
    )
    assert (
        "C-3 | The birthday is on 20 July. | greeting | 1.80 | No: took the yes to marketing back"
        in words
    )
    assert "[open] Which type of service is it? (service_type)" in words


def test_a_planned_contact_is_paid_for_and_told(planner):
    said = planner.fill(**TRAINING).save()
    assert said == [
        "Planned for 1 July 2026: training for C-1, cost 21.00.",
        "In your plan: 1 contact. Left of the budget: 1.00.",
        "Owed a service and not in your plan: 1 of 2.",
    ]
    assert "C-1 | The tablet came on 20 June 2026 and needs training" in repr(planner)
    assert "| training | 21.00 | planned for 1 July 2026" in repr(planner)


def test_a_card_names_the_consent_that_allows_it(planner):
    said = planner.fill(
        **CARD,
    ).save()
    assert said[0].endswith("cost 1.80, by the consent CO-C-2-given-2024-01-02T09:00.")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"customer_id": "C-3", "when": "2026-07-20"}, "No: took the yes to marketing back on"),
        ({"customer_id": "C-404"}, "'C-404' is not a choice here."),
        ({"service_type": "promotional"}, "That is no promotional service. Promotional: Offers"),
        ({"when": "2026-07-11"}, "11 July 2026 does not suit: from 10 July 2026 to 10 July 2026"),
        ({"when": "soon"}, "when: 'soon' is not a date"),
        ({"advertises": None}, "Please answer: Does the message also advertise something?"),
        ({**TRAINING, "advertises": "yes"}, "What is owed to a customer carries no advertising."),
    ],
)
def test_what_may_not_be_planned_is_said_and_not_saved(planner, answers, says):
    said = planner.fill(**{**CARD, **answers}).save()
    assert said[0] == "Not saved yet."
    assert any(line.startswith(says) for line in said)
    assert planner.plan.empty


def test_a_card_may_carry_an_offer_where_the_customer_said_yes(planner):
    assert planner.fill(**{**CARD, "advertises": "yes"}).save()[0].startswith("Planned for")


def test_the_budget_is_spent_once_and_nobody_is_planned_twice(planner):
    planner.fill(**TRAINING).save()
    assert "That costs 1.80, and 1.00 is left of the budget." in planner.fill(**CARD).save()
    planner.undo()
    planner.fill(**CARD).save()
    assert "C-2 is in your plan already; once in 30 days is enough." in planner.fill(**CARD).save()


def test_a_contact_is_taken_back_with_its_cost(planner):
    planner.fill(**TRAINING).save()
    assert planner.undo() == ["C-1 is out of the plan again."]
    assert planner.left == 22
    assert planner.undo() == ["There is nothing to take back."]


def test_a_plan_by_hand_can_be_drawn_like_the_desks(planner):
    planner.fill(**CARD).save()
    picture = rk.figures.plan_by_week(planner.plan)
    assert picture.words.startswith("Bar chart. 1 contact, most in the week of 6 July: 1.")
    assert list(planner.plan.columns) == list(rk.plan_after_sales(served_shop(), on=ON).columns)


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_every_type_of_service_is_on_the_table_allowed_and_not(learner):
    rows = rk.forms.after_sales_planner(shop_of(learner, 10), on=ON, budget=50).occasions
    assert len(rows) == 12
    assert rows["service_type"].nunique() == 4
    by_type = rows.groupby("service_type")["may"].nunique()
    assert by_type.to_dict() == {
        "maintenance": 1,
        "promotional": 2,
        "psychological": 2,
        "security": 1,
    }


def test_people_s_words_stand_on_the_planner_s_page_as_text():
    hers = {"name": "<b>tablet</b>"}
    shop = served_shop(TABLET)
    shop.tables["products"] = shop.products.assign(**hers)
    assert "&lt;b&gt;tablet" in rk.forms.after_sales_planner(shop, ON, 50).intro_page()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"budget": -1}, "which is no amount"),
        ({"on": "soon"}, "on is 'soon'"),
        ({"occasions": 0}, "occasions: 0 is too few"),
    ],
)
def test_a_planner_that_cannot_be_made_says_why(arguments, says):
    with pytest.raises(ValueError, match=says):
        rk.forms.after_sales_planner(served_shop(TABLET), **{"on": ON, "budget": 50, **arguments})


def test_where_nobody_is_to_be_served_the_planner_says_so():
    with pytest.raises(ValueError, match="Nobody is to be served in the 30 days from then"):
        rk.forms.after_sales_planner(served_shop(), on=ON, budget=50)
