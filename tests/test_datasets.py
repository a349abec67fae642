"""The ready data sets: what lies in datasets/ is what the kit makes."""

import runpy
from pathlib import Path

import pytest

from retailkit.files import read_dataset, write_plan
from retailkit.generate import planted_faults

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "datasets"
SCRIPT = runpy.run_path(str(ROOT / ".ci" / "datasets"))
PLANS = SCRIPT["plans"]()


@pytest.fixture(scope="module", params=PLANS)
def made(request, tmp_path_factory):
    """One of the data sets, made anew."""
    return write_plan(PLANS[request.param], tmp_path_factory.mktemp("datasets") / request.param)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_ready_data_set_is_what_the_kit_makes_byte_for_byte(made):
    kept, anew = contents(FOLDER / made.name), contents(made)
    assert sorted(kept) == sorted(anew)
    differ = [name for name in anew if kept[name] != anew[name]]
    assert differ == [], "Run .ci/datasets and commit what it writes."


def test_nothing_else_lies_beside_the_data_sets():
    beside = {"README.md", ".gitattributes"}
    assert {path.name for path in FOLDER.iterdir()} - beside == set(PLANS)


def test_a_class_can_carry_all_of_them_on_any_stick():
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < 5_000_000


def test_the_page_about_them_names_each_and_how_they_are_made():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"]({name})" in page for name in PLANS)
    assert "\npython .ci/datasets\n" in page


def test_a_tidy_shop_has_no_slips_of_capturing_and_the_other_has_every_one(made):
    slips = set(planted_faults(read_dataset(made))["fault"]) & set(SCRIPT["SLIPS"])
    assert slips == (set() if made.name.endswith("-tidy") else set(SCRIPT["SLIPS"]))


def test_the_desk_writes_to_everybody_in_a_language_of_the_country(made):
    shop = read_dataset(made)
    spoken = set(shop.tables["customers"]["language"])
    assert set(shop.tables["messages"]["language"]) <= spoken
