"""The documentation: all that it shows runs, what it points to is there, and pages are short."""

from __future__ import annotations

import contextlib
import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import typer
from docs_pages import DOCS, ROOT, blocks_of, commands_in, name_of, pages
from typer.testing import CliRunner

from retailkit import handout, lab
from retailkit.cli import app

RUNS_NOTEBOOKS = {"README.md", "docs/teachers/class.md", "docs/teachers/own-notebooks.md"}
"""Pages that run and mark notebooks, which takes its time."""
WITH_FILES_OF_THE_KIT = "docs/teachers/add-a-market.md"
WITH_A_SERVER = "docs/teachers/class-database.md"
IN_CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
OF_THE_PROJECT = {
    ".ci/run": "CI",
    "python .ci/messages": "test_a_language_comes_in_as_its_page_says",
    "python -m sphinx -W docs build/docs": "test_the_site_is_built_without_a_warning",
}
"""Commands that are no command of the kit's and not in `.ci/run`, with who runs them."""
BROUGHT = {"classroom": "name\nAna Ruiz\n", "import": "given_name\nAna\n"}
"""What stands in a file that a command is given, where the page does not show it."""
LONG = {"README.md", "docs/teachers/guide.md", "docs/benchmarks.md"}
"""The first goes through everything, the second lesson by lesson, the third holds tables."""
WORDS_ON_A_PAGE = 700
COURSE = typer.main.get_command(app)

runnable = [
    pytest.param(
        page, id=name_of(page), marks=[pytest.mark.slow] * (name_of(page) in RUNS_NOTEBOOKS)
    )
    for page in pages()
    if name_of(page) not in (WITH_FILES_OF_THE_KIT, WITH_A_SERVER) and blocks_of(page)
]


