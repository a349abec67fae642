"""Lesson 02: its cards and checks on many learners' shops, its desk, its table and its picture."""

import re

import pandas as pd
import pytest
from learners import LEARNERS, TWENTY
from served_shop import bought, served_shop, service

import retailkit as rk
from retailkit.aftersales import request_file
from retailkit.course import cases_02
from retailkit.course.checks import _problem
from retailkit.course.exercises import find_lesson
from retailkit.course.places import shop_of
from retailkit.orders import Product

EXERCISES = find_lesson(2).exercises


@pytest.mark.parametrize("learner", LEARNERS[:5])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_solution_that_is_shown_is_right(monkeypatch, exercise, learner):
    monkeypatch.setenv("RETAILKIT_CODENAME", learner)
    shop = rk.my_shop(lesson=2)
    names = {"rk": rk, "shop": shop, "requests": rk.support_requests(shop)}
    names |= {"six": rk.cases("2.1"), "more": rk.cases("2.2"), "eight": rk.sheet("2.3")}
    exec(exercise.how, names)  # noqa: S102 - the code of the lesson itself
    answer = names[exercise.how.splitlines()[-1].split(" = ")[0]]
    assert _problem(exercise, answer, shop) is None


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_the_cards_hold_every_kind_and_every_provider(learner):
    shop = shop_of(learner, 2)
    assert sorted(cases_02.kinds(shop)) == sorted([*rk.SupportType, *rk.SupportType])
    assert set(cases_02.providers(shop)) == set(rk.Provider)
    assert len(cases_02.eight_lines(shop)) == 8
    assert len(cases_02.sent_wrongly(shop)) == 3


@pytest.mark.slow
def test_hardly_any_neighbour_has_the_same_answer():
    shops = [shop_of(learner, 2) for learner in TWENTY[:10]]
    different = {each.id: len({repr(each.right(shop)) for shop in shops}) for each in EXERCISES}
    assert {number: count for number, count in different.items() if count < 8} == {}


@pytest.mark.parametrize("learner", LEARNERS[:5])
def test_what_differs_in_the_table_is_what_was_planted(learner):
    shop = shop_of(learner, 2)
    table = rk.support_requests(shop)
    differ = table[table["sent_to"] != table["belongs_to"]]
    planted = rk.planted_faults(shop)
    rows = planted.loc[planted["fault"] == "wrong_support", "row"]
    assert set(differ["service_id"]) == set(rows)


# ---- the directory and the requests of any shop ----


def test_the_directory_names_the_goods_before_the_rest():
    directory = rk.support_directory()
    training = directory[directory["support_type"] == "training"]
    assert training["goods"].to_list() == ["aids", "all other goods"]
    assert training["provider"].to_list() == ["third_party", "retailer"]


def test_support_in_the_store_is_always_the_shops():
    directory = rk.support_directory()
    onsite = directory[directory["support_type"] == "onsite_customer"]
    assert onsite[["goods", "provider"]].to_numpy().tolist() == [["all goods", "retailer"]]


def test_who_helps_depends_on_the_kind_and_the_goods():
    course, message = "A course for it, please.", "There is a message on it."
    assert rk.right_support(course, "aids").provider == "third_party"
    assert rk.right_support(message, "aids").provider == "retailer"
    assert rk.right_support(message, "toys").provider == "manufacturer"
    assert rk.right_support("I am here in the store.", "toys").provider == "retailer"


@pytest.mark.parametrize("market", ["generic", "ES", "GB", "IN"])
def test_a_made_shop_sends_support_as_its_directory_says(market):
    shop = rk.make_shop(seed=5, customers=400, market=market, faults={})
    table = rk.support_requests(shop).set_index("service_id")
    services = shop.services.set_index("service_id").loc[table.index]
    known = table["belongs_to"] == table["sent_to"]
    assert known.mean() > 0.9
    assert (services["provider"] == table["provider"])[known].all()


TABLET = Product(product_id="P-2", name="tablet", category="electronics")


def asking(request, at="2026-03-04T10:00", sent_to="training", **fields):
    usual = {"product_id": "P-2", "order_id": "O-1", "provider": "retailer"}
    return service("other", at, support_type=sent_to, request=request, **(usual | fields))


def asked_shop(*services):
    parts = bought("P-2", "2026-03-01T09:00")
    return served_shop(parts, services=list(services), products=[TABLET])


def test_work_on_goods_and_what_nobody_asked_for_is_no_request_for_support():
    shop = asked_shop(asking(None), asking("Please mend it.", sent_to=None), asking("A course!"))
    assert rk.support_requests(shop)["request"].to_list() == ["A course!"]


def test_a_request_whose_words_tell_nothing_belongs_nowhere_yet():
    shop = asked_shop(asking("Hello?", product_id="P-9"))
    row = rk.support_requests(shop).iloc[0]
    assert pd.isna(row["belongs_to"])
    assert pd.isna(row["provider"])


