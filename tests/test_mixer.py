"""Every draw is a function of seed, name and row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailkit.generate.mixer import ALL, FIELDS, Dice, Luck, Shuffle, below, bits, key_of, wheel

seeds = st.integers(min_value=-(2**63), max_value=2**63)
rows = st.integers(min_value=0, max_value=2**62)


def test_the_finaliser_is_splitmix64():
    first_three = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert [bits(0, row) for row in range(3)] == first_three


@given(seeds, st.lists(rows, min_size=1, max_size=20))
def test_one_row_and_many_rows_are_drawn_alike(seed, some_rows):
    many = Dice(seed, "orders", some_rows).below("place", 97).tolist()
    assert many == [Luck(seed, "orders", row).below("place", 97) for row in some_rows]


@given(seeds, st.permutations(range(30)))
def test_a_draw_does_not_depend_on_the_rows_around_it(seed, order):
    straight = Dice(seed, "orders", range(30)).bits("place")
    assert (Dice(seed, "orders", order).bits("place") == straight[list(order)]).all()


@given(st.integers(min_value=0, max_value=ALL), st.integers(min_value=1, max_value=2**31))
def test_a_number_below_a_limit_is_below_it(drawn, limit):
    assert 0 <= below(drawn, limit) < limit


def test_columns_tables_and_seeds_have_keys_of_their_own():
    keys = {
        key_of(s, t, c) for s in range(9) for t in ("orders", "claims") for c in ("at", "place")
    }
    assert len(keys) == 36


def test_weights_decide_how_often_a_word_is_picked():
    picked = Dice(3, "orders", range(20_000)).pick("place", {"store": 3, "website": 1})
    assert (picked == "store").mean() == pytest.approx(0.75, abs=0.02)


def test_a_word_without_weight_is_never_picked():
    picked = Dice(3, "orders", range(2_000)).pick("place", {"store": 0, "website": 1, "phone": 0})
    assert set(picked) == {"website"}


def test_a_single_pick_is_the_pick_of_its_row():
    weights = {"store": 5, "website": 3, "phone": 2}
    many = Dice(3, "orders", range(50)).pick("place", weights).tolist()
    assert many == [Luck(3, "orders", row).pick("place", weights) for row in range(50)]


@given(seeds, st.integers(min_value=0, max_value=40))
def test_exactly_so_many_rows_are_chosen(seed, count):
    assert Dice(seed, "claims", range(40)).exactly("unfounded", count).sum() == count


def test_draws_are_spread_evenly_and_not_tied_to_each_other():
    dice = Dice(1, "orders", range(100_000))
    one, two = dice.below("one", 100), dice.below("two", 100)
    expected = len(one) / 100
    assert ((np.bincount(one, minlength=100) - expected) ** 2 / expected).sum() < 150
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.01
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.01


@given(seeds, st.integers(1, 40), st.integers(1, 40), st.integers(0, 10**9))
def test_a_shuffle_gives_each_place_once_wherever_one_begins(seed, wide, deep, start):
    numbers = np.arange(start, start + wide * deep)
    assert sorted(Shuffle(seed, "phone", wide, deep).places(numbers)) == list(range(wide * deep))


def test_a_shuffle_keeps_no_order():
    places = Shuffle(7, "phone", 1000, 1000).places(np.arange(10_000))
    assert abs(np.corrcoef(places[:-1], places[1:])[0, 1]) < 0.03


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50).filter(any))
def test_a_wheel_has_as_many_fields_for_each_place_as_its_weight_asks(weights):
    fields = np.bincount(wheel(weights), minlength=len(weights))
    assert fields.sum() == FIELDS
    assert np.abs(fields - np.array(weights) / sum(weights) * FIELDS).max() <= 1


def test_a_wheel_of_several_is_spun_for_each_row():
    dice = Dice(7, "customers", range(1000))
    both = np.stack([wheel([1, 0]), wheel([0, 1])])
    assert dice.spin("gender", both, np.arange(1000) % 2).tolist() == [0, 1] * 500


def test_each_row_has_a_limit_of_its_own():
    dice, limits = Dice(7, "customers", range(1000)), np.arange(1, 1001)
    assert (dice.below_each("postcode", limits) < limits).all()
    alike = dice.below_each("postcode", np.full(1000, 50))
    assert (alike == dice.below("postcode", 50)).all()
