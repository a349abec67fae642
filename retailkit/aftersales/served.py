"""Served and not served: who had a service, who could have had it, and what came of it.

For each benefit one table, one row for every time that somebody was served or not: `served`,
`outcome` (a number; 1 for yes), `fair` (whether the two can be compared) and `like` (those
with the same word here are compared with each other). Only records are read.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from retailkit.aftersales.occasions import birthdays_in
from retailkit.claims import Outcome, StepType
from retailkit.customers import Purpose, SurveyAbout
from retailkit.insight.opinion import DETRACTORS, PROMOTERS, SATISFIED
from retailkit.orders import OrderEventType
from retailkit.services import ServiceType, SupportActivity
from retailkit.upkeep.consent import last_answers

if TYPE_CHECKING:
    from retailkit.shop import Shop

DAYS_TO_BUY = 30
"""A purchase within so many days of a birthday or a campaign may come of it."""

DAYS_TO_RETURN = 21
"""Who keeps the goods for so many days keeps them."""

DAYS_TO_ANSWER = 60
"""What a customer tells the shop within so many days of a purchase may come of a service."""

DAYS_TO_TRAIN = 3
"""A survey within so many days of delivery may come before the training."""

CAMPAIGN = 3
"""Offers to fewer customers at one moment are no campaign."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """A shop's records, put side by side once for several comparisons."""

    shop: Shop

    @property
    def now(self) -> pd.Timestamp:
        """The beginning of the shop's today."""
        return pd.Timestamp(self.shop.today)

    @functools.cached_property
    def orders(self) -> pd.DataFrame:
        """One row per order of a known customer.

        With when it came and whether it came back, whether goods on it must be learnt to use
        (and the first of them), whether the customer was taught, advised, and had bought before.
        """
        orders = self.shop.orders.dropna(subset=["customer_id", "ordered_at"])
        orders = orders.sort_values(["customer_id", "ordered_at", "order_id"], kind="stable")
        number = orders["order_id"]
        events = self.shop.order_events
        came = events[events["event"] == OrderEventType.DELIVERED]
        came_at = came.drop_duplicates("order_id").set_index("order_id")["at"]
        back = events.loc[events["event"] == OrderEventType.RETURNED, "order_id"]
        products = self.shop.products.set_index("product_id")
        hard = products["needs_training"].fillna(False).astype(bool)
        lines = self.shop.order_lines
        hard_lines = lines[lines["product_id"].map(hard).fillna(False).astype(bool)]
        first_of_order = hard_lines.drop_duplicates("order_id").set_index("order_id")
        return orders.assign(
            came_at=came_at.reindex(number).astype("datetime64[s]").to_numpy(),
            kept=~number.isin(back),
            to_learn=first_of_order["product_id"].reindex(number).to_numpy(),
            trained=number.isin(self.services_of(SupportActivity.TRAINING)["order_id"].dropna()),
            advised=number.isin(self.services_of(SupportActivity.OTHER)["order_id"].dropna()),
            before=orders.duplicated("customer_id"),
        )

    def services_of(self, activity: SupportActivity) -> pd.DataFrame:
        """The services that consist of an activity."""
        services = self.shop.services
        return services[services["activity"] == activity]

    def bought_after(self, rounds: pd.DataFrame) -> pd.Series:
        """Whether each customer of the rounds bought within 30 days of the moment `at`."""
        orders = self.orders[["customer_id", "ordered_at"]]
        pairs = rounds[["customer_id", "at"]].reset_index(names="place")
        pairs = pairs.merge(orders, on="customer_id")
        waited = pairs["ordered_at"] - pairs["at"]
        soon = (waited > pd.Timedelta(0)) & (waited <= pd.Timedelta(days=DAYS_TO_BUY))
        return pd.Series(rounds.index.isin(pairs.loc[soon, "place"]), index=rounds.index)

    def could_get_post(self, rounds: pd.DataFrame) -> pd.Series:
        """Whose yes to marketing was alive at the moment `at`."""
        answers = last_answers(self.shop, rounds[["customer_id", "at"]], Purpose.MARKETING)
        return answers["may"]


def goods_kept(records: Records) -> pd.DataFrame:
    """Enjoyment: whether goods were kept, after training and without."""
    limit = records.now - pd.Timedelta(days=DAYS_TO_RETURN)
    orders = records.orders[records.orders["came_at"] < limit]
    return _units(orders, "trained", orders["kept"], orders["to_learn"].notna(), _alike(orders))


def _alike(orders: pd.DataFrame) -> pd.Series:
    """The same goods to learn, bought in the same place, the first time or later."""
    columns = [orders[name].astype("str") for name in ("to_learn", "place", "before")]
    return columns[0] + " " + columns[1] + " " + columns[2]


