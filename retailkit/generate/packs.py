"""Locale packs: the words of a place, taken once from Faker and kept beside this module.

`python -m retailkit.generate.packs` writes them anew. Faker is loaded for that
only; a shop is made from the packs alone, so a newer Faker changes no shop.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

LOCALES = {"ES": "es_ES", "generic": "en_GB"}
"""Each market's locale in Faker."""

STREETS = {
    "ES": {"Calle", "Avenida", "Plaza", "Paseo", "Ronda", "Camino", "Pasaje", "Rambla"},
    "generic": {"Street", "Road", "Lane", "Avenue", "Drive", "Court", "Grove", "Square", "Hill"},
}
"""The kinds of street that people would write; Faker's pools also hold a Tunnel and a Vial."""

FOLDER = Path(__file__).parent / "packs"


def compiled(market: str) -> dict[str, Any]:
    """The pack of a market as the installed Faker gives it."""
    import faker

    locale = LOCALES[market]
    people = import_module(f"faker.providers.person.{locale}").Provider
    places = import_module(f"faker.providers.address.{locale}").Provider
    # Spain puts the kind of street in front, Britain puts it behind
    kinds = places.street_prefixes if market == "ES" else places.street_suffixes
    return {
        "faker": faker.VERSION,
        "locale": locale,
        "female": _once(people.first_names_female),
        "male": _once(people.first_names_male),
        "family": _once(people.last_names),
        "street_kinds": [kind for kind in _once(kinds) if kind in STREETS[market]],
    }


def as_text(pack: dict[str, Any]) -> str:
    """A pack as the text of its file."""
    return json.dumps(pack, ensure_ascii=False, indent=0) + "\n"


def _once(words: Iterable[str]) -> list[str]:
    # Faker's pools hold some names twice; a set would lose their order
    return list(dict.fromkeys(words))


def main() -> None:
    """Write every market's pack anew."""
    from retailkit.keep import write_file

    for market in LOCALES:
        write_file(FOLDER / f"{market}.json", as_text(compiled(market)))


if __name__ == "__main__":
    main()
