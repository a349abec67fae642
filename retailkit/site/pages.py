"""The pages around the lessons: the one on which a visitor arrives, and what a file cannot do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from importlib import resources
from pathlib import Path

from retailkit.catalogue import language, later, say
from retailkit.keep import write_file

TITLE = later("Specialist support to customers")
WELCOME = later(
    "Choose a lesson. It runs in this browser: nothing is installed. The first start takes a "
    "while, since Python comes over the network."
)
YOURS = later(
    "What you write is kept by this browser on this computer alone. To keep it yourself or to "
    "hand it in, download the lesson: menu File, Download."
)
NO_SERVER = later(
    "This page was opened as a file, and a browser runs no course from files. Open it at its "
    "address on the web; to try it on this computer, run 'python -m http.server' in its folder and "
    "open http://localhost:8000."
)
NO_SCRIPT = later("This page needs JavaScript. Switch it on in the browser, and load it again.")

TO_THE_FRONT = (
    '<script>if (location.protocol === "file:") location.replace("../index.html")</script>'
)
"""In the page of JupyterLab: as a file it would stay empty for ever."""


def write_pages(site: Path, lessons: Iterable[Path]) -> None:
    """Write the front page, and lead there whoever opens JupyterLab's page as a file."""
    page = resources.files(__package__).joinpath("front.html").read_text(encoding="utf-8")
    words = {
        "language": language(),
        "title": escape(say(TITLE)),
        "welcome": escape(say(WELCOME)),
        "yours": escape(say(YOURS)),
        "no_script": escape(say(NO_SCRIPT)),
        "no_server": json.dumps(say(NO_SERVER)),
        "lessons": "\n".join(map(_line, lessons)),
    }
    write_file(site / "index.html", re.sub(r"\{\{(\w+)\}\}", lambda one: words[one[1]], page))
    lab = site / "lab" / "index.html"
    text = lab.read_text(encoding="utf-8")
    write_file(lab, text.replace("<head>", f"<head>{TO_THE_FRONT}", 1))


def _line(lesson: Path) -> str:
    return f'<li><a href="lab/index.html?path={lesson.name}">{escape(title_of(lesson))}</a></li>'


def title_of(lesson: Path) -> str:
    """The heading of a lesson."""
    cells = json.loads(lesson.read_bytes())["cells"]
    first = "".join(cells[0]["source"]).splitlines()[0]
    return first.lstrip("# ")
