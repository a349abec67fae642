"""The customers of every market: names, homes, and ways to reach them that can be real."""

import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailkit.columns import frame_of
from retailkit.generate import packs
from retailkit.generate.customers import (
    birthdays,
    customer_ids,
    customers_table,
    homes_of,
    joined_at,
    languages_of,
)
from retailkit.generate.households import kin_of
from retailkit.generate.locales import facts_of, in_ascii, locale_of, towns_of
from retailkit.generate.reach import MAIL, phones
from retailkit.markets import Confidence, rules_of

MARKETS = ("ES", "ES-AN", "IN", "GB", "generic")
MANY = np.arange(1, 200_001)


def people(market, numbers=None):
    return customers_table(7, market, np.arange(1, 2001) if numbers is None else numbers)


@pytest.fixture(scope="module", params=MARKETS)
def market(request):
    return request.param


@pytest.fixture(scope="module")
def customers(market):
    return frame_of(people(market))


def fingerprint():
    """One hash of some customers of every market."""
    text = "".join(str(people(market, np.arange(1, 300)).to_pylist()) for market in MARKETS)
    return hashlib.sha256(text.encode()).hexdigest()


# ---- the same people every time ----


@settings(max_examples=20, deadline=None)
@given(
    st.integers(min_value=0, max_value=2**40),
    st.sampled_from(MARKETS),
    st.lists(st.integers(min_value=1, max_value=4000), min_size=1, max_size=60, unique=True),
)
def test_a_customer_is_the_same_alone_among_others_and_in_any_order(seed, market, numbers):
    block = customers_table(seed, market, np.arange(1, 4001))
    assert customers_table(seed, market, np.array(numbers)) == block.take(np.array(numbers) - 1)


def test_customers_of_a_large_shop_are_the_same_in_any_block():
    whole = people("ES", np.arange(999_000, 1_001_000))
    blocks = [np.arange(start, end) for start, end in pairwise((999_000, 999_999, 1_001_000))]
    assert pa.concat_tables(people("ES", numbers) for numbers in blocks) == whole.combine_chunks()


def test_customers_do_not_depend_on_the_computer_they_are_made_on():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_people import fingerprint; print(fingerprint())"
    )
    elsewhere = {"PYTHONHASHSEED": "99", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == fingerprint()


def test_what_other_tables_ask_about_customers_is_what_their_table_says(market, customers):
    numbers = np.arange(1, 2001)
    assert customer_ids(numbers).to_pylist() == customers["customer_id"].tolist()
    assert (joined_at(7, numbers) == customers["joined_at"].to_numpy()).all()
    assert (customers["household_id"].str[2:].astype(int) == homes_of(7, numbers)).all()
    spoken = np.array(locale_of(market).languages)[languages_of(7, market, numbers)]
    assert spoken.tolist() == customers["language"].tolist()
    born = birthdays(7, numbers)
    assert (np.isnat(born) == customers["birth_on"].isna()).all()
    known = ~np.isnat(born)
    assert (born[known] == customers["birth_on"].to_numpy()[known]).all()


def test_the_number_of_a_customer_has_six_digits_or_as_many_as_it_needs():
    numbers = np.array([7, 999_999, 1_000_000, 12_345_678])
    assert customer_ids(numbers).to_pylist() == ["C-000007", "C-999999", "C-1000000", "C-12345678"]
    assert customer_ids(np.array([], dtype=np.int64)).to_pylist() == []


# ---- how to reach them ----


def test_telephone_numbers_are_valid_and_nobody_shares_one(customers):
    numbers = customers["phone"].dropna()
    assert numbers.is_unique
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)


@pytest.mark.parametrize("market", ["ES", "IN", "GB"])
def test_telephone_numbers_are_valid_in_large_shops_too(market):
    for number in people(market, np.arange(3_000_000, 3_001_000))["phone"].drop_null().to_pylist():
        assert phonenumbers.is_valid_number(phonenumbers.parse(number))


@pytest.mark.slow
@pytest.mark.parametrize("market", ["ES", "IN", "GB"])
def test_nobody_of_the_first_million_shares_a_telephone_with_the_fifth(market):
    million = np.arange(1, 1_000_001)
    town = np.zeros(len(million), dtype=np.int16)
    both = [phones(7, market, million, town), phones(7, market, million + 4_000_000, town)]
    assert pc.count_distinct(pa.chunked_array(both)).as_py() == 2_000_000


