"""The facts on which a case is judged: yes, no, not known, or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.markets import codes
from retailkit.records import Record, asked, need_columns, need_word, table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, repr=False)
class Evidence(Record):
    """What the records show about one case. What is not said is not known.

    >>> Evidence(hazard=True)
    Evidence
      hazard: True
      market: generic
    """

    hazard: bool | None = asked("Was somebody hurt, or could somebody be?")
    privacy_breach: bool | None = asked("Did somebody's data reach somebody else?")
    discrimination: bool | None = asked("Was somebody treated worse for who they are?")
    withdrawn: bool | None = asked("Has the customer taken it back?")
    duplicate: bool | None = asked("Do we have the same matter already?")
    already_remedied: bool | None = asked("Has it been put right already?")
    sale_needed: bool | None = asked("Can this only happen to somebody who bought something?")
    sale_found: bool | None = asked("Do our records hold the sale?")
    proof_offered: bool | None = asked("Can the customer show anything?")
    proof_request_unanswered: bool | None = asked("Did we ask for proof, and wait in vain?")
    contradicted: bool | None = asked("Does a record of ours say the opposite?")
    dates_impossible: bool | None = asked("Are the dates impossible as they stand?")
    asks_for_something: bool | None = asked("Is anything asked for, even in passing?")
    repeated: bool | None = asked("Has this happened to the customer before?")
    earlier_late: bool | None = asked("Was the earlier case answered late?")
    clock_breached: bool | None = asked("Has the day gone by on which we had to answer?")
    amount: float | None = asked("How much money is it about?")
    vulnerable: bool | None = asked("Does the customer need special care in this matter?")
    essential: bool | None = asked("Is it a product that people cannot do without?")
    in_guarantee: bool | None = asked("Is it a fault, and inside the legal guarantee?")
    in_presumption: bool | None = asked("Is a fault still presumed to be from the start?")
    promise_broken: bool | None = asked("Did the delivery break a promise?")
    same_cause_customers: float | None = asked("How many customers report the same fault?")
    market: str = "generic"

    def __post_init__(self) -> None:
        super().__post_init__()
        need_word(self.market, codes(), "market")


def facts_table(facts: object) -> pd.DataFrame:
    """Facts as a table with one row per case, whatever form they come in.

    Raises ValueError where they lack a fact, name an unknown market, or are no facts at all.
    """
    import pandas as pd

    template = table([facts] if isinstance(facts, Evidence) else [], Evidence)
    if isinstance(facts, Evidence):
        return template
    if isinstance(facts, pd.Series):
        facts = facts.to_frame().T
    if not isinstance(facts, pd.DataFrame):
        kind = type(facts).__name__
        raise ValueError(  # noqa: TRY004 - whoever gives something wrong reads one kind of error
            say(
                "Facts are asked for, and this is of the kind {kind}. "
                "Give rk.Evidence(...), a row of facts, or the whole table.",
                kind=kind,
            )
        )
    need_columns(facts, template.columns, say("The table of facts"))
    for market in facts["market"].unique():
        need_word(market, codes(), "market")
    return facts[template.columns].astype(template.dtypes.to_dict())


def one_case(facts: pd.DataFrame | pd.Series | Evidence) -> pd.DataFrame | pd.Series | Evidence:
    """The facts themselves, if they are those of a single case.

    Raises ValueError where they are those of many.
    """
    import pandas as pd

    if isinstance(facts, pd.DataFrame) and len(facts) != 1:
        raise ValueError(
            say(
                "One case is asked for, and this table has {number}. "
                "Take a row of it, like facts.loc[facts.index[0]].",
                number=len(facts),
            )
        )
    return facts


def case_of(facts: pd.DataFrame, claim_id: str) -> Evidence:
    """The facts of one case out of a table of facts."""
    return Evidence.from_row(facts.loc[[claim_id]].iloc[0])
