"""What several commands read and show: a secret in a file, a bar that tells how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def secret_in(file: Path) -> str:
    """The secret that a file holds: one word.

    Raises ValueError.
    """
    try:
        secret = file.read_text(encoding="utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, ValueError):
        raise ValueError(
            f"'{file}' cannot be read as text. Write the secret, one word, into a text file."
        ) from None
    if not secret or any(letter.isspace() for letter in secret):
        what = "a blank in it" if secret.strip() else "nothing in it"
        raise ValueError(f"'{file}' has {what}. Write one word into it, as long as you like.")
    return secret


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar that shows which share is done; nothing where nobody is watching."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)
