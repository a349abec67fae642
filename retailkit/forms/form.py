"""A form: its questions, what has been answered, and what is said about it.

A form works without a page: `fill` answers questions, `save` keeps them, and the
form shows itself as plain text. In a notebook the same form is drawn with fields
and buttons (`retailkit.forms.page`), under the same rules.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from retailkit.catalogue import say
from retailkit.records import Question, understood
from retailkit.text import Sentences, day, escaped, spoken, typed
from retailkit.words import Word, not_a

Options = Mapping[str, list[tuple[str, Any]]]
"""For some questions: what may be chosen, each with the words shown for it."""


class Form:
    """Questions to be answered, and a way to keep the answers."""

    said_below = False
    """Where on a page the last words stand: below the intro, or above it where that changes."""

    stays_filled = False
    """Whether what was saved stays in the fields, to be changed and saved again."""

    def __init__(self, title: str, questions: list[Question], options: Options) -> None:
        self.title = title
        self.questions = questions
        self.options = {
            question.name: options.get(question.name) or _choices(question)
            for question in questions
        }
        self.answers: dict[str, Any] = {}
        self.problems: dict[str, str] = {}
        self._not_taken: dict[str, str] = {}
        self.said = Sentences([say("Nothing is saved yet.")])
        self._page: Any = None

    def keep(self, answers: dict[str, Any]) -> Sentences:
        """Keep a complete set of answers and say what was kept; each form in its own way."""
        raise NotImplementedError

    def take_back(self) -> Sentences:
        """Take the last thing kept back and say so. Each form does it in its own way."""
        raise NotImplementedError

    def doubts(self) -> dict[str, str]:
        """What is the matter with answers that could each be taken alone, by question."""
        return {}

    def intro(self) -> Sentences:
        """What stands above the questions."""
        return Sentences()

    def intro_page(self) -> str:
        """The same for a page, as HTML."""
        return "".join(f"<div>{escaped(line)}</div>" for line in self.intro())

    def fill(self, **answers: Any) -> Form:
        """Answer some questions by name. What cannot be taken is said beside the question."""
        for name, answer in answers.items():
            self.take(name, answer)
        self._redraw()
        return self

    def take(self, name: str, answer: Any) -> None:
        """Take one answer, or keep in mind what is the matter with it."""
        names = [question.name for question in self.questions]
        for kept in (self.answers, self.problems, self._not_taken):
            kept.pop(name, None)
        problem, value = self._read(name, answer) if name in names else (None, None)
        if name not in names:
            problem = not_a("question of this form", name, names)
        if problem:
            self.problems[name] = self._not_taken[name] = problem
        elif value is not None:
            self.answers[name] = value

    def save(self) -> Sentences:
        """Keep the answers if they are complete; say what was kept, or what is still missing."""
        known = {question.name for question in self.questions}
        missing = {
            question.name: say("Please answer: {question}", question=say(question.text))
            for question in self.questions
            if not question.optional and self.answers.get(question.name) is None
        }
        # what was missing before may be needed no longer, now that another answer is there
        self.problems = {**missing, **self.doubts(), **self._not_taken}
        if self.problems:
            self.said = Sentences([say("Not saved yet."), *self.problems.values()])
            # a name that is no question of the form cannot be mended by filling it in
            self.problems = {name: text for name, text in self.problems.items() if name in known}
            self._not_taken = {n: text for n, text in self._not_taken.items() if n in known}
        else:
            self.said = self.keep(dict(self.answers))
            self.answers = self.answers if self.stays_filled else {}
        self._redraw()
        return self.said

    def undo(self) -> Sentences:
        """Take back what was saved last."""
        self.said = self.take_back()
        self._redraw()
        return self.said

    def print(self, path: str | Path) -> Sentences:
        """Write the form on paper: a PDF, A4, with boxes to tick and lines to write on.

        Raises ValueError where the name does not end in .pdf, OSError where it cannot be written.
        """
        from retailkit.forms.paper import write_form

        return write_form(self, path)

    def _redraw(self) -> None:
        if self._page:
            self._page.refresh()

    def _read(self, name: str, answer: Any) -> tuple[str | None, Any]:
        question = next(question for question in self.questions if question.name == name)
        try:
            value = understood(name, answer, question.answer)
        except ValueError as error:
            return str(error), None
        choices = [choice for _, choice in self.options[name]]
        if value is not None and choices and value not in choices:
            return not_a("choice here", str(value), choices), None
        return None, value

    def __repr__(self) -> str:
        lines = [self.title, "", *self.intro(), *([""] if self.intro() else [])]
        for question in self.questions:
            lines.append(f"[{self._shown(question)}] {say(question.text)} ({question.name})")
            lines += (
                [f"    {self.problems[question.name]}"] if question.name in self.problems else []
            )
        return "\n".join([*lines, "", *self.said])

    def _shown(self, question: Question) -> str:
        answer = self.answers.get(question.name)
        if answer is not None:
            return shown(answer)
        return say("may stay open") if question.optional else say("open")

    def _static_html(self) -> str:
        """The form for a page that cannot be filled in: on paper, or in a preview."""
        rows = "".join(
            f"<li>{escaped(say(question.text))} <em>{html.escape(self._shown(question))}</em></li>"
            for question in self.questions
        )
        said = "<br>".join(escaped(line) for line in self.said)
        return f"<h4>{escaped(self.title)}</h4>{self.intro_page()}<ul>{rows}</ul><p>{said}</p>"

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        from retailkit.forms.page import Page

        self._page = self._page or Page(self)
        bundle: dict[str, Any] = dict(self._page.box._repr_mimebundle_())
        return {**bundle, "text/plain": repr(self), "text/html": self._static_html()}


def shown(answer: object) -> str:
    """An answer as a form shows it."""
    if isinstance(answer, bool):
        return say("yes") if answer else say("no")
    return typed(answer) if isinstance(answer, Word) else str(answer)


def still_to_come(moment: date, today: date) -> str:
    """What is said of a day that cannot have been yet."""
    return say(
        "{day} is still to come: at the shop it is {today}.", day=day(moment), today=day(today)
    )


def _choices(question: Question) -> list[tuple[str, Any]]:
    if question.answer is bool:
        return [(shown(True), True), (shown(False), False)]
    return [(f"{spoken(word)}: {word.meaning}", word) for word in question.choices]
