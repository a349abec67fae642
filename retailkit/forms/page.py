"""A form on the page: ipywidgets fields, a message beside each, and the buttons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from retailkit.catalogue import say
from retailkit.forms.aid import Aid
from retailkit.records import Question
from retailkit.text import Sentences, escaped

if TYPE_CHECKING:
    from retailkit.forms.form import Form

STYLE = """<style>
.rk-title { font-weight: 600; font-size: 1.15em; margin-top: 0.5em }
.rk-form .widget-label {
  text-align: left; width: auto; height: auto; max-width: none; overflow: visible;
  white-space: normal; line-height: 1.5; padding: 0.2em 0; font-weight: 600
}
.rk-form select, .rk-form input, .rk-form textarea { flex: none !important }
.rk-form select { height: 2.3em !important; font-size: inherit }
.rk-form textarea { height: 5.5em !important }
.rk-form input { height: 2.2em !important }
.rk-form :focus-visible { outline: 2px solid #1F5F8B; outline-offset: 1px }
.rk-form button { height: auto; line-height: 1.5; padding: 0.3em 1em }
.rk-form .jupyter-widgets-disconnected::before { content: none }
.rk-form > .jupyter-widgets-error-widget { display: none }
.rk-form .widget-html-content { line-height: 1.45 }
</style>"""

FIELD = {
    "display": "flex",
    "flex_flow": "column",
    "align_items": "stretch",
    "width": "auto",
    "height": "auto",
    "max_width": "46em",
}
"""A field's label stands above it, whole, however long it is."""


class Page:
    """The widgets of one form. A click goes through the form's own `fill`, `save` and `undo`."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fields = {question.name: self._field(question) for question in form.questions}
        self.notes = {name: _part("note") for name in self.fields}
        self.intro, self.said, self.aid = _part("intro"), _part("said"), Aid()
        self.has_card = bool(form.intro()) and not form.said_below
        self.box = widgets.VBox(
            [
                # no heading: nobody knows which level has its turn where a form is shown
                _html(f'{STYLE}<div class="rk-title">{escaped(form.title)}</div>'),
                # what is said of the last card stands above the next one
                *([self.said] if self.has_card else []),
                *([self.intro] if form.intro() else []),
                *(part for name in self.fields for part in (self.fields[name], self.notes[name])),
                widgets.HBox(
                    [self._button(say("Save"), self._save), self._button(say("Undo"), form.undo)]
                ),
                *([] if self.has_card else [self.said]),
                self.aid,
            ]
        )
        self.box.add_class("rk-form")
        for name, field in self.fields.items():
            field.value = self._as_shown(name)  # also what is at fault: it was filled in by code
            field.observe(lambda change, name=name: self._take(name, change["new"]), "value")
        self.refresh()

    def _field(self, question: Question) -> Any:
        label = say(question.text)
        if question.optional:
            label = say("{question} (may stay open)", question=label)
        looks = {"description": label, "tooltip": "", "layout": widgets.Layout(**FIELD)}
        if choices := self.form.options[question.name]:
            looks |= {"options": [(say("please choose"), ""), *choices], "value": ""}
            field = widgets.Dropdown(**looks)
        elif question.answer is date:
            field = widgets.DatePicker(**looks)
        else:
            field = (widgets.Textarea if question.long else widgets.Text)(**looks)
        return field.add_class(f"rk-question-{question.name}")

    def _button(self, name: str, action: Any) -> Any:
        button = widgets.Button(description=name)
        button.on_click(lambda _: action())
        return button

    def _save(self) -> None:
        self.form.save()
        at_fault = next((name for name in self.fields if name in self.form.problems), None)
        self.aid.go_on(at_fault or ("card" if self.has_card else ""))

    def _take(self, name: str, answer: Any) -> None:
        self.form.take(name, answer)
        self._note(name)

    def _note(self, name: str) -> None:
        problem = self.form.problems.get(name, "")
        self.notes[name].value = f"<strong>△</strong> {escaped(problem)}" if problem else ""

    def refresh(self) -> None:
        """Show the form as it stands now."""
        self.intro.value = self.form.intro_page()
        self.said.value = _lines(self.form.said)
        for name, field in self.fields.items():
            self._note(name)
            if name not in self.form.problems:
                field.value = self._as_shown(name)

    def _as_shown(self, name: str) -> Any:
        value = self.form.answers.get(name)
        if isinstance(self.fields[name], widgets.DatePicker):
            return value
        if value is None:
            return ""
        # a choice is one of the form's own values, a text is written
        return value if isinstance(self.fields[name], widgets.Dropdown) else str(value)


def _html(shown: str = "") -> Any:
    """Words on a page. Without a tooltip of our own, some parts get one that says "null"."""
    return widgets.HTML(shown, tooltip="")


def _part(name: str) -> Any:
    """A part of the page that shows words, known to the aid by its name."""
    return _html().add_class(f"rk-{name}")


def _lines(sentences: Sentences) -> str:
    return "".join(f"<div>{escaped(line)}</div>" for line in sentences)
