"""After-sales service: what is done for customers once they have bought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from retailkit.customers import Purpose
from retailkit.records import Record, asked, noted
from retailkit.words import Word


class SupportType(Word):
    """The three kinds of support after a sale, by where it happens."""

    ONLINE_TECHNICAL = (
        "online_technical",
        "A help desk by telephone, e-mail or chat, for goods with technology in them.",
    )
    ONSITE_CUSTOMER = "onsite_customer", "In the store, at the time of the sale or after it."
    TRAINING = "training", "Teaching the customer what one must know to use the product."


class ServiceType(Word):
    """The four kinds of after-sales service, by what it is for."""

    PROMOTIONAL = "promotional", "Offers, discounts and contests."
    PSYCHOLOGICAL = "psychological", "A gift or a birthday card, so that the customer feels valued."
    SECURITY = "security", "Protection and guarantee, and the money back where that is due."
    MAINTENANCE = "maintenance", "Installation, upkeep, and training for the proper use."


class Provider(Word):
    """Who gives the support."""

    RETAILER = "retailer", "The shop itself."
    MANUFACTURER = "manufacturer", "Whoever made the product."
    THIRD_PARTY = "third_party", "A service or training company."


class SupportActivity(Word):
    """What is done."""

    WARRANTY = "warranty", "Putting right what the guarantee covers."
    TRAINING = "training", "Showing how to use it."
    REPAIR = "repair", "Mending it, at a price where the guarantee is over."
    UPGRADE = "upgrade", "Bringing it up to date or making it better."
    INSTALLATION = "installation", "Putting it up and making it work."
    GREETING = "greeting", "A card or a small gift."
    OFFER = "offer", "An offer, a discount or a contest."
    OTHER = "other", "Anything else."


class ServiceResult(Word):
    """How it ended."""

    DONE = "done", "Done as it should be."
    NOT_SOLVED = "not_solved", "Tried, and it did not help."
    NOT_REACHED = "not_reached", "The customer was not there, or the post came back."


class AfterSalesBenefit(Word):
    """What after-sales service is good for."""

    ENJOYMENT = "enjoyment", "Customers enjoy what they have bought."
    FURTHER_PURCHASE = "further_purchase", "They may buy again."
    RECOMMENDATION = "recommendation", "They may recommend the shop."
    IMPRESSION = "impression", "The shop knows what customers think of it."
    IMPROVEMENT_INFO = "improvement_info", "The shop hears what it could do better."
    INFORM_OFFERS = "inform_offers", "Customers hear of new offers and campaigns."


@dataclass(frozen=True, kw_only=True)
class Support:
    """Who can give a kind of support, whoever is asked first in front, and what it consists of.

    `agreed` names who gives it for goods of a category, where that is not the first.
    """

    providers: tuple[Provider, ...]
    activities: tuple[SupportActivity, ...]
    agreed: Mapping[str, Provider] = field(default_factory=dict)


SUPPORT: Mapping[SupportType, Support] = MappingProxyType(
    {
        SupportType.ONLINE_TECHNICAL: Support(
            providers=(Provider.RETAILER, Provider.MANUFACTURER, Provider.THIRD_PARTY),
            activities=(SupportActivity.REPAIR, SupportActivity.UPGRADE, SupportActivity.OTHER),
            # whoever wrote the programs in it knows them best
            agreed=MappingProxyType(
                {"electronics": Provider.MANUFACTURER, "toys": Provider.MANUFACTURER}
            ),
        ),
        SupportType.ONSITE_CUSTOMER: Support(
            providers=(Provider.RETAILER,),
            activities=(SupportActivity.OTHER,),
        ),
        SupportType.TRAINING: Support(
            providers=(Provider.RETAILER, Provider.THIRD_PARTY, Provider.MANUFACTURER),
            activities=(SupportActivity.TRAINING,),
            # aids to health are taught by people who have learnt that
            agreed=MappingProxyType({"aids": Provider.THIRD_PARTY}),
        ),
    }
)
"""The three kinds of support, with who gives them and what is done.

Who gives which is the arrangement of the course's own shops; another shop has its own.
"""


def provider_of(support_type: SupportType, category: str | None = None) -> Provider:
    """Who gives a kind of support for goods of a category.

    >>> provider_of(SupportType.ONLINE_TECHNICAL, "electronics").value
    'manufacturer'
    """
    support = SUPPORT[support_type]
    return support.agreed.get(category or "", support.providers[0])


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a kind of service needs: the purpose that the customer must have agreed to, if any."""

    consent: Purpose | None
    may_advertise: bool
    activities: tuple[SupportActivity, ...]


TERMS: Mapping[ServiceType, Terms] = MappingProxyType(
    {
        ServiceType.PROMOTIONAL: Terms(
            consent=Purpose.MARKETING, may_advertise=True, activities=(SupportActivity.OFFER,)
        ),
        ServiceType.PSYCHOLOGICAL: Terms(
            consent=Purpose.MARKETING, may_advertise=True, activities=(SupportActivity.GREETING,)
        ),
        ServiceType.SECURITY: Terms(
            consent=None, may_advertise=False, activities=(SupportActivity.WARRANTY,)
        ),
        ServiceType.MAINTENANCE: Terms(
            consent=None,
            may_advertise=False,
            activities=(
                SupportActivity.INSTALLATION,
                SupportActivity.TRAINING,
                SupportActivity.REPAIR,
                SupportActivity.UPGRADE,
                SupportActivity.OTHER,
            ),
        ),
    }
)
"""The four kinds of service. What is owed needs no consent, and then carries no advertising."""


def service_type_of(activity: SupportActivity) -> ServiceType:
    """The kind of service that an activity belongs to.

    >>> service_type_of(SupportActivity.INSTALLATION).value
    'maintenance'
    """
    return next(kind for kind, terms in TERMS.items() if activity in terms.activities)


@dataclass(frozen=True, kw_only=True, repr=False)
class Service(Record):
    """One piece of after-sales service.

    The kind of support and the kind of service are two questions: training is both. A
    greeting is service without support.
    """

    service_id: str | None = noted("The number of the service.")
    customer_id: str | None = asked("For whom is it?")
    order_id: str | None = asked("Which order is it about, if any?", optional=True)
    product_id: str | None = asked("Which product is it about, if any?", optional=True)
    at: datetime | None = noted("When it was done.")
    request: str | None = asked(
        "What did the customer ask for, if anything?", optional=True, long=True
    )
    support_type: SupportType | None = asked("Which kind of support is it?", optional=True)
    service_type: ServiceType | None = asked("Which kind of service is it?")
    activity: SupportActivity | None = asked("What is done?")
    provider: Provider | None = asked("Who does it?")
    staff_id: str | None = noted("Who of the staff did it or saw to it.")
    result: ServiceResult | None = asked("How did it end?", optional=True)
