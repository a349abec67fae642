"""Roles: what a role does not see, it does not see by any path."""

import itertools
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from stores import STORES, on_server
from sweeps import one_in

import retailkit as rk
from retailkit.crm import NotAllowed
from retailkit.crm.roles import rights_of
from retailkit.crm.schema import LOOK_UP_KEYS, METADATA, TABLES
from retailkit.files.columns import foreign_keys, key_of
from retailkit.procedure import Procedure
from retailkit.records import kinds, table
from retailkit.services import Service
from retailkit.shop import RECORDS
from retailkit.words import Word

OTHERS = [role for role in rk.Role if role != "responsible_person"]
CLOSED = [
    (role, name, field)
    for role, (name, record) in itertools.product(OTHERS, RECORDS.items())
    for field in kinds(record)
    if field not in rights_of(role).sees.get(name, ())
]
TABLES_WITH_CLOSED_FIELDS = sorted({(role, name) for role, name, _ in CLOSED})
PLAIN = {bool: True, int: 4, float: 12.5}
MARCH = datetime.fromisoformat("2026-03-01")
AGREED = {("consents", "purpose"): "marketing", ("consents", "state"): "given"}
"""Who has not agreed is closed to marketing as a whole; here only fields are the question."""


def value_of(name, field, record):
    """A value that tells from which field of which table it is."""
    kind = kinds(record)[field]
    if field in foreign_keys(record):
        return f"{foreign_keys(record)[field]}-1"
    if field == key_of(record):
        return f"{name}-1"
    if issubclass(kind, Word):
        return AGREED.get((name, field), max(kind, key=len))
    if field == "phone":
        return "+34 600 000 777"
    if kind in PLAIN:
        return PLAIN[kind]
    return f"canary {name} {field}" if kind is str else "2026-02-28"


def closed_to(role, name):
    return [field for who, table, field in CLOSED if (who, table) == (role, name)]


def one_of(name):
    record = RECORDS[name]
    return record(**{field: value_of(name, field, record) for field in kinds(record)})


@pytest.fixture(scope="module", params=STORES)
def full(request, new_place):
    """A database with one row in every table, and something in every field."""
    tables = {name: table([one_of(name)], record) for name, record in RECORDS.items()}
    shop = rk.Shop(
        name="All",
        tables=tables,
        seed=1,
        market="ES",
        procedure=Procedure(),
        today=date(2026, 3, 1),
    )
    with (
        new_place(request.param) as place,
        rk.open_crm(place, "four words nobody guesses", now=lambda: MARCH) as crm,
    ):
        crm.store(shop)
        yield crm


@pytest.fixture(scope="module")
def in_file(tmp_path_factory):
    """An empty database in a file."""
    path = tmp_path_factory.mktemp("crm") / "shop.crm"
    with rk.open_crm(path, "four words nobody guesses") as crm:
        yield crm


@pytest.fixture(scope="module")
def seen_as(full):
    opened = {role: full.as_role(role) for role in rk.Role}
    yield opened
    for crm in opened.values():
        crm.close()


def test_every_role_names_tables_and_fields_that_there_are():
    for role in rk.Role:
        rights = rights_of(role)
        assert set(rights.sees) | rights.changes <= set(RECORDS)
        assert all(fields <= set(kinds(RECORDS[name])) for name, fields in rights.sees.items())
        assert all(key_of(RECORDS[name]) in fields for name, fields in rights.sees.items())
        assert rights.changes <= set(rights.sees)


def test_the_responsible_person_sees_everything(seen_as):
    for name in RECORDS:
        assert seen_as["responsible_person"].tables[name].notna().all(axis=None)


@pytest.mark.parametrize("role", OTHERS)
def test_what_a_role_sees_it_sees(role, seen_as):
    for name, fields in rights_of(role).sees.items():
        assert seen_as[role].tables[name][list(fields)].notna().all(axis=None)
        assert seen_as[role].sees(name) == [
            field for field in kinds(RECORDS[name]) if field in fields
        ]


@pytest.mark.parametrize(("role", "name"), TABLES_WITH_CLOSED_FIELDS)
def test_what_is_closed_cannot_be_looked_at_or_taken_out(role, name, seen_as):
    crm, fields = seen_as[role], closed_to(role, name)
    assert crm.shop().tables[name][fields].isna().all(axis=None)
    if name in crm.tables:
        assert crm.tables[name][fields].isna().all(axis=None)
        record = crm.record(name, f"{name}-1")
        assert [getattr(record, field) for field in fields] == [None] * len(fields)
    else:
        for ask in (crm.rows, crm.count):
            with pytest.raises(NotAllowed, match="does not see the table"):
                ask(name)
        with pytest.raises(NotAllowed, match="does not see the table"):
            crm.record(name, f"{name}-1")


@pytest.mark.parametrize(("role", "name", "field"), one_in(4, CLOSED))
def test_by_what_is_closed_nothing_is_found_counted_or_written(role, name, field, seen_as):
    crm, record = seen_as[role], RECORDS[name]
    value = value_of(name, field, record)
    for ask in (crm.rows, crm.count):
        with pytest.raises(NotAllowed) as refused:
            ask(name, **{field: value})
        assert str(value) not in str(refused.value).replace(name, "").replace(field, "")
    with pytest.raises(NotAllowed):
        crm.add(record(**{field: value}))


