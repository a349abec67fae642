"""Kernels that start warm: forked from a process that has imported what lessons use.

On Linux only; elsewhere a notebook gets a stock kernel. Nothing but imports is shared: every
notebook has a process, a namespace and a folder of its own. A missing import, which a warm
kernel could hide, comes out in `retailkit lessons build --check`: there all kernels are stock.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from nbval.kernel import NbvalKernelspecManager

NAME = "retailkit-warm"
LAUNCHER = "ipykernel_launcher"
SECONDS_TO_START = 300  # on a busy machine

KERNEL = """
    ipykernel.debugger ipykernel.ipkernel ipykernel.kernelapp ipykernel.zmqshell
    IPython.core.completerlib IPython.core.oinspect IPython.core.pylabtools IPython.core.ultratb
    IPython.extensions.storemagic pydoc tornado.platform.asyncio
"""
LESSONS = """
    anywidget babel.dates babel.numbers email_validator faker fpdf holidays.countries ipywidgets
    keyring matplotlib.backends.backend_agg matplotlib.pyplot numpy pandas pandas.io.formats.html
    phonenumbers PIL.JpegImagePlugin pyarrow.compute pyarrow.parquet python_calamine rapidfuzz
    rich.console scipy.stats sqlalchemy.orm sqlcipher3.dbapi2 statsmodels.api
    statsmodels.stats.multitest statsmodels.stats.proportion statsmodels.stats.rates uharfbuzz
    xlsxwriter
"""
KIT = """
    retailkit.course.exercises retailkit.crm retailkit.forms.paper retailkit.teaching
    retailkit.triage.from_records retailkit.upkeep retailkit.vocabularies
"""
"""What is imported before a kernel is forked, most of it elsewhere when it is first needed."""

SURROUNDINGS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel has it
    "OPENBLAS_NUM_THREADS": "1",  # a process with one thread is safely forked
}


def warm_up() -> None:
    """From now on nbval's notebooks in this process get warm kernels, where that can be."""
    if sys.platform != "linux":
        return
    group = KernelProvisionerFactory.GROUP_NAME
    point = EntryPoint(NAME, f"{__name__}:{WarmKernel.__name__}", group)
    KernelProvisionerFactory.provisioners[NAME] = point
    stock = NbvalKernelspecManager.get_kernel_spec

    def with_warmth(self, kernel_name):
        spec = stock(self, kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": NAME}}
        return spec

    NbvalKernelspecManager.get_kernel_spec = with_warmth


class WarmKernel(LocalProvisioner):
    """A kernel of Jupyter's that is forked where others are started."""

    async def pre_launch(self, **options):
        # files in place of ports, which two kernels that start at once could both draw
        self.folder = tempfile.TemporaryDirectory(prefix="k")
        self.parent.transport, self.parent.ip = "ipc", f"{self.folder.name}/s"
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd, **options):
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **options)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        self.cwd = str(options.get("cwd") or Path.cwd())
        self.process = Forked(arguments, self.cwd, dict(options.get("env") or os.environ))
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def kill(self, restart=False):
        await super().kill(restart)
        if self.process:
            self.process.wait(5)  # sooner than Jupyter looks again

    async def cleanup(self, restart=False):
        await super().cleanup(restart)
        if not restart:
            self.folder.cleanup()


class Forked:
    """A kernel's process, in the terms of subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: dict[str, str]) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(f"{KERNEL} {LESSONS} {KIT}".split())
        heard, ready = context.Pipe(duplex=False)
        told = (arguments, folder, environment, ready)
        self.process = context.Process(target=_be_a_kernel, args=told, daemon=True)
        with _surroundings():
            self.process.start()
        ready.close()
        self.pid = self.process.pid
        with heard:
            if not heard.poll(SECONDS_TO_START):
                raise RuntimeError("The warm kernel has not started in time.")
            heard.recv()  # or EOFError, where it has ended already

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self.process.join(timeout)
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


@contextmanager
def _surroundings():
    """What the warm process must find when it starts, and nobody else."""
    before = {name: os.environ.get(name) for name in SURROUNDINGS}
    os.environ.update(SURROUNDINGS)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _be_a_kernel(arguments, folder, environment, ready) -> None:
    """In the forked process: what a kernel does that starts from nothing."""
    os.setsid()  # an interrupt or the end is meant for the kernel and what it has started
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # a copy of a generator would go on as in every other kernel
    sys.modules["numpy"].random.seed()
    sys.modules["faker.generator"].random.seed()
    # pandas came before the kernel, and took this for a terminal
    sys.modules["pandas"].set_option("display.max_columns", 20)
    sys.argv = [LAUNCHER, *arguments]
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    # where the warm process ends, the kernel does
    app.initialize([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    sys.modules["ipywidgets"]._handle_ipython()  # which it does on import, where there is a kernel
    ready.send(True)
    ready.close()
    app.start()
