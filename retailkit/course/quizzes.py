"""A quiz: the questions of a lesson as one form, with a sentence for each answer.

What is right stays in Python: the page is given the questions and the options alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from retailkit.catalogue import say
from retailkit.course.exercises import Lesson, find_lesson
from retailkit.course.feedback import Outcome
from retailkit.course.places import shop_of
from retailkit.course.questions import Part, QuizQuestion
from retailkit.forms.form import Form
from retailkit.journal import code_name, last, note
from retailkit.records import Question, understood
from retailkit.text import Sentences, escaped
from retailkit.words import count_of

LETTERS = "abcdefgh"
QUIZ = "quiz"


class Quiz(Form):
    """The quiz of a lesson. Answers stay, so that they can be changed and saved again.

    `right` is how many questions were right when it was last saved.
    """

    stays_filled = True

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.asked = dict(_fields(lesson.quiz))
        self.choices = {
            name: _mixed(part, question.asks)
            for name, (question, part) in self.asked.items()
            if part.choices
        }
        options = {
            name: [(f"{letter}: {say(text)}", letter) for letter, text in choices.items()]
            for name, choices in self.choices.items()
        }
        asked = [_on_the_form(name, *pair) for name, pair in self.asked.items()]
        super().__init__(say("Quiz {number}", number=lesson.number), asked, options)
        self.right = 0
        self._take_up_again()

    def keep(self, answers: dict[str, Any]) -> Sentences:
        given = {name: self._meant(name, answers[name]) for name in self.asked}
        shop = shop_of(code_name(), self.lesson.number)
        judged = {name: self.asked[name][1].judged(said, shop) for name, said in given.items()}
        wrong = {_number_of(name) for name, (is_right, _) in judged.items() if not is_right}
        self.right = len(self.lesson.quiz) - len(wrong)
        trouble = note(
            QUIZ,
            str(self.lesson.number),
            answers=given,
            right=self.right,
            of=len(self.lesson.quiz),
        )
        lines = [
            f"{name[1:]}. {(Outcome.YES if is_right else Outcome.NOT_QUITE).said}. {say(says)}"
            for name, (is_right, says) in judged.items()
        ]
        return Sentences([*lines, self._score(), *([trouble] if trouble else [])])

    def take_back(self) -> Sentences:
        said = say("In a quiz nothing has to be taken back: change an answer, save again.")
        return Sentences([said])

    def _score(self) -> str:
        count = len(self.lesson.quiz)
        questions = count_of(count, "question")
        if self.right == count:
            return say("All {questions} are right.", questions=questions)
        said = "{right} of {questions} are right. Change and save again."
        return say(said, right=self.right, questions=questions)

    def _meant(self, name: str, answer: Any) -> Any:
        return self.choices[name][answer] if name in self.choices else answer

    def _take_up_again(self) -> None:
        """Fill in what this learner answered before, where a journal is kept."""
        before = last(QUIZ, str(self.lesson.number))
        for name, said in (before or {}).get("answers", {}).items():
            letters = {text: letter for letter, text in self.choices.get(name, {}).items()}
            self.take(name, letters.get(said, said))
        # an answer to a question that was changed since is no slip of the learner's
        self.problems, self._not_taken = {}, {}
        if before:
            said = "Last time {right} of {of} right."
            self.said = Sentences([say(said, right=before.get("right"), of=before.get("of"))])

    def __repr__(self) -> str:
        lines = [self.title]
        for name, (question, part) in self.asked.items():
            lines += _above(name, question)
            shown = self._shown(next(one for one in self.questions if one.name == name))
            lines.append(f"[{shown}] {name[1:]}. {say(part.asks)} ({name})")
            choices = self.choices.get(name, {})
            # what may be chosen is the same for all parts of one question
            if name[2:] in {"", LETTERS[0]}:
                lines += [f"    {letter}: {say(text)}" for letter, text in choices.items()]
            lines += [f"    {self.problems[name]}"] if name in self.problems else []
        return "\n".join([*lines, "", *self.said])

    def _static_html(self) -> str:
        lines = "".join(f"<div>{escaped(line)}</div>" for line in repr(self).splitlines()[1:])
        return f"<h4>{escaped(self.title)}</h4>{lines}"


def quiz(lesson: int | str) -> Quiz:
    """The quiz of a lesson: a form to be filled in and saved, as often as you like.

    Raises ValueError that names the lessons there are.

    >>> quiz(7).title
    'Quiz 7'
    """
    return Quiz(find_lesson(understood("lesson", lesson, int)))


def _fields(questions: tuple[QuizQuestion, ...]) -> Iterator[tuple[str, tuple[QuizQuestion, Part]]]:
    """Each field of the form by name: q1, or q2a and q2b where a question has parts."""
    for count, question in enumerate(questions, 1):
        for letter, part in zip(LETTERS, question.parts, strict=False):
            name = f"q{count}" if len(question.parts) == 1 else f"q{count}{letter}"
            yield name, (question, part)


def _number_of(name: str) -> int:
    return int(name[1])


def _above(name: str, question: QuizQuestion) -> list[str]:
    """What stands above the first part of a question."""
    if name[2:] == LETTERS[0]:
        return ["", f"{name[1]}. {_all_asked(question)}"]
    return [""] if len(name) == 2 else []


def _on_the_form(name: str, question: QuizQuestion, part: Part) -> Question:
    """A part as a question of the form; the first one carries what is asked of all."""
    text = f"{name[1:]}. {say(part.asks)}"
    if name[2:] == LETTERS[0]:
        text = f"{name[1]}. {_all_asked(question)} {text}"
    return Question(name=name, text=text, answer=part.answer, optional=False, long=False)


def _all_asked(question: QuizQuestion) -> str:
    asked = say(question.asks)
    return say("{question} Yes or no?", question=asked) if question.kind == "several" else asked


def _mixed(part: Part, asks: str) -> dict[str, str]:
    """The choices by letter, in an order that gives nothing away; for each learner another."""
    luck = random.Random(f"{code_name()}|{asks}")  # noqa: S311 - nothing here is secret
    texts = luck.sample(part.choices, len(part.choices))
    return dict(zip(LETTERS, texts, strict=False))
