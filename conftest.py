"""What holds for every test, notebook and doctest."""

import os
import shutil
import tempfile

# before any kernel starts: the stored outputs are those of a learner without a code name
for name in ("RETAILKIT_CODENAME", "RETAILKIT_LESSONS", "RETAILKIT_SOLUTIONS"):
    os.environ.pop(name, None)


def pytest_configure(config):
    """Give the kernels a home of their own: no start-up files or history of who runs the tests."""
    if not hasattr(config, "workerinput"):  # the workers inherit it
        config.retailkit_home = tempfile.mkdtemp(prefix="retailkit-tests-")
        os.environ["IPYTHONDIR"] = config.retailkit_home


def pytest_unconfigure(config):
    """Leave nothing behind."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.retailkit_home, ignore_errors=True)
