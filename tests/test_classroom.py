"""A class on the disk: packs that are the same everywhere, and work that is handed in."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from handed_in import lesson

from retailkit.journal import code_name
from retailkit.keep import CannotKeep
from retailkit.marking.classroom import classroom
from retailkit.marking.grade import grade
from retailkit.marking.handin import handin
from retailkit.marking.packs import cards, right_answers
from retailkit.marking.roster import Learner, read_roster

NAMES = ["Ana Ruiz", "Luis Pérez"]
NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


def roster(tmp_path, names=NAMES):
    file = tmp_path / "class.csv"
    file.write_text("\n".join(["Nombre", *names]) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("class")
    classroom(roster(place), place / "4b", secret="pineapple", answers_to=[0])
    return place / "4b"


def pack(made, number=0):
    learner = read_roster(made / "teacher" / "roster.csv")[number]
    return learner.code_name, made / "students" / f"{learner.code_name}.zip"


@pytest.mark.slow
def test_the_same_secret_gives_the_same_bytes(made, tmp_path):
    classroom(roster(tmp_path, NAMES[::-1]), tmp_path / "b", secret="pineapple", answers_to=[])
    for path in (made / "students").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / "students" / path.name).read_bytes()


def test_a_pack_holds_lessons_data_card_and_code_name(made):
    name, path = pack(made)
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        assert packed.read("lessons/.retailkit/codename").decode() == name
    assert {"README.txt", "card.pdf", "lessons/00_welcome.ipynb", "data/claims.csv"} <= set(names)


def test_a_pack_holds_no_name_but_those_of_the_shop(made):
    for number in range(len(NAMES)):
        with zipfile.ZipFile(pack(made, number)[1]) as packed:
            own = [
                name
                for name in packed.namelist()
                if not name.startswith(("data/", "lessons/0", "lessons/1"))
            ]
            content = b"".join(packed.read(name) for name in own)
        assert not [name for name in " ".join(NAMES).split() if name.encode() in content]


def test_name_and_code_name_stand_together_with_the_teacher_alone(made):
    known = read_roster(made / "teacher" / "roster.csv")
    assert [one.name for one in known] == NAMES
    answers = (made / "teacher" / "answers.csv").read_text(encoding="utf-8")
    assert f"{known[0].code_name},0,0.1," in answers
    assert (made / "teacher" / "cards.pdf").read_bytes().startswith(b"%PDF")
    assert "len(shop.customers)" in (made / "teacher" / "solutions.html").read_text("utf-8")


@pytest.fixture
def no_packs(monkeypatch):
    """For what is about code names and folders alone."""
    monkeypatch.setattr("retailkit.marking.classroom._made", lambda *_: [])


@pytest.mark.usefixtures("no_packs")
def test_a_longer_roster_keeps_the_code_names_that_were_given(tmp_path):
    before = with_names(tmp_path, NAMES, secret="pineapple")
    after = with_names(tmp_path, ["Eva Soto", *NAMES])
    assert [after[name] for name in NAMES] == [before[name] for name in NAMES]
    assert len(set(after.values())) == 3


def with_names(tmp_path, names, secret=None):
    classroom(roster(tmp_path, names), tmp_path / "4b", secret=secret, answers_to=[])
    known = read_roster(tmp_path / "4b" / "teacher" / "roster.csv")
    return {one.name: one.code_name for one in known}


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "4b").mkdir()
    (tmp_path / "4b" / "marks.csv").touch()
    with pytest.raises(ValueError, match="also holds marks.csv"):
        classroom(roster(tmp_path), tmp_path / "4b")


@pytest.mark.usefixtures("no_packs")
def test_a_class_that_cannot_be_made_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retailkit.marking.classroom._write_teachers", fail)
    with pytest.raises(CannotKeep, match="no space left on device"):
        classroom(roster(tmp_path), tmp_path / "4b", answers_to=[])
    assert [path.name for path in tmp_path.iterdir()] == ["class.csv"]


def test_the_answers_of_two_learners_differ():
    assert right_answers("blue-fox", [0]) != right_answers("red-owl", [0])


def test_whoever_works_answers_out_stays_who_they_are(monkeypatch):
    monkeypatch.setenv("RETAILKIT_CODENAME", "kestrel")
    right_answers("red-owl", [0])
    assert code_name() == "kestrel"


def test_cards_are_the_same_bytes_each_time():
    learners = [Learner(name="Ana", code_name=f"blue-fox-{number}") for number in range(9)]
    assert cards(learners) == cards(learners)


@pytest.fixture
def lessons_of_ana(made, tmp_path):
    name, path = pack(made)
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as packed:
        packed.extractall(tmp_path / "pack")
    return name, tmp_path / "pack" / "lessons"


def hand_in(folder, notebook, *lessons):
    (folder / "00_welcome.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return handin(folder, list(lessons), at=NOW)


@pytest.mark.slow
def test_what_is_handed_in_is_marked_under_its_code_name(made, lessons_of_ana):
    name, folder = lessons_of_ana
    said = hand_in(folder, lesson())
    assert said[0] == f"Packed 1 lesson (0) into {folder / f'handin-{name}.zip'}"
    marks = grade(folder / f"handin-{name}.zip", read_roster(made / "teacher" / "roster.csv"))
    assert (marks.learners[0].total, marks.learners[1].remarks) == (3, ["Missing: lesson 0."])


def test_a_name_that_lives_in_the_kernel_alone_is_named(lessons_of_ana):
    _, folder = lessons_of_ana
    notebook = lesson()
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if "customers = len(" in source:
            cell["source"] = "customers = counted_before"
        if 'rk.check("0.1", customers)' in source:
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "Yes. You read it."},
                    "metadata": {},
                    "execution_count": 9,
                }
            ]
    said = "\n".join(hand_in(folder, notebook))
    assert "exercise 0.1 shows “Yes”, and a fresh run says “Not yet”." in said
    assert "the cell “customers = counted_before” stops in a fresh run: NameError" in said
    assert "Restart Kernel and Run All Cells" in said
    assert "Packed 1 lesson" in said


def test_what_cells_have_shown_stays_at_home(lessons_of_ana):
    name, folder = lessons_of_ana
    notebook = lesson()
    notebook["metadata"]["author"] = "Ana Ruiz"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": "/home/ana.ruiz"}
            ]
    hand_in(folder, notebook)
    with zipfile.ZipFile(folder / f"handin-{name}.zip") as packed:
        content = b"".join(packed.read(one) for one in packed.namelist())
    assert b"Ana Ruiz" not in content
    assert b"ana.ruiz" not in content


def test_lessons_that_were_not_touched_stay_out(lessons_of_ana):
    _, folder = lessons_of_ana
    with pytest.raises(ValueError, match="There is no work to hand in"):
        handin(folder, [], at=NOW)


def test_a_broken_lesson_is_named_and_left_out(lessons_of_ana):
    _, folder = lessons_of_ana
    (folder / "01_stages.ipynb").write_text("{", encoding="utf-8")
    said = hand_in(folder, lesson())
    assert "'01_stages.ipynb' is left out: it is no notebook (not JSON)." in said


def test_a_lesson_that_does_not_exist_is_named(lessons_of_ana):
    _, folder = lessons_of_ana
    with pytest.raises(ValueError, match="There is no lesson 77"):
        handin(folder, [77], at=NOW)


def test_without_a_code_name_nothing_is_handed_in(tmp_path):
    with pytest.raises(ValueError, match="You have no code name yet"):
        handin(tmp_path, [], at=NOW)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(ValueError, match="Say where your lessons lie"):
        handin(tmp_path / "none", [], at=NOW)
