"""The words and the towns of a market, read from the files beside this module."""

from __future__ import annotations

import functools
import json
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def pack_of(market: str) -> dict[str, Any]:
    """The words of a market: given names by gender, family names, kinds of street.

    >>> pack_of("ES")["locale"]
    'es_ES'
    """
    text = resources.files(__package__).joinpath("packs", f"{market}.json").read_text("utf-8")
    pack: dict[str, Any] = json.loads(text)
    return pack


@functools.cache
def towns_of(market: str) -> list[dict[str, Any]]:
    """The towns of a market, each with its region and its first and last postcode."""
    text = resources.files(__package__).joinpath("towns.toml").read_text("utf-8")
    towns: list[dict[str, Any]] = tomllib.loads(text)[market]
    return towns