def test_a_card_tells_words_goods_and_sale_but_not_where_it_was_sent():
    one = asking("There is a message on it.")
    card = request_file(asked_shop(one), one.service_id)
    assert card[1:] == [
        "“There is a message on it.”",
        "It is about: tablet (electronics).",
        "In our records: sold in the store 3 days before.",
    ]
    assert "training" not in repr(card)


def test_a_card_of_what_was_sold_on_the_same_day_says_so():
    one = asking("Which one?", at="2026-03-01T09:30")
    assert request_file(asked_shop(one), one.service_id)[-1].endswith("on the same day.")


def test_a_request_that_is_not_there_is_said_so():
    with pytest.raises(ValueError, match="The shop has no service 'SE-1'"):
        request_file(asked_shop(), "SE-1")


# ---- the request desk ----


@pytest.fixture
def desk():
    return rk.forms.request_desk(shop_of("demo", 2))


def right_pair(desk):
    row = desk.requests.loc[desk.cards[len(desk.ruled)]]
    return {"support_type": row["belongs_to"], "provider": row["provider"]}


def test_the_desk_has_20_requests_of_every_kind_and_provider(desk):
    some = desk.requests.loc[desk.cards]
    assert len(some) == 20
    assert len(some.groupby(["belongs_to", "provider"])) == len(rk.support_directory())


def test_the_desk_shows_its_first_request(desk):
    assert f"Request 1 of 20\nRequest {desk.cards[0]}" in repr(desk)
    assert "No request is sent yet." in repr(desk)


def test_a_request_sent_rightly_is_said_to_be_the_desks(desk):
    said = desk.fill(**right_pair(desk)).save()
    assert said[0].endswith("The desk says the same.")
    assert said[-2] == "Of 1 request you and the desk agree on 1 kind and 1 provider."
    assert said[-1].endswith("must ask again: 0.")


def test_a_request_sent_to_the_wrong_place_is_counted_and_told_why(desk):
    right = right_pair(desk)
    wrong = next(word for word in rk.Provider if word != right["provider"])
    said = desk.fill(**{**right, "provider": wrong}).save()
    assert said[0].endswith("The desk says something else.")
    assert "the customer" in said[1]
    assert said[-2] == "Of 1 request you and the desk agree on 1 kind and 0 providers."
    assert said[-1].endswith("must ask again: 1.")


def test_a_request_needs_both_answers(desk):
    assert "Please answer: Who gives it?" in desk.fill(support_type="training").save()
    assert desk.sent.empty


def test_an_answer_is_taken_back(desk):
    assert desk.undo() == ["There is nothing to take back."]
    desk.fill(**right_pair(desk)).save()
    assert desk.undo() == [f"Your answer to {desk.cards[0]} is taken back."]
    assert "Request 1 of 20" in repr(desk)


def test_the_last_request_ends_the_desk():
    desk = rk.forms.request_desk(shop_of("demo", 2), cards=2)
    for _ in desk.cards:
        desk.fill(**right_pair(desk)).save()
    assert "All requests are sent." in repr(desk)
    after = desk.fill(support_type="training", provider="retailer").save()
    assert after[0] == "All 2 requests are sent."
    assert len(desk.sent) == 2


@pytest.mark.parametrize("cards", [0, -1, "many", 2.5])
def test_a_desk_needs_a_request(cards):
    with pytest.raises(ValueError, match="^cards: "):
        rk.forms.request_desk(asked_shop(), cards=cards)


# ---- the picture ----


def requests(*rows):
    columns = ["sent_to", "belongs_to", "provider"]
    return pd.DataFrame(rows, columns=columns, dtype="object")


RIGHT = ("training", "training", "retailer")
WRONG = ("training", "online_technical", "manufacturer")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([RIGHT, WRONG], "1 of 2 requests (50%) sent wrongly"),
        ([RIGHT], "None of 1 request sent wrongly"),
        ([], "Nobody has asked for support"),
        ([(None, None, None)], "Nobody has asked for support"),
    ],
)
def test_the_title_says_how_many_were_sent_wrongly(rows, title):
    picture = rk.figures.support_requests(requests(*rows))
    assert picture.axes[0].get_title(loc="left") == title
    assert picture.words.startswith(f"Bar chart. {title}. ")


def test_requests_that_belong_nowhere_yet_are_counted_in_words():
    words = rk.figures.support_requests(requests(RIGHT, ("training", None, None))).words
    assert words.endswith("1 request more, of which nobody knows where they belong.")


@pytest.mark.parametrize("learner", LEARNERS[:10])
def test_the_pictures_title_holds_in_every_learners_shop(learner):
    table = rk.support_requests(shop_of(learner, 2))
    wrongly = int((table["sent_to"] != table["belongs_to"]).sum())
    words = rk.figures.support_requests(table).words
    assert f"{wrongly:,} of {len(table):,} requests" in words
    bars = re.findall(r": [\d,]+, (\d+) sent wrongly", words)
    assert sum(map(int, bars)) == wrongly


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(ValueError, match="The table of requests has no column"):
        rk.figures.support_requests(pd.DataFrame({"sent_to": ["training"]}))
