"""A process of its own that writes small data sets, for tests that stop it the hard way.

Asked on its standard input for a folder and a number, it forks, lets the child replace one
set by another for as long as so many replacements take on this machine, and kills it. It
answers with a line.
"""

import gc
import itertools
import os
import select
import signal
import sys
import tempfile
import time

import retailkit as rk


def write_for_ever(folder, shops, ready):
    for shop in itertools.cycle(shops):
        rk.write_dataset(shop, folder)
        os.write(ready, b".")  # from the first one on, every moment is one of replacing


def killed_after(folder, shops, seconds):
    ready, started = os.pipe()
    child = os.fork()
    if not child:
        write_for_ever(folder, shops, started)
    os.read(ready, 1)
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    os.close(started)


def main():
    shops = [rk.make_shop(seed=seed, customers=5) for seed in (1, 2)]
    with tempfile.TemporaryDirectory() as place:  # loads all that writing needs
        rk.write_dataset(shops[0], f"{place}/shop")
        started = time.perf_counter()
        rk.write_dataset(shops[1], f"{place}/shop")
        once = time.perf_counter() - started
    gc.freeze()  # what is never collected is never copied for a child
    for line in sys.stdin:
        folder, times = line.rsplit(" ", 1)
        killed_after(folder, shops, float(times) * once)
        print("killed", flush=True)


if __name__ == "__main__":
    main()
