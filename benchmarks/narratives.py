"""How long one text takes, in each language: python benchmarks/narratives.py [--quick]."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from tellings import tellings

from retailkit.generate.narratives import narrative
from retailkit.narratives import Signal, tells


def seconds(work, things):
    """CPU seconds for one thing, the best of three rounds."""
    rounds = []
    for _ in range(3):
        begun = time.process_time()
        for thing in things:
            work(thing)
        rounds.append((time.process_time() - begun) / len(things))
    return min(rounds)


def main():
    """Print one line per language: microseconds to write a text, and to read it for all signals."""
    count = 2_000 if "--quick" in sys.argv else 20_000
    for code in ("en", "es", "hi"):
        said = tellings(code, count)
        texts = [narrative(telling) for telling in said]
        write = seconds(narrative, said)
        read = seconds(lambda text: [tells(signal, text) for signal in Signal], texts[:2_000])
        length = sum(map(len, texts)) / count
        sys.stdout.write(
            f"{code}: {write * 1e6:5.1f} us to write, {read * 1e6:6.1f} us to read, "
            f"{length:.0f} characters\n"
        )


if __name__ == "__main__":
    main()
