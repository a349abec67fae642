"""Where a learner was last: the notebook that was in front when the course was left.

JupyterLab notes which pages are open as the learner goes, in the learner's own folder.
That note is read here; no times of files are compared, for a copied folder has new ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOTES = Path(".retailkit", "jupyter", "workspaces")
NOTEBOOK = "notebook:"


def last_notebook(folder: Path) -> str | None:
    """The name of the notebook that was last in front; None where there is none to go back to.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as empty:
    ...     print(last_notebook(Path(empty)))
    None
    """
    for note in sorted((folder / NOTES).glob("*.jupyterlab-workspace")):
        for name in _in_front(_read(note)):
            if _is_there(folder, name):
                return name
    return None


def _read(note: Path) -> Any:
    try:
        return json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None  # damaged, or half written: then there is nothing to go back to


def _in_front(note: Any) -> list[str]:
    """The notebooks of a note: first the one in front, then those in other tabs."""
    try:
        area = note["data"]["layout-restorer:data"]["main"]
        pages = [area.get("current"), *_tabs(area.get("dock"))]
    except (KeyError, TypeError, AttributeError, RecursionError):
        return []
    names = [page for page in pages if isinstance(page, str) and page.startswith(NOTEBOOK)]
    return [name.removeprefix(NOTEBOOK) for name in names]


def _tabs(area: Any) -> list[Any]:
    """The pages of an area, which may be split into further areas."""
    if not isinstance(area, dict):
        return []
    tabs = list(area.get("widgets") or [])
    return tabs + [tab for child in area.get("children") or [] for tab in _tabs(child)]


def _is_there(folder: Path, name: str) -> bool:
    """Whether the name is that of a notebook in the learner's folder, and not outside it."""
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve())
        return inside and path.suffix == ".ipynb" and path.is_file()
    except (OSError, ValueError):
        return False
