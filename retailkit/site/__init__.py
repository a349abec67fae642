"""The course as a site: static files, with which it runs in a browser and nothing is installed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from retailkit.catalogue import language, later, say
from retailkit.course.checks import SOLUTIONS_ARE, solutions_are_kept_back
from retailkit.handout import lessons_to_hand_out, unrun
from retailkit.journal import FOLDER_IS
from retailkit.keep import whole_folder
from retailkit.site.pages import write_pages
from retailkit.site.pyodide import CORE, LOCK, START, Pyodide, in_a_folder, on_the_web
from retailkit.site.shelf import Shelf
from retailkit.words import count_of, listing

__all__ = ["build_site"]

EXTENSIONS = (
    "@jupyterlite/pyodide-kernel-extension",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
)
"""Of the page's extensions only what the lessons need: many others need a server of their own."""

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
PACKAGES = "static/packages"
BUILT_WITH = "'jupyterlite-core>=0.8.6,<0.9' 'jupyterlite-pyodide-kernel>=0.8.6,<0.9'"
"""As the extra `site` says."""

MOST_NAMED = 5

OF_A_SITE = {
    *("api", "build", "doc", "extensions", "files", "lab", "static"),
    *("index.html", "jupyter-lite.ipynb", "jupyter-lite.json", "jupyterlite.schema.v0.json"),
    *("bootstrap.js", "config-utils.js", "service-worker.js", "package.json", "overrides.json"),
    *("rspack.config.js", "rspack.config.analyze.js", "rspack.config.watch.js"),
    *("manifest.webmanifest", "icon-120x120.png", "icon-512x512.png"),
}
"""All that lies in a site's folder itself; what else lies there is somebody's."""

DRIVE = "/drive"
"""Where Python in the browser finds the lessons."""

WITH_ALL = later(
    "Serve it over https, as a school's web space or GitHub Pages does. "
    "When a browser opens it, Python (Pyodide {version}) comes from {address}."
)
OFFLINE = later("Serve it as it is; it asks nothing of any other place.")
LACKING = later(
    "This Pyodide lacks {packages}; what needs them will say so. A Pyodide with all its packages "
    "has them."
)


def build_site(folder: str | Path, pyodide: str | Path | None = None) -> list[str]:
    """Build the course as a site, the whole folder or nothing; what there is to know, in sentences.

    The lessons come in the language in which the kit speaks. `pyodide` is a folder with
    Pyodide, for a site that asks nothing of the world; without it the site's visitors get
    Pyodide from its own address. An older site in the folder is replaced. Raises ValueError
    where the folder holds anything else or is the kit's own, where `pyodide` holds no Pyodide,
    or JupyterLite fails; OSError where something that is needed cannot be had, or nothing can
    be written.
    """
    need_extra()
    folder = free_folder(Path(folder).expanduser().absolute())
    found = in_a_folder(Path(pyodide).expanduser()) if pyodide else on_the_web()
    extensions = _extensions()
    with whole_folder(folder) as draft, tempfile.TemporaryDirectory() as place:
        _build_pages(draft, Path(place), found, extensions)
        (draft / PACKAGES).mkdir(parents=True)
        shelf = Shelf(found, draft / PACKAGES)
        shelf.fill()
        if isinstance(found.place, Path):
            for name in CORE:
                (draft / PACKAGES / name).write_bytes((found.place / name).read_bytes())
    return _said(folder, found, shelf)


def need_extra() -> None:
    """Raises OSError where what builds sites is not installed."""
    for package in ("jupyterlite_core", "jupyterlite_pyodide_kernel"):
        if find_spec(package) is None:
            raise OSError(
                say(
                    "{package} is missing, which builds sites. "
                    "Install what it needs: python -m pip install {packages}",
                    package=package,
                    packages=BUILT_WITH,
                )
            )


