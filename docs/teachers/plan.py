"""What the teacher's guide takes from the lessons: minutes, facts, exercises. Writes it anew.

python docs/teachers/plan.py

The minutes are reckoned, and measured with nobody yet: 130 words read in a minute, 4 minutes
for an exercise, half a minute for any other cell, 2 for a form, 6 for a deck of cards, 5 for
the quiz and 5 to talk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from retailkit.course.builder import HOME
from retailkit.course.exercises import lessons
from retailkit.course.facts import facts

GUIDE = Path(__file__).parent / "guide.md"
WORDS, EXERCISE, CELL, FORM, DECK, QUIZ, TALK = 130, 4, 0.5, 2, 6, 5, 5
DECKS = ("request_desk", "customer_desk", "triage_deck")


def parts_of(number: int) -> dict[str, str]:
    """The parts of a lesson by their headings; what stands before the first is the opening."""
    (source,) = (HOME / "source").glob(f"{number:02d}_*.md")
    opening, *parts = re.split(r"^## ", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {"Opening": opening} | dict(part.split("\n", 1) for part in parts)


def minutes_of(part: str) -> int:
    """How long a part of a lesson takes, by the rule above."""
    cells = re.findall(r"```python.*?```", part, re.DOTALL)
    words = re.findall(r"[^\W\d_]+", re.sub(r"```python.*?```", "", part, flags=re.DOTALL))
    forms = set(re.findall(r"rk\.forms\.(\w+)", part))
    exercises = part.count("### Your turn")
    minutes = len(words) / WORDS + exercises * EXERCISE
    # an exercise has two cells of its own: where it is answered, and its check
    minutes += max(0, len(cells) - 2 * exercises) * CELL
    minutes += sum(DECK if form in DECKS else FORM for form in forms)
    minutes += QUIZ * ("rk.quiz(" in part) + TALK * ("**To talk about:**" in part)
    return max(1, round(minutes))


def plan_of(number: int) -> str:
    """What the guide says of a lesson by itself: its facts, and its parts with their minutes."""
    teaches = lessons()[number].teaches
    minutes = {name: minutes_of(part) for name, part in parts_of(number).items()}
    parts = " · ".join(f"{name} {time}" for name, time in minutes.items())
    said = f"Facts: {', '.join(teaches)}. " if teaches else ""
    return f"{said}About {sum(minutes.values())} minutes: {parts}."


def table_of_facts() -> str:
    """Every fact of the course, and the lesson that teaches it."""
    lesson = {fact: one.number for one in lessons().values() for fact in one.teaches}
    rows = [f"| {fact} | {said} | {lesson[fact]} |" for fact, said in facts().items()]
    return "\n".join(["| fact | what it is | lesson |", "| --- | --- | --- |", *rows])


def written(guide: str) -> str:
    """The guide with everything between its marks made anew."""
    made = {f"plan {number}": plan_of(number) for number in lessons()} | {"facts": table_of_facts()}
    for mark, text in made.items():
        between = rf"(<!-- {mark} -->\n).*?(<!-- end -->)"
        guide, count = re.subn(between, _with(text), guide, flags=re.DOTALL)
        if count != 1:
            raise ValueError(f"The guide has {count} places marked '{mark}'. It needs one.")
    return guide


def _with(text: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{text}\n{found[2]}"


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
