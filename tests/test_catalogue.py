"""The catalogue of messages: whole in every language, and nothing said goes past it."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from messages import PACKAGE, all_messages
from sweeps import one_in

import retailkit as rk
from retailkit import catalogue
from retailkit.catalogue import ASKED_FOR, LANGUAGES, language, say, whole
from retailkit.course.checks import check
from retailkit.course.exercises import lessons
from retailkit.course.places import shop_of
from retailkit.generate.languages import language as words_of
from retailkit.words import Word, count_of, listing

FAR = "\N{CYRILLIC SMALL LETTER ZHE}"
"""What stands for every letter of a message in a language that no text is written in."""

ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]{2,}){2,}")
"""Three words in a row that have come as they were."""

OF_PROGRAMMERS = {
    "crm/keys.py": "A secret is not written anywhere but where keys are kept.",
}
"""Errors that only somebody who changes the kit can meet."""


@pytest.fixture(scope="module", params=LANGUAGES[1:])
def translated(request):
    """Every message in another language, by its English."""
    with (PACKAGE / "catalogue" / f"{request.param}.po").open("rb") as file:
        return {entry.id: entry.string for entry in read_po(file, locale=request.param) if entry.id}


@pytest.fixture
def in_spanish(monkeypatch):
    monkeypatch.setenv("RETAILKIT_LANG", "es")


def filled_in(message):
    """The names of what a message is filled in with."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def is_code(message):
    return " = " in message or message.startswith("rk.")


def test_every_message_is_translated(translated):
    assert [message for message in all_messages() if not translated.get(message)] == []


def test_nothing_in_the_catalogue_is_said_no_more(translated):
    assert set(translated) - set(all_messages()) == set()


def test_a_translation_is_filled_in_with_the_same_values(translated):
    differ = [
        message
        for message in translated
        if not is_code(message) and filled_in(message) != filled_in(translated[message])
    ]
    assert differ == []


def test_a_translation_begins_and_ends_as_the_english_does(translated):
    def edges(text):
        return text[:1].isspace(), text[-1:].isspace()

    assert [one for one in translated if edges(one) != edges(translated[one])] == []


@pytest.mark.parametrize(
    ("set_", "code"),
    [
        ({}, "en"),
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "RETAILKIT_LANG": "es"}, "es"),
        ({"LANG": "es_MX.UTF-8", "RETAILKIT_LANG": "EN"}, "en"),
        ({"LANG": "hi_IN.UTF-8"}, "en"),
        ({"LANG": "es_ES.UTF-8", "RETAILKIT_LANG": ""}, "es"),
    ],
)
def test_the_first_language_that_is_set_decides(monkeypatch, set_, code):
    for name in ASKED_FOR:
        monkeypatch.delenv(name, raising=False)
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    assert language() == code


@pytest.mark.usefixtures("in_spanish")
def test_a_message_without_a_translation_is_said_in_english():
    assert say("Nobody has translated {this}.", this="me") == "Nobody has translated me."


@pytest.mark.usefixtures("in_spanish")
def test_numbers_and_lists_are_written_as_in_spanish():
    assert whole(12000) == "12.000"
    assert listing(["uno", "dos", "tres"]) == "uno, dos y tres"
    assert (count_of(1, "customer"), count_of(2, "customer")) == ("1 cliente", "2 clientes")
    assert say("Make room: {room:.1f} GB are enough for everything.", room=1.5).startswith(
        "Haz sitio: 1,5 GB"
    )


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize(
    ("joint", "last", "listed"),
    [
        ("and", "intereses", "uno e intereses"),
        ("and", "hielo", "uno y hielo"),
        ("or", "otro", "uno u otro"),
        ("or", "8", "uno u 8"),
        ("or", "dos", "uno o dos"),
    ],
)
def test_a_spanish_joint_gives_way_to_its_own_sound(joint, last, listed):
    assert listing(["uno", last], joint) == listed


@pytest.mark.usefixtures("in_spanish")
def test_a_words_meaning_is_spanish_and_the_word_is_not():
    class Colour(Word):
        RED = "red", "Lowest price first"

    assert Colour("red") == "red"
    with pytest.raises(ValueError, match="'rot'"):
        Colour("rot")


def test_what_the_lessons_filter_by_is_the_same_in_every_language(monkeypatch):
    kinds, decides = list(rk.glossary()["kind"]), list(rk.desk_rules()["decides"])
    monkeypatch.setenv("RETAILKIT_LANG", "es")
    assert list(rk.glossary()["kind"]) == kinds
    assert list(rk.desk_rules()["decides"]) == decides


@pytest.mark.usefixtures("in_spanish")
def test_the_glossary_says_each_word_in_spanish():
    words = rk.glossary().set_index("word")["meaning"]
    assert words["refund"] == "reembolso. La devolución del dinero."


@pytest.mark.usefixtures("in_spanish")
def test_the_desk_calls_the_goods_what_customers_call_them():
    goods = words_of("es").words
    assert {name: say(name) for name in goods} == {
        name: forms["noun"] for name, forms in goods.items()
    }


@pytest.mark.usefixtures("in_spanish")
def test_a_learner_of_spanish_reads_customers_who_write_spanish():
    assert set(shop_of("kestrel", 7).claims["language"].dropna()) <= {"es", "en"}
    assert rk.my_shop(lesson=7).claims["language"].value_counts().idxmax() == "es"


def far_away(message):
    """A message with every letter changed, but for the names of what is filled in."""
    if is_code(message):
        return message
    said = []
    for text, name, spec, conversion in string.Formatter().parse(message):
        said.append(
            "".join(FAR if letter.isascii() and letter.isalpha() else letter for letter in text)
            .replace("{", "{{")
            .replace("}", "}}")
        )
        if name is not None:
            rest = (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            said.append(f"{{{name}{rest}}}")
    return "".join(said)


@pytest.mark.parametrize("number", one_in(4, range(12)))
def test_what_a_check_says_goes_through_the_catalogue(monkeypatch, number):
    messages = {message: far_away(message) for message in all_messages()}
    monkeypatch.setattr(catalogue, "_messages", lambda code: messages)
    lesson = lessons()[number]
    shop = shop_of("demo", number)
    for exercise in lesson.exercises:
        answers = [..., None, exercise.right(shop)]
        answers += [wrong.answer(shop) for wrong in exercise.wrong]
        for answer in answers:
            sentence = check(exercise.id, answer).sentence
            assert FAR in sentence
            assert ENGLISH.findall(sentence) == []


def raised_in(file):
    """The errors that a file raises with a sentence of its own, in English whoever reads it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            first = node.exc.args[0]
            texts = [first] if isinstance(first, ast.Constant) else getattr(first, "values", [])
            words = [str(one.value) for one in texts if isinstance(one, ast.Constant)]
            if " " in "".join(words).strip():
                yield "".join(words)


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_errors_are_said_in_the_learners_language(file):
    known = OF_PROGRAMMERS.get(file.relative_to(Path(PACKAGE)).as_posix())
    assert [sentence for sentence in raised_in(file) if sentence != known] == []
