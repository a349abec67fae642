"""The house: floors, quick imports, exact public names, and the measures of the code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import retailkit

PACKAGE = Path(retailkit.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = [
    "catalogue",
    "words",
    "text",
    "disk",
    "shown",
    "calm",
    "browser",
    "progress_bar",
    "records",
    "columns",
    "shares",
    "keep",
    "journal",
    "markets",
    "customers",
    "orders",
    "services",
    "narratives",
    "claims",
    "procedure",
    "shop",
    "upkeep",
    "triage",
    "case_file",
    "tracking",
    "stages",
    "ways",
    "reading",
    "desk",
    "letters",
    "principles",
    "insight",
    "aftersales",
    "generate",
    "files",
    "imports",
    "crm",
    "vocabularies",
    "figures",
    "audit_page",
    "owner_report",
    "forms",
    "course",
    "handout",
    "resume",
    "ports",
    "lab",
    "needs",
    "doctor",
    "lab_command",
    "marking",
    "hub",
    "teaching",
    "proof",
    "site",
    "site_command",
    "command_line",
    "build_command",
    "check_command",
    "import_command",
    "class_commands",
    "crm_command",
    "cli",
]
"""From the ground up. A module imports from its own floor and from those below it only."""

HEAVY = ["numpy", "pandas", "matplotlib", "ipywidgets", "faker", "sqlalchemy"]


def floor_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(file: Path) -> set[str]:
    """The floors of the kit that a file imports from."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if names == ["retailkit"]:
            names = [f"retailkit.{alias.name}" for alias in node.names]
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("retailkit.")}
    return found & set(FLOORS)


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if f.parent != PACKAGE or f.name[0] != "_"],
    ids=lambda f: str(f.relative_to(PACKAGE)),
)
def test_a_module_imports_from_floors_below_only(file):
    mine = FLOORS.index(floor_of(file))
    too_high = [name for name in imports_of(file) if FLOORS.index(name) > mine]
    assert not too_high, f"{file.name} uses {too_high}: move it down or the caller up"


def test_importing_the_kit_loads_nothing_heavy():
    code = f"import sys, retailkit; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_names_are_sorted_and_all_there():
    names = retailkit.__all__
    assert (
        sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name)) == names
    )
    for name in names:
        assert getattr(retailkit, name) is not None


def test_every_public_name_explains_itself():
    for name in retailkit.__all__:
        assert name.isupper() or getattr(retailkit, name).__doc__


def test_a_wrong_name_is_told_the_likely_one():
    with pytest.raises(
        AttributeError, match="retailkit has no name 'tirage'. Did you mean 'triage'?"
    ):
        _ = retailkit.tirage


def test_the_verb_triage_stays_a_verb():
    import retailkit.triage.from_records

    assert callable(retailkit.triage)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_a_file_is_read_in_one_sitting(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_a_function_fits_in_a_glance(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, f"{node.name} is too long"


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "import *"])
def test_nothing_is_left_half_done(word):
    assert not [file.name for file in FILES if word in file.read_text(encoding="utf-8")]
