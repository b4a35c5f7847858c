"""One supervisor per house, and no port shared with a stranger."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from pathlib import Path


class CannotServe(Exception):
    """Why the house cannot be served now, in words for the operator."""


def hold(folder: Path) -> int:
    """Take `serve.lock` in the data folder for the life of this process. Raises CannotServe if another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise CannotServe(f"Another `valtti serve` works with {folder} already.") from None
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    return handle


def address(bind: str) -> tuple[str, int]:
    """`host:port` taken apart. Raises CannotServe."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotServe(f"{bind} is not an address like 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def check_free(bind: str) -> None:
    """Nobody listens there. Our own processes share the port, so they would not notice a stranger on it."""
    host, port = address(bind)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise CannotServe(_words(taken, bind)) from None


def _words(fault: OSError, bind: str) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Something else listens at {bind} already. Name another address in VALTTI_BIND."
    return f"{bind} cannot be listened at: {fault.strerror}."


def answers(bind: str) -> bool:
    """Somebody accepts connections there."""
    host, port = address(bind)
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