@pytest.mark.parametrize(("role", "name", "field"), CLOSED)
def test_the_store_itself_answers_a_role_as_if_nothing_were_there(role, name, field, seen_as):
    column = sa.column(field)
    questions = [
        sa.select(column),
        sa.select(sa.func.count(column)),
        sa.select(sa.literal(1)).where(column.is_not(None)),
        sa.select(sa.literal(1)).where(sa.cast(column, sa.Text()).like("%")).order_by(column),
    ]
    crm = seen_as[role]
    with crm._engine.connect() as connection:
        for question in questions:
            if on_server(crm) and name not in rights_of(role).sees:
                with pytest.raises(sa.exc.DatabaseError, match="permission denied"):
                    connection.execute(question.select_from(sa.table(name)))
                connection.rollback()
                continue
            rows = connection.execute(question.select_from(sa.table(name))).scalars().all()
            assert rows in ([], [None], [0])


@pytest.mark.parametrize("role", OTHERS)
def test_a_data_set_written_by_a_role_holds_no_closed_value(role, seen_as, tmp_path):
    rk.write_dataset(seen_as[role].shop(), tmp_path / "out", formats=("csv", "sqlite", "jsonl"))
    written = b"".join(file.read_bytes() for file in (tmp_path / "out").iterdir())
    for _, name, field in (closed for closed in CLOSED if closed[0] == role):
        assert f"canary {name} {field}".encode() not in written
    if "phone" in closed_to(role, "customers"):
        assert b"600 000 777" not in written


def test_a_role_that_does_not_see_how_to_reach_people_cannot_search_by_it(seen_as):
    for text in ("canary customers email@x.org", "600 000 000", "canary"):
        with pytest.raises(NotAllowed, match="does not see") as refused:
            seen_as["technician"].find(text)
        assert text not in str(refused.value)
    assert len(seen_as["technician"].find("customers-1")) == 1


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("key", LOOK_UP_KEYS)
def test_look_up_keys_are_as_closed_as_what_they_are_made_from(role, key, seen_as):
    is_open = set(LOOK_UP_KEYS[key]) <= rights_of(role).sees["customers"]
    with seen_as[role]._engine.connect() as connection:
        found = connection.execute(sa.select(TABLES["customers"].c[key])).scalar()
    assert (found is not None) == is_open


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM customers",
        "DELETE FROM access_log",
        "UPDATE access_log SET who = 'x'",
        "UPDATE customers SET phone = '1'",
        "UPDATE about SET value = '9'",
        "INSERT INTO messages (message_id) VALUES ('M-1')",
        "CREATE TABLE mine AS SELECT * FROM customers",
    ],
)
@pytest.mark.parametrize("role", ["technician", "marketing", "auditor"])
def test_the_store_refuses_a_role_what_is_not_its_work(role, statement, seen_as):
    said = "not authorized|prohibited|is a view|permission denied|cannot update"
    with (
        seen_as[role]._engine.connect() as connection,
        pytest.raises(sa.exc.DatabaseError, match=said),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE customers",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA rekey = 'mine'",
        "SELECT sql FROM sqlite_master",
        "SELECT hex(phone) FROM customers",
        "SELECT load_extension('x')",
    ],
)
@pytest.mark.parametrize("role", ["technician", "marketing", "auditor"])
def test_a_file_refuses_a_role_what_only_a_file_could_do(role, statement, in_file):
    with (
        in_file.as_role(role) as seen,
        seen._engine.connect() as connection,
        pytest.raises(sa.exc.DatabaseError, match="not authorized|prohibited|is a view|use DROP"),
    ):
        connection.exec_driver_sql(statement)


def test_a_role_does_the_work_that_is_its_own(full, seen_as):
    done = seen_as["technician"].add(Service(customer_id="customers-1", activity="repair"))
    changed = seen_as["technician"].change(done, result="done")
    assert full.record("services", changed.service_id).result == "done"


def test_what_a_role_does_not_see_stays_when_it_changes_the_rest(crm):
    crm.add(rk.Customer(given_name="Ana", household_id="H-7", email="ana@example.org"))
    with crm.as_role("sales_associate") as desk:
        ana = desk.record("customers", "C-000001")
        desk.change(ana, phone="+34 600 112 233", family_name="Ruiz")
    after = crm.record("customers", "C-000001")
    assert (ana.household_id, after.household_id) == (None, "H-7")
    assert crm.find("ana ruiz")["phone"].to_list() == ["+34 600 112 233"]


def test_a_role_cannot_take_on_another(seen_as):
    for role in OTHERS:
        with pytest.raises(NotAllowed, match="Only the responsible person"):
            seen_as[role].as_role("responsible_person")
        with pytest.raises(NotAllowed, match="Only the responsible person"):
            seen_as[role].store(None)
        with pytest.raises(NotAllowed, match="Only the responsible person"):
            seen_as[role].write_recovery_key("key.txt")


def test_the_log_is_read_by_those_who_answer_for_it(seen_as):
    for role in rk.Role:
        if role in ("responsible_person", "auditor"):
            assert seen_as[role].check_log() == []
            assert len(seen_as[role].log()) > 0
        else:
            for ask in (seen_as[role].log, seen_as[role].check_log, seen_as[role].log_head):
                with pytest.raises(NotAllowed, match="does not read the access log"):
                    ask()


def test_a_wrong_role_is_told_the_likely_one(full):
    with pytest.raises(ValueError, match="Did you mean 'technician'"):
        full.as_role("tecnician")


def test_a_role_says_who_it_is_and_what_it_is_not_good_against(seen_as):
    technician = seen_as["technician"]
    assert "open to the role technician (" in repr(technician)
    says = str(technician.says())
    if on_server(technician):
        assert "technician is kept by the server" in says
        assert "whoever runs the server: they can read and change all" in says
    else:
        assert "no lock for somebody who has the key" in says


def test_every_table_is_the_shops_or_our_own():
    assert set(METADATA.tables) == {*RECORDS, "about", "numbers", "access_log", "merges"}
