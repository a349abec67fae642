"""The plan: whom the shop contacts in a month, for what, why, by which consent, at what cost."""

from __future__ import annotations

from datetime import date
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retailkit.aftersales.occasions import Month, occasions, setting
from retailkit.aftersales.permission import may_contact
from retailkit.catalogue import later, say
from retailkit.insight.reading import one_day
from retailkit.markets import rules_of
from retailkit.services import SUPPORT, TERMS, SupportActivity, service_type_of
from retailkit.text import Sentences, day
from retailkit.upkeep.consent import last_answers
from retailkit.words import count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

PLAN = {
    "customer_id": "str",
    "when": "datetime64[s]",
    "service_type": "str",
    "support_type": "str",
    "activity": "str",
    "why": "str",
    "by_consent": "str",
    "cost": "Float64",
}
"""The columns of a plan, as pandas keeps them."""


NO_YES = later("Left out: {count} without a yes to marketing that is alive.")
TOO_SOON = later("Left out: {count} whose customers were contacted less than 30 days before.")
LESS_IMPORTANT = later(
    "Left out: {count} of customers who are contacted for something more important."
)
TOO_DEAR = later("Left out: {count} that the budget does not pay for.")


def plan_after_sales(shop: Shop, on: date | str, budget: float | None = None) -> pd.DataFrame:
    """What the shop does for its customers in the 30 days from `on`, and for whom.

    One row per contact, by day: `customer_id`, `when`, `service_type`, `support_type` (empty
    where it is no support), `activity`, `why` (a sentence), `by_consent` (the yes that allows
    it; empty where none is needed) and `cost`, in the market's currency. `rk.notes` says what
    was left out.

    Served are guarantees about to end, goods that came lately and still need installation or
    training, birthdays, and customers who have gone quiet. Greetings and offers need a yes to
    marketing that is alive at the moment; guarantees and installation do not, and carry no
    advertising. Nobody is contacted twice in 30 days: for each customer the most important
    occasion counts, and what the shop has sent or done lately counts too. A budget is spent
    in the same order: security, maintenance, psychological, promotional service.
    Only what was on record before `on` is read; and where answers that came later are on
    record, nobody is in the plan who took the yes back within those 30 days.
    Raises ValueError where `on` is no date or the budget is no amount of 0 or more.

    >>> from retailkit.generate import make_shop
    >>> plan = plan_after_sales(make_shop(seed=7, customers=40), on="2026-06-30", budget=10)
    >>> bool(plan["cost"].sum() <= 10)
    True
    """
    month = Month(shop=shop, on=_day(on))
    limit = amount(budget)
    wishes = _with_types(occasions(month))
    allowed = _with_consent(month, wishes)
    free = _by_importance(_when_free(month, allowed))
    once = free.drop_duplicates("customer_id")
    plan = _affordable(once.assign(cost=_costs(shop.market, once["activity"])), limit)
    left_out = {
        NO_YES: len(wishes) - len(allowed),
        TOO_SOON: len(allowed) - len(free),
        LESS_IMPORTANT: len(free) - len(once),
        TOO_DEAR: len(once) - len(plan),
    }
    return _written(plan, month, left_out)


def to_serve(shop: Shop, on: date | str) -> pd.DataFrame:
    """Whom the shop could serve in the 30 days from `on`, one occasion each, allowed or not.

    One row per customer, the most important first: the columns of a plan, `latest` (the last
    day on which it is still in time), `may` (whether the customer may be contacted for it) and
    `said` (a sentence: what the customer has answered about marketing).
    Raises ValueError where `on` is no date.

    >>> from retailkit.generate import make_shop
    >>> to_serve(make_shop(seed=7, customers=40), on="2026-06-30")["may"].any()
    np.True_
    """
    month = Month(shop=shop, on=_day(on))
    free = _by_importance(_when_free(month, _with_types(occasions(month))))
    once = free.drop_duplicates("customer_id").reset_index(drop=True)
    allowed = _with_consent(month, once)
    said = may_contact(shop, at=month.last.date())["because"]
    return once.assign(
        support_type=_support(once["activity"]),
        cost=_costs(shop.market, once["activity"]),
        may=once.index.isin(allowed.index),
        by_consent=allowed["by_consent"].reindex(once.index),
        said=said.reindex(once["customer_id"]).to_numpy(),
    )[[*PLAN, "latest", "may", "said"]]


def _with_types(wishes: pd.DataFrame) -> pd.DataFrame:
    kinds = [service_type_of(SupportActivity(activity)).value for activity in wishes["activity"]]
    return wishes.assign(service_type=kinds)


