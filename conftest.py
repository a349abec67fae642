"""What holds for every test, notebook and doctest."""

import os
import shutil
import tempfile

import pytest

from retailkit.catalogue import ENGLISH, LANGUAGES

# before any kernel starts: the stored outputs are those of a learner without a code name
for name in ("RETAILKIT_CODENAME", "RETAILKIT_LESSONS", "RETAILKIT_SOLUTIONS"):
    os.environ.pop(name, None)
# and every machine speaks the language in which they were stored
os.environ["RETAILKIT_LANG"] = ENGLISH

# what the teachers' notebooks hand out when they are run has notebooks in it, too
collect_ignore_glob = ["notebooks/teacher/*/*"]


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
    spoken = (code for code in LANGUAGES if item.nodeid.startswith(f"notebooks/{code}/"))
    os.environ["RETAILKIT_LANG"] = next(spoken, ENGLISH)
