"""The quiz of lesson 04: where customers' data is safe."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    choice(
        "A8",
        "What does “confidential” mean inside the shop?",
        yes(
            "People see what they need for their work.",
            "And no more than that, so there are roles.",
        ),
        no(
            "Everybody who works here may read it.",
            "A technician needs no birthday. Whoever sees more than needed can misuse more.",
        ),
        no(
            "Nobody may read it.",
            "Then nobody could serve the customers, and it need not be kept at all.",
        ),
    ),
    several(
        "A8",
        "A laptop with an encrypted customer database is lost. Against what does the encryption help?",
        yes("The finder opens the file.", "Without the key the file shows nothing."),
        no(
            "A copy of the list lies beside it as a workbook.",
            "A workbook is packed, not locked: every spreadsheet program opens it.",
        ),
        no("The passphrase is “password”.", "A passphrase that others guess is no lock."),
    ),
    choice(
        "A9",
        "For whom is a spreadsheet enough?",
        yes("For one person with a few words about each customer", "That is the simple case."),
        no(
            "For a shop that keeps orders, repairs and complaints",
            "One customer has many of each: that does not fit into one row.",
        ),
        no(
            "For five people who write at the same time",
            "They would work in copies, and nobody would know which one is right.",
        ),
    ),
    choice(
        "A9",
        "A spreadsheet shows 4.41632E+11 where a telephone number was. What helps?",
        yes(
            "Look the number up on paper and type it into a column of text",
            "The lost digits are nowhere in the file.",
        ),
        no(
            "Make the column wider",
            "The digits were not saved. Nothing brings them back from the file.",
        ),
        no(
            "Put a zero in front", "A zero helps where only the zero is gone. Here digits are lost."
        ),
    ),
    matching(
        "A10",
        "Which benefit of keeping records does it show?",
        (
            "The desk finds the order and asks nothing twice.",
            "efficiency",
            "Nobody does a piece of work twice.",
        ),
        (
            "A customer asks what we hold, and gets to see it.",
            "rights",
            "Somebody's right is kept because there is a record.",
        ),
        (
            "Months later a decision is read again, and changed.",
            "re-examination",
            "What was decided can be looked at once more.",
        ),
        (
            "The shop adds up what repairs have cost in a year.",
            "cost",
            "It is about money that was spent.",
        ),
    ),
)
