"""What several commands read: a secret in a file."""

from __future__ import annotations

from pathlib import Path

from retailkit.catalogue import say


def secret_in(file: Path) -> str:
    """The secret that a file holds: one word.

    Raises ValueError.
    """
    try:
        secret = file.read_text(encoding="utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, ValueError):
        raise ValueError(
            say(
                "'{file}' cannot be read as text. Write the secret, one word, into a text file.",
                file=file,
            )
        ) from None
    if not secret or any(letter.isspace() for letter in secret):
        raise ValueError(
            say(
                "'{file}' has a blank in it. Write one word into it, as long as you like."
                if secret.strip()
                else "'{file}' has nothing in it. Write one word into it, as long as you like.",
                file=file,
            )
        )
    return secret
