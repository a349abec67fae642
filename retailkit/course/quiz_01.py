"""The quiz of lesson 01: before, during and after a sale."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    matching(
        "B1",
        "Which stage is it?",
        (
            "A customer asks when the lamp will come.",
            "ordering",
            "The lamp is not there yet: the customer is still getting something.",
        ),
        (
            "A customer writes that the lamp is broken.",
            "claims",
            "Something went wrong, and somebody says so.",
        ),
        (
            "We send a card on the customer's birthday.",
            "after-sales",
            "All is well, and we look after somebody who has bought.",
        ),
    ),
    choice(
        "B1",
        "What ends the ordering?",
        yes("The goods are handed over.", "From then on the customer has what was ordered."),
        no(
            "The customer has paid.",
            "Who pays ahead still waits for the goods, so the ordering goes on.",
        ),
        no(
            "The goods have left the shop.",
            "On the way they can still get lost or late. Nobody has taken them yet.",
        ),
    ),
    choice(
        "B2",
        "From when on does the computer hold a customer's data?",
        yes(
            "From the order on",
            "The number, the name, how to reach the customer, and what was ordered.",
        ),
        no(
            "From the first complaint on",
            "By then the desk must look up the order, so the data has to be there already.",
        ),
        no(
            "From the day on which the money comes in",
            "An order form is filled in before that, and the shop needs the name to call back.",
        ),
    ),
    several(
        "B3",
        "Somebody asks where an order is. Whom may we tell?",
        yes(
            "The customer who ordered",
            "Customers can easily get information about their own purchase.",
        ),
        no(
            "A neighbour who knows the number of the order",
            "A number can be read off a parcel. We do not even say whether there is such an order.",
        ),
        no(
            "The customer's employer",
            "The purchase is the customer's own business, whoever else asks.",
        ),
    ),
    choice(
        "B2 B3",
        "An order is open, it has left the shop, and the promised day was yesterday. What is it?",
        yes("Late", "Nobody has taken it, and the promised day has gone by."),
        no(
            "On its way",
            "It is, and yet the promised day has gone by: that is what the customer has to hear.",
        ),
        no(
            "Handed over",
            "To be handed over, somebody must have taken it. It has only left the shop.",
        ),
    ),
)
