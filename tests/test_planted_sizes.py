"""How much is planted, in which rows, and what nobody can tell from what is planted."""

import functools

import pandas as pd
import pytest
from shops import EVERY_FAULT, MARKETS, claims_of_part, claims_with_history
from sweeps import mostly_slow, one_in

from retailkit.generate import FAULTS, make_shop, plan_of, planted_faults
from retailkit.generate.life import life
from retailkit.generate.planting import IN_CASES


@functools.cache
def faultless(market="ES", seed=11):
    return make_shop(seed=seed, customers=400, market=market, faults={})


def planted_rows(faults, market="ES", seed=11, secret=None):
    """The rows in which something is planted, by fault."""
    plan = plan_of(seed=seed, customers=400, market=market, faults=faults, secret=secret)
    answers = planted_faults(plan.shop())
    planted = answers[answers["cause"] == "planted"]
    return planted.groupby("fault")["row"].agg(lambda rows: sorted(set(rows))).to_dict()


def closed(shop):
    return shop.claims[shop.claims["status"] == "closed"]


def without_consent(shop):
    """Customers who had said no, nothing, or no longer yes on the day of the last offer."""
    day = pd.Timestamp(life("campaigns")[-1])
    asked = shop.consents[shop.consents["purpose"] == "marketing"]
    until_then = asked[asked["at"].isna() | (asked["at"] <= day)]
    alive = until_then.groupby("customer_id")["state"].last() == "given"
    known = shop.customers[shop.customers["joined_at"] < day]["customer_id"]
    return known[~known.isin(alive.index[alive])]


def like_the_best(shop):
    """The accepted claims of small buyers: who buys little, only the whole block can tell."""
    lives = plan_of(seed=shop.seed, customers=400, market=shop.market, faults={}).lives(0)[1]
    return IN_CASES["favours_best_customers"](lives)


COUNTED_FROM = {
    "cases that are closed": closed,
    "cases about a member of staff that are closed": lambda shop: closed(shop).dropna(
        subset=["about_staff"]
    ),
    "accepted claims of customers who buy little": like_the_best,
    "true claims and complaints": lambda shop: shop.claims,
    "requests for support": lambda shop: shop.services["support_type"].dropna(),
    "warranty cards": lambda shop: shop.warranty_cards,
    "surveys without a name on the back": lambda shop: shop.surveys[
        shop.surveys["customer_id"].isna()
    ],
    "customers with a telephone number": lambda shop: shop.customers["phone"].dropna(),
    "customers": lambda shop: shop.customers,
    "customers without a consent that is alive": without_consent,
    "closed cases whose customers can be written to": lambda shop: closed(shop).dropna(
        subset=["customer_id"]
    ),
}


@pytest.mark.parametrize("market", mostly_slow(["ES", "IN"], 1))
@pytest.mark.parametrize("name", one_in(4, FAULTS))
def test_the_share_is_exact(name, market):
    whole = len(COUNTED_FROM[FAULTS[name].of](faultless(market)))
    assert whole
    found = planted_rows({name: 0.37}, market)
    assert len(found[name]) == round(0.37 * whole)


@pytest.mark.parametrize("name", one_in(4, FAULTS))
def test_a_share_of_0_plants_nothing(name):
    assert planted_rows({name: 0}) == {}


@pytest.mark.parametrize("name", ["fee_charged", "card_without_serial", "number_damaged"])
def test_a_share_of_1_plants_all(name):
    found = planted_rows({name: 1})
    assert len(found[name]) == len(COUNTED_FROM[FAULTS[name].of](faultless()))


@pytest.mark.parametrize("market", MARKETS)
def test_without_faults_nothing_is_planted(market):
    assert planted_faults(faultless(market)).empty


@pytest.mark.parametrize(
    "name", ["late_acknowledgement", "basics_not_told", "wrong_language", "no_acknowledgement"]
)
def test_no_fault_hides_another_one_in_the_same_case(name):
    together = {"no_acknowledgement": 0.3, name: 0.5}
    alone = planted_rows({name: together[name]})
    assert len(planted_rows(together)[name]) == len(alone[name])


# ---- a secret ----


def test_a_secret_draws_other_rows_than_the_seed_and_the_same_every_time():
    faults = {"late_answer": 0.3, "duplicate_customer": 0.1}
    public, hidden = planted_rows(faults), planted_rows(faults, secret="pineapple")
    assert hidden == planted_rows(faults, secret="pineapple")
    assert hidden != planted_rows(faults, secret="mango")
    for name in faults:
        assert hidden[name] != public[name]
        assert len(hidden[name]) == len(public[name])


