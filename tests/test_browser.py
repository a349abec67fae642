"""What the kit does where there are no threads, no keyring, no pandas and small numbers."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import retailkit as rk
from retailkit import browser, keep
from retailkit.browser import Lacking
from retailkit.calm import sentence
from retailkit.crm import keys
from retailkit.files import blocks
from retailkit.letters import printed

TABLES = ["numpy", "pandas", "pyarrow", "matplotlib", "statsmodels", "scipy", "sqlalchemy"]

WITHOUT_TABLES = f"""
import sys
sys.modules |= dict.fromkeys({TABLES})
import retailkit as rk
print(rk.Customer(given_name="Ana").problems()[0])
print(rk.forms.owner_report().fill(found="Much.").save()[0])
"""

SHOPS = """
import hashlib, sys
if sys.argv[1] == "small":
    from small_numbers import count_in_32_bits
    count_in_32_bits()
import retailkit as rk
shop = rk.make_shop(seed=7, customers=200, market="ES")
facts = rk.evidence(shop)
for table in (*shop.tables.values(), facts, rk.triage(facts)):
    print(hashlib.sha256(table.to_csv().encode()).hexdigest())
"""


def said_by(script, *words):
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def nowhere(monkeypatch):
    """Some modules cannot be imported."""

    def away(*names):
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return away


def test_what_the_kit_needs_and_has_not_is_told_in_a_sentence():
    with pytest.raises(ModuleNotFoundError, match="This needs numpy, which this course in the b"):
        Lacking(["numpy>=2"]).find_spec("numpy")


@pytest.mark.parametrize("name", ["pnadas", "numpy.linalg", "numpyro"])
def test_what_others_have_not_is_left_to_python(name):
    assert Lacking(["numpy>=2"]).find_spec(name) is None


def test_a_cell_that_wants_what_is_lacking_is_told_calmly(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Lacking(["retailkit-telephone"])])
    notebook = {}
    try:
        exec("import retailkit_telephone", notebook)  # noqa: S102 - as a cell is
    except ModuleNotFoundError as error:
        said = sentence(error, error.__traceback__, notebook)
    assert said.startswith("This needs retailkit_telephone, which this course in the browser")


def test_on_a_computer_nothing_is_settled():
    assert not browser.in_a_browser()
    assert not [one for one in sys.meta_path if isinstance(one, Lacking)]


def test_records_and_a_form_do_without_tables():
    assert said_by(WITHOUT_TABLES) == [
        "family_name: not filled in yet. What is your family name?",
        "Not saved yet.",
    ]


@pytest.mark.slow
def test_a_shop_is_the_same_where_numbers_are_small(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
    assert said_by(SHOPS, "small") == said_by(SHOPS, "usual")


def test_a_data_set_is_written_without_threads(monkeypatch, tmp_path):
    def no_thread(*_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(blocks, "in_a_browser", lambda: True)
    monkeypatch.setattr(blocks.ThreadPoolExecutor, "submit", no_thread)
    plan = rk.plan_of(seed=7, customers=20)
    assert len(rk.read_dataset(rk.write_plan(plan, tmp_path / "shop")).customers) == 20


def test_a_folder_is_written_where_files_have_no_locks(monkeypatch, tmp_path):
    monkeypatch.setattr(keep, "in_a_browser", lambda: True)
    monkeypatch.delattr("fcntl.flock", raising=False)
    with keep.whole_folder(tmp_path / "new") as draft:
        keep.write_file(draft / "a.txt", "Hello")
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["a.txt"]


def test_without_a_keyring_the_key_lies_beside_the_database(nowhere, tmp_path):
    nowhere("keyring")
    with rk.open_crm(tmp_path / "shop.crm"):
        assert keys.key_file(tmp_path / "shop.crm").exists()


@pytest.fixture
def no_harfbuzz(nowhere):
    nowhere("uharfbuzz")
    printed.has_harfbuzz.cache_clear()
    yield
    printed.has_harfbuzz.cache_clear()


@pytest.mark.usefixtures("no_harfbuzz")
def test_without_harfbuzz_spanish_is_printed_and_hindi_says_why_not():
    pdf = printed.paper("Señal", "es", date(2026, 6, 30), "")
    pdf.add_page()
    printed.write(pdf, "¿Qué pasó?", size=11)
    with pytest.raises(ValueError, match="Hindi is printed with uharfbuzz, which is not here"):
        printed.write(pdf, "नमस्ते", size=11)
    pdf.put_away()