@pytest.mark.parametrize("market", ["ES", "ES-AN"])
def test_a_landline_fits_the_town(market):
    begins = {town["city"]: town["landline"] for town in towns_of(market)}
    customers = frame_of(people(market)).dropna(subset=["city", "phone"])
    landlines = customers[customers["phone"].str[3] == "9"]
    assert 0.1 < len(landlines) / len(customers) < 0.2
    assert all(row.phone.startswith(begins[row.city]) for row in landlines.itertuples(index=False))


@pytest.mark.parametrize("market", ["GB", "generic"])
def test_telephone_numbers_of_a_class_are_kept_for_fiction(market):
    kept = tuple(facts_of(market)["phones"]["fiction"]["starts"])
    assert frame_of(people(market))["phone"].dropna().str.startswith(kept).all()


def test_every_address_for_mail_is_the_only_one_and_reaches_nobody(market):
    addresses = people(market, MANY)["email"].drop_null()
    assert pc.count_distinct(addresses).as_py() == len(addresses)
    domains = pc.list_element(pc.split_pattern(addresses, "@"), 1).unique()
    assert set(domains.to_pylist()) <= set(MAIL)


def test_an_address_for_mail_fits_the_name(customers):
    for row in customers.dropna(subset=["email"]).itertuples(index=False):
        before = row.email.split("@")[0]
        assert in_ascii(row.family_name.split()[0]) in before
        assert in_ascii(row.given_name)[0] in before
        assert re.fullmatch(r"[a-z]+[._]?[a-z]+\d*", before)


def test_an_address_for_mail_has_a_number_only_where_it_is_needed(customers):
    early = customers["email"].head(500).dropna().str.split("@").str[0]
    assert early.str.contains(r"\d").mean() < 0.03


def test_everybody_can_be_reached(customers):
    assert (customers["email"].notna() | customers["phone"].notna()).all()


# ---- where they live ----


def test_town_region_and_postcode_agree(market, customers):
    digits = facts_of(market)["places"]["postcode_digits"]
    there = {
        (town["city"], town["region"], f"{town.get('area', '')}{number:0{digits}d}")
        for town in towns_of(market)
        for number in range(town["first"], town["last"] + 1)
    }
    known = customers.dropna(subset=["city"])
    found = zip(known["city"], known["region"], known["postcode"].str.split().str[0], strict=True)
    assert set(found) <= there


@pytest.mark.parametrize(
    ("market", "form"),
    [
        ("ES", r"(0[1-9]|[1-4]\d|5[0-2])\d{3}"),
        ("IN", r"[1-8]\d{5}"),
        ("GB", r"[A-Z]{1,2}\d{1,2} \d[ABD-HJLNP-UW-Z]{2}"),
        ("generic", r"\d{5}"),
    ],
)
def test_a_postcode_has_the_form_of_its_country(market, form):
    assert frame_of(people(market))["postcode"].dropna().str.fullmatch(form).all()


def test_a_pin_begins_with_the_digits_of_its_state():
    first = {"Delhi": "11", "Maharashtra": "4", "Tamil Nadu": "6", "Kerala": "6", "Gujarat": "3"}
    first |= {"West Bengal": "7", "Karnataka": "5", "Bihar": "8", "Uttar Pradesh": "2"}
    for town in towns_of("IN"):
        assert str(town["first"]).startswith(first.get(town["region"], ""))


def test_everybody_in_andalusia_lives_there():
    assert set(frame_of(people("ES-AN"))["region"].dropna()) == {"Andalucía"}


def test_a_household_lives_in_one_place(customers):
    homes = customers.dropna(subset=["street"]).groupby("household_id")
    assert homes[["street", "city", "postcode"]].nunique().max().max() == 1
    sizes = customers.groupby("household_id").size()
    assert sizes.max() <= 5
    assert 0.2 < (sizes[sizes > 1].sum() / len(customers)) < 0.4


@pytest.mark.parametrize("market", ["ES", "IN", "GB", "generic"])
def test_in_most_families_people_share_a_family_name(market):
    customers = frame_of(people(market))
    kin = kin_of(7, np.arange(1, 2001))
    first = customers["family_name"].str.split().str[0]
    at_home = first.iloc[kin.home - 1].to_numpy()
    assert (first[kin.child] == at_home[kin.child]).all()
    assert (first[kin.flatmate] == at_home[kin.flatmate]).mean() < 0.2
    assert kin.flatmate.sum() > 20


def test_spanish_children_bear_the_names_of_both_parents():
    customers, kin = frame_of(people("ES")), kin_of(7, np.arange(1, 2001))
    names = customers["family_name"].to_numpy()
    child = next(n for n in np.flatnonzero(kin.child) if kin.partner[kin.home[n]])
    first, second = names[child].split()
    assert first == names[kin.home[child] - 1].split()[0]
    assert second == names[kin.home[child]].split()[0]


