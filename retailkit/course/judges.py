"""How an answer is held against the right one, for each kind of answer.

A judge says nothing where the answer is right; else it says in a sentence what is
the matter, and never what the right answer is.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.course.shortfall import Shortfall, share_of_a_set
from retailkit.markets import Deadline
from retailkit.records import is_nothing, understood
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.course.exercises import Cases, Judge


def is_blank(answer: Any) -> bool:
    """Whether nothing has been answered yet.

    >>> is_blank(...), is_blank(["claim", ...]), is_blank(0)
    (True, True, False)
    """
    if isinstance(answer, (list, tuple, set)):
        return not answer or any(is_blank(part) for part in answer)
    return answer is ... or is_nothing(answer)


def listed(answer: Any) -> list[Any] | None:
    """A list-like answer as a list, with blanks around its words taken off; None for anything else.

    >>> listed((" claim", "complaint "))
    ['claim', 'complaint']
    """
    if hasattr(answer, "tolist") and not callable(answer) and getattr(answer, "ndim", 0) == 1:
        answer = answer.tolist()  # a column, an index, an array
    if not isinstance(answer, (list, tuple, set)):
        return None
    return [part.strip() if isinstance(part, str) else part for part in answer]


def number(answer: Any, right: Any, cases: Cases) -> str | None:
    """A number, within a millionth."""
    if problem := no_number(answer):
        return problem
    if _same(answer, right):
        return None
    if isinstance(right, int) and not float(answer).is_integer():
        said = "{number} has a part behind the point. Whole things are counted here."
        return say(said, number=answer)
    return say("That is too many.") if answer > right else say("That is too few.")


def fraction(answer: Any, right: Any, cases: Cases) -> str | None:
    """A share or another number with a part behind the point, as Python computes it."""
    if problem := no_number(answer):
        return problem
    if _same(answer, right):
        return None
    if abs(answer - right) <= ROUNDED:
        return say(
            "Near, but rounded or not quite the same rows. Let Python compute it, and do not round."
        )
    return say("That is too high.") if answer > right else say("That is too low.")


def no_number(answer: Any) -> str | None:
    """The sentence for what is no number; nothing for a number."""
    if isinstance(answer, tuple) and len(answer) > 1 and all(type(part) is int for part in answer):
        said = "Python takes a comma for the end of a number. Write the number without it."
        return say(said)
    if isinstance(answer, (bool, str)) or not isinstance(answer, numbers.Real):
        return say("A number is asked for; this is {what}.", what=described(answer))
    return None


def _same(answer: Any, right: Any) -> bool:
    return bool(abs(answer - right) <= 1e-6 * max(1.0, abs(right)))


ROUNDED = 0.006
"""So far off may be who writes a share with two digits behind the point."""


def words_in_order(
    choices: Collection[str], advice: str = later("Read the texts again, to the last sentence.")
) -> Judge:
    """A list of words out of a closed list, one for each case, in the order of the cases.

    `advice` is what is said where some words are wrong.
    """

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        given_words = listed(answer)
        if given_words is None:
            said = "A list of {number} words is asked for; this is {what}."
            return say(said, number=len(right), what=described(answer))
        answer = [_as_written(word, choices) for word in given_words]
        if len(answer) != len(right):
            said = "{number} words are asked for, in order; yours has {given}."
            return say(said, number=len(right), given=len(answer))
        strange = [given for given in answer if given not in list(choices)]
        if strange:
            return _none_of_the_words(strange[0], choices)
        good = sum(given == wanted for given, wanted in zip(answer, right, strict=True))
        if good == len(right):
            return None
        # with two words to choose from, saying which one is wrong would be the answer
        said = say("{good} of {number} are right.", good=good, number=len(right))
        return Shortfall(f"{said} {say(advice)}", good / len(right))

    return judge


def _none_of_the_words(word: Any, choices: Collection[str]) -> str:
    said = "{word} is none of the words. Choose {choices}."
    return say(said, word=shown_as(word), choices=listing(choices, "or"))


def _as_written(word: Any, choices: Collection[str]) -> Any:
    """A word as it stands among the choices, however its letters and spaces were typed."""
    if not isinstance(word, str):
        return word
    plain = word.strip().lower().replace(" ", "_")
    return {choice.lower(): choice for choice in choices}.get(plain, plain)


def one_word(answer: Any, right: Any, cases: Cases) -> str | None:
    """One word out of those that name the cases."""
    if not isinstance(answer, str):
        said = "One word is asked for, between quotation marks; this is {what}."
        return say(said, what=described(answer))
    word = _as_written(answer, cases)
    if word not in cases:
        return _none_of_the_words(answer, cases)
    return None if word == right else say("Your records do not show that.")


def some_letters(choices: Collection[str]) -> Judge:
    """Letters out of a closed list, in any order."""

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        given = listed([answer] if isinstance(answer, str) else answer)
        if given is None:
            return say("A list of letters is asked for; this is {what}.", what=described(answer))
        letters = [_as_written(letter, choices) for letter in given]
        strange = [letter for letter in letters if letter not in list(choices)]
        if strange:
            said = "{letter} is no letter. Choose {choices}."
            return say(said, letter=shown_as(strange[0]), choices=listing(choices, "or"))
        return _too_many_or_missing(letters, right, len(choices), _count_of_letters)

    return judge


def _count_of_letters(number: int) -> str:
    # of the alphabet, while "letter" alone is what one writes
    return say("1 letter") if number == 1 else say("{number} letters", number=number)


def _too_many_or_missing(
    given: Collection[Any], right: Any, choices: int, counted: Callable[[int], str]
) -> str | None:
    """How many things of a set are too many, and how many missing; never which."""
    too_many, missing = set(given) - set(right), set(right) - set(given)
    said = [say("{things} too many", things=counted(len(too_many)))] if too_many else []
    said += [say("{things} missing", things=counted(len(missing)))] if missing else []
    if not said:
        return None
    share = share_of_a_set(set(given), set(right), choices)
    return Shortfall(say("Your list has {things}.", things=listing(said)), share)


def days_in_order(answer: Any, right: Any, cases: Cases) -> str | None:
    """A list of days, one for each line of the sheet; as text, as dates or as deadlines."""
    days = listed(answer)
    if days is None:
        said = "A list of {number} days is asked for; this is {what}."
        return say(said, number=len(right), what=described(answer))
    if len(days) != len(right):
        said = "{number} days are asked for, one for each line; yours has {given}."
        return say(said, number=len(right), given=len(days))
    read = []
    for given in days:
        try:
            named = given.date if isinstance(given, Deadline) else given
            read.append(understood("day", named, date))
        except (ValueError, TypeError):
            said = '{given} is no day. Write year, month and day, like "2026-02-28".'
            return say(said, given=shown_as(given))
    good = sum(given == wanted for given, wanted in zip(read, right, strict=True))
    if good == len(right):
        return None
    said = say("{good} of {number} days are right. Count again.", good=good, number=len(right))
    return Shortfall(said, good / len(right))


def line_numbers(answer: Any, right: Any, cases: Cases) -> str | None:
    """Numbers of lines of the sheet, in any order."""
    given = listed(answer)
    if given is None:
        return say("A list of line numbers is asked for; this is {what}.", what=described(answer))
    for number in given:
        whole = isinstance(number, numbers.Integral) and not isinstance(number, bool)
        if not whole or not 1 <= number <= len(cases):
            said = "{number} is no line. The lines have the numbers 1 to {last}."
            return say(said, number=shown_as(number), last=len(cases))
    return _too_many_or_missing(given, right, len(cases), lambda number: count_of(number, "line"))


def case_number(answer: Any, right: Any, cases: Cases) -> str | None:
    """The number of one case out of those shown."""
    answer = answer.strip() if isinstance(answer, str) else answer
    if problem := _not_shown([answer], cases):
        return problem
    if answer == right:
        return None
    return say("{case} is not the one: another is more pressing.", case=answer)


def case_numbers(answer: Any, right: Any, cases: Cases) -> str | None:
    """A list of numbers of cases out of those shown, in any order."""
    numbers = listed(answer)
    if numbers is None:
        return say("A list of case numbers is asked for; this is {what}.", what=described(answer))
    if problem := _not_shown(numbers, cases):
        return problem
    return _too_many_or_missing(numbers, right, len(cases), lambda number: count_of(number, "case"))


def _not_shown(answer: Collection[Any], cases: Cases) -> str | None:
    strange = [given for given in answer if not isinstance(given, str) or given not in cases]
    if strange:
        said = "{case} is none of the cases shown. They are {cases}."
        return say(said, case=shown_as(strange[0]), cases=listing(cases))
    return None


KINDS = {
    "str": "text",
    "bool": "a yes or no",
    "list": "a list",
    "tuple": "a list",
    "set": "a set",
    "dict": "a dictionary",
    "int": "a number",
    "float": "a number",
    "DataFrame": "a table",
    "Series": "a column",
    "generator": "a generator",
}


def described(answer: Any) -> str:
    """What somebody gave, in a word or two; the same words every time."""
    if callable(answer):
        return say("a function; call it with round brackets")
    name = type(answer).__name__
    kind = say(KINDS[name]) if name in KINDS else say("something of the kind {kind}", kind=name)
    return f"{kind}, {shown_as(answer)}" if isinstance(answer, (str, bool, int, float)) else kind


def shown_as(answer: Any) -> str:
    """A value as it was typed, if it is short and plain; else only its kind."""
    plain = isinstance(answer, (str, bool, int, float)) and len(str(answer)) <= LONGEST_SHOWN
    kind = KINDS.get(type(answer).__name__, later("something else"))
    return repr(answer) if plain else say(kind)


LONGEST_SHOWN = 40
