"""What a worker of a test loads before it begins: small blocks, many of a few customers."""

import retailkit.generate.plan

retailkit.generate.plan.BLOCK = 10