def test_everybody_is_grown_up_and_children_are_younger_than_their_parents():
    kin, born = kin_of(7, MANY), birthdays(7, MANY)
    assert np.nanmax(born) <= np.datetime64("2008-06-30")
    parent = born[kin.home - 1]
    both = kin.child & ~np.isnat(born) & ~np.isnat(parent)
    assert (born[both] - parent[both] > np.timedelta64(20 * 365, "D")).all()


def test_some_people_merely_share_a_name(customers):
    full = ["given_name", "family_name"]
    same = customers[customers.duplicated(full, keep=False)]
    apart = same.groupby(full)["household_id"].nunique()
    assert (apart > 1).sum() >= 10
    assert not customers.duplicated([*full, "phone"]).any()


# ---- what they are called ----


def share(market, column, name, word=0):
    values = people(market, MANY)[column]
    return pc.mean(
        pc.equal(pc.list_element(pc.split_pattern(values, " "), word), name).cast(pa.int8())
    ).as_py()


def test_popular_family_names_are_popular():
    assert share("ES", "family_name", "García") == pytest.approx(0.031, abs=0.003)
    assert share("ES", "family_name", "García", word=1) == pytest.approx(0.031, abs=0.003)
    assert share("GB", "family_name", "Smith") == pytest.approx(0.0175, abs=0.002)


def test_popular_given_names_are_popular():
    customers = frame_of(people("ES", MANY)).dropna(subset=["gender"])
    women = customers.loc[customers["gender"] == "female", "given_name"]
    men = customers.loc[customers["gender"] == "male", "given_name"]
    assert women.value_counts().index[0] == "María Carmen"
    assert men.value_counts().index[0] == "Antonio"
    assert (men == "Antonio").mean() == pytest.approx(0.0266, abs=0.003)
    assert "Antonio" not in set(women)


def test_indian_family_names_differ_from_part_to_part():
    customers = frame_of(people("IN", MANY)).dropna(subset=["region"])
    patel = (customers["family_name"] == "Patel").groupby(customers["region"]).mean()
    assert patel["Gujarat"] > 5 * patel["Kerala"]
    nair = (customers["family_name"] == "Nair").groupby(customers["region"]).mean()
    assert nair["Kerala"] > 10 * nair["Punjab"]


def test_people_speak_the_languages_of_their_market(market, customers):
    assert locale_of(market).languages == rules_of(market).languages
    assert set(customers["language"]) == set(rules_of(market).languages)


def test_a_few_do_not_say_whether_they_are_man_or_woman(customers):
    assert customers["gender"].isna().mean() == pytest.approx(0.04, abs=0.02)
    assert set(customers["gender"].dropna()) == {"female", "male"}


# ---- the packs ----


@pytest.mark.parametrize("locale", packs.LOCALES)
def test_a_pack_is_what_its_faker_gives(locale):
    text = (packs.FOLDER / f"{locale}.json").read_text(encoding="utf-8")
    fresh = packs.compiled(locale)
    assert text == packs.as_text(fresh) or f'"{version("faker")}"' not in text


@pytest.mark.parametrize("locale", packs.LOCALES)
def test_no_word_of_a_pack_stands_there_twice_or_breaks_a_line(locale):
    pack = packs.compiled(locale)
    for pool in (pack["female"], pack["male"], pack["family"]):
        assert len(set(pool)) == len(pool)
        assert not any(re.search(r"\s\s|[\n\r\t]|^\s|\s$", word) for word in pool)


def test_every_part_of_a_market_says_where_it_comes_from_and_how_sure_we_are(market):
    facts = facts_of(market)
    for part in ("languages", "places", "streets", "phones"):
        assert facts[part]["source"]
        Confidence(facts[part]["confidence"].split(":")[0])


def test_every_name_can_stand_in_an_address(market):
    locale = locale_of(market)
    assert all(in_ascii(word) for word in (*locale.given.words, *locale.family.words))


def test_faker_is_not_needed_to_make_customers():
    code = (
        "import sys; sys.modules['faker'] = None\n"
        "import numpy as np\n"
        "from retailkit.generate.customers import customers_table\n"
        "customers_table(7, 'IN', np.array([1]))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_the_benchmark_runs_and_prints_its_rows():
    script = Path(__file__).parent.parent / "benchmarks" / "customers.py"
    told = subprocess.run(
        [sys.executable, script, "--quick"], capture_output=True, text=True, check=True
    )
    for row in ("Faker es_ES", "Faker en_IN", "mimesis es", "ours, ES", "ours, IN"):
        assert row in told.stdout
