"""Data sets on disk: the tables in one or more formats, a description, and a card for people.

CSV and Parquet are for machines, XLSX is for people. The description,
`datapackage.json`, follows the Data Package standard (Frictionless Data); the card,
`README.md`, says what each table and column holds.
"""

from __future__ import annotations

from retailkit.files.description import DESCRIPTION
from retailkit.files.reading import read_dataset
from retailkit.files.single import print_table, write_table
from retailkit.files.writing import FORMATS, write_dataset, write_plan

__all__ = [
    "DESCRIPTION",
    "FORMATS",
    "print_table",
    "read_dataset",
    "write_dataset",
    "write_plan",
    "write_table",
]
