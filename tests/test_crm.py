"""The customer database: what goes in comes out, is found, and is never overwritten unseen."""

import stat

import pandas as pd
import pytest
from hypothesis import given, settings
from random_shop import shops
from small_shop import ANA, small_shop
from stores import on_server

import retailkit as rk
from retailkit.claims import Claim
from retailkit.crm import ChangedMeanwhile, LookAlike
from retailkit.crm.values import record_of, row_of, rows_of
from retailkit.customers import Feedback
from retailkit.orders import Order, Product
from retailkit.records import records_in, table
from retailkit.shop import RECORDS

BEA = rk.Customer(given_name="Béa", family_name="Muñoz", email="Bea@Example.org", channel="survey")


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=7, customers=80, market="ES")


def assert_same_shop(one, other):
    for name in RECORDS:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name])
    for fact in ("name", "seed", "market", "procedure", "today", "origin"):
        assert getattr(one, fact) == getattr(other, fact)


def test_a_shop_comes_out_as_it_went_in(crm, shop):
    crm.store(shop)
    assert_same_shop(crm.shop(), shop)


def test_any_shop_is_kept_exactly(crm):
    @settings(max_examples=8 if on_server(crm) else 15)
    @given(shops())
    def there_and_back(shop):
        crm.store(shop, replace=True)
        assert_same_shop(crm.shop(), shop)

    there_and_back()


@settings(max_examples=15)
@given(shops())
def test_a_record_and_a_row_of_a_table_are_kept_alike(shop):
    for name, record in RECORDS.items():
        rows = rows_of(shop.tables[name], name, record)
        records = records_in(shop.tables[name], record)
        assert [row_of(one) for one in records] == rows
        assert [record_of(row, record) for row in rows] == records


def test_text_is_not_tidied(crm):
    odd = "  <b>$5</b>\r\n\u202e=1+1\t\ufeff' OR 1=1 --  "
    kept = crm.add(Feedback(topic="open", text=odd))
    assert crm.record("feedback", kept.feedback_id).text == odd


@pytest.mark.parametrize(
    ("text", "reason"), [("Ana\0", "character NUL"), ("Ana\ud800", "half of a character")]
)
def test_text_that_no_store_can_hold_is_refused_at_the_door(crm, text, reason):
    with pytest.raises(ValueError, match=reason):
        crm.add(rk.Customer(given_name=text))
    with pytest.raises(ValueError, match=reason):
        crm.find(text)
    people = table([ANA], rk.Customer).astype(object)
    people.loc[0, "given_name"] = text
    with pytest.raises(ValueError, match=reason):
        crm.store(rk.Shop(**with_people(people)))
    assert crm.count("customers") == 0


def with_people(people):
    shop = small_shop()
    facts = {name: getattr(shop, name) for name in ("name", "seed", "market", "procedure", "today")}
    return {**facts, "tables": {**shop.tables, "customers": people}}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"total": 0.005}, "two decimals"),
        ({"total": 1e15}, "two decimals"),
        ({"ordered_at": "2026-01-01T01:01:01.5"}, "to the second"),
    ],
)
def test_what_would_not_come_back_the_same_is_refused(crm, fields, reason):
    with pytest.raises(ValueError, match=reason):
        crm.add(Order(**fields))


def test_a_table_with_a_column_too_many_is_not_stored(crm):
    people = table([ANA], rk.Customer).assign(vip=True)
    with pytest.raises(ValueError, match="has vip, for which the database has no place"):
        crm.store(rk.Shop(**with_people(people)))


def test_a_second_shop_takes_the_place_of_the_first_only_when_told(crm, shop):
    crm.store(small_shop())
    with pytest.raises(ValueError, match="replace=True"):
        crm.store(shop)
    crm.store(shop, replace=True)
    assert crm.count("customers") == 80


def test_an_empty_database_has_no_shop_yet(crm):
    with pytest.raises(ValueError, match="No shop has been stored here yet"):
        crm.shop()


def test_the_tables_are_there_one_by_one(crm):
    crm.store(small_shop())
    assert list(crm.tables) == list(RECORDS)
    assert crm.tables["customers"]["customer_id"].to_list() == ["C-1"]
    with pytest.raises(KeyError, match="Did you mean 'orders'"):
        crm.tables["order"]


