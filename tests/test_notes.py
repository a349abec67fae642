"""Every column of every table says what it holds."""

import dataclasses

import pytest

from retailkit.records import kinds, notes
from retailkit.shop import RECORDS


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.__name__)
def test_every_column_has_its_question_or_a_note(record):
    said = notes(record)
    assert list(said) == list(kinds(record))
    assert all(note[0].isupper() and note[-1] in ".?" for note in said.values())


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.__name__)
def test_no_column_has_both(record):
    for field in dataclasses.fields(record):
        assert ("question" in field.metadata) != ("note" in field.metadata)


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.__name__)
def test_no_two_columns_of_a_table_say_the_same(record):
    said = list(notes(record).values())
    assert len(set(said)) == len(said)
