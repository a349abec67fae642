"""The command `retailkit`, which is also `python -m retailkit`."""

import sys


def main() -> None:
    """Run one command; where a package of the course is missing, say so."""
    try:
        from retailkit.cli import main as run
    except ImportError as error:
        sys.exit(f"{error.name or error} is missing or damaged. Install the course again.")
    run()


if __name__ == "__main__":
    main()
