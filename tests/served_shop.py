"""A shop made by hand for after-sales service: what a test puts in is all there is."""

from datetime import date

from retailkit.customers import Consent, Customer
from retailkit.orders import Order, OrderEvent, OrderLine, Product, WarrantyCard
from retailkit.procedure import Procedure
from retailkit.records import table
from retailkit.services import Service
from retailkit.shop import RECORDS, Shop

KETTLE = Product(product_id="P-1", name="kettle", guarantee_months=24)
TABLET = Product(product_id="P-2", name="tablet", needs_training=True, needs_installation=False)
WASHER = Product(product_id="P-3", name="washing machine", needs_installation=True)


def customer(customer_id="C-1", **fields):
    usual = {"given_name": "Ana", "email": "ana@example.org", "joined_at": "2024-01-01T09:00"}
    return Customer(**{**usual, "customer_id": customer_id, **fields})


def consent(state="given", at="2024-01-02T09:00", customer_id="C-1", **fields):
    usual = {"consent_id": f"CO-{customer_id}-{state}-{at}", "purpose": "marketing"}
    usual |= {"channel": "website"}
    return Consent(**{**usual, "state": state, "at": at, "customer_id": customer_id, **fields})


def bought(product_id, came_at, order_id="O-1", customer_id="C-1", returned_at=None):
    """An order that came, and went back where a day is given: order, line and events."""
    order = Order(order_id=order_id, customer_id=customer_id, ordered_at=came_at, place="store")
    line = OrderLine(line_id=f"L-{order_id}", order_id=order_id, product_id=product_id)
    happened = {"delivered": came_at, "returned": returned_at}
    events = [
        OrderEvent(event_id=f"E-{order_id}-{event}", order_id=order_id, event=event, at=at)
        for event, at in happened.items()
        if at
    ]
    return {"orders": [order], "order_lines": [line], "order_events": events}


def card(ends_on, customer_id="C-1"):
    return WarrantyCard(
        card_id="W-1",
        customer_id=customer_id,
        product_id="P-1",
        purchased_on="2024-07-10",
        ends_on=ends_on,
    )


def service(activity, at, customer_id="C-1", **fields):
    return Service(
        service_id=f"S-{customer_id}-{at}",
        customer_id=customer_id,
        at=at,
        activity=activity,
        **fields,
    )


def served_shop(*parts, today="2026-06-30", **rows):
    """A shop of these rows; each part is a dict of rows by table, too."""
    together = {"customers": [customer()], "products": [KETTLE, TABLET, WASHER]} | rows
    for part in parts:
        for name, some in part.items():
            together[name] = [*together.get(name, []), *some]
    return Shop(
        name="A shop that serves",
        tables={name: table(together.get(name, ()), record) for name, record in RECORDS.items()},
        seed=0,
        market="ES",
        procedure=Procedure(),
        today=date.fromisoformat(today),
    )
