"""The command `retailkit`, which is also `python -m retailkit`."""

import sys


def main() -> None:
    """Run one command; where a package of the course is missing, say so."""
    try:
        from retailkit.cli import main as run
    except ImportError as error:
        from retailkit.catalogue import say

        missing = error.name or error
        sys.exit(say("{name} is missing or damaged. Install the course again.", name=missing))
    run()


if __name__ == "__main__":
    main()