def birthdays_followed(records: Records) -> pd.DataFrame:
    """Further purchase: whether customers bought after a birthday, with a card and without."""
    cards = records.shop.services
    cards = cards[cards["service_type"] == ServiceType.PSYCHOLOGICAL].dropna(subset="customer_id")
    people = records.shop.customers.dropna(subset=["customer_id", "birth_on"])
    years = sorted(cards["at"].dropna().dt.year.unique())
    rounds = [
        people[["customer_id"]].assign(at=birthdays_in(year, people["birth_on"]), year=year)
        for year in years
    ]
    if not rounds:
        return _nobody()
    units = pd.concat(rounds, ignore_index=True)
    units["at"] += pd.Timedelta(hours=12)
    got = set(zip(cards["customer_id"], cards["at"].dt.year, strict=True))
    pairs = zip(units["customer_id"], units["year"], strict=True)
    return _after_post(records, units, [pair in got for pair in pairs], units["year"])


def campaigns_followed(records: Records) -> pd.DataFrame:
    """News of offers: whether customers bought after a campaign, with its offer and without."""
    offers = records.shop.services
    offers = offers[offers["service_type"] == ServiceType.PROMOTIONAL]
    offers = offers.dropna(subset=["customer_id", "at"])
    sent = offers.groupby("at").size()
    rounds = [
        records.shop.customers[["customer_id"]].assign(at=at) for at in sent[sent >= CAMPAIGN].index
    ]
    if not rounds:
        return _nobody()
    units = pd.concat(rounds, ignore_index=True)
    got = set(zip(offers["customer_id"], offers["at"], strict=True))
    pairs = zip(units["customer_id"], units["at"], strict=True)
    return _after_post(records, units, [pair in got for pair in pairs], units["at"])


def _after_post(
    records: Records, units: pd.DataFrame, served: list[bool], like: pd.Series
) -> pd.DataFrame:
    units = units.assign(served=served, like=like.astype("str"))
    units = units[units["at"] + pd.Timedelta(days=DAYS_TO_BUY) < records.now]
    units = units.reset_index(drop=True)
    bought, fair = records.bought_after(units), records.could_get_post(units)
    return _units(units, "served", bought, fair, units["like"])


def recommended(records: Records) -> pd.DataFrame:
    """Recommendation: promoters less detractors, after training and without."""
    surveys = records.shop.surveys
    surveys = surveys[surveys["about"] == SurveyAbout.PURCHASE].dropna(subset="recommend")
    marks = surveys["recommend"]
    score = marks.isin(PROMOTERS).astype(int) - marks.isin(DETRACTORS).astype(int)
    answered = surveys[["about_id", "at"]].assign(score=score)
    orders = records.orders.merge(answered, left_on="order_id", right_on="about_id")
    late = (orders["at"] - orders["came_at"]) > pd.Timedelta(days=DAYS_TO_TRAIN)
    fair = orders["to_learn"].notna() & late
    return _units(orders, "trained", orders["score"], fair, orders["before"].astype("str"))


def content_with_handling(records: Records) -> pd.DataFrame:
    """Impression: whether claimants were content, where goods were put right and where not."""
    surveys = records.shop.surveys
    surveys = surveys[surveys["about"] == SurveyAbout.HANDLING].dropna(subset="overall")
    claims = records.shop.claims.merge(
        surveys[["about_id", "overall"]], left_on="claim_id", right_on="about_id"
    )
    steps = records.shop.claim_steps
    decided = steps[steps["step"] == StepType.DECIDED].drop_duplicates("claim_id", keep="last")
    outcome = claims["claim_id"].map(decided.set_index("claim_id")["outcome"])
    done = records.services_of(SupportActivity.WARRANTY).dropna(subset="customer_id")
    goods = ["customer_id", "product_id"]
    served = pd.MultiIndex.from_frame(claims[goods]).isin(pd.MultiIndex.from_frame(done[goods]))
    content = claims["overall"].isin(SATISFIED)
    claims = claims.assign(served=served)
    return _units(claims, "served", content, outcome == Outcome.ACCEPTED, claims["reason"])


def told_us(records: Records) -> pd.DataFrame:
    """What could be better: whether customers told us anything, after advice and without."""
    orders = records.orders.reset_index(drop=True)
    surveys, feedback = records.shop.surveys, records.shop.feedback
    told = pd.concat([table[["customer_id", "at"]] for table in (surveys, feedback)]).dropna()
    pairs = orders[["customer_id", "came_at"]].reset_index(names="place")
    pairs = pairs.merge(told, on="customer_id")
    waited = pairs["at"] - pairs["came_at"]
    soon = (waited > pd.Timedelta(0)) & (waited <= pd.Timedelta(days=DAYS_TO_ANSWER))
    outcome = orders.index.isin(pairs.loc[soon, "place"])
    over = orders["came_at"] + pd.Timedelta(days=DAYS_TO_ANSWER) < records.now
    like = orders["place"].astype("str") + " " + orders["before"].astype("str")
    return _units(orders, "advised", outcome, over, like)


def _units(table: pd.DataFrame, served: str, outcome: Any, fair: Any, like: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "served": table[served].to_numpy(dtype=bool),
            "outcome": pd.Series(outcome).to_numpy(dtype="float64"),
            "fair": pd.Series(fair).fillna(False).to_numpy(dtype=bool),
            "like": pd.Series(like).astype("str").to_numpy(),
        }
    )


def _nobody() -> pd.DataFrame:
    return _units(pd.DataFrame({"served": []}), "served", [], [], [])
