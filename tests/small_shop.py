"""A shop of a few rows, made by hand: what a test puts in is all there is."""

from datetime import date

from retailkit.claims import Claim, ClaimStep
from retailkit.customers import Customer
from retailkit.orders import Order, OrderEvent, OrderLine, Product
from retailkit.procedure import Procedure
from retailkit.records import table
from retailkit.shop import RECORDS, Shop

KETTLE = Product(product_id="P-1", name="kettle", price=25, essential=False)
HEARING_AID = Product(product_id="P-2", name="hearing aid", price=60, essential=True)
ANA = Customer(customer_id="C-1", given_name="Ana")

ORDER = Order(
    order_id="O-1",
    customer_id="C-1",
    ordered_at="2026-03-01T10:00",
    place="website",
    promised_on="2026-03-05",
    total=25,
)
LINE = OrderLine(line_id="OL-1", order_id="O-1", product_id="P-1", quantity=1, unit_price=25)


def delivered(signed_by="C-1", at="2026-03-04T12:00"):
    return OrderEvent(
        event_id="OE-1", order_id="O-1", event="delivered", at=at, signed_by=signed_by
    )


DELIVERED = delivered()


def claim(**fields):
    """A claim about Ana's kettle, with some fields as the test needs them."""
    usual = {
        "claim_id": "CL-1",
        "customer_id": "C-1",
        "order_id": "O-1",
        "product_id": "P-1",
        "received_at": "2026-04-01T09:00",
        "event_on": "2026-03-20",
        "reason": "defective",
        "narrative": "The kettle does not heat any more.",
        "wants": "refund",
        "answer_by": "2026-05-01",
    }
    return Claim(**{**usual, **fields})


def step(claim_id, step, at, **fields):
    return ClaimStep(step_id=f"{claim_id}-{step}", claim_id=claim_id, step=step, at=at, **fields)


def small_shop(
    *claims,
    orders=(ORDER,),
    lines=(LINE,),
    events=(DELIVERED,),
    steps=(),
    market="ES",
    today="2026-04-02",
    **more,
):
    rows = {
        "customers": [ANA],
        "products": [KETTLE, HEARING_AID],
        "orders": orders,
        "order_lines": lines,
        "order_events": events,
        "claims": claims,
        "claim_steps": steps,
        **more,
    }
    return Shop(
        name="A small shop",
        tables={name: table(rows.get(name, ()), record) for name, record in RECORDS.items()},
        seed=0,
        market=market,
        procedure=Procedure(),
        today=date.fromisoformat(today),
    )
