"""The course as a site: Python in the browser, and nothing asked of the world outside."""

from __future__ import annotations

import io
import json
import re
import shlex
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from typer.testing import CliRunner

from retailkit import site
from retailkit.cli import app
from retailkit.course.checks import SOLUTIONS_ARE
from retailkit.site import build_site, pages, pyodide, shelf, wheels
from retailkit.site.pyodide import CORE, LOCK, Pyodide, in_a_folder, on_the_web
from retailkit.site.shelf import Shelf
from retailkit.site.wheels import installed, modules_of, packed

constants = pytest.importorskip("jupyterlite_pyodide_kernel.constants")
from lite_page import LitePage, pyodide_from_npm, served  # noqa: E402 - they need it as well

# it is installed where a school's programs are
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
LESSON = "00_welcome.ipynb"
SET_UP = 1
"""The place of the first cell of code in that lesson."""

REPORT = {
    "found": "A promise is not kept.",
    "changed": "We answer at once.",
    "gained": "12 late before, 3 after.",
    "not_known": "Next year.",
    "next_step": "In May.",
}


def a_package(version, file, depends=()):
    return {"version": version, "file_name": file, "depends": list(depends), "name": file}


def a_pyodide(place, **packages):
    packages |= {"zlib": a_package("1", "zlib.whl")}
    lock = {"info": {"python": f"{constants.PYODIDE_PYTHON_VERSION}.2"}, "packages": packages}
    return Pyodide(lock, place)


