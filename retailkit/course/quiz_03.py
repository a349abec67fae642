"""The quiz of lesson 03: how we come to know our customers."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    several(
        "A5",
        "Which of these are first-hand customer data?",
        yes(
            "An address that the customer wrote on a form",
            "The customer said it, and we wrote it down.",
        ),
        yes(
            "What a customer usually buys, from our own orders",
            "We looked into our own records, so nobody had to guess.",
        ),
        no(
            "A list of addresses that somebody sells",
            "Others collected it. Nobody on it has told us anything.",
        ),
        no("An age that a colleague guessed", "A guess is no fact. Ask, or leave the field open."),
    ),
    matching(
        "A6",
        "Which paper do you take out?",
        (
            "“The last one is sold? I will take one when it comes.”",
            "order form",
            "It is not in stock, and somebody commits to buying it.",
        ),
        (
            "“Do you have it in green? Please call me.”",
            "enquiry",
            "Somebody only asks: record it, and follow it up on the day that was named.",
        ),
        (
            "“I waited all day, and nobody came.”",
            "complaint",
            "Somebody is not content: note who, why, who heard it, and what was done.",
        ),
        (
            "“Four for the goods, two for the speed.”",
            "survey",
            "Marks out of 5 belong on a survey card, and details on its back.",
        ),
    ),
    choice(
        "A6",
        "What comes in with a warranty card that no other paper tells?",
        yes(
            "Which very piece the customer owns",
            "By its serial number we find it again if the series has a fault.",
        ),
        no("How content the customer is", "That is what a survey asks, with marks."),
        no(
            "Whether the customer wants our news",
            "That is asked on the website and with an enquiry.",
        ),
    ),
    choice(
        "A6",
        "A survey card came in without a name, and you know the handwriting. What do you do?",
        yes(
            "Leave the name away",
            "Whoever gave marks without a name did so because nobody would know.",
        ),
        no(
            "Write the name on the card",
            "Then the card is not anonymous any more, against the customer's wish.",
        ),
        no("Throw the card away", "The marks count, also without a name."),
    ),
    choice(
        "A7",
        "Why does a shop collect data about its customers?",
        yes(
            "To tailor its service, and to grow",
            "What is good for neither should not be collected.",
        ),
        no(
            "To have as much of it as possible",
            "What nobody needs can only get lost or out of date.",
        ),
        no("To sell it to other shops", "Customers trusted us with it. It is for serving them."),
    ),
)
