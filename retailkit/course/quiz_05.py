"""The quiz of lesson 05: whether what we know is still true, and what we may use it for."""

from retailkit.aftersales import may_contact
from retailkit.course.questions import choice, no, number, several, yes
from retailkit.shop import Shop


def may_be_sent_offers(shop: Shop) -> int:
    """How many customers may be sent an offer today."""
    return int(may_contact(shop, purpose="marketing")["may"].sum())


def ever_said_yes(shop: Shop) -> int:
    """How many customers have said yes to offers at some time."""
    asked = shop.consents[shop.consents["purpose"] == "marketing"]
    return int(asked[asked["state"] == "given"]["customer_id"].nunique())


QUIZ = (
    choice(
        "A11",
        "A telephone number was last checked three years ago. What do you do?",
        yes("Ask the customer", "Old does not mean wrong, and only asking tells."),
        no("Delete it", "It may be right still. Then you could not reach the customer at all."),
        no(
            "Leave it as it is",
            "Facts grow wrong by themselves, so what is old is checked regularly.",
        ),
    ),
    choice(
        "A11",
        "The customer tells you a new number. What do you write down?",
        yes("The number, and the day", "Without the day the next of us would call again."),
        no("The number alone", "Then nobody can see that it was checked today."),
        no(
            "Both numbers, to be safe",
            "Then the next of us has to find out again which one is right.",
        ),
    ),
    several(
        "A12",
        "Which of these customers may be sent an offer?",
        yes(
            "She said no two years ago, and yes in May.",
            "Within one record the latest answer holds, and it is a yes.",
        ),
        no(
            "He said yes, and took it back in May.",
            "Whoever has said yes can always take it back: that is opting out.",
        ),
        no("Nobody has asked her yet.", "Only a yes is a yes. She may be asked."),
        no("He said yes to a survey.", "Each purpose is asked by itself: a survey is no offer."),
    ),
    choice(
        "A12",
        "One person stands in the list twice. One record says no to offers, the other a later yes. What holds after merging?",
        yes("The no", "Whoever asked the second time did not know about the no."),
        no(
            "The yes, because it is later",
            "The two answers stood in two records because of our own mistake. The stricter one holds.",
        ),
        no(
            "Neither: we ask again at once",
            "A no is an answer. Until the customer says otherwise, it holds.",
        ),
    ),
    choice(
        "A12",
        "What can mail do that nobody has asked for?",
        yes(
            "It can turn people against the shop.",
            "They may be annoyed, tell others, stop reading, or complain.",
        ),
        no("Nothing: whoever minds will say so", "Many never say so, and stop coming instead."),
        no(
            "It makes everybody buy more",
            "Nobody can promise that, and those who are annoyed may buy less.",
        ),
    ),
    number(
        "A12",
        'How many of your customers may be sent an offer today? (may = rk.may_contact(shop, purpose="marketing") has a column that says it.)',
        may_be_sent_offers,
        "These customers have said yes, and have not taken it back.",
        "That is another number. Keep the rows in which the column may is True, and count them.",
        (ever_said_yes, "So many have said yes at some time. Some of them took it back later."),
        (lambda shop: len(shop.customers), "Those are all your customers. Most have not said yes."),
    ),
)
