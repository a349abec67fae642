"""`python -m retailkit`: the same as the command `retailkit`."""

from retailkit.cli import main

main()
