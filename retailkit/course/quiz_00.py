"""The quiz of lesson 00: how the course works."""

from retailkit.course.questions import choice, no, number, several, yes

QUIZ = (
    choice(
        "",
        "A check says “Not yet”. What does it mean?",
        yes(
            "The answer is still missing.",
            "The three dots stand there still. Nothing is broken, and you can come back later.",
        ),
        no("The answer is wrong.", "For a wrong answer a check says “Not quite”, with a reason."),
        no(
            "Something is broken.",
            "Nothing breaks when an answer is missing. You can even go on with the lesson.",
        ),
    ),
    choice(
        "",
        "You are stuck at 1.2. What do you do first?",
        yes(
            'rk.hint("1.2")',
            "The first hint asks a question that helps, and gives nothing away.",
        ),
        no(
            'rk.solution("1.2")',
            "That shows how it is done. You learn more when you have tried with a hint first.",
        ),
        no(
            "Start the whole lesson again",
            "That costs time and brings no help. There are hints for every exercise.",
        ),
    ),
    several(
        "",
        "Which of these are so?",
        yes(
            "My shop is the same each time I open the lesson.",
            "Your shop is made from your code name, so it comes out the same each time.",
        ),
        no(
            "My neighbour's number is right for me as well.",
            "Everybody has another shop, so another number is right there.",
        ),
        no(
            "A new edition of the course writes over my lesson.",
            "A lesson that you have changed is never written over.",
        ),
    ),
    number(
        "",
        "How many orders has your shop taken in all? (len counts the rows of a table.)",
        lambda shop: len(shop.orders),
        "So it is: len(shop.orders) counts the rows of the table of orders.",
        "That is another number. Run len(shop.orders) in a cell, and type in what it shows.",
        (
            lambda shop: len(shop.customers),
            "That is how many customers there are. Some order more than once: count the orders.",
        ),
    ),
)
