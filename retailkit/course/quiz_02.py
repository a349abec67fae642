"""The quiz of lesson 02: who helps after the sale, and how."""

from retailkit.course.questions import choice, matching, no, number, several, yes

QUIZ = (
    several(
        "A1",
        "Which of these can be post-sales support?",
        yes(
            "Standing by a guarantee",
            "A guarantee that is kept is support for somebody who has bought.",
        ),
        yes("Repairing what was sold", "A repair is done for somebody who has bought."),
        yes(
            "Upgrading a program that was sold",
            "An upgrade makes better what the customer has already.",
        ),
        no("Putting up the prices", "That does nothing for those who have bought."),
    ),
    matching(
        "A1",
        "Who is it?",
        (
            "The shop that sold the radio",
            "retailer",
            "The retailer is the one who sells to the customer.",
        ),
        (
            "The firm that built the radio",
            "manufacturer",
            "The manufacturer made the thing, and wrote the programs in it.",
        ),
        (
            "A firm that holds courses for many shops",
            "third party",
            "It neither sold the radio nor made it.",
        ),
    ),
    choice(
        "A2",
        "For which goods is online or technical support meant above all?",
        yes(
            "For goods with technology in them",
            "Computers, telephones, televisions and most things with a plug or a motor.",
        ),
        no(
            "For food",
            "Nobody calls a help desk about an apple: there is nothing that could be set or switched.",
        ),
        no(
            "For everything that is dear",
            "The price does not decide. A dear carpet needs no help desk, a cheap telephone may.",
        ),
    ),
    choice(
        "A3",
        "When and where is onsite support given?",
        yes(
            "In the store, at the time of the sale",
            "Somebody helps to choose, opens the box, shows a button.",
        ),
        no(
            "By telephone, when something does not work",
            "That helps from afar: it is online or technical support.",
        ),
        no("In a course, some weeks later", "A course is training: it gives knowledge and skills."),
    ),
    choice(
        "A3 A4",
        "A customer has a camera and takes the same picture each time. What shows its actual utility?",
        yes(
            "Training",
            "Knowing what it can do, and being able to do it, shows what it is good for.",
        ),
        no(
            "A dearer camera",
            "Then there would be even more in it that nobody uses. That is not cost-effective.",
        ),
        no("A repair", "Nothing is broken. What is missing is knowledge and skill."),
    ),
    number(
        "A1",
        "Of 2,000 requests 150 went to the wrong kind of support. Which share is that? (A number between 0 and 1.)",
        lambda shop: 150 / 2000,
        "The part divided by the whole.",
        "Divide the part by the whole: 150 / 2000.",
        (lambda shop: 7.5, "That is per cent. As a share it is a hundredth of that."),
        (
            lambda shop: 2000 / 150,
            "You divided the whole by the part. A share is never more than 1.",
        ),
    ),
)
