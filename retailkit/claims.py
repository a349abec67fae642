"""Complaints and claims: what a customer tells the shop when something went wrong.

The claims book holds both. Which of the two a case is, follows from whether
anything is asked for; nobody has to use the right word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from retailkit.narratives import Signal, tells
from retailkit.orders import ContactChannel
from retailkit.records import Record, asked, noted
from retailkit.words import Word


class Kind(Word):
    """Complaint or claim: the difference is whether anything is asked for."""

    COMPLAINT = "complaint", "Says that the customer is dissatisfied, and asks for nothing."
    CLAIM = (
        "claim",
        "Says that the customer is dissatisfied, and asks for something to put it right.",
    )


class Reason(Word):
    """What the matter is about."""

    DEFECTIVE = "defective", "It does not work as it should."
    DAMAGED = "damaged", "It arrived broken or marked."
    NOT_DELIVERED = "not_delivered", "It has not come."
    LATE = "late", "It came later than promised."
    WRONG_ITEM = "wrong_item", "Something else came."
    MISSING_PART = "missing_part", "A part is missing."
    NOT_AS_DESCRIBED = "not_as_described", "It is not what the shop said it was."
    PRICE_OR_CHARGE = "price_or_charge", "The price or the bill is wrong."
    REFUND_OR_EXCHANGE_REFUSED = "refund_or_exchange_refused", "The shop would not take it back."
    GUARANTEE_REFUSED = "guarantee_refused", "The shop would not honour the guarantee."
    SERVICE_QUALITY = "service_quality", "A service, such as a repair, was done badly."
    STAFF_TREATMENT = "staff_treatment", "How somebody at the shop behaved."
    INFORMATION = "information", "What the shop said was wrong, late or missing."
    CONTRACT_TERMS = "contract_terms", "The conditions of the sale."
    PRIVACY = "privacy", "What happened to somebody's data."
    SAFETY_OR_HYGIENE = "safety_or_hygiene", "Something is dangerous or dirty."
    LOST_PROPERTY = "lost_property", "Something was lost at the shop."
    COMPLAINT_HANDLING = "complaint_handling", "How an earlier complaint was handled."
    OTHER = "other", "Anything else; the text says what."


class Remedy(Word):
    """What can put a matter right."""

    REFUND = "refund", "The money back."
    REPLACEMENT = "replacement", "Another one of the same."
    REPAIR = "repair", "The same one, mended."
    SUBSTITUTE = "substitute", "Something else of the same worth."
    TECHNICAL_HELP = "technical_help", "Help to make it work."
    INFORMATION = "information", "An explanation."
    REFERRAL = "referral", "The address of whoever can help."
    PRICE_REDUCTION = "price_reduction", "Part of the money back."
    COMPENSATION = "compensation", "Money for the harm done."
    APOLOGY = "apology", "To be told that the shop is sorry."
    GIFT = "gift", "A small gift of goodwill."
    CHANGE = "change", "That the shop changes how it does things."
    NOTHING = "nothing", "Nothing: the customer only wants it to be known."


class Proof(Word):
    """What the customer can show."""

    RECEIPT = "receipt", "The receipt or invoice."
    WARRANTY_CARD = "warranty_card", "The card that came with the product."
    PHOTO = "photo", "A picture of the fault."
    BANK_RECORD = "bank_record", "The payment on a bank or card statement."
    NONE = "none", "Asked, and there is none."


class Vulnerability(Word):
    """Why a customer needs special care in this case. It belongs to the case, not to the person."""

    AGE = "age", "Very young or very old, for this purchase."
    DISABILITY = "disability", "A disability that this matter touches."
    ILLNESS = "illness", "Ill at the moment."
    DIGITAL_GAP = "digital_gap", "Cannot use the website or the telephone menu."
    MONEY = "money", "Cannot do without the sum in question."
    NONE = "none", "Asked, and nothing was named."


class CaseStatus(Word):
    """Where a case stands."""

    RECEIVED = "received", "Written down; not acknowledged yet."
    ACKNOWLEDGED = "acknowledged", "The customer knows that we have it."
    ASSESSED = "assessed", "Level and disposition are set."
    AWAITING_INFORMATION = "awaiting_information", "We have asked the customer something."
    INVESTIGATING = "investigating", "Somebody is finding out, or carrying out the action."
    DECIDED = "decided", "It is settled what the shop will do."
    COMMUNICATED = "communicated", "The customer has been told."
    CLOSED = "closed", "Done, and the customer has been told."
    WITHDRAWN = "withdrawn", "The customer took it back."
    INTERNAL_REVIEW = "internal_review", "Somebody who was not involved looks at it again."
    EXTERNAL = "external", "A body outside the shop has it."
    REOPENED = "reopened", "Closed once, and taken up again."


class StepType(Word):
    """What can be done in a case."""

    RECEIVED = "received", "The matter was written down and the form was given."
    ACKNOWLEDGED = "acknowledged", "The customer was told that we have it, and by when we answer."
    ASSESSED = "assessed", "Level and disposition were set."
    INFORMATION_ASKED = "information_asked", "The customer was asked for proof or details."
    INFORMATION_RECEIVED = "information_received", "The customer's reply came in."
    INVESTIGATED = "investigated", "Somebody found out more."
    ACTION = "action", "The remedy was carried out."
    DECIDED = "decided", "It was settled what the shop does."
    COMMUNICATED = "communicated", "The decision and its reasons were sent to the customer."
    CLOSED = "closed", "The case was closed."
    WITHDRAWN = "withdrawn", "The customer took the matter back."
    HANDED_OVER = "handed_over", "Somebody else looks after the case from here on."
    REVIEW_ASKED = "review_asked", "The customer asked us to look at it again."
    ESCALATED = "escalated", "The customer turned to a body outside the shop."
    REOPENED = "reopened", "The case was taken up again, for what was new."


class Outcome(Word):
    """How a case ended."""

    ACCEPTED = "accepted", "The customer gets what was asked for."
    PARTLY = "partly", "The customer gets part of it."
    REFUSED = "refused", "The customer gets nothing, for stated reasons."
    SETTLED = "settled", "Both sides agreed on something else."
    UNFOUNDED = "unfounded", "Our records show that it cannot be so."
    THANKED = "thanked", "Nothing was asked for; thanked and noted."
    WITHDRAWN = "withdrawn", "Taken back by the customer."
    NO_REPLY = "no_reply", "We asked for what was missing, and no reply came."
    EXTERNAL = "external", "A body outside the shop settled it."


class Function(Word):
    """The three functions in resolving complaints and claims."""

    CUSTOMER_SERVICE = "customer_service", "Receives complaints and claims and starts the process."
    TECHNICIAN = "technician", "Performs the action: repairs, replaces, collects."
    TRAINER = "trainer", "Trains the customer to use the product properly."


@dataclass(frozen=True, kw_only=True, repr=False)
class Claim(Record):
    """One complaint or claim: the claim form, and what the desk adds when it comes in.

    >>> Claim(narrative="The kettle leaks. I want my money back.").kind
    <Kind.CLAIM: 'claim'>
    >>> Claim(reason="staff_treatment", narrative="They were cold to me.").kind.meaning
    'Says that the customer is dissatisfied, and asks for nothing.'
    """

    claim_id: str | None = noted("The number of the case, which the customer is given.")
    customer_id: str | None = asked(
        "Who is complaining? The customer number, if there is one.", optional=True
    )
    order_id: str | None = asked("Which order is it about, if there is one?", optional=True)
    product_id: str | None = asked("Which product or service is it about?", optional=True)
    channel: ContactChannel | None = asked("How did it reach us?")
    language: str | None = noted("The language the customer used, such as es.")
    received_at: datetime | None = noted("When it reached us.")
    heard_by: str | None = noted("Who of the staff wrote it down.")
    event_on: date | None = asked("On which day did it happen?")
    reason: Reason | None = asked("What is it about?")
    narrative: str | None = asked("What happened? In the customer's own words.", long=True)
    wants: Remedy | None = asked("What would put it right?", optional=True)
    amount: float | None = asked("How much money is it about?", optional=True)
    proof: Proof | None = asked("What can the customer show us?", optional=True)
    about_staff: str | None = noted("Who of the staff it is about, if anybody.")
    vulnerable_because: Vulnerability | None = asked(
        "Does the customer need special care in this matter? Why?", optional=True
    )
    form_given: bool | None = noted("Whether the customer was given the claim form.")
    answer_by: date | None = noted("The last day on which we may answer.")
    status: CaseStatus | None = noted("Where the case stands.")

    @property
    def kind(self) -> Kind | None:
        """Complaint or claim; None where nobody wrote down what happened or is wanted."""
        asks = asks_for_something(self.wants, self.narrative)
        if asks is None:
            return None
        return Kind.CLAIM if asks else Kind.COMPLAINT


def asks_for_something(wants: str | None, narrative: str | None) -> bool | None:
    """Whether a case asks for anything: on the form, or in passing in the text.

    >>> asks_for_something("nothing", "Broken again. I want my money!")
    True
    """
    if isinstance(wants, str) and wants and wants != Remedy.NOTHING:
        return True
    in_passing = tells(Signal.ASKS, narrative)
    if in_passing is None and wants == Remedy.NOTHING:
        return False
    return in_passing


@dataclass(frozen=True, kw_only=True, repr=False)
class ClaimStep(Record):
    """One step of a case. Steps are added and never changed."""

    step_id: str | None = noted("The step's number.")
    claim_id: str | None = noted("The case it belongs to.")
    step: StepType | None = noted("What was done.")
    at: datetime | None = noted("When it was done.")
    staff_id: str | None = noted("Who did it.")
    function: Function | None = noted("In which function.")
    outcome: Outcome | None = noted("How the case ended, where this step settled it.")
    remedy: Remedy | None = noted("What the customer gets.")
    amount: float | None = noted("How much money the customer gets.")
    fee: float | None = noted("What the customer was charged for it.")
    proof: Proof | None = noted("What the customer showed us.")
    note: str | None = noted("What whoever did it wrote down.")


@dataclass(frozen=True, kw_only=True, repr=False)
class StaffMember(Record):
    """Somebody who works at the shop."""

    staff_id: str | None = noted("The number of the member of staff.")
    name: str | None = noted("First and family name.")
    function: Function | None = noted("What they do in a case.")
    languages: str | None = noted("The languages they speak, with commas between.")


class Direction(Word):
    """Who wrote to whom."""

    IN = "in", "From the customer to the shop."
    OUT = "out", "From the shop to the customer."


class MessageKind(Word):
    """What a message is for."""

    ACKNOWLEDGEMENT = "acknowledgement", "We have your claim, and this is how it goes on."
    INFORMATION_REQUEST = "information_request", "We need to know something before we go on."
    REPLY = "reply", "The customer replies to a request of ours."
    STATUS = "status", "How the case stands."
    ANSWER = "answer", "What we decided, why, and where else to turn."
    FEEDBACK_REQUEST = "feedback_request", "We ask how satisfied the customer was."
    OFFER = "offer", "An offer or a contest."
    GREETING = "greeting", "A greeting, such as on a birthday."
    CLAIM_FORM = "claim_form", "The customer's copy of the form."


@dataclass(frozen=True, kw_only=True, repr=False)
class Message(Record):
    """One message between the shop and a customer."""

    message_id: str | None = noted("The message's number.")
    customer_id: str | None = noted("The customer who wrote it or got it.")
    claim_id: str | None = noted("The case it is about; empty for an offer or a greeting.")
    at: datetime | None = noted("When it was sent.")
    direction: Direction | None = noted("Who wrote to whom.")
    medium: ContactChannel | None = noted("How it was sent.")
    language: str | None = noted("The language it is written in, such as es.")
    kind: MessageKind | None = noted("What it is for.")
    text: str | None = noted("What it says.")
