"""How far right answers differ from learner to learner, and how soon a check answers.

    python benchmarks/answers.py

Two hundred code names, each with the shops of all lessons. Of every exercise: how many different
right answers there are, and which share of the learners the commonest one covers; then how long
a check takes once the shop is there, for a right answer and for one that is a little off.
`--quick` takes three learners and two lessons.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter

from retailkit.course import check
from retailkit.course.exercises import Exercise, Lesson, lessons
from retailkit.course.places import shop_of
from retailkit.shop import Shop


def as_text(exercise: Exercise, shop: Shop) -> str:
    """The right answer in a learner's shop as text: for a function, what it says of every case."""
    right = exercise.right(shop)
    if callable(right):
        return repr([right(case) for case in exercise.cases(shop).values()])
    return repr(right.to_dict() if hasattr(right, "to_dict") else right)


def answers(lesson: Lesson, learners: list[str]) -> dict[str, Counter[str]]:
    """How often each right answer comes up, exercise by exercise."""
    found: dict[str, Counter[str]] = {exercise.id: Counter() for exercise in lesson.exercises}
    for name in learners:
        shop = shop_of(name, lesson.number)
        for exercise in lesson.exercises:
            found[exercise.id][as_text(exercise, shop)] += 1
    return found


def milliseconds(exercise: Exercise, lesson: Lesson) -> float:
    """How long a check takes, the slowest of a right answer and all known wrong ones, warm."""
    os.environ["RETAILKIT_CODENAME"] = "kestrel"
    shop = shop_of("kestrel", lesson.number)
    slowest = 0.0
    for answer in (exercise.right(shop), *(wrong.answer(shop) for wrong in exercise.wrong)):
        check(exercise.id, answer)
        begun = time.process_time()
        check(exercise.id, answer)
        slowest = max(slowest, time.process_time() - begun)
    return 1000 * slowest


def main() -> None:
    """Measure, and say it in lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    learners = [f"learner-{number}" for number in range(3 if quick else 200)]
    for lesson in list(lessons().values())[: 2 if quick else None]:
        found = answers(lesson, learners)
        for exercise in lesson.exercises:
            counted = found[exercise.id]
            commonest = counted.most_common(1)[0][1] / len(learners)
            print(
                f"{exercise.id:5} {len(counted):4} different right answers, "
                f"the commonest covers {commonest:5.1%}; "
                f"a check takes the processor at most {milliseconds(exercise, lesson):6.1f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
