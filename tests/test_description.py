"""The description holds to its standard, and the card says what people need to know."""

import hashlib
import json
import re

import jsonschema
import pytest

import retailkit as rk
from retailkit.files import DESCRIPTION, FORMATS
from retailkit.files.card import CARD
from retailkit.files.tally import compared, tally
from retailkit.records import kinds, notes
from retailkit.shop import RECORDS

TEXT = {"type": "string", "minLength": 1}
KEYS = {"oneOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}

FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "properties": {
        "name": TEXT,
        "type": {"enum": ["string", "number", "integer", "boolean", "date", "datetime"]},
        "format": TEXT,
        "title": TEXT,
        "description": TEXT,
        "constraints": {
            "type": "object",
            "properties": {
                "required": {"type": "boolean"},
                "unique": {"type": "boolean"},
                "enum": {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}

SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {"type": "array", "items": FIELD, "minItems": 1},
        "primaryKey": KEYS,
        "foreignKeys": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {
                    "fields": KEYS,
                    "reference": {
                        "type": "object",
                        "required": ["resource", "fields"],
                        "properties": {"resource": {"type": "string"}, "fields": KEYS},
                    },
                },
            },
        },
        "missingValues": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}

RESOURCE = {
    "type": "object",
    "required": ["name", "path", "schema"],
    "properties": {
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "path": {"type": "string", "pattern": r"^(?=^[^./~])(?!.*\.\.)[^\\]+$"},
        "profile": {"const": "tabular-data-resource"},
        "format": TEXT,
        "mediatype": {"type": "string", "pattern": "^.+/.+$"},
        "encoding": {"const": "utf-8"},
        "bytes": {"type": "integer", "minimum": 0},
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "dialect": {"type": "object"},
        "schema": SCHEMA,
    },
}

PACKAGE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["resources", "profile", "name"],
    "properties": {
        "profile": {"enum": ["tabular-data-package", "data-package"]},
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "title": TEXT,
        "description": TEXT,
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {"type": "array", "items": RESOURCE, "minItems": 1},
    },
}
"""What the Data Package and Table Schema standards, version 1, ask of the parts that we use."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    shop = rk.make_shop(seed=7, customers=300, market="ES")
    return rk.write_dataset(shop, tmp_path_factory.mktemp("set") / "shop", FORMATS)


@pytest.fixture(scope="module")
def said(folder):
    return json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))


def test_the_description_holds_to_the_standard(said):
    jsonschema.Draft202012Validator(PACKAGE).validate(said)


def test_every_resource_has_a_name_of_its_own(said):
    names = [part["name"] for part in said["resources"]]
    assert len(set(names)) == len(names) == len(RECORDS) * len(FORMATS)


def test_bytes_and_hashes_are_those_of_the_files(said, folder):
    for part in said["resources"]:
        data = (folder / part["path"]).read_bytes()
        assert part["bytes"] == len(data)
        assert part["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_every_column_is_described(said):
    for part in said["resources"][: len(RECORDS)]:
        described = {one["name"]: one["description"] for one in part["schema"]["fields"]}
        assert described == notes(RECORDS[part["name"]])


def test_a_reference_points_to_the_key_of_a_table(said):
    keys = {part["name"]: part["schema"]["primaryKey"] for part in said["resources"]}
    for part in said["resources"]:
        for one in part["schema"].get("foreignKeys", []):
            assert keys[one["reference"]["resource"]] == one["reference"]["fields"]
            assert one["fields"] in kinds(RECORDS[part["name"].split(".")[0]])


def test_a_word_must_be_from_its_list(said):
    claims = next(part for part in said["resources"] if part["name"] == "claims")
    reason = next(one for one in claims["schema"]["fields"] if one["name"] == "reason")
    assert "defective" in reason["constraints"]["enum"]


def test_csv_alone_is_a_tabular_package(tmp_path):
    shop = rk.make_shop(seed=7, customers=5)
    for format_, profile in (("csv", "tabular-data-package"), ("xlsx", "data-package")):
        folder = rk.write_dataset(shop, tmp_path / format_, format_)
        said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        assert said["profile"] == profile
        jsonschema.Draft202012Validator(PACKAGE).validate(said)


def test_what_is_written_fits_its_own_description(said, folder):
    """Every value of the CSV files, read as plain text, is of the type that is promised."""
    import pandas as pd

    forms = {
        "integer": r"-?\d+",
        "number": r"-?\d+\.\d\d",
        "boolean": "true|false",
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    }
    for part in said["resources"][: len(RECORDS)]:
        table = pd.read_csv(folder / part["path"], dtype=str, keep_default_na=False, na_values=[""])
        assert len(table) == part["rows"]
        for one in part["schema"]["fields"]:
            values, limits = table[one["name"]].dropna(), one.get("constraints", {})
            if one["type"] in forms:
                assert values.str.fullmatch(forms[one["type"]]).all(), one["name"]
            assert set(values) <= set(limits.get("enum", values))
            assert not limits.get("unique") or (values.is_unique and len(values) == len(table))


# ---- the card ----


@pytest.fixture(scope="module")
def card(folder):
    return (folder / CARD).read_text(encoding="utf-8")


def test_the_card_names_every_table_and_says_what_each_column_holds(card):
    for name, record in RECORDS.items():
        assert f"\n### {name}\n" in card
        for column, note in notes(record).items():
            assert re.search(rf"^\| {column} \| [^|]+ \| {re.escape(note)} \|$", card, re.MULTILINE)


def test_the_card_explains_every_word(card):
    assert "- defective: It does not work as it should." in card


def test_the_card_says_that_nobody_in_it_exists(card):
    assert "Nobody in it exists" in card
    assert "MIT" in card


def test_the_tables_of_the_card_have_as_many_cells_in_every_row(card):
    for block in re.findall(r"(?:^\|.*\n)+", card, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_every_figure_has_its_source(card):
    rows = list(compared(tally({})))
    assert len(rows) == 11
    assert all(row["source"][-1] == ")" and row["here"] == "none yet" for row in rows)
    assert all(row["what"] in card for row in rows)


def arrow(shop):
    from retailkit.files.columns import frame_as_written

    return {name: frame_as_written(shop.tables[name], RECORDS[name]) for name in RECORDS}


def test_the_figures_are_those_of_the_tables():
    shop = rk.make_shop(seed=7, customers=300, market="ES")
    counts = tally(arrow(shop))
    ended = shop.claim_steps.dropna(subset=["outcome"])
    closed = shop.claim_steps[shop.claim_steps["step"] == "closed"].merge(
        shop.claims, on="claim_id"
    )
    days = (closed["at"].dt.normalize() - closed["received_at"].dt.normalize()).dt.days
    assert counts["decided"] == len(ended)
    assert counts["unfounded"] == (ended["outcome"] == "unfounded").sum()
    assert counts["guests"] == shop.orders["customer_id"].isna().sum()
    assert {key[1]: n for key, n in counts.items() if key[0] == "days"} == dict(days.value_counts())


def test_late_is_after_the_promised_day_and_costs_marks():
    from small_shop import ORDER, delivered, small_shop

    from retailkit.customers import Survey
    from retailkit.records import table

    late = {**vars(ORDER), "order_id": "O-2"}
    shop = small_shop(
        orders=[ORDER, type(ORDER)(**late)],
        events=[
            delivered(),
            type(delivered())(**{**vars(delivered(at="2026-03-06T09:00")), "order_id": "O-2"}),
        ],
    )
    marks = [("O-1", 5), ("O-2", 2)]
    surveys = [
        Survey(survey_id=order, about="purchase", about_id=order, overall=mark)
        for order, mark in marks
    ]
    tables = arrow(shop) | {"surveys": arrow_of(table(surveys, Survey))}
    here = {row["what"]: row["here"] for row in compared(tally(tables))}
    assert here["Deliveries that came after the promised day"] == "50.0 %"
    assert here["What a late delivery costs in the mark for the purchase altogether"] == "3.00"


def arrow_of(frame):
    from retailkit.customers import Survey
    from retailkit.files.columns import frame_as_written

    return frame_as_written(frame, Survey)


def test_figures_of_blocks_add_up():
    shop = rk.make_shop(seed=7, customers=50)
    once = tally(arrow(shop))
    assert once["orders"] == len(shop.orders)
    assert (once + once)["orders"] == 2 * len(shop.orders)
    assert list(compared(once + once)) == list(compared(once))