def test_a_secret_changes_nothing_but_what_is_planted():
    plan = plan_of(seed=11, customers=400, market="ES", faults={}, secret="pineapple")
    twin = faultless()
    assert all(table.equals(twin.tables[name]) for name, table in plan.shop().tables.items())


# ---- claims that are not so ----


@pytest.fixture(scope="module", params=["ES", "IN"])
def usual(request):
    """A shop with what every shop meets, and the cases that are false and imaginary."""
    plan = plan_of(seed=7, customers=8000, market=request.param)
    lives = plan.lives(0)[1]
    return plan.shop(), claims_of_part(lives, "false"), claims_of_part(lives, "imaginary")


def test_two_and_a_half_percent_of_the_claims_are_not_so_half_of_them_false(usual):
    shop, false, imaginary = usual
    assert len(false | imaginary) == round(0.025 * (len(shop.claims) - len(false | imaginary)))
    assert abs(len(false) - len(imaginary)) <= 1
    answers = planted_faults(shop)
    assert set(answers.loc[answers["cause"] == "planted", "row"]) == false | imaginary


def test_a_false_claim_is_contradicted_by_our_own_records(usual):
    shop, false, _ = usual
    found = claims_with_history(shop)[lambda table: table["claim_id"].isin(false)]
    assert len(found) == len(false)
    assert (found["reason"] == "not_delivered").all()
    assert (found["signed_by"] == found["customer_id"]).all()
    assert (found["delivered"] < found["received_at"]).all()


def test_no_honest_claim_is_contradicted_by_our_own_records(usual):
    shop, false, imaginary = usual
    honest = claims_with_history(shop)[lambda table: ~table["claim_id"].isin(false | imaginary)]
    signed = (honest["reason"] == "not_delivered") & (honest["signed_by"] == honest["customer_id"])
    goods_reasons = ["defective", "safety_or_hygiene", "damaged", "missing_part"]
    returned = honest["reason"].isin(goods_reasons) & honest["returned"].notna()
    assert not (signed | returned).any()


def test_an_imaginary_claim_is_about_something_never_sold_to_them(usual):
    shop, _, imaginary = usual
    found = shop.claims[shop.claims["claim_id"].isin(imaginary)]
    assert found["order_id"].isna().all()
    assert (found["proof"] == "none").all()
    sold = shop.orders.merge(shop.order_lines, on="order_id")
    assert found.merge(sold, on=["customer_id", "product_id"]).empty


def test_the_question_behind_an_imaginary_claim_has_long_been_open(usual):
    shop, _, imaginary = usual
    steps = shop.claim_steps[shop.claim_steps["claim_id"].isin(imaginary)]
    asked = steps[steps["step"] == "information_asked"]
    assert len(asked) == len(imaginary)
    assert (asked["at"] < pd.Timestamp(shop.today) - pd.Timedelta(days=10)).all()
    assert not (steps["step"] == "information_received").any()


# ---- who wants to stay unknown ----


@pytest.mark.parametrize("name", ["surveys", "feedback"])
def test_nothing_tells_who_wrote_what_bears_no_name(name):
    shop = make_shop(seed=7, customers=4000, market="ES", faults={})
    table = shop.tables[name]
    number = table.iloc[:, 0].str.split("-").str[1]
    anonymous = table["customer_id"].isna()
    assert 0.25 < anonymous.mean() < 0.5
    assert (number.str.len() == 15).all()
    assert table["at"].is_monotonic_increasing
    named = table[~anonymous]
    customers = named["customer_id"].str[2:].astype(int)
    assert abs(customers.corr(number[~anonymous].astype(float), method="spearman")) < 0.1
    if name == "surveys":
        assert table.loc[anonymous, "about_id"].isna().all()


def test_the_moment_of_an_anonymous_survey_is_that_of_no_other_record():
    shop = make_shop(seed=7, customers=4000, market="ES", faults={})
    anonymous = shop.surveys[shop.surveys["customer_id"].isna()]["at"]
    elsewhere = pd.concat(
        [shop.claim_steps["at"], shop.messages["at"], shop.order_events["at"], shop.services["at"]]
    )
    by_chance = elsewhere.nunique() / (3 * 365 * 11 * 60)
    assert anonymous.isin(elsewhere).mean() < by_chance + 0.05


def test_every_fault_is_told_with_its_names_and_where_it_shows():
    for name, fault in FAULTS.items():
        assert fault.name == name
        assert 0 < fault.default <= 1
        assert fault.meaning.endswith(".")
        assert fault.difficulty in {"easy", "middle", "hard"}
    assert {fault.breaks for fault in FAULTS.values()} >= set("ABCDEFGHI")
    assert set(planted_rows(EVERY_FAULT, seed=3)) == set(FAULTS)
