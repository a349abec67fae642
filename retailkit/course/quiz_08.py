"""The quiz of lesson 08: a case from start to finish."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    choice(
        "B9",
        "To whom is a claim about a washing machine addressed?",
        yes(
            "To the shop, and there to the person responsible",
            "Customers are told beforehand who that is.",
        ),
        no(
            "To whoever happens to be at the desk",
            "Then it can get lost between two people. A case has one owner.",
        ),
        no(
            "To the consumers' office",
            "That is where customers can turn besides. First the shop is to answer.",
        ),
    ),
    several(
        "B10",
        "What may stand in a letter to the customer?",
        yes(
            "The number of the case, and the decision with its reasons",
            "That belongs to the case, and the customer needs it.",
        ),
        no("“Eva could not answer, she is ill.”", "That is private, and about somebody else."),
        no(
            "“Last week another customer, Leo Sanz, had the same.”",
            "Nothing about other customers leaves the shop.",
        ),
    ),
    matching(
        "B11",
        "Whose job is it?",
        (
            "Take the complaint down, and write the answer",
            "customer service",
            "It receives, starts the process, and speaks for the shop.",
        ),
        ("Find out why the machine stops, and mend it", "technician", "This is work on the thing."),
        (
            "Show the customer how to clean the filter",
            "trainer",
            "This is work with the person, so that the thing is used properly.",
        ),
    ),
    several(
        "B12",
        "What are customers told before anybody complains?",
        yes(
            "Where, and by which means, they can complain", "Two of the six basics: where, and how."
        ),
        yes("By when there will be an answer", "The deadline is one of the six basics."),
        yes(
            "Where else they can turn, and how to follow the case",
            "Other options and tracking belong to the basics as well.",
        ),
        no("How many complaints others have made", "That is no help to somebody with a complaint."),
    ),
    choice(
        "B12",
        "The law gives the shop ten working days, and the shop promises eight days. Which day holds?",
        yes(
            "The earlier of the two",
            "A promise can be stricter than the law, and the law stricter than a promise.",
        ),
        no("Always the law's", "Then a promise would be worth nothing."),
        no(
            "Always the promise's",
            "A promise that asks less than the law changes nothing about the law.",
        ),
    ),
    choice(
        "B13",
        "What is the customer's copy of the form good for?",
        yes(
            "It proves that we have received it.",
            "That is the acknowledgement, with a number and a day.",
        ),
        no(
            "It says that the customer is right.",
            "Nothing has been decided yet. It says that the form is with us.",
        ),
        no(
            "It is a receipt for the goods.",
            "The form holds reason, wish, product, deadline and who it is, and no payment.",
        ),
    ),
)
