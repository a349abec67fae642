"""What several commands read: a secret in a file."""

from __future__ import annotations

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
