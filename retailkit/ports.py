"""Ports: the doors of this computer, one of which the course's page is shown through."""

from __future__ import annotations

import os
import socket

from retailkit.catalogue import say

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8888, 8987


def checked_port(port: int) -> int:
    """The port, if it can be used and is free."""
    if not 1024 <= port <= 65535:
        raise ValueError(
            say(
                "{port} cannot be used as a port. Choose 1024 to 65535, or leave --port out.",
                port=port,
            )
        )
    if not _is_free(port):
        raise ValueError(
            say(
                "Port {port} is in use. Choose another with --port, or leave --port out "
                "and a free one is taken.",
                port=port,
            )
        )
    return port


def free_port() -> int:
    """The first port from 8888 on that nobody uses."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(port):
            return port
    raise OSError(
        say(
            "All ports from {first} to {last} are in use. "
            "Close a JupyterLab that you no longer need, or choose a port with --port.",
            first=FIRST_PORT,
            last=LAST_PORT,
        )
    )


def _is_free(port: int) -> bool:
    with socket.socket() as door:
        if os.name == "posix":
            # a server that ended a moment ago leaves the port waiting, yet it can be used
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True
