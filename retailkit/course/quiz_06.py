"""The quiz of lesson 06: the best customers, and what they buy."""

from retailkit.course.questions import choice, matching, no, number, several, yes
from retailkit.insight import best_customers, rfm

QUIZ = (
    matching(
        "A13",
        "Which of the three is it?",
        (
            "The last purchase was nine days ago.",
            "recency",
            "It says how recent the last purchase is.",
        ),
        (
            "There were purchases on fourteen days.",
            "frequency",
            "It says how frequent the purchases are.",
        ),
        ("All purchases together came to 860 euros.", "money", "It says how much came in."),
    ),
    choice(
        "A13",
        "It is 12 May. How do you compare May with April?",
        yes(
            "By the money for each day",
            "A day can be compared with a day, whatever the month.",
        ),
        no(
            "By the money of each month so far",
            "Twelve days would be held against thirty. No month could win like that.",
        ),
        no(
            "By the number of customers in the list",
            "That counts who is known, and says nothing about what was sold.",
        ),
    ),
    several(
        "A13",
        "What can a customer database show a shop?",
        yes(
            "Which months sell the most",
            "That is a trend: how something goes up and down over time.",
        ),
        yes("Which customers bring the most money", "The orders of each customer can be added up."),
        no("Why somebody buys", "The table says what goes together, and not why."),
        no(
            "What guests without a name have bought in all",
            "A guest gives no name, so nobody can put two visits together.",
        ),
    ),
    choice(
        "A13",
        "A magazine says that a fifth of the customers brings four fifths of the money. And in your shop?",
        yes(
            "That has to be looked up in our own orders.",
            "Shops differ, and nobody knows a share before it has been counted.",
        ),
        no(
            "It is the same everywhere.",
            "Where everybody buys about the same, the best fifth brings little more than a fifth.",
        ),
        no("It cannot be known.", "The orders hold it: add up the best fifth, and divide by all."),
    ),
    number(
        "A13",
        "How many customers are in the best tenth of your shop? (best = rk.best_customers(shop.orders) is the table of them.)",
        lambda shop: len(best_customers(shop.orders)),
        "One row for each of them.",
        "That is another number. len(best) counts the rows of the table of the best customers.",
        (
            lambda shop: len(rfm(shop.orders)),
            "Those are all customers who have bought. The best tenth is a tenth of that.",
        ),
        (
            lambda shop: len(shop.customers),
            "Those are all customers in the list, with those who have never bought.",
        ),
    ),
)
