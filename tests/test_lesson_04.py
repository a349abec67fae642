"""Lesson 04: its list, its folder, its roles and its picture, on many learners' shops."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from learners import LEARNERS, TWENTY
from sweeps import one_in

import retailkit as rk
from retailkit.course import cases_04, saturday_04
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.folders import PracticeFolder
from retailkit.course.places import shop_of
from retailkit.crm import NotAllowed, NotEncrypted, opening
from retailkit.crm.roles import rights_of
from retailkit.customers import RecordKeepingBenefit

EXERCISES = find_lesson(4).exercises
NAMES = {"4.2": "six", "4.3": "tasks", "4.4": "cards"}
"""What the lesson calls the sheet of each exercise."""

PASSPHRASE = "four words nobody guesses"


def refusal_of(folder):
    with pytest.raises(rk.ImportProblems) as refused:
        rk.read_customers(folder / "saturday.csv")
    return refused.value


@pytest.fixture
def folder():
    practice = rk.practice_folder(lesson=4)
    yield practice
    practice.clear()


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_solution_that_is_shown_is_right(learner):
    shop = shop_of(learner, 4)
    folder = PracticeFolder(dict(saturday_04.files(shop)))
    for exercise in EXERCISES:
        names = {"rk": rk, "shop": shop, "refused": refusal_of(folder)}
        names[NAMES.get(exercise.id, "nothing")] = exercise.sheet(shop)
        exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
        answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
        assert _problem(exercise, answer, shop) is None
    folder.clear()


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_list_is_refused_where_the_numbers_are_harmed_and_nowhere_else(learner):
    shop = shop_of(learner, 4)
    faults = refusal_of(PracticeFolder(dict(saturday_04.files(shop)))).table
    harmed = saturday_04.rows_with(shop, saturday_04.SHORTENED, saturday_04.WITHOUT_ZERO)
    assert sorted(faults["row"]) == harmed
    assert set(faults["column"]) == {"Telephone"}


@pytest.mark.parametrize("learner", LEARNERS[:5])
def test_the_mended_list_has_every_number_as_it_was_on_paper(learner):
    shop = shop_of(learner, 4)
    folder = PracticeFolder(dict(saturday_04.files(shop)))
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    assert people["phone"].str.replace(" ", "").to_list() == list(
        saturday_04.newcomers(shop)["phone"]
    )


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("learner", LEARNERS[:5])
def test_the_list_goes_into_the_database_without_a_doubt(learner, tmp_path):
    shop = shop_of(learner, 4)
    folder = PracticeFolder(dict(saturday_04.files(shop)))
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    with rk.open_crm(tmp_path / "shop.crm", PASSPHRASE) as crm:
        crm.store(shop)
        crm.add_table("customers", people)
        assert crm.count("customers") == len(shop.customers) + 12
        assert crm.find(people["email"].iloc[0])["family_name"].item() == people["family_name"][0]


def test_a_check_without_a_database_loads_none():
    code = "import sys, retailkit as rk; rk.check('4.1', [2]); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_neighbour_has_another_list():
    rows = {repr(find_lesson(4).exercises[0].right(shop_of(name, 4))) for name in TWENTY[:10]}
    assert len(rows) > 5


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (3, "A list of line numbers is asked for"),
        ([14], "14 is no line. The lines have the numbers 1 to 13."),
        (["2"], "'2' is no line."),
        (list(range(1, 14)), "Your list has 8 lines too many."),
    ],
)
def test_rows_that_cannot_be_taken_are_told_why(answer, said):
    assert said in repr(rk.check("4.1", answer))


# who keeps what, who sees what, what it is good for


def test_the_number_of_customers_alone_decides_nothing():
    sizes = {(keeper.size, keeper.fits) for keeper in cases_04.KEEPERS}
    assert len(sizes) == 4


def test_every_role_has_one_task():
    assert sorted(task.role for task in cases_04.TASKS) == sorted(rk.Role)


@pytest.mark.parametrize("task", cases_04.TASKS, ids=lambda task: task.role)
def test_whoever_else_can_do_a_task_sees_more_than_its_role(task):
    def seen(role):
        return sum(map(len, rights_of(role).sees.values()))

    others = [role for role in rk.Role if role != task.role and task.can_be_done_by(role)]
    assert all(seen(role) > seen(task.role) for role in others)


def test_there_are_seven_benefits_and_each_has_its_card():
    assert len(RecordKeepingBenefit) == 7
    assert list(cases_04.SAID) == list(RecordKeepingBenefit)


# the practice folder


def test_a_name_is_found_in_the_open_file_and_not_in_the_locked_one(folder):
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    with rk.open_crm(folder / "shop.crm", PASSPHRASE) as crm:
        crm.add_table("customers", people)
        assert crm.encrypted
    found = folder.search(people["email"].iloc[0]).set_index("file")["found"]
    assert found.to_dict() == {
        "saturday.csv": 1,
        "saturday_mended.xlsx": 0,
        "shop.crm": 0,
        "shop.crm.head": 0,
    }


def test_where_nothing_encrypts_the_database_says_so_and_the_search_finds_the_name(
    folder, monkeypatch
):
    for module in (opening, opening.engine_of.__globals__):
        target = module if isinstance(module, dict) else vars(module)
        monkeypatch.setitem(target, "cipher", lambda: None)
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    with pytest.warns(NotEncrypted):
        crm = rk.open_crm(folder / "shop.crm", PASSPHRASE)
    with crm:
        crm.add_table("customers", people)
        assert "NOT ENCRYPTED" in repr(crm)
        assert "NOT ENCRYPTED" in crm.says()[0]
    found = folder.search(people["email"].iloc[0]).set_index("file")["found"]
    assert found["shop.crm"] > 0


def test_what_the_folder_says_never_tells_where_it_lies(folder):
    said = [repr(folder), repr(folder / "saturday.csv"), str(refusal_of(folder))]
    with rk.open_crm(folder / "shop.crm", PASSPHRASE) as crm:
        said += [repr(crm)]
    with pytest.raises(ValueError, match="does not open") as refused:
        rk.open_crm(folder / "shop.crm", "password")
    said += [str(refused.value), *rk.notes(rk.read_customers(folder / "saturday_mended.xlsx"))]
    place = Path(folder / "saturday.csv").parent
    assert not [sentence for sentence in said if str(place) in sentence]


def test_a_cleared_folder_leaves_nothing(folder):
    place = Path(folder / "saturday.csv").parent
    assert repr(folder.clear()) == "The practice folder is empty."
    assert not place.exists()


def test_a_folder_that_nobody_needs_any_more_is_gone():
    place = Path(rk.practice_folder(lesson=4) / "saturday.csv").parent
    gc.collect()
    assert not place.exists()


@pytest.mark.parametrize("name", ["../list.csv", "a/b.csv", ""])
def test_a_file_outside_the_folder_is_refused(folder, name):
    with pytest.raises(ValueError, match="is no name of a file here"):
        _ = folder / name


@pytest.mark.parametrize(
    ("name", "said"), [("nothing.csv", "There is no"), ("saturday_mended.xlsx", "is no text")]
)
def test_a_file_that_has_no_lines_is_told_why(folder, name, said):
    with pytest.raises(ValueError, match=said):
        (folder / name).lines()


@pytest.mark.parametrize("text", ["", None])
def test_nothing_to_search_for_is_told_so(folder, text):
    with pytest.raises(ValueError, match="Say what to search for"):
        folder.search(text)


# tables into the database


def test_a_table_is_added_whole_or_not_at_all(crm, folder):
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    people["customer_id"] = "C-1"
    with pytest.raises(ValueError, match="has 'C-1' already"):
        crm.add_table("customers", people)
    assert crm.count("customers") == 0


def test_a_table_that_the_database_does_not_keep_is_told_which_it_keeps(crm, folder):
    people = rk.read_customers(folder / "saturday_mended.xlsx")
    with pytest.raises(ValueError, match="'people' is not a table. Choose customers"):
        crm.add_table("people", people)


# the picture


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    with rk.open_crm(tmp_path_factory.mktemp("crm") / "shop.crm", PASSPHRASE) as crm:
        crm.store(shop_of("demo", 4))
        yield crm


@pytest.mark.parametrize("place", one_in(5, range(0, 500, 25)))
def test_the_title_says_who_sees_fewest_of_what_is_known(full, place):
    customer = shop_of("demo", 4).customers.iloc[place].dropna()
    seen = {role: len(set(customer.index) & rights_of(role).sees["customers"]) for role in rk.Role}
    said_yes = rk.may_contact(shop_of("demo", 4), customer["customer_id"], "marketing")
    seen[rk.Role.MARKETING] *= bool(said_yes)
    fewest = "technician" if said_yes else "marketing"
    words = rk.figures.who_sees(full, customer["customer_id"]).words
    assert f"Known of {customer['customer_id']}: {len(customer)} fields. " in words
    assert f"Fewest seen: {seen[fewest]}, as {fewest}." in words
    for role, count in seen.items():
        assert f"{role.replace('_', ' ')}: {count}, " in words


def test_whoever_sees_most_comes_first(full):
    words = rk.figures.who_sees(full, "C-000001").words
    assert "Seen by each role: responsible person: " in words
    assert words.index("sales associate:") < words.index("auditor:") < words.index("technician:")


def test_roles_that_see_equally_little_are_all_named(crm):
    customer = crm.add(rk.Customer(given_name="Ana", family_name="Ruiz"))
    crm.consent("C-000001", "marketing", "given", channel="survey", wording="May we write?")
    words = rk.figures.who_sees(crm, customer.customer_id).words
    assert "Known of C-000001: 3 fields. Fewest seen: 1, as technician and auditor." in words


def test_each_look_for_the_picture_is_noted(crm):
    crm.add(rk.Customer(given_name="Ana", family_name="Ruiz"))
    before = len(crm.log())
    rk.figures.who_sees(crm, "C-000001")
    assert set(crm.log()["role"][before:]) == set(rk.Role)


def test_only_the_responsible_person_draws_the_picture(full):
    with full.as_role("trainer") as view, pytest.raises(NotAllowed, match="hand out other roles"):
        rk.figures.who_sees(view, "C-000001")


def test_a_customer_who_is_not_there_has_no_picture(full):
    with pytest.raises(ValueError, match="customers has no"):
        rk.figures.who_sees(full, "C-nobody")
