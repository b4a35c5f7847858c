"""A whole house of its own for one test: data folder, database, `valtti serve`, and ways to hurt it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.test import SimpleTestCase, override_settings

from tests.abuse.stores import PostgresStore, SqliteStore, Store, server
from valtti.core import clock, lemmas
from valtti.core.events import Cursor
from valtti.core.live import tickets

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from valtti.project.cli import main; raise SystemExit(main())"]
JOBS = "valtti.core.tests.jobs"
PATIENCE = 20.0


def clean_environment(data: Path, port: int) -> dict[str, str]:
    """What the house is told, and nothing of who tests it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VALTTI_", "DJANGO_", "PYTEST_"))}
    address = f"127.0.0.1:{port}"
    return kept | {
        "VALTTI_DATA": str(data),
        "VALTTI_BIND": address,
        "VALTTI_URL": f"http://{address}",
        "VALTTI_WEB_WORKERS": "2",
        "VALTTI_WORKERS": "2",
    }


def free_port() -> int:
    """A port nobody listens at just now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _made_once() -> Path:
    """A database with its tables and collected static files, made once a run and copied for each house."""
    data = Path(tempfile.mkdtemp(prefix="valtti-house-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    address = PostgresStore.make_template(server()) if server() else "sqlite"
    environment = clean_environment(data, 8000) | {"VALTTI_DATABASE": address}
    subprocess.run([*COMMAND, "migrate"], env=environment, cwd=ROOT, check=True, capture_output=True)
    words = lemmas.folder_of(data / "cache")
    words.mkdir(parents=True)
    for language in lemmas.LANGUAGES:  # nobody searches here: no half minute of building dictionaries
        (words / f"{language}.dic").touch()
    return data


class House:
    """One house. Its rows are read and written directly, as no process of the test belongs to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="valtti-house-"))
        self.data = self.folder / "data"
        shutil.copytree(_made_once(), self.data)
        self.store: Store = PostgresStore(server()) if server() else SqliteStore(self.data)
        self.port = free_port()
        self.log = self.folder / "log"
        self.supervisor: subprocess.Popen[bytes] | None = None

    def start(self, *words: str, **environment: str) -> None:
        """`valtti serve`, until it answers."""
        told = self.environment() | environment
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen([*COMMAND, "serve", *words], env=told, cwd=ROOT, stdout=log, stderr=log)
        if "worker" not in words:
            self.until(self.answers, "the house answers")

    def environment(self) -> dict[str, str]:
        """What every process of this house is told."""
        return clean_environment(self.data, self.port) | {"VALTTI_DATABASE": self.store.address}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command of the house."""
        told = self.environment()
        return subprocess.run([*COMMAND, *words], env=told, cwd=ROOT, capture_output=True, text=True, timeout=60)

    def end(self) -> None:
        """Stop whatever runs, and remove all."""
        if self.supervisor is not None and self.supervisor.poll() is None:
            self.supervisor.terminate()
            self.supervisor.wait(10)
        self.store.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self, process: int) -> None:
        """kill -9."""
        os.kill(process, signal.SIGKILL)

    def processes(self, kind: str) -> list[int]:
        """The numbers of the house's living processes of a kind."""
        assert self.supervisor is not None
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                name = (path / "comm").read_text().strip()
                parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if name == f"valtti-{kind}" and int(parent) == self.supervisor.pid:
                found.append(int(path.name))
        return sorted(found)

    def answers(self) -> bool:
        """A page answers, through a connection of its own."""
        try:
            return self.get("/health/live").startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def get(self, path: str, seconds: float = 3.0) -> bytes:
        """The raw answer to a GET."""
        return self.say(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n", seconds)

    def say(self, request: str | bytes, seconds: float = 3.0) -> bytes:
        """Send these bytes and read until the other side closes, or so many seconds have gone."""
        with self.connect(seconds) as line:
            line.sendall(request.encode() if isinstance(request, str) else request)
            parts = []
            while part := line.recv(65536):
                parts.append(part)
            return b"".join(parts)

    def connect(self, seconds: float = 3.0) -> socket.socket:
        """A connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def until(self, is_so: Callable[[], Any], what: str, seconds: float = PATIENCE) -> float:
        """Wait until it is so; how long it took."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds:
                raise AssertionError(f"not within {seconds} s: {what}\n{self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    def enqueue(self, name: str, *args: Any, queue: str = "default") -> None:
        """A task of the tests."""
        now = self.store.now()
        arguments = json.dumps({"args": args, "kwargs": {}})
        self.execute(
            "INSERT INTO core_task (name, queue, priority, arguments, cause, enqueued_at, run_at, attempt,"
            " max_attempts, worker, last_error) VALUES (?, ?, 0, ?, '', ?, ?, 0, 8, '', '')",
            [f"{JOBS}.{name}", queue, arguments, now, now],
        )

    def written(self, what: str) -> int:
        """How often a task of the tests has had its effect."""
        return int(self.rows("SELECT count(*) FROM core_auditentry WHERE what = ?", [what])[0][0])

    def rows(self, statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """What the house's database says."""
        return self.store.rows(statement, values or [])

    def execute(self, statement: str, values: list[Any] | None = None) -> None:
        """Write into the house's database, as another process of it would."""
        self.store.execute(statement, values or [])

    def ticket(self, *topics: str, login: int = 0) -> str:
        """A ticket of the live stream, signed with the house's own key."""
        key = (self.data / "keys" / "secret.key").read_text().split()
        with override_settings(SECRET_KEYS=key):
            return tickets.make(user=5, login=login, topics=topics, after=Cursor(), now=clock.now())

    def tell(self, case: int, team: int = 3, kind: str = "case.moved", **facts: Any) -> None:
        """News, as another process of the house would tell it."""
        now = self.store.now()
        self.execute(
            "INSERT INTO core_event (kind, at, team_id, subject_kind, subject_id, facts, silent)"
            " VALUES (?, ?, ?, 'desk.case', ?, ?, FALSE)",
            [kind, now, team, case, json.dumps({"case_id": case} | facts)],
        )


class HouseTestCase(SimpleTestCase):
    """One house for all tests of a class: what one kills, comes back."""

    house: House

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.house = House()
        cls.addClassCleanup(cls.house.end)
        cls.house.start()


@contextmanager
def a_house(*words: str, **environment: str) -> Iterator[House]:
    """A house that is being served, and gone afterwards."""
    house = House()
    try:
        house.start(*words, **environment)
        yield house
    finally:
        house.end()
