"""Reading letters: ours are clean in every place and language, and what is planted is found."""

import pytest
from small_shop import ANA, claim, small_shop, step
from test_letters import FACTS

from retailkit.claims import StaffMember
from retailkit.customers import Customer
from retailkit.letters import LANGUAGES, compose, kinds_of_letters, leaks, missing, paragraphs
from retailkit.markets import codes
from retailkit.reading import Directory, Required

OUTCOMES = [
    "accepted", "partly", "refused", "settled", "unfounded", "thanked", "withdrawn", "no_reply",
]  # fmt: skip

OMISSIONS = [
    (kind, language, market, name)
    for kind in kinds_of_letters()
    for language in LANGUAGES
    for market in codes()
    for name in missing("", kind, market, language)
]

CARLA = Customer(
    customer_id="C-2",
    given_name="Carla",
    family_name="Núñez Ortega",
    email="carla.nunez@post.example",
    phone="+34 600 111 222",
    street="Calle del Pozo 12",
)
RAVI = Customer(
    customer_id="C-3",
    given_name="रवि",
    family_name="शर्मा",
    email="ravi@post.example",
    phone="+91 98100 11223",
)
TWIN = Customer(customer_id="C-4", given_name="Ana", family_name="Ruiz", phone="+34 600 333 444")
EVA = StaffMember(staff_id="S-1", name="Eva Gil", function="customer_service")
NOTE = "Sounded angry on the phone, careful."


def shop_of_people():
    ana = Customer(
        customer_id="C-1",
        given_name="Ana",
        family_name="Ruiz",
        email="ana@post.example",
        phone="+34 600 333 444",
        street="Calle Mayor 3",
    )
    noted = step("CL-1", "assessed", "2026-04-01T10:00", note=NOTE)
    people = [ana, CARLA, RAVI, TWIN]
    return small_shop(claim(), steps=[noted], customers=people, staff=[EVA])


DISCLOSURES = [
    "Carla Núñez Ortega had the same trouble.",
    "CARLA  NÚÑEZ ORTEGA had it too",
    "Write to carla.nunez@post.example.",
    "Write to CARLA.NUNEZ@POST.EXAMPLE",
    "Call +34 600 111 222.",
    "Call 600111222, she knows.",
    "Call (600) 111-222.",
    "She lives next to Calle del Pozo 12.",
    "La clienta Carla Núñez Ortega dijo lo mismo.",
    "Escriba a ravi@post.example.",
    "Llame al 600 111 222.",
    "En la calle del pozo 12 pasó igual.",
    "रवि शर्मा जी को भी यही हुआ।",
    "उनका फ़ोन +91 98100 11223 है।",
    "ईमेल: ravi@post.example",
    "My own number is 655 010 203.",
    "Reach our Eva at eva.gil@home.example.",
    "Eva is on sick leave this week.",
    "His salary was cut for it.",
    "Here is Eva's private number.",
    "Her home address is in the book.",
    "The colleague got a written warning.",
    "She is pregnant and away.",
    "Eva está de baja médica.",
    "Le dimos una amonestación.",
    "Este es su teléfono particular.",
    "Le bajamos el sueldo.",
    "Su domicilio particular es otro.",
    "ईवा बीमारी की छुट्टी पर हैं।",
    "उनका निजी नंबर यह है।",
    "उनका वेतन काट लिया गया।",
    NOTE,
    f"For you: {NOTE.lower()}",
    "Sounded angry\non the phone,   careful.",
]


@pytest.mark.parametrize("market", codes())
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds_of_letters())
def test_our_letters_carry_all_and_tell_nothing(kind, language, market):
    shop = shop_of_people()
    for outcome in OUTCOMES if kind == "answer" else ["accepted"]:
        facts = FACTS | {"market": market, "outcome": outcome, "customer": "Ana Ruiz"}
        text = compose(kind, language, facts)
        assert missing(text, kind, market, language) == []
        assert leaks(text, shop, "C-1") == []


def test_at_least_thirty_things_are_left_out_and_thirty_told():
    assert len(OMISSIONS) >= 30
    assert len(DISCLOSURES) >= 30


@pytest.mark.parametrize(("kind", "language", "market", "name"), OMISSIONS)
def test_what_is_left_out_is_found_and_nothing_else(kind, language, market, name):
    assert name in paragraphs(kind, language)
    text = compose(kind, language, FACTS | {"market": market}, without={name})
    assert missing(text, kind, market, language) == [name]


@pytest.mark.parametrize("told", DISCLOSURES)
def test_what_must_not_be_told_is_found(told):
    letter = compose("answer", "en", FACTS | {"reasons": told})
    assert leaks(letter, shop_of_people(), "C-1")


def test_what_is_the_customers_own_may_be_told():
    own = "Ana Ruiz, ana@post.example, +34 600 333 444, Calle Mayor 3"
    assert leaks(own, shop_of_people(), "C-1") == []


def test_who_deals_with_it_may_be_named_even_where_a_customer_has_the_name():
    shop = shop_of_people()
    assert leaks("Eva Gil is responsible for it.", shop, "C-1") == []


def test_a_name_within_the_customers_own_name_is_nobody_elses():
    longer = Customer(customer_id="C-5", given_name="Eva Carla", family_name="Núñez Ortega")
    shop = small_shop(claim(), customers=[CARLA, longer])
    assert leaks("Dear Eva Carla Núñez Ortega,", shop, "C-5") == []
    assert leaks("Dear Eva Carla Núñez Ortega,", shop, "C-2") != []


def test_to_somebody_without_a_name_everybody_is_somebody_else():
    assert leaks("Ana Ruiz was here.", shop_of_people(), None)


def test_numbers_and_days_are_no_telephone_numbers():
    text = "Case CL-0000001234-1 of 2026-04-01: €1,234.50, before 6 April 2026, article 12 3 4."
    assert leaks(text, shop_of_people(), "C-1") == []


def test_many_letters_are_read_against_one_directory():
    directory = Directory(shop_of_people())
    assert [len(directory.leaks(text, "C-1")) for text in ("Hello.", "Carla Núñez Ortega")] == [
        0,
        1,
    ]


def test_a_shop_of_people_without_contacts_discloses_nothing():
    assert leaks("Dear Ana,", small_shop(claim(), customers=[ANA]), None) == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (
            "We got your case no. 4711. Mr Lee deals with it; you hear from us within 10 days.",
            "status",
            [Required.STANDING],
        ),
        (
            "Case 12: no, because it was dropped. Eva is in charge of it. You may go to the OMIC.",
            "answer",
            [],
        ),
        (
            "We were courteous. Case 12, because. Eva is in charge of it.",
            "answer",
            ["options"],
        ),
    ],
)
def test_letters_that_others_wrote_are_read_as_well(text, kind, found):
    assert missing(text, kind, "ES") == found


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "anser"}, "'anser' is not a letter that is read"),
        ({"kind": "answer", "language": "fr"}, "'fr' is not a language that is read"),
        ({"kind": "answer", "market": "SE"}, "'SE' is not a market"),
    ],
)
def test_what_cannot_be_read_is_told(fields, sentence):
    with pytest.raises(ValueError, match=sentence):
        missing("Dear Ana,", **fields)


@pytest.mark.parametrize("when", ["28-02-2026", "2026-02-28 10:30", "2026-02-28T10:30"])
def test_a_day_in_figures_is_no_telephone_number(when):
    assert leaks(f"We met on {when}.", shop_of_people(), "C-1") == []
