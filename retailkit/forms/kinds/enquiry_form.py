"""The enquiry form: what somebody would like to know, and when we come back to them."""

from __future__ import annotations

from typing import Any, cast

from retailkit.catalogue import later, say
from retailkit.customers import CollectionChannel, Consent, ConsentState
from retailkit.forms.desk_form import DeskForm, Rows, asked_of, fields_of, somebody_new
from retailkit.orders import Enquiry
from retailkit.records import Question
from retailkit.shop import Shop
from retailkit.text import day

NEWS = Question(
    name="news",
    text="We have a website, a mailing list and social pages: tell them. Do they want our news?",
    answer=bool,
    optional=True,
    long=False,
)

ELSEWHERE = later(
    "You also find us on our website and our social pages, "
    "and our mailing list brings news to whoever wants it."
)


class EnquiryForm(DeskForm):
    """The enquiry form of a shop. `saved` holds the enquiries, `shop_now()` the whole shop.

    >>> from retailkit.generate import make_shop
    >>> form = EnquiryForm(make_shop(seed=7, customers=20))
    >>> form.fill(customer_id="C-000007", channel="phone", question="Do you have deep fryers?")
    ...     # doctest: +ELLIPSIS
    Enquiry form
    ...
    >>> form.save()
    Not saved yet.
    Please answer: By which day do we come back to them?
    """

    way = CollectionChannel.ENQUIRY
    own = "enquiries"

    def __init__(self, shop: Shop) -> None:
        who, *others = asked_of(Enquiry)
        super().__init__(say("Enquiry form"), [who, *somebody_new(), *others, NEWS], shop)

    def doubts(self) -> dict[str, str]:
        found = {**super().doubts(), **self.gone_by("follow_up_on")}
        if self.answers.get("news") and not self.email_of(self.answers):
            found["news"] = say("News comes by e-mail, and we have no address. Ask for one.")
        number, who = self.answers.get("order_id"), self.answers.get("customer_id")
        orders = self.shop_now().orders
        if number is not None and number not in set(
            orders.loc[orders["customer_id"] == who, "order_id"]
        ):
            found["order_id"] = say(
                "This customer has no order {number}. Is the number right?", number=number
            )
        return found

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        enquiry = Enquiry(
            **fields_of(Enquiry, answers, who),
            enquiry_id=f"EN-{number}",
            at=self.now,
            answered_at=self.now if answers.get("answer") else None,
        )
        news = answers.get("news")
        if news is None:
            return {self.own: enquiry}
        return {self.own: enquiry, "consents": self.consent(number, who, news, say(NEWS.text))}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        enquiry, consent = cast(Enquiry, rows[self.own]), cast(Consent, rows.get("consents"))
        back = later("We come back to them by {day}.")
        if enquiry.answer:
            back = later("We come back to them by {day}, and ask whether the answer helped.")
        news = later("Whether they want our news, nobody asked: then we send none.")
        if consent:
            news = later("Noted: they do not want our news.")
            if consent.state == ConsentState.GIVEN:
                news = later("Noted: they want our news.")
        return say("Saved as {key}: “{text}”", key=key, text=enquiry.question), [
            say(back, day=day(enquiry.follow_up_on or self.shop.today)),
            say("We tell the customer: “{text}”", text=say(ELSEWHERE)),
            say(news),
        ]
