"""Lesson 11: in every learner's shop four principles are broken, and 900 euros mend them."""

import pytest
from learners import LEARNERS
from sweeps import mostly_slow

import retailkit as rk
from retailkit.course import cases_11
from retailkit.course.places import shop_of


@pytest.fixture(scope="module", params=LEARNERS[:6])
def shop(request):
    return shop_of(request.param, 11)


def test_the_promise_and_three_more_principles_are_broken(shop):
    assert cases_11.broken(shop) == sorted([*cases_11.drawn(shop.seed), "C"])


def test_the_cheapest_plan_fits_the_budget_and_mends_everything(shop):
    assert rk.principles.cost_of(cases_11.plan(shop)) <= cases_11.BUDGET
    assert set(cases_11.compared(shop).principles["verdict_after"]) == {"kept"}


def test_no_other_four_changes_do_as_well_for_as_little(shop):
    cheapest = rk.principles.cost_of(cases_11.plan(shop))
    dearer = [*(set(cases_11.plan(shop)) - {cases_11.KEPT_PROMISE}), cases_11.DEAREST]
    assert rk.principles.cost_of(dearer) > cases_11.BUDGET > cheapest


def test_nobody_becomes_faster_by_the_promise(shop):
    effects = cases_11.compared(shop).effects
    assert effects.loc["hours to acknowledgement (median)", "change"] == pytest.approx(0, abs=0.02)


def test_the_two_may_promise_two_hours_and_not_one(shop):
    waits = cases_11.waits(shop)
    assert (waits <= 2).mean() > 0.95 > (waits <= 1).mean()


@pytest.mark.parametrize("staff", mostly_slow([1, 2, 3, 4, 8], 2))
def test_more_people_acknowledge_sooner(staff):
    procedure = rk.Procedure(staff=staff, acknowledge_within_hours=1)
    shop = rk.make_shop(seed=3, customers=600, procedure=procedure, faults={})
    late = rk.audit(shop)["value"]["C"]
    assert late == 0 if staff >= 4 else late > 0.1


def test_what_a_desk_can_keep_it_keeps():
    procedure = rk.Procedure(staff=2, answer_within_days=10)
    shop = rk.make_shop(seed=3, customers=600, procedure=procedure, faults={})
    assert rk.audit(shop)["verdict"]["C"] == "kept"


def test_one_person_alone_does_not_keep_ten_days():
    alone = rk.make_shop(seed=3, customers=600, procedure=rk.Procedure(staff=1), faults={})
    two = rk.make_shop(seed=3, customers=600, procedure=rk.Procedure(staff=2), faults={})
    days = [
        rk.generate.comparison.measured(one).loc["days to answer (median)", "value"]
        for one in (alone, two)
    ]
    assert days[0] > 1.5 * days[1]


# ---- the changes, the board and the report ----


def test_each_principle_has_a_change_that_is_for_it():
    assert {change.letter for change in rk.CHANGES.values()} == set("ABCDEFGHI")


def test_each_change_changes_a_promise_or_mends_a_fault_of_its_principle():
    for change in rk.CHANGES.values():
        assert bool(change.promise) != bool(change.mends)
        if change.mends:
            assert rk.FAULTS[change.mends].breaks == change.letter


def test_a_change_that_is_not_there_is_told_the_likely_one():
    with pytest.raises(ValueError, match="Did you mean 'hire_two'"):
        rk.principles.cost_of(["hire_tow"])


@pytest.fixture
def board():
    shop = rk.make_shop(seed=7, customers=300, procedure=rk.Procedure(fee=2), faults={})
    return rk.forms.improvement_board(shop, budget=300)


def test_the_board_says_what_is_left_of_the_budget(board):
    said = board.fill(drop_the_fee="yes").save()
    assert list(said) == [
        "You take on 1 change, for 1 principle: E.",
        "Cost: 130 euros. Left: 170 euros.",
    ]


def test_a_board_that_costs_too_much_is_not_saved(board):
    said = board.fill(drop_the_fee="yes", second_person_decides="yes").save()
    assert said[1] == "Together that costs 350 euros, and the budget is 300."
    assert board.taken == []


def test_the_last_board_is_taken_back(board):
    board.fill(drop_the_fee="yes").save()
    board.fill(name_an_owner="yes").save()
    assert board.undo()[0] == "Taken back. You take on 1 change now."
    assert board.taken == ["drop_the_fee"]
    assert board.answers == {"drop_the_fee": True}


def test_a_saved_plan_stays_on_the_board_to_be_changed(board):
    board.fill(drop_the_fee="yes").save()
    assert "[yes] Take no money for a complaint any more." in repr(board)


def test_an_empty_board_is_a_plan_too(board):
    assert board.save()[0] == "You take on 0 changes."
    assert repr(board.compared()).startswith("No principle is judged differently.")


@pytest.mark.slow
def test_the_board_hands_its_plan_to_the_twin(board):
    board.fill(drop_the_fee="yes").save()
    assert (board.shop.procedure.fee, board.compared().twin.procedure.fee) == (2, 0)


@pytest.mark.parametrize("budget", [-1, "much", None])
def test_a_budget_is_a_sum(budget):
    with pytest.raises(ValueError, match="budget: "):
        rk.forms.improvement_board(rk.make_shop(customers=20), budget=budget)


def test_an_unfinished_report_is_not_printed(board, tmp_path):
    with pytest.raises(ValueError, match="The report is not finished. found: not filled in yet."):
        rk.write_report(rk.OwnerReport(), board.compared(), tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


ANSWERS = dict.fromkeys(["found", "changed", "gained", "not_known", "next_step"], "Nothing yet.")


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes(board, tmp_path):
    form = rk.forms.owner_report()
    form.fill(**ANSWERS).save()
    both = board.compared()
    one, two = (
        rk.write_report(form.report, both, tmp_path / name).read_bytes() for name in ("a", "b")
    )
    assert one == two
    assert one.startswith(b"%PDF")


def test_a_report_can_be_taken_back():
    form = rk.forms.owner_report()
    form.fill(**ANSWERS).save()
    assert list(form.undo()) == ["The last report is taken back."]
    assert form.report == rk.OwnerReport()
