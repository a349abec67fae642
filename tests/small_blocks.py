"""What a worker of a test is told before it begins: small blocks, many of a few customers."""

import retailkit.generate.plan


def dask_setup(worker):
    """Called by the worker itself: who only looks through this file keeps blocks as they are."""
    retailkit.generate.plan.BLOCK = 10
