"""The quiz of lesson 11: running the desk."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    choice(
        "B12",
        "Half of the customers hear within one hour, and 95 of 100 within two. What do you promise?",
        yes("Two hours", "A promise is for nearly everybody, so that people can rely on it."),
        no("One hour", "Every second customer would wait longer than you said."),
        no("Nothing", "Then nobody knows how long to wait. Customers are told the deadline."),
    ),
    choice(
        "B14",
        "You promise two hours in the place of one, and work as before. What changes?",
        yes(
            "The promise is kept, and nobody hears sooner.",
            "A promise is not speed. What it gives is that it holds.",
        ),
        no(
            "Customers hear sooner.",
            "Two people work as fast as before, whatever they have promised.",
        ),
        no("Nothing at all", "Before, the promise was broken again and again. Now it holds."),
    ),
    matching(
        "B14",
        "Plan, do, check, act: which step is it?",
        ("Choose a change, with its price", "plan", "Nothing has been done yet."),
        ("Work in the new way from Monday on", "do", "The change is being made."),
        ("Count again after a month", "check", "You look at what the change was worth."),
        (
            "Keep what helped, and try another change",
            "act",
            "You draw the conclusion, and begin again.",
        ),
    ),
    several(
        "B16",
        "Which sentences may stand in the report to the owner?",
        yes(
            "In the twin shop the promise was kept, and the hours stayed as they were.",
            "That was counted, and it also says what has not moved.",
        ),
        no(
            "Next month all customers will buy more.",
            "Nobody can know that, and your records do not hold it.",
        ),
        no("Everything is better now.", "That says neither what was counted nor by how much."),
    ),
)
