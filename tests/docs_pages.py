"""The pages of the documentation, and what on them can be run."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MADE = ("made", "reference")
FENCE = re.compile(r"^ *(`{3,})(\{?[\w-]+\}?)([^\n]*)\n(.*?)^ *\1$", re.MULTILINE | re.DOTALL)
FIRST_WORDS = r"^python3 -m uv run (--group \w+ )?"


@dataclass(frozen=True, kw_only=True)
class Block:
    """What stands between two fences: its language, its text, and a file's name if it has one."""

    language: str
    text: str
    file: str | None = None


def pages() -> list[Path]:
    """Every page that people wrote."""
    written = [page for page in DOCS.rglob("*.md") if page.relative_to(DOCS).parts[0] not in MADE]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(written)]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page, from the first to the last."""
    found = []
    for _, language, rest, inside in FENCE.findall(page.read_text(encoding="utf-8")):
        text = textwrap.dedent(inside)
        if language == "{code-block}":
            caption = re.match(r":caption: (.+)\n", text)
            file = caption[1] if caption else None
            content = re.sub(r"\A(:.*\n)+", "", text)
            found.append(Block(language=rest.strip(), text=content, file=file))
        elif not language.startswith("{"):
            found.append(Block(language=language, text=text))
    return found


def commands_in(block: Block) -> list[str]:
    """The commands of a block, each on one line, as one types them in this project's folder."""
    lines = block.text.replace("\\\n", " ").splitlines()
    without_notes = [re.sub(r"(^|\s+)#.*", "", line) for line in lines]
    typed = [part.strip() for line in without_notes for part in line.split("&&")]
    return [re.sub(FIRST_WORDS, "", line) for line in typed if line]
