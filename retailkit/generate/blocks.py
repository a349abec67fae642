"""One block of customers, whole: every table about them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from retailkit.columns import joined, words_at
from retailkit.generate.book import claims_table, steps_table
from retailkit.generate.contacts import (
    consents_table,
    feedback_table,
    signups_table,
)
from retailkit.generate.enquiries import enquiries_table
from retailkit.generate.letters import Addresses
from retailkit.generate.lives import Lives
from retailkit.generate.post import messages_table
from retailkit.generate.purchases import (
    cards_table,
    events_table,
    lines_table,
    orders_table,
    purchases_of,
)
from retailkit.generate.service import jobs_of, services_table
from retailkit.generate.staff import staff_table
from retailkit.generate.surveys import surveys_table
from retailkit.generate.tellings import narratives
from retailkit.reading import LANGUAGES


def tables_of(lives: Lives, customers: pa.Table, shop: str) -> dict[str, pa.Table]:
    """Every table about the customers of a block."""
    bought = purchases_of(lives)
    jobs = jobs_of(lives, bought)
    spoken = lives.people.language[lives.stories.person]
    addresses = addresses_in(customers, staff_table(lives.desk), shop)
    return {
        "customers": customers,
        "consents": consents_table(lives),
        "orders": orders_table(bought),
        "order_lines": lines_table(bought),
        "order_events": events_table(bought),
        "enquiries": enquiries_table(lives, bought),
        "warranty_cards": cards_table(bought),
        "surveys": surveys_table(lives),
        "feedback": feedback_table(lives),
        "signups": signups_table(lives),
        "claims": claims_table(lives, narratives(lives, spoken), words_at(LANGUAGES, spoken)),
        "claim_steps": steps_table(lives),
        "messages": messages_table(lives, jobs, addresses, spoken),
        "services": services_table(lives, jobs),
    }


def addresses_in(customers: pa.Table, staff: pa.Table, shop: str) -> Addresses:
    """The names and contacts that letters need."""
    names = joined(
        customers["given_name"].combine_chunks(), " ", customers["family_name"].combine_chunks()
    )
    contacts = pc.coalesce(customers["phone"], customers["email"], "-")
    return Addresses(
        shop=shop,
        names=names,
        contacts=contacts.combine_chunks(),
        staff=staff["name"].to_pylist(),
    )