@pytest.fixture
def desk(tmp_path, monkeypatch, nobody_there):
    """A folder that is the home as well, in which a page's blocks run from first to last."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("RETAILKIT_LANG", "en")  # a page may choose another one
    monkeypatch.setattr(lab, "running", opened)  # tests of its own open the course
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextlib.contextmanager
def opened(folder, codename=None, port=None, browser=True):
    """A course that somebody closes at once."""
    lab.codename_for(folder, codename)

    class Closed:
        opens, address = lab.FIRST_LESSON, "http://127.0.0.1"

        def wait(self):
            raise KeyboardInterrupt

    yield Closed()


@pytest.mark.parametrize("page", runnable)
def test_every_block_of_a_page_runs(page, desk):
    run(page, desk)


def run(page, folder):
    """Run the blocks of a page in a folder; files that it shows are written there."""
    names = {"__name__": "__main__"}
    for block in blocks_of(page):
        if block.file:
            place = folder / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            exec(compile(block.text, page.name, "exec"), names)  # noqa: S102 - what it shows
        elif block.language == "pycon":
            test = doctest.DocTestParser().get_doctest(block.text, names, page.stem, page, 0)
            said = []
            doctest.DocTestRunner().run(test, out=said.append, clear_globs=False)
            assert not said, "".join(said)
            names |= test.globs
        elif block.language == "sh":
            for command in commands_in(block):
                typed(command, folder)


def typed(command, folder):
    """Run a command of the kit as it is typed; of others say that somebody else runs it."""
    if command in OF_THE_PROJECT or command in IN_CI:
        return
    first, *words = shlex.split(command)
    assert first == "retailkit", f"nobody runs: {command}"
    prepare(words, folder)
    done = CliRunner().invoke(app, words)
    assert done.exit_code in (0, 130), f"{command}: {done.output} {done.exception}"


def prepare(words, folder):
    """What people have done before a command, where a page need not show it."""
    if words[0] == "handin":
        lessons = folder / (words[-1] if "--folder" in words else "retailkit-lessons")
        pack = next(folder.glob("class-4b/students/*.zip"))
        zipfile.ZipFile(pack).extractall(folder / "unpacked")
        shutil.copytree(folder / "unpacked" / "lessons", lessons, dirs_exist_ok=True)
        solved = ROOT / "notebooks" / "solved" / lab.FIRST_LESSON
        (lessons / lab.FIRST_LESSON).write_bytes(handout.unrun(solved.read_bytes()))
    elif words[0] == "grade":
        (folder / words[1]).mkdir()
        for work in folder.glob("*/**/*.zip"):
            if "students" not in work.parts:
                shutil.move(work, folder / words[1])
    elif words[:2] == ["lessons", "check"]:
        for lesson in (ROOT / "notebooks").glob("*.ipynb"):  # they link to each other
            shutil.copy(lesson, folder)
        shutil.copy(folder / lab.FIRST_LESSON, folder / words[2])
    elif words[0] in BROUGHT and not Path(words[1]).exists():
        Path(words[1]).write_text(BROUGHT[words[0]], encoding="utf-8")


def test_a_market_comes_in_with_the_files_that_its_page_shows(tmp_path):
    shutil.copytree(ROOT / "retailkit", tmp_path / "retailkit")
    code = (
        "import sys; from pathlib import Path; from test_docs import run; "
        "run(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, ROOT / WITH_FILES_OF_THE_KIT, tmp_path]
    places = {"PYTHONPATH": f"{tmp_path}:{ROOT / 'tests'}"}
    subprocess.run(command, cwd=tmp_path, env=places, check=True)


@pytest.mark.slow
def test_a_class_shares_a_database_as_its_page_says(desk, server):
    by_whoever_runs_it, *_ = (block for block in blocks_of(ROOT / WITH_A_SERVER))
    server.tell(*by_whoever_runs_it.text.splitlines())
    page = desk / "page.md"
    text = (ROOT / WITH_A_SERVER).read_text(encoding="utf-8")
    here = server.address("shop", "teacher", "a%20password%20of%20yours")
    page.write_text(text.replace("postgresql+psycopg://teacher@class.example.org/shop", here))
    roster = desk / "class-4b" / "teacher" / "roster.csv"
    roster.parent.mkdir(parents=True)
    roster.write_text("name,code name\nAna Ruiz,blue-fox\n")
    try:
        run(page, desk)
        assert {"blue-fox", "red-owl"} <= server.logins()
    finally:
        server.forget("shop", "teacher", "blue-fox", "red-owl")


@pytest.mark.slow
def test_a_language_comes_in_as_its_page_says(tmp_path):
    for name in ("retailkit", "tests", ".ci"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    catalogue = tmp_path / "retailkit" / "catalogue"
    before = (catalogue / "es.po").read_bytes()
    code = (catalogue / "__init__.py").read_text(encoding="utf-8")
    listed = code.replace('LANGUAGES = (ENGLISH, "es")', 'LANGUAGES = (ENGLISH, "es", "fr")')
    assert listed != code
    (catalogue / "__init__.py").write_text(listed, encoding="utf-8")
    command = [sys.executable, tmp_path / ".ci" / "messages"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    count = done.stdout.split()[-7]
    assert f"fr: {count} messages; {count} have no translation yet." in done.stdout
    assert (catalogue / "es.po").read_bytes() == before


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_command_that_a_sentence_names_is_there_with_its_options(page):
    text = page.read_text(encoding="utf-8")
    commands = {one.split(" ")[0] for one in re.findall(r"`retailkit ([^`]+)`", text)}
    assert commands <= set(COURSE.commands)
    options = {
        option
        for command in [*COURSE.commands.values(), *COURSE.commands["lessons"].commands.values()]
        for parameter in getattr(command, "params", [])
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for words in re.findall(r"`retailkit ([^`]+)`", text):
        assert set(re.findall(r"--[\w-]+", words)) <= options | {"--help"}


@pytest.mark.parametrize("page", [p for p in pages() if name_of(p) not in LONG], ids=name_of)
def test_a_page_fits_in_three_screens(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.split()) <= WORDS_ON_A_PAGE
    assert len(text.splitlines()) <= 130


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", DOCS, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    built = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    assert {"index.html", "reference/tables/claims.html", "reference/commands/lab.html"} <= built
    house = next(tmp_path.rglob("house.svg")).read_text(encoding="utf-8")
    from test_house import FLOORS

    assert re.findall(r'text-anchor="end" [^>]+>(\w+)<', house) == FLOORS


def test_the_settings_for_a_hubs_kernels_are_those_of_the_kits_own():
    (settings,) = (
        block.text
        for block in blocks_of(DOCS / "teachers" / "jupyterhub.md")
        if block.file == "ipython_kernel_config.json"
    )
    assert json.loads(settings) == lab.FOR_THE_KERNEL


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_what_a_page_points_to_in_the_project_is_there(page):
    for target in re.findall(r"\]\(([^):]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        if "reference/" in name:  # made when the site is built, which checks these
            continue
        assert (page.parent / name).exists(), target
        assert not heading or heading in headings_of(page.parent / name), target


def headings_of(page):
    """The headings of a page as an address names them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