def free_folder(folder: Path) -> Path:
    """A folder that a site may be written into.

    Raises ValueError where it is the kit's own, or holds anything but a site of ours.
    """
    package = Path(__file__).parents[1]
    checkout = package.parent
    own = checkout if (checkout / "pyproject.toml").exists() else package
    if folder.resolve().is_relative_to(own):
        raise ValueError(
            say("'{folder}' lies within the kit itself. Choose a folder outside.", folder=folder)
        )
    if not folder.exists():
        return folder
    if not folder.is_dir():
        raise ValueError(say("'{folder}' is a file. Choose a folder.", folder=folder))
    there = {path.name for path in folder.iterdir()}
    if not (folder / PACKAGES / LOCK).exists() and there:
        raise ValueError(
            say(
                "'{folder}' holds something else than a site of the course. "
                "Choose an empty folder, or a name that is free.",
                folder=folder,
            )
        )
    if others := sorted(there - OF_A_SITE):
        raise ValueError(
            say(
                "'{folder}' also holds {others}. Choose a folder for the site alone.",
                folder=folder,
                others=listing(others[:MOST_NAMED]),
            )
        )
    return folder


def _build_pages(draft: Path, place: Path, pyodide: Pyodide, extensions: list[Path]) -> None:
    """JupyterLab with the lessons, and the pages around it."""
    (place / "files").mkdir()
    lessons = lessons_to_hand_out()
    for lesson in lessons:
        (place / "files" / lesson.name).write_bytes(unrun(lesson.read_bytes()))
    settings = Path(__file__).parents[1] / "settings" / "overrides.json"
    (place / "overrides.json").write_bytes(settings.read_bytes())
    config = {"jupyter-config-data": {"litePluginSettings": {KERNEL: _kernel(pyodide)}}}
    (place / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0} | config)
    )
    build = {
        "apps": ["lab"],
        "contents": ["files"],
        "federated_extensions": [str(path) for path in extensions],
        "ignore_sys_prefix": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(draft),
    }
    (place / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": build}))
    command = [sys.executable, "-m", "jupyterlite_core.app", "build"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        if lines := done.stderr.strip().splitlines():
            failed = later("JupyterLite could not build the site: {reason}")
            raise ValueError(say(failed, reason=lines[-1].strip()))
        failed = later(
            "JupyterLite could not build the site. It ended with code {code}, without a word."
        )
        raise ValueError(say(failed, code=done.returncode))
    write_pages(draft, lessons)


def _kernel(pyodide: Pyodide) -> dict[str, object]:
    """What the kernel of the page is told."""
    own = {"pyodideUrl": f"./{PACKAGES}/{START}"} if isinstance(pyodide.place, Path) else {}
    env = {"RETAILKIT_LANG": language(), FOLDER_IS: DRIVE}
    if solutions_are_kept_back():
        env[SOLUTIONS_ARE] = "off"
    return {
        **own,
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": f"./{PACKAGES}/{LOCK}", "env": env},
    }


def _extensions() -> list[Path]:
    """Where the extensions of the page lie.

    Raises OSError where one is missing.
    """
    from jupyter_core.paths import jupyter_path

    found = []
    for name in EXTENSIONS:
        places = [Path(top, name) for top in jupyter_path("labextensions")]
        place = next(filter(Path.exists, places), None)
        if place is None:
            said = later("{name} is missing or damaged. 'retailkit doctor' says what to do.")
            raise OSError(say(said, name=name))
        found.append(place)
    return found


def _said(folder: Path, pyodide: Pyodide, shelf: Shelf) -> list[str]:
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    files = [file for file in folder.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    said = say(
        "The site lies in {folder}: {lessons}, {size} MB.",
        folder=folder,
        lessons=count_of(len(lessons_to_hand_out()), "lesson"),
        size=f"{size:.0f}",
    )
    where = OFFLINE if isinstance(pyodide.place, Path) else WITH_ALL
    lacking = [say(LACKING, packages=listing(sorted(shelf.lacking)))] if shelf.lacking else []
    return [said, say(where, address=pyodide.place, version=PYODIDE_VERSION), *lacking]