def test_new_rows_get_the_next_number_and_keep_the_order(crm):
    crm.store(small_shop())
    bea = crm.add(BEA)
    own = crm.add(rk.Customer(customer_id="C-000041", given_name="Cy"))
    assert (bea.customer_id, own.customer_id) == ("C-000002", "C-000041")
    assert crm.add(rk.Customer(given_name="Di")).customer_id == "C-000042"
    assert crm.tables["customers"]["given_name"].to_list() == ["Ana", "Béa", "Cy", "Di"]


def test_a_number_that_is_taken_is_not_given_twice(crm):
    crm.store(small_shop())
    with pytest.raises(ValueError, match="customers has 'C-1' already"):
        crm.add(ANA)


def test_a_row_that_points_nowhere_is_refused(crm):
    with pytest.raises(ValueError, match="customer_id: customers has no 'C-9'"):
        crm.add(Claim(customer_id="C-9", narrative="It broke."))


def test_what_the_database_does_not_keep_is_refused(crm):
    with pytest.raises(ValueError, match="keeps no Evidence"):
        crm.add(rk.Evidence())


@pytest.mark.parametrize(
    "text",
    [
        "bea@example.ORG",
        " BEA@EXAMPLE.ORG ",
        "munoz",
        "bea mu",
        "MUÑ",
        "Mun\u0303oz",
        "600 11 22 33",
        "0034600112233",
        "(+34) 600-112233",
        "C-000001",
    ],
)
def test_a_customer_is_found_by_what_people_say(crm, text):
    crm.add(BEA)
    crm.change(crm.record("customers", "C-000001"), phone="+34 600 112 233")
    crm.add(rk.Customer(given_name="Cy", family_name="100%_sure", phone="+34 600 112 234"))
    assert crm.find(text)["customer_id"].to_list() == ["C-000001"]


@pytest.mark.parametrize(
    ("text", "found"), [("100%", 1), ("%", 1), ("_", 1), ("0%0", 0), ("é%", 0)]
)
def test_signs_in_a_name_stand_for_themselves(crm, text, found):
    crm.add(BEA)
    crm.add(rk.Customer(given_name="Cy", family_name="100%_sure"))
    assert len(crm.find(text)) == found


def test_a_few_digits_are_not_taken_for_a_telephone_number(crm):
    crm.add(rk.Customer(given_name="Cy", phone="+34 600 112 231"))
    assert len(crm.find("00001")) == 0
    assert len(crm.find("12231")) == 1


def test_a_name_in_another_script_is_found_by_its_letters(crm):
    crm.add(rk.Customer(given_name="हिमांशु", family_name="शर्मा"))
    assert len(crm.find("शर्मा")) == 1
    assert len(crm.find("शरमा")) == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_search_for_nothing_or_for_a_book_is_refused(crm, text):
    with pytest.raises(ValueError, match="Look for a customer by number"):
        crm.find(text)


def test_two_people_with_one_address_are_warned_of_and_stay_two(crm):
    crm.add(BEA)
    with pytest.warns(LookAlike, match="C-000002 has the same e-mail address as C-000001"):
        crm.add(rk.Customer(given_name="Cy", email="BEA@example.org"))
    assert len(crm.find("bea@example.org")) == 2


def test_many_are_added_at_once_or_none(crm):
    people = [rk.Customer(given_name=name) for name in ("Ana", "Béa")]
    own = rk.Customer(customer_id="C-000004", given_name="Cy")
    kept = crm.add_all([*people, own])
    assert [one.customer_id for one in kept] == ["C-000005", "C-000006", "C-000004"]
    assert crm.log()["rows"].to_list() == [3]
    with pytest.raises(ValueError, match="has 'C-000004' already"):
        crm.add_all([*people, own])
    with pytest.raises(ValueError, match="has 'C-000009' already"):
        crm.add_all([rk.Customer(customer_id="C-000009")] * 2)
    with pytest.raises(ValueError, match="these are Customer and Product"):
        crm.add_all([*people, Product(name="kettle")])
    assert crm.add_all([]) == []
    assert crm.count("customers") == 3


