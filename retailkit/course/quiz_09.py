"""The quiz of lesson 09: whether a procedure is a good one."""

from retailkit.course.questions import choice, matching, no, several, yes

QUIZ = (
    matching(
        "B14",
        "Which principle is broken?",
        (
            "The sign hangs behind a cupboard.",
            "visibility",
            "People must be able to see where they can complain.",
        ),
        (
            "The form is there in one language only.",
            "accessibility",
            "Everybody must be able to use it, also in their own language.",
        ),
        ("Whoever complains pays two euros.", "costs", "Complaining is free."),
        (
            "A list with other people's cases lies open.",
            "privacy",
            "What somebody tells us is not for others to read.",
        ),
    ),
    matching(
        "B14",
        "And which one here?",
        (
            "The one it is about decides on it.",
            "objectivity",
            "Nobody is a fair judge of a case about themselves.",
        ),
        (
            "Nobody can say who deals with the case.",
            "responsibility",
            "A case needs somebody who answers for it.",
        ),
        (
            "The same mistake is mended for the tenth time.",
            "continuous improvement",
            "The cause has to go, not only its traces.",
        ),
    ),
    choice(
        "B14",
        "3 of 40 cases were acknowledged late, and the standard lets 5 in 100 pass. Is the principle broken?",
        yes(
            "Nobody can tell from 40 cases.",
            "The interval reaches from below the standard to far above it.",
        ),
        no(
            "Yes: 3 of 40 is more than 5 in 100.",
            "The share alone is not enough. With so few cases chance plays a large part.",
        ),
        no(
            "No: 3 cases are bad luck.",
            "They may be. But the interval also holds shares far above the standard.",
        ),
    ),
    choice(
        "B14",
        "One letter of 1,000 held another customer's data. Is that a broken principle?",
        yes(
            "Yes: there nothing is tolerated.",
            "A fee or somebody else's data is never let pass, so a single case is enough.",
        ),
        no(
            "No: one of 1,000 is far below 5 in 100.",
            "That standard is for things such as late letters. For other people's data none is let pass.",
        ),
        no(
            "Nobody can tell.",
            "Where nothing is tolerated there is nothing to wait for: it has happened.",
        ),
    ),
    several(
        "B14",
        "Which of these are corrective actions?",
        yes(
            "From 1 August Ben checks each list before it is laid out.",
            "Somebody changes how we work, by a certain day.",
        ),
        no("We say sorry to the customer.", "That is right, and it mends this one case only."),
        no(
            "We promise less, so that nobody can call us late.",
            "People would wait longer, and nothing would be mended.",
        ),
    ),
)
