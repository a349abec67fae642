"""A process of its own that writes small data sets, for tests that stop it the hard way.

Asked on its standard input for a folder and a number of milliseconds, it forks, lets the
child replace one set by another for that long, and kills it. It answers with a line.
"""

import gc
import itertools
import os
import select
import signal
import sys
import tempfile

import retailkit as rk


def write_for_ever(folder, shops, ready):
    for shop in itertools.cycle(shops):
        rk.write_dataset(shop, folder)
        os.write(ready, b".")  # from the first one on, every moment is one of replacing


def killed_after(folder, shops, milliseconds):
    ready, started = os.pipe()
    child = os.fork()
    if not child:
        write_for_ever(folder, shops, started)
    os.read(ready, 1)
    select.select([], [], [], milliseconds / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    os.close(started)


def main():
    shops = [rk.make_shop(seed=seed, customers=5) for seed in (1, 2)]
    with tempfile.TemporaryDirectory() as place:  # loads all that writing needs
        rk.write_dataset(shops[0], f"{place}/shop")
    gc.freeze()  # what is never collected is never copied for a child
    for line in sys.stdin:
        folder, milliseconds = line.rsplit(" ", 1)
        killed_after(folder, shops, float(milliseconds))
        print("killed", flush=True)


if __name__ == "__main__":
    main()