def test_more_than_fit_into_one_question_are_added_at_once(crm):
    crm.add_all([rk.Customer(given_name="Ana")] * 1200)
    crm.add_all([Claim(customer_id=f"C-{n:06d}") for n in range(1, 1201)])
    with pytest.raises(ValueError, match="customers has no 'C-001201'"):
        crm.add_all([Claim(customer_id=f"C-{n:06d}") for n in range(1, 1202)])
    assert crm.count("claims") == 1200


def test_two_new_ones_with_one_address_are_warned_of_as_well(crm):
    with pytest.warns(LookAlike, match="C-000002 has the same e-mail address as C-000001"):
        crm.add_all([BEA, BEA])


def test_a_change_touches_what_it_names_and_nothing_else(crm):
    bea = crm.add(BEA)
    crm.change(bea, phone="+34 600 112 233")
    later = crm.change(bea, city="Soria")
    assert later.city == "Soria"
    kept = crm.record("customers", "C-000001")
    assert (kept.phone, kept.city, kept.given_name) == ("+34 600 112 233", "Soria", "Béa")


def test_nobody_overwrites_what_they_have_not_seen(crm):
    seen_by_both = crm.add(BEA)
    crm.change(seen_by_both, phone="+34 600 112 233")
    with pytest.raises(ChangedMeanwhile, match="phone of C-000001 since you read it"):
        crm.change(seen_by_both, phone="+34 699 999 999", city="Soria")
    assert crm.record("customers", "C-000001").city is None


def test_two_who_add_one_to_what_both_read_make_two(crm):
    read_by_both = crm.add(Product(name="kettle", guarantee_months=1))
    crm.change(read_by_both, guarantee_months=2)
    with pytest.raises(ChangedMeanwhile, match="guarantee_months of P-01 since you read it"):
        crm.change(read_by_both, guarantee_months=2)


def test_a_number_stays_with_its_row(crm):
    with pytest.raises(ValueError, match="stays with its row"):
        crm.change(crm.add(BEA), customer_id="C-7")


def test_a_wrong_field_is_told_the_likely_one(crm):
    bea = crm.add(BEA)
    with pytest.raises(ValueError, match="Did you mean 'phone'"):
        crm.change(bea, fone="1")
    with pytest.raises(ValueError, match="Did you mean 'phone'"):
        crm.rows("customers", fone="1")


def add_together(crm, *records):
    with crm.all_or_nothing():
        for record in records:
            crm.add(record)


def test_a_block_happens_as_a_whole_or_not_at_all(crm):
    with pytest.raises(ValueError, match="has no 'C-9'"):
        add_together(crm, BEA, Claim(customer_id="C-9"))
    assert crm.count("customers") == 0
    with crm.all_or_nothing():
        bea = crm.add(BEA)
        crm.add(Claim(customer_id=bea.customer_id, narrative="It broke."))
    assert crm.count("claims") == 1


def test_rows_are_found_and_counted_by_any_field(crm):
    crm.add(Product(name="kettle", price=24.5, essential=False))
    crm.add(Product(name="pan", price=19, essential=True))
    assert crm.rows("products", price=24.5)["name"].to_list() == ["kettle"]
    assert crm.count("products", essential=True) == 1
    assert crm.count("products", guarantee_months=None) == 2


# whoever runs a server reads its files: only a file of one's own is encrypted
def test_the_file_is_ours_alone_and_shows_no_name(crm_file):
    crm_file.add(BEA)
    path = crm_file.path
    for file in (path, path.with_name("shop.crm.key")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert "Muñoz".encode() not in everything
    assert b"customer" not in path.read_bytes()


# a server's settings are its owner's
def test_the_settings_that_outlive_a_power_cut_hold(crm_file):
    with crm_file._engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
        tables = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    ours = [
        row
        for row in tables
        if row["name"] in {*RECORDS, "about", "numbers", "access_log", "merges"}
    ]
    assert len(ours) == 20
    assert all(row["strict"] for row in ours)
