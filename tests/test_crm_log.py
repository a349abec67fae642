"""The access log: what was done is in it, and what is done to it shows."""

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from small_shop import small_shop
from stores import STORES, behind_its_back

import retailkit as rk
from retailkit.crm import log
from retailkit.crm.schema import ACCESS_LOG as LOG

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEA = rk.Customer(given_name="Bea", family_name="Canary", email="canary@example.org")


def entries_of(crm):
    return crm.log().drop(columns=["at"]).to_dict("records")


def test_who_did_what_to_which_fields_is_noted_and_never_a_value(place):
    with rk.open_crm(place, "four words", who="S-1", now=lambda: NOON) as crm:
        bea = crm.add(BEA)
        crm.change(bea, phone="+34 600 112 233")
        crm.find("canary@example.org")
        with crm.as_role("technician", who="S-2") as technician:
            technician.count("customers", customer_id="C-000001")
        said = crm.log()
    assert said["at"].unique().tolist() == ["2026-03-01 12:00:00+00:00"]
    columns = ["who", "role", "what", "table_name", "rows", "ids", "fields"]
    one, names = '["C-000001"]', '["email", "family_name", "given_name"]'
    assert said[columns].to_numpy().tolist() == [
        ["S-1", "responsible_person", "added", "customers", 1, one, names],
        ["S-1", "responsible_person", "changed", "customers", 1, one, '["phone"]'],
        ["S-1", "responsible_person", "looked_up", "customers", 1, one, '["email"]'],
        ["S-2", "technician", "counted", "customers", 1, "[]", '["customer_id"]'],
    ]  # fmt: skip
    assert "anary" not in said.to_csv()


def test_every_look_is_noted(crm):
    crm.store(small_shop())
    crm.shop()
    _ = crm.tables["claims"]
    crm.rows("customers", city="Soria")
    crm.record("customers", "C-1")
    assert [entry["what"] for entry in entries_of(crm)] == [
        "stored", "taken_out", "read", "looked_up", "looked_up",
    ]  # fmt: skip


def test_what_came_to_nothing_is_not_noted_as_done(crm):
    crm.add(BEA)
    with pytest.raises(ValueError, match="already"):
        crm.add(rk.Customer(customer_id="C-000001"))
    assert len(crm.log()) == 1


def test_an_untouched_log_holds_from_the_first_moment_on(crm):
    assert crm.check_log() == []
    crm.add(BEA)
    assert crm.check_log() == []
    assert crm.check_log(crm.log_head()) == []


@pytest.fixture(scope="module", params=STORES)
def logged(request, new_place):
    with new_place(request.param) as place, rk.open_crm(place, "four words") as crm:
        with crm.all_or_nothing():
            for number in range(60):
                crm.add(rk.Customer(given_name=f"No. {number}"))
        yield crm


def edit(draw, number, last):
    """Something else in one cell of one entry."""
    column = draw.choice([column.name for column in LOG.c][1:])
    new = draw.randrange(100, 10**6) if column == "rows" else f"x{draw.random()}"
    return [LOG.update().where(LOG.c.number == number).values({column: new})]


def delete(draw, number, last):
    """Some entries out of the middle or the beginning, with or without closing the gap."""
    many = draw.randrange(1, min(5, last - number) + 1)
    gone = LOG.delete().where(LOG.c.number.between(number, number + many - 1))
    close = [
        LOG.update().where(LOG.c.number == later).values(number=later - many)
        for later in range(number + many, last + 1)
    ]
    return [gone, *close * draw.randrange(2)]


def reorder(draw, number, last):
    """Two entries change places."""
    other = draw.choice([n for n in range(1, last + 1) if n != number])
    moves = [(number, -1), (other, number), (-1, other)]
    return [LOG.update().where(LOG.c.number == a).values(number=b) for a, b in moves]


def truncate(draw, number, last):
    """The end is gone."""
    return [LOG.delete().where(LOG.c.number >= number)]


@pytest.mark.parametrize("tamper", [edit, delete, reorder, truncate])
def test_a_log_that_was_tampered_with_shows_it(tamper, logged):
    draw = random.Random(7)
    unseen = 0
    with behind_its_back(logged) as connection:
        head = logged._store.kept_head(connection)
        last, _ = log.last(connection)
        for _ in range(250):
            number = draw.randrange(1, last + (tamper is not delete))
            with connection.begin_nested() as tampered:
                for statement in tamper(draw, number, last):
                    connection.execute(statement)
                unseen += not log.problems(connection, head)
                tampered.rollback()
        assert log.problems(connection, head) == []
    assert unseen == 0


def test_a_log_that_was_written_anew_from_some_entry_on_shows_it(logged):
    with behind_its_back(logged) as connection:
        head = logged._store.kept_head(connection)
        later = LOG.c.number >= 30
        rows = connection.execute(sa.select(LOG).where(later)).mappings().all()
        connection.execute(LOG.delete().where(later))
        for row in rows:
            entry = {name: row[name] for name in ("at", "role", "what", "table_name")}
            log.append(connection, {**entry, "who": "somebody else"}, rows=1, ids=[], fields=[])
        assert log.problems(connection, None) != []
        assert "was written anew" in log.problems(connection, head)[0]
        connection.rollback()


@pytest.mark.parametrize("head", ["", "60", "x y", "60 abc", "\0"])
def test_a_head_that_is_lost_is_said_to_be(logged, head):
    with behind_its_back(logged) as connection:
        assert "head of the log is missing" in log.problems(connection, head)[0]


def test_where_a_head_lags_the_log_still_holds(crm):
    crm.add(BEA)
    early = crm.log_head()
    crm.find("bea")
    assert crm.check_log(early) == []


def test_what_was_shown_before_a_block_failed_is_noted(crm):
    crm.add(rk.Customer(given_name="Ana"))
    with suppress(ZeroDivisionError), crm.all_or_nothing():
        crm.rows("customers")
        crm.add(rk.Customer(given_name="Luis"))
        crm.find("ana")
        raise ZeroDivisionError
    assert crm.log()["what"].tolist() == ["added", "read", "looked_up"]
    assert crm.count("customers") == 1
    assert crm.check_log() == []


def test_a_look_that_failed_itself_showed_nothing(crm):
    with suppress(ValueError):
        crm.record("customers", "C-7")
    assert crm.log().empty
