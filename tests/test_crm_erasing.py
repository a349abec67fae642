"""Being forgotten: no byte of an erased person is in the database or beside it."""

import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import chain
from unittest import mock

import pandas as pd
import pytest
import sqlalchemy as sa
from stores import behind_its_back, on_server
from twice_written import planted_pairs

import retailkit as rk
from retailkit.claims import Message
from retailkit.crm import NotSwept, opening, sweeping
from retailkit.crm.keys import Passphrase
from retailkit.crm.schema import METADATA
from retailkit.crm.sqlite import PAGE, salt_of
from retailkit.crm.values import email_key, folded, phone_key
from retailkit.keep import InUse
from retailkit.upkeep import erasing

NOON = datetime.fromisoformat("2026-07-01T12:00")
WORDS = "four words nobody guesses"
SHOP = rk.make_shop(seed=7, customers=300, market="ES", faults={"duplicate_customer": 0.04})
PAIR = sorted(min(planted_pairs(SHOP), key=sorted))
ROOM = 80
"""So many bytes at the end of an encrypted page are its start value and its seal."""


def open_it(path, *, encrypted):
    without = mock.patch.object(opening, "cipher", return_value=None)
    with mock.MagicMock() if encrypted else without:
        return rk.open_crm(path, WORDS, now=lambda: NOON)


@pytest.fixture(params=["encrypted", "plain", pytest.param("server", marks=pytest.mark.slow)])
def crm(request, tmp_path, new_place):
    if request.param == "server":
        with new_place("server") as place, rk.open_crm(place, now=lambda: NOON) as database:
            yield database
    elif request.param == "encrypted":
        pytest.importorskip("cryptography")
        with open_it(tmp_path / "shop.crm", encrypted=True) as database:
            yield database
    else:
        with pytest.warns(rk.crm.NotEncrypted):
            database = open_it(tmp_path / "shop.crm", encrypted=False)
        with database:
            yield database


def opened(path):
    """The bytes of the database as they are without encryption, free places and all."""
    content, salt = path.read_bytes(), salt_of(path)
    if salt is None:
        return content
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = bytes.fromhex(re.search("'([0-9a-f]{64})", Passphrase(WORDS).key(salt).setting(salt))[1])
    pages = []
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        first = len(salt) if start == 0 else 0
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[-ROOM : -ROOM + 16]))
        pages.append(cipher.decryptor().update(page[first:-ROOM]))
    return b"".join(pages)


def everything(crm):
    """All bytes of the database, opened, and of whatever lies beside it.

    On a server, all that stands in any table: its files are not ours to look into, and its
    free places it clears in its own time.
    """
    if on_server(crm):
        with behind_its_back(crm) as connection:
            rows = [connection.execute(sa.select(each)).all() for each in METADATA.tables.values()]
        return "\0".join(str(value) for row in chain(*rows) for value in row).encode()
    beside = [file.read_bytes() for file in crm.path.parent.iterdir() if file != crm.path]
    return b"\0".join([opened(crm.path), *beside])


def told_of(*people):
    """What would tell of these people, as it is kept and as it is looked up."""
    values = set()
    for person in people:
        name = f"{person.given_name or ''} {person.family_name or ''}"
        email, phone = person.email or "", person.phone or ""
        values |= {name, folded(name), email, email_key(email), phone, phone_key(phone)}
        values |= {person.street or ""}
    return {value.encode() for value in values if value.strip()}


def whole(person):
    return person.email and person.phone and person.street and person.family_name


PEOPLE = [
    person
    for person in map(SHOP.customer, SHOP.claims["customer_id"].dropna().unique())
    if whole(person) and person.customer_id not in PAIR
][:8]


def test_what_is_searched_for_is_found_before(crm):
    crm.store(SHOP)
    found = everything(crm)
    assert all(value in found for value in told_of(PEOPLE[0]))


@pytest.mark.slow
def test_no_byte_of_an_erased_person_is_left(crm):
    crm.store(SHOP)
    bea = crm.record("customers", SHOP.customers["customer_id"].iloc[3])
    for person in PEOPLE:
        letter = f"See {person.email.upper()} or {person.phone}, about {person.customer_id}."
        crm.add(Message(customer_id=bea.customer_id, text=letter))
        crm.find(person.email)
        crm.erase(person.customer_id)
    found = everything(crm)
    others = opened_words(crm)
    left = [value for value in told_of(*PEOPLE) if value in found and value not in others]
    assert left == []
    assert crm.check_log() == []
    # the number is in the log, and there alone
    log_alone = "".join(crm.log()["ids"])
    shop = crm.shop()
    for person in PEOPLE:
        assert person.customer_id in log_alone
        for table in shop.tables.values():
            for column in table.select_dtypes("str"):
                texts = table[column].dropna()
                assert not texts.str.contains(person.customer_id, regex=False).any()


def opened_words(crm):
    """What people who are still in the list are called and where they live: namesakes."""
    people = crm.rows("customers")
    return told_of(*(rk.Customer.from_row(row) for _, row in people.iterrows()))


@pytest.mark.slow
def test_what_a_merge_remembers_goes_with_the_person(crm):
    crm.store(SHOP)
    both = [replace(SHOP.customer(number), email=f"{number}@example.org") for number in PAIR]
    for number, person in zip(PAIR, both, strict=True):
        crm.correct(number, email=person.email)
    crm.merge(*PAIR, sure=True)
    crm.erase(PAIR[0])
    found = everything(crm)
    assert not [value for value in told_of(*both) if b"example.org" in value and value in found]
    assert f"-{PAIR[1][2:]}-".encode() not in found
    with pytest.raises(ValueError, match="is not a merge that can be undone"):
        crm.undo("MG-1")
    assert crm.check_log() == []


@pytest.mark.slow
def test_erasing_in_the_database_is_erasing_from_the_tables(crm, monkeypatch):
    monkeypatch.setattr(erasing.secrets, "token_hex", lambda size: "ab" * size)
    crm.store(SHOP)
    number = PEOPLE[0].customer_id
    crm.erase(number)
    after, wanted = crm.shop(), rk.without_customer(SHOP, number)
    for name in SHOP.tables:
        pd.testing.assert_frame_equal(after.tables[name], wanted.tables[name])
    assert after.origin is None
    before, now = rk.triage(rk.evidence(SHOP)), rk.triage(rk.evidence(after))
    assert list(before["level"]) == list(now["level"])


def test_an_erased_number_is_never_given_again(crm):
    crm.store(SHOP)
    last = SHOP.customers["customer_id"].iloc[-1]
    crm.erase(last)
    assert crm.add(rk.Customer(given_name="Bea")).customer_id > last


def test_nobody_is_erased_who_is_not_there(crm):
    with pytest.raises(ValueError, match="has no 'C-7'"):
        crm.erase("C-7")


@contextmanager
def in_use(path):
    """Somebody else holds the file."""
    raise InUse(path)
    yield


def test_a_file_that_could_not_be_swept_is_swept_when_it_is_next_opened(crm, monkeypatch):
    if on_server(crm):
        pytest.skip("a server clears its free places by itself")
    crm.store(SHOP)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sweeping, "said", in_use)
        with pytest.warns(NotSwept, match="traces may be left"):
            crm.erase(PEOPLE[0].customer_id)
    assert due(crm)
    crm.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rk.crm.NotEncrypted)
        rk.open_crm(crm.path, WORDS).close()
    assert not due(crm)


def due(crm):
    with crm._engine.connect() as connection:
        return sweeping.is_due(connection)