@pytest.fixture
def small_pyodide(tmp_path):
    """A folder that looks like Pyodide."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in CORE:
        (folder / name).write_text("x")
    (folder / LOCK).write_text(json.dumps(a_pyodide("").lock))
    return folder


# ---- what cannot be


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda place: place.write_text("x"), "is a file. Choose a folder."),
        (lambda place: (place / "mine").mkdir(parents=True), "holds something else than a site"),
    ],
)
def test_what_is_there_is_not_written_over(make, said, tmp_path, small_pyodide):
    place = tmp_path / "site"
    make(place)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=said):
        build_site(place, small_pyodide)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("place", [ROOT, ROOT / "notebooks" / "site", ROOT / "build" / "site"])
def test_no_site_is_built_within_the_kit(place, small_pyodide):
    with pytest.raises(ValueError, match="lies within the kit itself. Choose a folder outside."):
        build_site(place, small_pyodide)


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(site, "find_spec", lambda name: None)
    done = CliRunner().invoke(app, ["lessons", "site", str(tmp_path / "site")])
    assert f"python -m pip install {site.BUILT_WITH}" in str(done.exception)
    assert not any(tmp_path.iterdir())


def test_without_internet_it_says_what_to_do(tmp_path, monkeypatch):
    def nobody(*_, **__):
        raise urllib.error.URLError(OSError(-2, "Name or service not known"))

    monkeypatch.setattr(urllib.request, "urlopen", nobody)
    with pytest.raises(OSError, match="name or service not known. Try again with internet, or"):
        build_site(tmp_path / "site")
    assert not any(tmp_path.iterdir())


def test_a_folder_without_pyodide_is_told_so(small_pyodide):
    (small_pyodide / "pyodide.asm.wasm").unlink()
    with pytest.raises(ValueError, match="holds no Pyodide: pyodide.asm.wasm is missing or dam"):
        in_a_folder(small_pyodide)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"info": 1}'])
def test_a_damaged_list_of_packages_is_told_so(small_pyodide, content):
    (small_pyodide / LOCK).write_text(content)
    with pytest.raises(ValueError, match=f"holds no Pyodide: {LOCK} is missing or damaged"):
        in_a_folder(small_pyodide)


def test_another_pyodide_than_the_kernels_is_told_so(small_pyodide):
    (small_pyodide / LOCK).write_text('{"info": {"python": "3.1.2"}, "packages": {"zlib": {}}}')
    with pytest.raises(ValueError, match="is Python 3.1.2, and 3.14 is needed"):
        in_a_folder(small_pyodide)


def test_where_jupyterlite_fails_nothing_is_left(tmp_path, small_pyodide, monkeypatch):
    monkeypatch.setattr(site.sys, "executable", "false")
    with pytest.raises(
        ValueError, match="could not build the site. It ended with code 1, without a word."
    ):
        build_site(tmp_path / "site", small_pyodide)
    assert [path.name for path in tmp_path.iterdir()] == ["pyodide"]


def test_at_its_end_it_says_which_pyodide_a_site_takes(tmp_path):
    web = a_pyodide("https://example.org/full")
    *_, said = site._said(tmp_path, web, Shelf(web, tmp_path))
    ending = f"Python (Pyodide {constants.PYODIDE_VERSION}) comes from https://example.org/full."
    assert said.endswith(ending)


def test_what_it_names_to_install_is_the_extra_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert shlex.split(site.BUILT_WITH) == project["optional-dependencies"]["site"]


@pytest.fixture
def older_site(tmp_path):
    (tmp_path / "old" / site.PACKAGES).mkdir(parents=True)
    (tmp_path / "old" / site.PACKAGES / LOCK).write_text("{}")
    (tmp_path / "old" / "index.html").touch()
    return tmp_path / "old"


def test_an_older_site_may_be_replaced(older_site):
    assert site.free_folder(older_site) == older_site


def test_an_older_site_with_something_else_beside_it_is_left_alone(older_site):
    (older_site / ".git").mkdir()
    (older_site / "CNAME").touch()
    with pytest.raises(ValueError) as caught:
        site.free_folder(older_site)
    assert str(caught.value) == (
        f"'{older_site}' also holds .git and CNAME. Choose a folder for the site alone."
    )


def test_the_workflow_for_a_school_calls_the_command_that_is_there():
    flow = (ROOT / "docs" / "teachers" / "publish-site.yml").read_text(encoding="utf-8")
    job = yaml.safe_load(flow)["jobs"]["publish"]
    (built,) = (step["run"] for step in job["steps"] if "retailkit" in step.get("run", ""))
    uploaded = next(
        step["with"]["path"] for step in job["steps"] if "upload" in step.get("uses", "")
    )
    assert built == f"retailkit lessons site {uploaded}"
    assert job["env"]["RETAILKIT"] == "retailkit[site]"
    assert CliRunner().invoke(app, ["lessons", "site", "--help"]).exit_code == 0


# ---- what Python in the browser is given


@pytest.fixture
def unpacked(monkeypatch):
    """Wheels with nothing in them, since their lists are enough."""
    monkeypatch.setattr(shelf, "packed", lambda package: b"")


@pytest.mark.usefixtures("unpacked")
def test_a_package_comes_from_pyodide_where_it_fits(tmp_path):
    listed = a_package("3.3.1", "xlsxwriter-3.3.1-py3-none-any.whl", ["typing_extensions"])
    one = Shelf(a_pyodide("https://example.org/full", xlsxwriter=listed), tmp_path)
    one.fill()
    address = "https://example.org/full/xlsxwriter-3.3.1-py3-none-any.whl"
    assert one.entries["xlsxwriter"]["file_name"] == address
    assert one.entries["xlsxwriter"]["depends"] == ["typing-extensions"]


@pytest.mark.usefixtures("unpacked")
@pytest.mark.parametrize("version", ["0.1", "3.3.1"])
def test_a_package_comes_from_here_where_pyodides_is_too_old_or_not_at_hand(tmp_path, version):
    listed = a_package(version, "xlsxwriter.whl")
    one = Shelf(a_pyodide(tmp_path, xlsxwriter=listed), tmp_path)
    if version == "0.1":
        (tmp_path / "xlsxwriter.whl").write_text("x")
    one.fill()
    assert one.entries["xlsxwriter"]["version"] == installed("xlsxwriter").version
    assert (tmp_path / one.entries["xlsxwriter"]["file_name"]).exists()


@pytest.mark.usefixtures("unpacked")
def test_what_has_no_place_in_a_browser_is_not_asked_for(tmp_path):
    one = Shelf(a_pyodide(tmp_path), tmp_path)
    one.fill()
    names = {*one.entries, *one.lacking}
    assert {"retailkit", "ipywidgets", "holidays", "rapidfuzz", "numpy"} <= names
    assert not {"jupyterlab", "keyring", "sqlcipher3", "uharfbuzz", "typer", "faker"} & names
    assert "numpy" in one.lacking
    assert all("numpy" not in entry["depends"] for entry in one.entries.values())


def test_a_wheel_from_here_holds_python_alone():
    content = packed(installed("rapidfuzz"))
    assert content == packed(installed("rapidfuzz"))
    assert modules_of(installed("rapidfuzz")) == ["rapidfuzz"]
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if name.endswith((".so", ".pyd"))]
    assert [name for name in names if name.endswith("METADATA")]


def test_what_somebody_left_in_the_kits_folder_does_not_travel(tmp_path, monkeypatch):
    for name in ("words.py", "x.crm", ".secret", ".keys/a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(wheels, "HOME", tmp_path)
    names = [name for name, _ in wheels.files_of(installed("retailkit"))]
    assert [name for name in names if "dist-info" not in name] == ["retailkit/words.py"]


@pytest.mark.parametrize(("wish", "told"), [("off", "off"), ("", None)])
def test_solutions_that_are_kept_back_are_kept_back_in_the_browser(monkeypatch, wish, told):
    monkeypatch.setenv(SOLUTIONS_ARE, wish)
    kernel = site._kernel(a_pyodide("https://example.org/full"))
    assert kernel["loadPyodideOptions"]["env"].get(SOLUTIONS_ARE) == told


def test_a_compiled_package_is_not_taken_for_a_pure_one():
    assert installed("numpy") is None
    assert installed("no-such-package") is None


# ---- against Pyodide itself


@pytest.fixture(scope="session")
def core(pytestconfig):
    """Pyodide as npm has it, kept from one run to the next."""
    return pyodide_from_npm(Path(pytestconfig.cache.mkdir("pyodide")))


def test_pyodides_packages_are_new_enough_for_the_kit(core):
    lock = in_a_folder(core).lock["packages"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    there = {"sys_platform": "emscripten", "platform_machine": "wasm32"}
    needed = [Requirement(one) for one in project["dependencies"]]
    needed = [one for one in needed if not one.marker or one.marker.evaluate(there)]
    listed = {one.name: lock[one.name]["version"] for one in needed if one.name in lock}
    assert set(listed) >= {"numpy", "pandas", "pyarrow", "matplotlib", "statsmodels", "sqlalchemy"}
    too_old = [
        one for one in needed if one.name in listed and listed[one.name] not in one.specifier
    ]
    assert too_old == []
    assert [one.name for one in needed if one.name not in listed and not installed(one.name)] == []


@pytest.fixture(scope="module")
def built(core, tmp_path_factory):
    """A site that asks nobody else."""
    folder = tmp_path_factory.mktemp("web") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RETAILKIT_LANG", "en")
        build_site(folder, core)
    return folder


@pytest.fixture(scope="module")
def lesson(built, browser):
    """The first lesson, opened as a visitor opens it."""
    settings = built / "jupyter-lite.json"
    telling = json.loads(settings.read_text())
    telling["jupyter-config-data"]["exposeAppInBrowser"] = True  # to ask whether Python is idle
    settings.write_text(json.dumps(telling))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    with served(built) as address:
        page = LitePage(context, address)
        page.open_lesson(LESSON)
        yield page
        context.close()


def test_a_lesson_of_the_site_says_what_the_kit_says(lesson):
    said = lesson.say_in(SET_UP, 'import retailkit as rk; rk.Level("seriuos")')
    sentence = "'seriuos' is not a level. Choose serious, middle or lower. Did you mean 'serious'?"
    assert sentence in " ".join(said.split())
    assert "Traceback" not in said


def test_what_the_browser_lacks_is_told_in_a_sentence(lesson):
    said = " ".join(lesson.say_in(SET_UP, "import retailkit as rk; rk.my_shop(lesson=0)").split())
    assert "This needs pandas, which this course in the browser does not have." in said
    assert "Traceback" not in said


def test_what_is_written_is_kept_and_the_journal_too(lesson):
    code = (
        "from retailkit import journal, keep\n"
        "journal.note('answer', '0.1', said='yes')\n"
        "with keep.whole_folder('mine') as draft: keep.write_file(draft / 'a.txt', 'Hello')\n"
        "print(open('mine/a.txt').read(), journal.last('answer', '0.1')['said'])"
    )
    assert lesson.say_in(SET_UP, code).strip() == "Hello yes"


def test_a_form_of_the_site_is_filled_in_by_keyboard_alone(lesson):
    lesson.say_in(SET_UP, "import retailkit as rk\nreport = rk.forms.owner_report()\nreport")
    form = lesson.form(SET_UP)
    form.fill_by_keyboard(REPORT)
    form.press_by_keyboard("Save")
    form.expect("The report is saved.")
    assert lesson.say_in(SET_UP, "print(report.report.gained)").strip() == REPORT["gained"]


def test_the_site_asks_nobody_else(lesson):
    assert any("pyodide.asm.wasm" in url for url in lesson.asked), "what Python asks is not seen"
    assert lesson.asked_outside == set()


@pytest.mark.parametrize("name", ["index.html", "lab/index.html"])
def test_opened_as_a_file_it_says_what_to_do_instead(built, browser, name):
    tab = browser.new_page()
    tab.goto((built / name).as_uri())
    tab.get_by_text(pages.NO_SERVER).wait_for()
    assert tab.locator("body").inner_text().strip() == pages.NO_SERVER
    tab.close()


def test_nothing_lies_in_a_sites_folder_that_would_pass_for_somebodys(built):
    assert site.free_folder(built) == built


def test_the_front_page_leads_to_every_lesson(built):
    front = (built / "index.html").read_text(encoding="utf-8")
    lessons = sorted(path.name for path in (built / "files").glob("*.ipynb"))
    assert re.findall(r"path=([\w.]+)", front) == lessons
    assert len(lessons) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert "<title>Specialist support to customers</title>" in front
    assert "{{" not in front


def test_the_addresses_are_those_of_the_kernels_own_pyodide(monkeypatch):
    asked = []

    class Answer:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def read(self):
            return b'{"info": {"python": "3.14.2"}, "packages": {}}'

    monkeypatch.setattr(
        pyodide.urllib.request, "urlopen", lambda url, timeout: asked.append(url) or Answer()
    )
    found = on_the_web()
    assert asked == [f"{found.place}/{LOCK}"]
    assert site._kernel(found)["loadPyodideOptions"]["lockFileURL"] == f"./static/packages/{LOCK}"
    assert "pyodideUrl" not in site._kernel(found)
