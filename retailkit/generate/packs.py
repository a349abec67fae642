"""Locale packs: the words of a place, taken once from Faker and kept beside this module.

`python -m retailkit.generate.packs` writes `packs/<locale>.json` anew. Faker is loaded
for that only; a shop is made from the packs alone, so a newer Faker changes no shop.
How common the names are (`packs/<locale>.toml`) and what differs from one market to the
next (`packs/<market>.toml`) is written by hand, with source, day and confidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

LOCALES = ("en_GB", "en_IN", "es_ES")
"""The locales of Faker that the markets take their words from."""

FOLDER = Path(__file__).parent / "packs"


def compiled(locale: str) -> dict[str, Any]:
    """The pack of a locale as the installed Faker gives it."""
    import faker

    people = import_module(f"faker.providers.person.{locale}").Provider
    return {
        "faker": faker.VERSION,
        "locale": locale,
        "female": _once(people.first_names_female),
        "male": _once(people.first_names_male),
        "family": _once(people.last_names),
    }


def as_text(pack: dict[str, Any]) -> str:
    """A pack as the text of its file."""
    return json.dumps(pack, ensure_ascii=False, indent=0) + "\n"


def _once(words: Iterable[str]) -> list[str]:
    # Faker's pools hold some names twice, or with a line break; a set would lose their order
    return list(dict.fromkeys(" ".join(word.split()) for word in words))


def main() -> None:
    """Write every locale's pack anew."""
    from retailkit.keep import write_file

    for locale in LOCALES:
        write_file(FOLDER / f"{locale}.json", as_text(compiled(locale)))


if __name__ == "__main__":
    main()
