"""Forms: what learners fill in at the desk, drawn from the records' own questions."""

from retailkit.forms.claim_form import ClaimForm as claim_form
from retailkit.forms.triage_deck import TriageDeck as triage_deck

__all__ = ["claim_form", "triage_deck"]
