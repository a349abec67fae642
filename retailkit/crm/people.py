"""What the customer database does for the people in it: consent, their rights, one record each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.crm import checking, consents, merging, rights
from retailkit.crm.session import Session
from retailkit.text import Sentences
from retailkit.upkeep.ages import OLD_AFTER
from retailkit.upkeep.duplicates import SURE_ENOUGH

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.aftersales.permission import Permission
    from retailkit.claims import Message
    from retailkit.customers import Consent, Customer
    from retailkit.upkeep.rights import Held


class People(Session):
    """The customer database, as far as it is about the people in it."""

    def consent(
        self, customer_id: str, purpose: str, state: str, *, channel: str, wording: str
    ) -> Consent:
        """Take down what a customer answered when asked: given, declined or withdrawn.

        It is dated by the database's clock, and never before an earlier answer. `channel`
        is the form on which, and `wording` the words in which they were asked. Raises
        ValueError where one is missing, and for a yes on a complaint form.
        """
        with self._work() as now:
            return consents.answer(now, customer_id, purpose, state, channel, wording)

    def may_contact(
        self, customer_id: str, purpose: str = "marketing", at: date | str | None = None
    ) -> Permission:
        """Whether a customer may be contacted for a purpose, at a moment or now, and why.

        The rule is that of `rk.may_contact`; now, a no with a later date holds already.
        """
        with self._work() as now:
            return consents.permission(now, customer_id, purpose, at)

    def sending(
        self,
        customers: Iterable[str],
        purpose: str = "marketing",
        *,
        text: str,
        medium: str = "email",
        kind: str | None = None,
    ) -> Iterator[Customer]:
        """One by one, those customers who may be contacted now, each to be sent the text.

        For each, the answers are read and the message is noted in one transaction just
        before: a withdrawal that was saved by then is never missed, whoever saved it. Whoever
        said no, cannot be reached by the `medium`, or is in the list no more is passed over.
        It sends nothing itself. What comes after the customer is handed out is not seen: send
        at once. Raises ValueError where nobody is contacted for that purpose or in that way.
        """
        self._rights.need_change("messages", [])
        draft = consents.draft(purpose, medium, kind, text)
        return self._sending(list(dict.fromkeys(customers)), purpose, draft)

    def _sending(self, customers: list[str], purpose: str, draft: Message) -> Iterator[Customer]:
        for number in customers:
            with self._work() as now:
                person = consents.contact(now, number, purpose, draft)
            if person:
                yield person

    def held_on(self, customer_id: str) -> Held:
        """All that is held on a person, to show them: `rk.held_on`.

        For the responsible person. The access log, which holds no value, is not part of it.
        """
        self._need_everything(later("put together all that is held on a person"))
        with self._work() as now:
            return rights.held(now, customer_id)

    def correct(self, customer_id: str, **facts: Any) -> Customer:
        """Put facts of a customer right as they told you now; without any, they confirmed all.

        For roles that change customers. Raises ValueError as `rk.corrected` does, where a fact
        is not the customer's to correct or cannot be right.
        """
        with self._work() as now:
            return rights.correct(now, customer_id, facts)

    def erase(self, customer_id: str) -> None:
        """Erase a person, as they asked. It cannot be undone. For the responsible person.

        Afterwards no name, contact or look-up key of theirs is in the file, in its journal or
        beside it; `rk.without_customer` says what stays of their orders and cases, under a
        token. The file is written anew, which takes seconds where it is large; where we are
        killed before that, it is done when the file is next opened. Warns (NotSwept) where
        there is no room for it.

        The access log keeps the customer's number, and no value: it must still show who
        looked at them, and cannot be rewritten without losing its worth. No row of theirs has the
        number any more, and the token is not in the log. An order that nobody's number stands
        on stays as it is, even if its own number has the same digits, as in made shops.

        It does not reach what has left the file: exports, backups, printed pages, a notebook's
        output, deleted blocks of the disk that are not written over yet. On a server nothing is
        written anew: its own journal and backups keep traces until it writes over them.
        """
        self._need_everything(later("erase a customer"))
        with self._work() as now:
            rights.erase(now, customer_id)

    def merge(
        self, keep: str, other: str, take: Mapping[str, str] | None = None, *, sure: bool = False
    ) -> Sentences:
        """Make two records of one person into one, `keep`. For the responsible person.

        As `rk.merge` does; of the answers about consent the stricter one holds. Says what was
        done, and by which number it can be undone. Raises ValueError for two that look like a
        household or like strangers, unless you are `sure`.
        """
        self._need_everything(later("merge customers"))
        with self._work() as now:
            merge_id, done = merging.merge(now, keep, other, take, sure=sure)
        return Sentences(
            [*done.sentences(), say("To undo it: crm.undo({merge_id!r}).", merge_id=merge_id)]
        )

    def undo(self, merge_id: str) -> Sentences:
        """Make two records of a merge again, exactly as they were. For the responsible person.

        Raises ValueError where anything of the person's changed since, and says what.
        """
        self._need_everything(later("undo a merge"))
        with self._work() as now:
            keep, other = merging.undo(now, merge_id)
        return Sentences(
            [
                say(
                    "{keep} and {other} are two records again, each as it was.",
                    keep=keep,
                    other=other,
                )
            ]
        )

    def duplicates(self, at_least: float = SURE_ENOUGH) -> pd.DataFrame:
        """Pairs of records that are likely of one person, the surest first: `rk.duplicates`.

        For roles that see all of a customer, since a household is no duplicate.
        """
        with self._work() as now:
            return checking.twice(now, at_least)

    def accuracy_check(self) -> pd.DataFrame:
        """What to ask which customer, because it cannot be right: `rk.accuracy_check`.

        For roles that see how customers are reached and which cases are open.
        """
        with self._work() as now:
            return checking.inaccurate(now)

    def stale(self, after_months: float = OLD_AFTER) -> pd.DataFrame:
        """Contacts to ask about again, because they are old today: `rk.stale`.

        For roles that see every record which may show that a contact works.
        """
        with self._work() as now:
            return checking.old(now, after_months)
