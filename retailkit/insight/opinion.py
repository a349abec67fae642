"""Opinion: how content customers are, and whether they would recommend the shop."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

import pandas as pd

from retailkit.catalogue import say, whole
from retailkit.insight.measures import Measure
from retailkit.insight.reading import amounts_in, need_table
from retailkit.shares import SURE, per_cent, share_interval
from retailkit.text import Sentences
from retailkit.words import count_of, listing

SATISFIED = (4, 5)
PROMOTERS = (9, 10)
DETRACTORS = tuple(range(7))


def satisfaction(surveys: pd.DataFrame, question: str = "overall") -> Measure:
    """The share of answers that are 4 or 5 out of 5, with its count and 95% interval.

    `surveys` has one row per survey and the marks in the column `question`; who left it
    open is not counted, and `notes` says how many. `counts` has the number of each mark.
    The interval is Wilson's. Raises ValueError for a mark that is not 1, 2, 3, 4 or 5.

    >>> satisfaction(pd.DataFrame({"overall": [5, 4, 2, 5, None]}))
    3 of 4 answers are 4 or 5 out of 5: 75% (95% interval 30% to 95%).
    """
    counts, n, said = _answers(surveys, question, range(1, 6))
    if n == 0:
        return _nothing(counts, said)
    content = int(counts[list(SATISFIED)].sum())
    low, high = share_interval(content, n)
    because = say(
        "{content} of {answers} are 4 or 5 out of 5: {share} (95% interval {low} to {high}).",
        content=whole(content),
        answers=count_of(n, "answer"),
        share=per_cent(content / n),
        low=per_cent(low),
        high=per_cent(high),
    )
    return Measure(
        value=content / n, low=low, high=high, n=n, because=because, counts=counts, notes=said
    )


def recommendation(surveys: pd.DataFrame, question: str = "recommend") -> Measure:
    """The Net Promoter Score: per cent who answer 9 or 10, minus per cent who answer 0 to 6.

    From -100 to +100, with its count and 95% interval. `surveys` has one row per survey and
    the answers, 0 to 10, in the column `question`; who left it open is not counted, and
    `notes` says how many. `counts` has the number of each answer.
    Raises ValueError for an answer that is not a whole number from 0 to 10.

    >>> recommendation(pd.DataFrame({"recommend": [10, 9, 8, 3, 10]}))
    3 promoters and 1 detractor in 5 answers: a score of +40 (95% interval -30 to +80).
    """
    counts, n, said = _answers(surveys, question, range(11))
    if n == 0:
        return _nothing(counts, said)
    promoters = int(counts[list(PROMOTERS)].sum())
    detractors = int(counts[list(DETRACTORS)].sum())
    value = 100 * (promoters - detractors) / n
    low, high = (100 * bound for bound in net_interval(promoters, detractors, n))
    because = say(
        "{promoters} and {detractors} in {answers}: a score of {score:+.0f} "
        "(95% interval {low:+.0f} to {high:+.0f}).",
        promoters=count_of(promoters, "promoter"),
        detractors=count_of(detractors, "detractor"),
        answers=count_of(n, "answer"),
        score=value,
        low=low,
        high=high,
    )
    return Measure(value=value, low=low, high=high, n=n, because=because, counts=counts, notes=said)


def net_interval(plus: int, minus: int, n: int) -> tuple[float, float]:
    """The 95% interval of one share minus another of the same answers.

    The variance of the difference is (p + q - (p - q)²) / n, for the answers fall into
    three kinds. Three answers are added first, three quarters to each of the two kinds,
    or the interval is too narrow near the ends: the adjusted Wald interval of B. Rocks,
    "Interval Estimation for the Net Promoter Score", The American Statistician 70 (2016).

    >>> low, high = net_interval(10, 0, 10)
    >>> round(low, 2), round(high, 2)
    (0.48, 1.0)
    """
    p, q = (plus + 0.75) / (n + 3), (minus + 0.75) / (n + 3)
    spread = NormalDist().inv_cdf((1 + SURE) / 2) * math.sqrt((p + q - (p - q) ** 2) / (n + 3))
    return max(-1.0, p - q - spread), min(1.0, p - q + spread)


def _answers(
    surveys: pd.DataFrame, question: str, allowed: Iterable[int]
) -> tuple[pd.Series, int, Sentences]:
    """How often each answer was given, how many answered, and what there is to say."""
    how = say("Name yours, like question='overall'.")
    need_table(surveys, [question], say("The table of surveys"), how)
    marks = pd.Series(amounts_in(surveys, question)).dropna()
    choices = list(allowed)
    other = marks[~marks.isin(choices)]
    if len(other):
        raise ValueError(
            say(
                "The column {column!r} holds {value:g}. Choose {choices}.",
                column=question,
                value=other.iloc[0],
                choices=listing(map(str, choices), "or"),
            )
        )
    counts = marks.astype("int64").value_counts().reindex(choices, fill_value=0)
    answered = {"count": whole(len(marks)), "surveys": count_of(len(surveys), "survey")}
    said = Sentences([say("Answered: {count} of {surveys}.", **answered)])
    kinds = sorted(map(str, surveys["about"].dropna().unique())) if "about" in surveys else []
    if len(kinds) > 1:
        said.append(
            say(
                "Taken together: surveys about {kinds}. Choose one kind to see it alone.",
                kinds=listing(kinds),
            )
        )
    return counts.rename_axis(question).rename("answers"), len(marks), said


def _nothing(counts: pd.Series, said: Sentences) -> Measure:
    because = say("Not known yet: nobody has answered.")
    return Measure(value=None, low=None, high=None, n=0, because=because, counts=counts, notes=said)
