"""The kit as others install it: from the wheel alone, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import urllib.request
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from page_server import lab_of_ours

import retailkit
from retailkit.site.wheels import OF_THE_KIT

ROOT = Path(__file__).parent.parent
UV = os.environ.get("UV") or shutil.which("uv")
CARRIED = {
    "retailkit/notebooks/00_welcome.ipynb",
    "retailkit/generate/packs/es_ES.json",
    "retailkit/fonts/NotoSansDesk-Regular.ttf",
    "retailkit/fonts/OFL.txt",
    "retailkit/settings/overrides.json",
    "retailkit/catalogue/es.po",
    "retailkit/markets/ES.toml",
    "retailkit/forms/aid.js",
    "retailkit/site/front.html",
    "retailkit/house.mplstyle",
    "retailkit/py.typed",
}
"""One of each kind of file that the kit reads when it runs."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that the checkout gives."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def names_in(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_every_kind_of_file_that_the_kit_reads(wheel):
    assert names_in(wheel) >= CARRIED


def test_the_browser_is_given_every_kind_of_file_that_the_wheel_carries(wheel):
    names = [Path(name) for name in names_in(wheel) if name.startswith("retailkit/")]
    carried = {name.suffix for name in names if "notebooks" not in name.parts}
    assert carried == OF_THE_KIT


def test_the_source_package_gives_the_same_wheel(wheel, tmp_path):
    (packed,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    (built,) = WheelBuilder(str(folder)).build(directory=str(tmp_path), versions=["standard"])
    assert names_in(built) == names_in(wheel)


def uv(*words):
    """Run uv; it may not fetch a Python that this machine does not have."""
    if UV is None:
        message = "uv was not found, so no environment could be made."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    command = [UV, *map(str, words), "--no-config", "--no-python-downloads"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_wheel_alone_is_enough(wheel, version, tmp_path):
    env = tmp_path / "env"
    made = uv("venv", "--python", version, env)
    if made.returncode:
        pytest.skip(f"This machine has no Python {version}.")
    python = next(path for path in env.glob("*/python*") if path.stem == "python")
    pinned = ("-c", ROOT / "constraints.txt")
    installed = uv("pip", "install", "--python", python, *pinned, wheel)
    assert installed.returncode == 0, installed.stderr

    def run(*words):
        command = [python, "-P", *map(str, words)]
        done = subprocess.run(
            command, cwd=tmp_path, env=alone(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{words}: {done.stdout} {done.stderr}"
        return done.stdout.strip()

    where = "import retailkit as rk; print(rk.__version__, rk.make_shop.__code__.co_filename)"
    said, file = run("-c", where).split(maxsplit=1)
    assert said == retailkit.__version__
    assert Path(file).is_relative_to(env)
    assert "The course can start" in run("-m", "retailkit", "doctor", "--folder", "lessons")
    shop = ("--customers", 60, "--market", "ES", "--format", "csv,xlsx,sqlite")
    assert "60 customers" in run("-m", "retailkit", "generate", "shop", *shop)
    (tmp_path / "roster.csv").write_text("name\nAna Ruiz\n", encoding="utf-8")
    assert "Made 1 pack" in run(
        "-m", "retailkit", "classroom", "roster.csv", "class", "--no-answers"
    )
    with lab_of_ours(tmp_path / "course", str(python)) as address:
        assert urllib.request.urlopen(address).status == 200


def alone():
    """The environment of whoever has the wheel and nothing of this checkout."""
    ours = ("PYTHON", "RETAILKIT", "VIRTUAL_ENV", "UV", "JUPYTER", "IPYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
