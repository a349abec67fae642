"""What holds for every test, notebook and doctest."""

import os
import shutil
import tempfile

import pytest

# before any kernel starts: the stored outputs are those of a learner without a code name
for name in ("RETAILKIT_CODENAME", "RETAILKIT_LESSONS", "RETAILKIT_SOLUTIONS"):
    os.environ.pop(name, None)
# and every machine speaks the language in which they were stored
os.environ["RETAILKIT_LANG"] = "en"


def pytest_configure(config):
    """Give the kernels a home of their own: no start-up files or history of who runs the tests."""
    if not hasattr(config, "workerinput"):  # the workers inherit it
        config.retailkit_home = tempfile.mkdtemp(prefix="retailkit-tests-")
        os.environ["IPYTHONDIR"] = config.retailkit_home
    from warm_kernels import warm_up

    warm_up()


def pytest_unconfigure(config):
    """Leave nothing behind."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.retailkit_home, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Send every test that needs a page to one worker: they share a server and a browser."""
    from xdist.scheduler import LoadScopeScheduling

    class OnePage(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return "page" if "_page" in nodeid.split("::")[0] else super()._split_scope(nodeid)

    return OnePage(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Let a lesson's edition in another language speak it: its kernel is about to start."""
    os.environ["RETAILKIT_LANG"] = "es" if "notebooks/es/" in item.path.as_posix() else "en"
