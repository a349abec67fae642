"""The quiz of lesson 10: what is done for customers who have bought."""

from retailkit.course.questions import choice, matching, no, number, several, yes

QUIZ = (
    choice(
        "B15",
        "What is after-sales service?",
        yes(
            "What a shop does for customers once they have bought",
            "Goods or a service, asked for or not.",
        ),
        no(
            "Taking an order over the telephone",
            "There nothing has been bought yet: that is ordering.",
        ),
        no(
            "Whatever brings in more money",
            "Some of it is owed, and costs money. What is done counts, not what it earns.",
        ),
    ),
    matching(
        "B17",
        "Which type of service is it?",
        ("A voucher for the next purchase", "promotional", "It sells."),
        ("A birthday card without an offer", "psychological", "It pleases, and sells nothing."),
        ("“Your guarantee ends in three weeks.”", "security", "It protects what the customer has."),
        (
            "Installing the washing machine",
            "maintenance",
            "It helps to use the goods; training belongs here, too.",
        ),
    ),
    number(
        "B17",
        "The budget is 200 euros. What is owed costs 180, and the cards that we would like to send cost 45. How many euros are left for cards?",
        lambda shop: 20,
        "First what is owed, then what pleases.",
        "Take what is owed from the budget first.",
        (lambda shop: 45, "That would be more than there is: what is owed comes first."),
        (lambda shop: -25, "Money that is not there cannot be spent. Some cards stay unsent."),
    ),
    several(
        "B16",
        "Which of these may we say of after-sales service?",
        yes(
            "Customers who are well served may recommend us.",
            "May, not will: it can be looked up in the records.",
        ),
        no("Whoever gets a card will buy again.", "Nobody can promise that of one customer."),
        no(
            "It makes sure that nobody complains.",
            "Things go wrong all the same. Then it counts how they are handled.",
        ),
    ),
    choice(
        "B16",
        "Customers with a card buy more often than those without. Did the card do it?",
        yes(
            "That shows only among customers who are alike.",
            "Cards go to those who said yes, and these like the shop already.",
        ),
        no(
            "Yes, the shares say so.",
            "That compares everybody with everybody. Who is served differs from who is not, before any service.",
        ),
        no("No, cards never help.", "Nobody knows that either. A fair comparison can show it."),
    ),
)
