"""Keys: names, e-mail addresses, numbers and streets in one spelling, so that two can be compared.

What stands in the list is never changed; a key is only held against another key.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import phonenumbers

ACCENTS = re.compile("[\u0300-\u036f]")
"""Accents as signs of their own. The vowel signs of Hindi are letters and stay."""

WITHIN_NAMES = re.compile("['’‘`´.]")
BETWEEN_WORDS = re.compile(r"[\s,;/_-]+")
WRITTEN_OUT = re.compile(r"\+[1-9]\d{7,14}")
"""A number with its country in front and nothing in between, as E.164 has it."""


def plain(text: str) -> str:
    """A text in small letters without accents, however its letters are put together.

    >>> plain("MARÍA") == plain("mari\u0301a")
    True
    """
    if text.isascii():  # most texts have no accent to take away
        return text.casefold()
    return ACCENTS.sub("", unicodedata.normalize("NFD", text)).casefold()


def name_key(name: object) -> str:
    """A name as it is compared: plain words with one space between; empty where not known.

    >>> name_key("  O'Brien-Núñez ")
    'obrien nunez'
    """
    if not isinstance(name, str):
        return ""
    return " ".join(BETWEEN_WORDS.split(WITHIN_NAMES.sub("", plain(name)))).strip()


def email_key(email: object) -> str:
    """An e-mail address as it is compared; empty where not known.

    Accents count: josé@ and jose@ can be two people.

    >>> email_key(" Ana.Ruiz@Example.COM")
    'ana.ruiz@example.com'
    """
    return unicodedata.normalize("NFC", email).strip().casefold() if isinstance(email, str) else ""


def phone_keys(phones: Iterable[object]) -> list[str]:
    """Telephone numbers as they are compared, each with its country; empty where not known.

    A number without a country is taken to be one of the country that most others have.

    >>> phone_keys(["+34 600 123 456", "600123456", "34600123456", None])
    ['+34600123456', '+34600123456', '+34600123456', '']
    """
    texts = [phone.strip() if isinstance(phone, str) else "" for phone in phones]
    region = _usual_region(texts)
    return [text if WRITTEN_OUT.fullmatch(text) else _e164(text, region) for text in texts]


def _usual_region(phones: Iterable[str]) -> str | None:
    """The country that most numbers with a country are of."""
    starts = Counter(phone[:3] for phone in phones if phone.startswith("+"))
    for start, _ in starts.most_common(1):
        number = next(phone for phone in phones if phone.startswith(start))
        try:
            code = phonenumbers.parse(number).country_code or 0
        except phonenumbers.NumberParseException:
            return None
        return str(phonenumbers.region_code_for_country_code(code))
    return None


def _e164(phone: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        # what cannot be read as a number is compared as it stands
        return re.sub(r"\D", "", phone)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_landline(phone_key: str) -> bool:
    """Whether a number is a landline, which a whole household has.

    >>> is_landline("+34915551234"), is_landline("+34600123456")
    (True, False)
    """
    try:
        number = phonenumbers.parse(phone_key)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE)


def street_key(street: object) -> str:
    """A street and house as they are compared; empty where not known.

    >>> street_key("Calle Mayor, 3")
    'calle mayor 3'
    """
    return name_key(street)


def postcode_key(postcode: object) -> str:
    """A postcode as it is compared, without the zeros that a spreadsheet eats.

    >>> postcode_key("03207") == postcode_key("3207"), postcode_key("sw1a 1aa")
    (True, 'SW1A1AA')
    """
    if not isinstance(postcode, str):
        return ""
    return re.sub(r"\W", "", postcode).upper().lstrip("0")
