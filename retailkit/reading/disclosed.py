"""Whether a letter tells what it must not: another person's data, or the shop's own notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retailkit.catalogue import later, say
from retailkit.reading.carried import LANGUAGES, private_words, small
from retailkit.text import Sentences

if TYPE_CHECKING:
    from retailkit.shop import Shop

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
WORD = re.compile(r"[\w\u0900-\u097f@-]+")
PHONE = re.compile(r"(?<![\w-])\+?\d[\d ()-]{7,}\d")
DATE = re.compile(r"\b(\d{4}-\d\d-\d\d([ T]\d\d:\d\d)?|\d\d?-\d\d?-\d{4})\b")
"""A day in figures, which is no telephone number."""

SHORTEST_NOTE = 12
"""A note of fewer letters says nothing that could not stand anywhere."""

OF_OTHERS = {
    "name": later("another customer's name: {found!r}"),
    "e-mail address": later("another customer's e-mail address: {found!r}"),
    "telephone number": later("another customer's telephone number: {found!r}"),
    "street": later("another customer's street: {found!r}"),
}
PRIVATE = {
    "e-mail address": later("somebody's private e-mail address: {found!r}"),
    "telephone number": later("somebody's private telephone number: {found!r}"),
}

LONGEST_NAME = 8
"""No name and no street has more words than this."""


def leaks(text: str, shop: Shop, customer_id: str | None) -> Sentences:
    """What a letter to this customer must not disclose, one sentence for each thing.

    Looks for another customer's name, e-mail, telephone or street, for a contact that
    is nobody's whom the letter is for, for private things about staff, and for the
    desk's own notes word for word.

    >>> from retailkit.generate import make_shop
    >>> leaks("Eva is on sick leave.", make_shop(seed=7, customers=10), None)
    something private about staff: 'sick leave'
    """
    return Directory(shop).leaks(text, customer_id)


class Directory:
    """Who is known to the shop by what, so that many letters can be read against it."""

    def __init__(self, shop: Shop) -> None:
        people = shop.customers[
            ["customer_id", "given_name", "family_name", "email", "phone", "street"]
        ]
        self.whose: dict[str, set[str]] = defaultdict(set)
        self.what: dict[str, str] = {}
        for number, given, family, email, phone, street in people.itertuples(index=False):
            both = f"{given} {family}" if _is_text(given) and _is_text(family) else None
            self._know(number, "name", both)
            self._know(number, "e-mail address", email)
            self._know(number, "telephone number", _digits(phone) if _is_text(phone) else None)
            self._know(number, "street", street)
        self.staff = {_words(name) for name in shop.staff["name"] if _is_text(name)}
        # no run of words is a name or a street unless it begins like one
        known = [key for key, what in self.what.items() if what in ("name", "street")]
        self.begins = {key.split(" ", 1)[0] for key in [*known, *self.staff]}
        notes = shop.claim_steps["note"].dropna().unique()
        self.notes = {small(note): note for note in notes if len(note) >= SHORTEST_NOTE}

    def _know(self, number: str, what: str, value: object) -> None:
        if _is_text(value):
            key = _words(value) if what in ("name", "street") else str(value).casefold()
            if what == "street" and " " not in key:
                return  # one word may be anything
            self.whose[key].add(number)
            self.what[key] = what

    def leaks(self, text: str, customer_id: str | None) -> Sentences:
        """What a letter to this customer must not disclose; see `leaks`."""
        read = small(text)
        return Sentences(
            dict.fromkeys(
                [
                    *self._of_others(read, customer_id),
                    *self._contacts(text, customer_id),
                    *self._about_staff(read),
                    *self._notes(read),
                ]
            )
        )

    def _of_others(self, read: str, customer_id: str | None) -> Iterator[str]:
        """Names and streets of somebody else, found as runs of words, the longest first."""
        words, at = WORD.findall(read), 0
        while at < len(words):
            run, length = self._known_run(words, at)
            if run and run not in self.staff and customer_id not in self.whose[run]:
                yield say(OF_OTHERS[self.what[run]], found=run)
            # within a name that is known no shorter one is looked for
            at += length

    def _known_run(self, words: list[str], at: int) -> tuple[str, int]:
        if words[at] not in self.begins:
            return "", 1
        for length in range(min(LONGEST_NAME, len(words) - at), 1, -1):
            run = " ".join(words[at : at + length])
            if run in self.what or run in self.staff:
                return run, length
        return "", 1

    def _contacts(self, text: str, customer_id: str | None) -> Iterator[str]:
        """E-mail addresses and telephone numbers that are not the customer's."""
        for address in EMAIL.findall(text) if "@" in text else ():
            yield from self._contact(address.casefold(), "e-mail address", address, customer_id)
        for number in PHONE.findall(DATE.sub("/", text)):
            yield from self._contact(_digits(number), "telephone number", number, customer_id)

    def _contact(self, key: str, what: str, shown: str, customer_id: str | None) -> Iterator[str]:
        numbers = self.whose.get(key, set())
        if customer_id in numbers:
            return
        yield say((OF_OTHERS if numbers else PRIVATE)[what], found=shown)

    def _about_staff(self, read: str) -> Iterator[str]:
        for language in LANGUAGES:
            for found in private_words(language).finditer(read):
                yield say("something private about staff: {found!r}", found=found.group())

    def _notes(self, read: str) -> Iterator[str]:
        read = " ".join(read.split())
        for key, note in self.notes.items():
            if key in read:
                yield say("a note of the desk's own: {found!r}", found=note)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _digits(phone: object) -> str:
    """A telephone number by its last nine digits, however it is written."""
    return re.sub(r"\D", "", str(phone))[-9:]


def _words(text: object) -> str:
    """The words of a text in small letters, without what stands between them."""
    return " ".join(WORD.findall(small(str(text))))
