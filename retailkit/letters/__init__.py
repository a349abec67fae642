"""Letters: the claim form, the acknowledgement, the answer and what else the desk writes."""

from retailkit.letters.compose import (
    LANGUAGES,
    compose,
    facts_needed,
    kinds_of_letters,
    options_in,
    paragraphs,
    subject,
)

__all__ = [
    "LANGUAGES",
    "compose",
    "facts_needed",
    "kinds_of_letters",
    "options_in",
    "paragraphs",
    "subject",
]
