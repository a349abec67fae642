"""Goods: what was sold to whom, line by line."""

from __future__ import annotations

import pandas as pd

from retailkit.catalogue import say
from retailkit.insight.purchases import CALLED_OFF
from retailkit.shop import Shop
from retailkit.text import Sentences
from retailkit.words import count_of


def sales_lines(shop: Shop) -> pd.DataFrame:
    """Every line of every order that is a purchase: one row per product on an order.

    Columns `order_id`, `customer_id` (empty for a guest), `month` (1 to 12), `product`,
    `category`, `quantity` and `money` (quantity times price). Cancelled and returned orders
    are left out; `notes` says how many.

    >>> from retailkit.generate import make_shop
    >>> lines = sales_lines(make_shop(seed=7, customers=40))
    >>> lines.columns[-4:].to_list()
    ['product', 'category', 'quantity', 'money']
    """
    called_off = shop.orders["status"].isin(CALLED_OFF)
    orders = shop.orders[~called_off].set_index("order_id")
    goods = shop.products.set_index("product_id")
    lines = shop.order_lines[shop.order_lines["order_id"].isin(orders.index)]
    quantity = lines["quantity"].astype("float64")
    table = pd.DataFrame(
        {
            "order_id": lines["order_id"],
            "customer_id": lines["order_id"].map(orders["customer_id"]),
            "month": lines["order_id"].map(orders["ordered_at"].dt.month),
            "product": lines["product_id"].map(goods["name"]),
            "category": lines["product_id"].map(goods["category"]),
            "quantity": lines["quantity"],
            "money": (quantity * lines["unit_price"].astype("float64")).round(2),
        }
    ).reset_index(drop=True)
    left_out = int(called_off.sum())
    said = say("Left out: {count} cancelled or returned.", count=count_of(left_out, "order"))
    table.attrs["notes"] = Sentences([said] if left_out else [])
    return table
