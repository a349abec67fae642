"""Rosters: read as schools write them, refused with everything that is wrong."""

import pytest

from retailkit.imports.problems import ImportProblems
from retailkit.marking.code_names import with_code_names
from retailkit.marking.roster import Learner, code_name_on, read_roster


def roster(tmp_path, text, **how):
    file = tmp_path / "class.csv"
    file.write_text(text, encoding="utf-8")
    return read_roster(file, **how)


def problems(tmp_path, text, **how):
    with pytest.raises(ImportProblems) as caught:
        roster(tmp_path, text, **how)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "Name,ID\nAna Ruiz,7\n",
        "Nombre;Apellidos;Nº\nAna;Ruiz;7\n",
        "Class 4B,\nApellidos y nombre,Expediente\nAna Ruiz,7\n",
        "First name\tLast name\tStudent ID\nAna\tRuiz\t7\n",
    ],
)
def test_columns_are_known_in_english_and_spanish(tmp_path, text):
    [ana] = roster(tmp_path, text)
    assert (ana.name.replace("Ana Ruiz", "Ruiz"), ana.learner_id) == ("Ruiz", "7")


def test_empty_rows_are_passed_over(tmp_path):
    assert len(roster(tmp_path, "Name\nAna\n\nLuis\n\n")) == 2


def test_everything_that_is_wrong_comes_in_one_list_with_its_place(tmp_path):
    said = problems(tmp_path, "Name,ID,Code name\nAna,7,blue-fox\n,8,red-owl\nLuis,7,a b\n")
    assert [line.split(":")[0] for line in said] == [
        "Row 3, column 'name'",
        "Row 4, column 'code name'",
        "Row 4, column 'id'",
    ]


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Lesson 0\n"
    "    Points Possible,,,,,3\n"
    '"Ruiz, Ana",990,0071,aruiz,4B,2.5\n'
)


def test_canvas_own_export_is_a_roster(tmp_path):
    [ana] = roster(tmp_path, CANVAS)
    assert (ana.name, ana.learner_id, ana.username) == ("Ruiz, Ana", "0071", "aruiz")


def test_an_id_by_itself_is_the_schools(tmp_path):
    [ana] = roster(tmp_path, CANVAS.replace("SIS User ID", "Notes"))
    assert ana.learner_id == "990"


def test_a_column_of_ids_may_be_empty_for_everybody(tmp_path):
    assert len(roster(tmp_path, "Name,ID\nAna,\nLuis,\n")) == 2


def test_who_has_no_id_among_others_is_named(tmp_path):
    [said] = problems(tmp_path, "Name,ID\nAna,7\nLuis,\n")
    assert said == "Row 3, column 'id': 'Luis' has no ID. Give all of them one, or none."


def test_two_of_one_username_are_reported(tmp_path):
    [said] = problems(tmp_path, "Name,Username\nAna,aruiz\nLuis,ARuiz\nEva,\nPau,\n")
    assert said == (
        "Row 3, column 'username': 'ARuiz' stands in row 2 already. "
        "Give each learner a username of their own."
    )


def test_who_could_be_two_learners_is_given_no_code_name(tmp_path):
    text = "Name,ID,Username,Code name\nAna,7,ana,blue-fox\nLuis,ana,luis,red-owl\n"
    (tmp_path / "class.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="'ana' could be two learners on '.*class.csv'"):
        code_name_on(tmp_path / "class.csv", "ana")
    assert code_name_on(tmp_path / "class.csv", "luis") == "red-owl"


def test_an_empty_name_is_nobodys(tmp_path):
    text = "Name,Username,Code name\nAna,,blue-fox\n"
    (tmp_path / "class.csv").write_text(text, encoding="utf-8")
    assert code_name_on(tmp_path / "class.csv", "") is None


def test_two_of_one_name_need_an_id(tmp_path):
    [said] = problems(tmp_path, "Name\nAna Ruiz\nAna Ruiz\n")
    assert said == (
        "Row 3, column 'name': 'Ana Ruiz' stands in row 2 already. "
        "Tell the two apart with an ID column, or delete one."
    )


def test_a_table_without_names_is_told_what_to_add(tmp_path):
    [said] = problems(tmp_path, "Height,Weight\n170,60\n")
    assert "No column holds the learners' names" in said


def test_a_roster_of_nobody_is_refused(tmp_path):
    [said] = problems(tmp_path, "Name\n")
    assert "stands nobody" in said


def test_marking_needs_the_roster_with_code_names(tmp_path):
    [said] = problems(tmp_path, "Name\nAna\n", with_code_names=True)
    assert "'Ana' has no code name" in said
    assert "DIR/teacher/roster.csv" in said


def test_a_roster_that_is_a_picture_is_refused(tmp_path):
    file = tmp_path / "class.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ImportProblems, match="It is a picture"):
        read_roster(file)


MANY = [Learner(name=f"Learner {number}", learner_id=str(number)) for number in range(400)]


def test_no_two_learners_share_a_code_name():
    assert len({one.code_name for one in with_code_names(MANY, "a secret")}) == len(MANY)


def test_the_order_of_the_roster_decides_no_code_name():
    there = {one.learner_id: one.code_name for one in with_code_names(MANY, "a secret")}
    back = {one.learner_id: one.code_name for one in with_code_names(MANY[::-1], "a secret")}
    assert there == back


def test_another_secret_gives_other_code_names():
    one, other = with_code_names(MANY, "one"), with_code_names(MANY, "other")
    assert sum(a.code_name == b.code_name for a, b in zip(one, other, strict=True)) < 5


def test_who_has_a_code_name_keeps_it():
    ana = Learner(name="Ana", code_name="my-own-name")
    assert with_code_names([ana, *MANY], "a secret")[0] is ana


def test_a_class_beyond_the_words_is_refused_in_a_sentence():
    crowd = [Learner(name=f"Learner {number}") for number in range(6000)]
    with pytest.raises(ValueError, match="Make two classes of this"):
        with_code_names(crowd, "a secret")
