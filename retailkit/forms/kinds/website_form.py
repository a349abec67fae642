"""The forms on the website: a message to the shop, or a place on the mailing list."""

from __future__ import annotations

from typing import Any, cast

from retailkit.catalogue import later, say
from retailkit.customers import CollectionChannel, Customer, Signup, WebForm
from retailkit.forms.desk_form import DeskForm, Rows, asked_of, fields_of, your_number
from retailkit.shop import Shop

NO_ADDRESS = later("News comes by e-mail: at which address?")
ON_THE_LIST = later("Please put me on the mailing list. I can leave it at any time.")


class WebsiteForm(DeskForm):
    """The website's two forms in one: `contact` for a message, `mailing_list` for our news.

    >>> from retailkit.generate import make_shop
    >>> form = WebsiteForm(make_shop(seed=7, customers=20))
    >>> form.fill(form="mailing_list", given_name="Lin", family_name="Wei").save()
    Not saved yet.
    News comes by e-mail: at which address?
    """

    way = CollectionChannel.WEBSITE
    own = "signups"

    def __init__(self, shop: Shop) -> None:
        which, words = asked_of(Signup, ("form",)), asked_of(Signup, ("text",))
        details = ("given_name", "family_name", "email", "birth_on")
        who = [your_number(), *asked_of(Customer, details, optional=True)]
        super().__init__(say("Website form"), [*which, *words, *who], shop)

    def doubts(self) -> dict[str, str]:
        found, form = super().doubts(), self.answers.get("form")
        if form == WebForm.CONTACT and self.answers.get("text") is None:
            found["text"] = say("A message needs its words.")
        if form == WebForm.MAILING_LIST and not self.email_of(self.answers):
            known = "customer_id" in self.answers
            found["customer_id" if known else "email"] = say(NO_ADDRESS)
        return found

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        signup = Signup(**fields_of(Signup, answers, who), signup_id=f"SU-{number}", at=self.now)
        if signup.form != WebForm.MAILING_LIST:
            return {self.own: signup}
        consent = self.consent(number, who, True, say(ON_THE_LIST))
        return {self.own: signup, "consents": consent}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        signup = cast(Signup, rows[self.own])
        if signup.form == WebForm.MAILING_LIST:
            saved = say("Saved as {key}, a place on the mailing list.", key=key)
            return saved, [say("Noted: they want our news.")]
        saved = say("Saved as {key}, a message: “{text}”", key=key, text=signup.text)
        return saved, [say("We answer by e-mail.")]
