"""The quiz of lesson 07: what must be answered first."""

from retailkit.course.questions import choice, matching, no, number, several, yes
from retailkit.shop import Shop
from retailkit.triage.from_records import evidence


def claims_in(shop: Shop) -> int:
    """How many cases of the book ask for something."""
    return int(evidence(shop)["asks_for_something"].sum())


QUIZ = (
    matching(
        "B4",
        "What is it?",
        (
            "“The parcel was late. I only want you to know.”",
            "complaint",
            "Somebody is dissatisfied, and asks for nothing.",
        ),
        (
            "“The parcel was late. Please give me the postage back.”",
            "claim",
            "It also asks for something to put it right.",
        ),
        (
            "The person who asks for the postage back",
            "claimant",
            "Whoever claims is the claimant; whoever complains, the complainant.",
        ),
    ),
    number(
        "B4",
        "How many cases in your claims book are complaints, and not claims?",
        lambda shop: len(shop.claims) - claims_in(shop),
        "All cases, less those that ask for something.",
        "That is another number. Take the claims of exercise 7.2 away from len(facts).",
        (claims_in, "Those are the claims: they ask for something. The others are left."),
        (
            lambda shop: len(shop.claims),
            "Those are all cases of the book. Some of them are claims.",
        ),
    ),
    choice(
        "B5",
        "What decides how serious a case is?",
        yes("What is at stake, and for whom", "The level is about the matter."),
        no(
            "How much the customer usually spends",
            "Who the customer is does not make a danger larger or smaller.",
        ),
        no(
            "How angry the text sounds",
            "Two quiet lines can tell of sparks, and a loud text of a scratch.",
        ),
    ),
    several(
        "B6",
        "Which of these cases need no action?",
        yes("The customer has taken it back.", "It was withdrawn. It still gets a kind answer."),
        yes("We have the same case twice already.", "The other record of it is being dealt with."),
        no(
            "The customer has no receipt.",
            "The sale may be in our records. A missing receipt is not a lie.",
        ),
        no("The customer is rude.", "The tone does not change what happened."),
    ),
    choice(
        "B7",
        "When do we call a case false?",
        yes(
            "When a record of ours says the opposite",
            "And only then. In a normal shop about one case in forty is unfounded.",
        ),
        no("When there is no proof yet", "Then we ask for it. Not known is never taken for no."),
        no(
            "When it sounds unlikely",
            "Whoever expects lies finds them everywhere. A record has to speak.",
        ),
    ),
    choice(
        "B8",
        "Somebody asks for a claim form and has bought nothing. What do you do?",
        yes(
            "Hand one over, at once and free of charge",
            "The form is for everybody, and a shop must have it ready.",
        ),
        no(
            "Ask for a receipt first",
            "Nobody needs a receipt for the form. What is owed is settled afterwards.",
        ),
        no(
            "Explain that forms are for customers",
            "Also a visitor can have been treated badly, and may say so on the form.",
        ),
    ),
)
