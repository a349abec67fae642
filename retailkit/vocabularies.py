"""Every closed vocabulary of the kit, and the glossary made of them."""

from __future__ import annotations

import pandas as pd

from retailkit import claims, customers, markets, orders, services
from retailkit.catalogue import ENGLISH, language, say
from retailkit.crm.log import AccessType
from retailkit.crm.roles import Role
from retailkit.desk.post import Paper, Turn
from retailkit.narratives import Signal
from retailkit.principles.principle import Source, Verdict
from retailkit.procedure import Basic
from retailkit.reading.carried import Required
from retailkit.stages import Stage
from retailkit.tracking import TrackingStatus
from retailkit.triage.rules import Burden, Disposition, Level
from retailkit.upkeep.extracts import Coarser
from retailkit.ways import CustomerFact
from retailkit.words import Word, kind_of

_UNSORTED: tuple[type[Word], ...] = (
    *(AccessType, Basic, Burden, Coarser, CustomerFact, Disposition, Level, Paper, Required, Role),
    *(Signal, Source, Stage, TrackingStatus, Turn, Verdict),
    *(claims.CaseStatus, claims.Direction, claims.Function, claims.Kind, claims.MessageKind),
    *(claims.Outcome, claims.Proof, claims.Reason, claims.Remedy, claims.StepType),
    claims.Vulnerability,
    *(customers.CollectionChannel, customers.ConsentState, customers.CustomerGroup),
    *(customers.FeedbackTopic, customers.Purpose, customers.RecordKeepingBenefit),
    *(customers.SurveyAbout, customers.WebForm),
    *(markets.Basis, markets.Confidence, markets.MarketingRule),
    *(orders.ContactChannel, orders.OrderEventType, orders.OrderStatus, orders.Place),
    *(services.AfterSalesBenefit, services.Provider, services.ServiceResult),
    *(services.ServiceType, services.SupportActivity, services.SupportType),
)

VOCABULARIES = tuple(sorted(_UNSORTED, key=lambda vocabulary: vocabulary.__name__))
"""Every closed vocabulary, by name."""


def glossary() -> pd.DataFrame:
    """Every word of the trade and what it means.

    One row per word; columns `kind`, `word`, `meaning`. Where the learner's language is
    another, the meaning begins with the word in it.

    >>> words = glossary()
    >>> words[words["kind"] == "level"]["word"].to_list()
    ['serious', 'middle', 'lower']
    """
    rows = [
        (kind_of(vocabulary), word.value, _explained(word))
        for vocabulary in VOCABULARIES
        for word in vocabulary
    ]
    return pd.DataFrame(rows, columns=["kind", "word", "meaning"])


def _explained(word: Word) -> str:
    """What a word means, after the word itself in the learner's language."""
    own = say(word.value.replace("_", " "))
    return word.meaning if language() == ENGLISH else f"{own}. {word.meaning}"