def _day(on: date | str) -> pd.Timestamp:
    given = one_day(on)
    if given is None:
        raise ValueError(say("on is missing: give the first day of the plan, like '2026-06-30'."))
    return pd.Timestamp(given)


def amount(budget: object) -> float:
    """A budget as a number; without one there is no limit.

    Raises ValueError where it is no amount of 0 or more.

    >>> amount(None), amount(250)
    (inf, 250.0)
    """
    if budget is None:
        return float("inf")
    if isinstance(budget, bool) or not isinstance(budget, Real) or not float(budget) >= 0:
        raise ValueError(
            say(
                "budget is {budget!r}, which is no amount. Give 0 or more, like 250, "
                "or leave it out to plan everything.",
                budget=budget,
            )
        )
    return float(budget)


def _with_consent(month: Month, wishes: pd.DataFrame) -> pd.DataFrame:
    """The occasions that need no consent, and those whose customers have said yes.

    The yes must be alive when the plan is made, and as far as is known on the last day on
    which the customer may be contacted.
    """
    allowed = []
    for service_type, terms in TERMS.items():
        these = wishes[wishes["service_type"] == service_type]
        if terms.consent is None:
            allowed.append(these.assign(by_consent=None))
            continue
        now = last_answers(month.shop, these[["customer_id"]].assign(at=month.on), terms.consent)
        end = month.last + pd.Timedelta(days=1, seconds=-1)
        then = last_answers(month.shop, these[["customer_id"]].assign(at=end), terms.consent)
        these = these.assign(by_consent=now["consent_id"])
        allowed.append(these[now["may"] & then["may"] & (now["consent_id"] == then["consent_id"])])
    return pd.concat(allowed)


def _when_free(month: Month, allowed: pd.DataFrame) -> pd.DataFrame:
    """The day for each occasion: a month after the last contact at the earliest, if still in time.

    Everything that reached the customer from the shop is a contact.
    """
    sent = month.before("messages")
    reached = [sent[sent["direction"] == "out"], month.before("services")]
    contacts = pd.concat([table[["customer_id", "at"]] for table in reached]).dropna()
    last = contacts.groupby("customer_id")["at"].max().dt.normalize()
    rest = pd.Timedelta(days=setting("days_planned"))
    after = last.reindex(allowed["customer_id"]).astype("datetime64[s]").to_numpy() + rest
    when = allowed["earliest"].where(~(after > allowed["earliest"]), after)
    return allowed.assign(when=when)[when <= allowed["latest"]]


def _costs(market: str, activity: pd.Series) -> pd.Series:
    middle = rules_of(market).amount_middle.value
    return activity.map({name: round(part * middle, 2) for name, part in setting("cost").items()})


def _affordable(plan: pd.DataFrame, limit: float) -> pd.DataFrame:
    """The first contacts that the budget pays for; where one is too dear, cheaper ones follow."""
    left, kept = limit, []
    for cost in plan["cost"]:
        kept.append(cost <= left + 1e-9)
        left -= cost if kept[-1] else 0
    return plan[np.array(kept, dtype=bool)]


def _support(activity: pd.Series) -> pd.Series:
    """The kind of support that each planned activity is; a greeting or a visit is none."""
    kinds = {name.value: kind.value for kind, of in SUPPORT.items() for name in of.activities}
    return activity.map(kinds)


def _by_importance(wishes: pd.DataFrame) -> pd.DataFrame:
    """What is most important first, and of that what comes first."""
    rank = {name: place for place, name in enumerate(setting("priority"))}
    ranked = wishes.assign(rank=wishes["service_type"].map(rank).astype("int64"))
    return ranked.sort_values(["rank", "when", "customer_id", "why"], kind="stable")


def _written(plan: pd.DataFrame, month: Month, left_out: dict[str, int]) -> pd.DataFrame:
    """The plan as it is handed out, by day, with what there is to say about it."""
    plan = plan.sort_values(["when", "rank", "customer_id"], kind="stable")
    plan = plan.assign(support_type=_support(plan["activity"])).reset_index(drop=True)
    plan = plan[list(PLAN)].astype(PLAN)
    said = [
        say(
            "Planned from {first} to {last}, from what was known before.",
            first=day(month.on),
            last=day(month.last),
        )
    ]
    said += [
        say(why, count=count_of(count, "occasion")) for why, count in left_out.items() if count
    ]
    plan.attrs["notes"] = Sentences(said)
    return plan
