"""Shops' order tables made at random, with all that makes counting hard."""

import numpy as np
import pandas as pd


def random_orders(seed, rows=None):
    """Orders with guests, ties, zero and negative amounts, gaps, cancellations, second orders."""
    lot = np.random.default_rng(seed)
    rows = int(lot.integers(30, 400)) if rows is None else rows
    customers = max(2, rows // int(lot.integers(2, 8)))
    days = int(lot.choice([3, 40, 400, 900]))
    moments = np.datetime64("2023-12-20T00:00", "s") + lot.integers(0, days * 86_400, rows)
    # few different amounts, so that sums tie; a tenth has no exact binary form
    amounts = lot.choice([0, 0.1, 0.2, 0.3, 5, 19.9, 20, 250], rows)
    amounts = np.where(lot.random(rows) < 0.05, -amounts, amounts)
    table = pd.DataFrame(
        {
            "customer_id": pd.Series(lot.integers(0, customers, rows)).map("C-{:04d}".format),
            "ordered_at": moments,
            "total": pd.array(amounts, dtype="Float64"),
            "status": lot.choice(
                ["delivered", "open", "cancelled", "returned"], rows, p=[0.7, 0.2, 0.06, 0.04]
            ),
        }
    )
    for column, share in {"customer_id": 0.1, "ordered_at": 0.02, "total": 0.02}.items():
        table.loc[lot.random(rows) < share, column] = None
    table.loc[lot.random(rows) < 0.02, "customer_id"] = " "
    return table


def random_surveys(seed):
    """Surveys with open answers."""
    lot = np.random.default_rng(seed)
    rows = int(lot.integers(5, 200))
    surveys = pd.DataFrame(
        {
            "overall": pd.array(lot.integers(1, 6, rows), dtype="Int64"),
            "recommend": pd.array(lot.integers(0, 11, rows), dtype="Int64"),
        }
    )
    surveys.loc[lot.random(rows) < 0.2, "overall"] = None
    surveys.loc[lot.random(rows) < 0.2, "recommend"] = None
    return surveys
