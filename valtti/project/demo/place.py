"""Where the demo lives and listens: settled before the settings are read, so that they find it in the environment."""

from __future__ import annotations

import argparse
import atexit
import fcntl
import os
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from valtti.project.serve.lock import CannotServe, check_free

OWN = {"VALTTI_DATABASE": "sqlite", "VALTTI_POST": "tray", "VALTTI_DEMO": "1"}
NOT_OURS = ("DATABASE_FILE", "DATABASE_DIRECT", "DATABASE_DIRECT_FILE", "POST_FILE", "FILES", "BACKUPS", "CLOCK_SHIFT")
QUIET = {"VALTTI_LOG": "text", "VALTTI_LOG_LEVEL": "warning"}
PORTS, ANY_PORT = range(8000, 8100), range(20_000, 32_000)
STATE, COMPLETE = "demo.lock", "complete"
"""The file that makes a folder the demo's; it says whether everything has been loaded."""

_held: list[int] = []


def prepare(command: str, words: Sequence[str]) -> None:
    """Set the environment for `demo` or `demo-record`; leaves by SystemExit when that cannot be."""
    if {"-h", "--help"} & set(words):
        return
    if command == "demo":
        parser = argparse.ArgumentParser(prog="valtti demo")
        add_arguments(parser)
        wanted = parser.parse_args(words)
        _listen(wanted.port)
        _move_in(folder(), fresh=wanted.fresh)
    else:
        os.environ["VALTTI_DATA"] = away = tempfile.mkdtemp(prefix="valtti-record-")
        atexit.register(shutil.rmtree, away, ignore_errors=True)
    for name in NOT_OURS:
        os.environ.pop(f"VALTTI_{name}", None)
    os.environ.update(OWN)
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `valtti demo` may be told."""
    parser.add_argument("--fresh", action="store_true", help="Begin anew: what was done in the demo is lost.")
    parser.add_argument("--port", type=int, help="Listen at this port; without it the first free one from 8000 on.")


def folder() -> Path:
    """Where the demo's data lies."""
    return Path(os.environ.get("VALTTI_DATA") or "var/demo").resolve()


def is_complete() -> bool:
    """The demo has been loaded to its end."""
    state = folder() / STATE
    return state.exists() and state.read_text(encoding="ascii").strip() == COMPLETE


def say_complete() -> None:
    """From now on the data is kept."""
    (folder() / STATE).write_text(f"{COMPLETE}\n", encoding="ascii")


def _move_in(home: Path, *, fresh: bool) -> None:
    """Take the folder for the life of this process; what a broken-off loading left there is thrown away."""
    if home.exists() and any(home.iterdir()) and not (home / STATE).exists():
        raise SystemExit(f"valtti: {home} holds something else than a demo. Name an empty folder in VALTTI_DATA.")
    home.mkdir(parents=True, exist_ok=True)
    handle = os.open(home / STATE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"valtti: the demo runs already with {home}.") from None
    _held.append(handle)
    os.environ["VALTTI_DATA"] = str(home)
    if fresh or not is_complete():
        _empty(home)


def _empty(home: Path) -> None:
    (home / STATE).write_text("", encoding="ascii")
    for path in home.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != STATE:
            path.unlink()


def _listen(port: int | None) -> None:
    """At that port, at any for 0, else at the first free one."""
    if port:
        found = port if _is_free(port) else None
    else:
        ports = PORTS if port is None else random.sample(ANY_PORT, 100)
        found = next(filter(_is_free, ports), None)
    if found is None:
        raise SystemExit(f"valtti: port {port or PORTS[0]} is taken or closed to you. Name another one with --port.")
    os.environ["VALTTI_BIND"] = f"127.0.0.1:{found}"
    os.environ["VALTTI_URL"] = f"http://127.0.0.1:{found}"


def _is_free(port: int) -> bool:
    try:
        check_free(f"127.0.0.1:{port}")
    except CannotServe:
        return False
    return True
