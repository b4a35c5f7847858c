"""One port or two: pages a second, slow bodies, listeners and kill -9 in both shapes, a minute each.

    python -m bench.serving            both shapes
    python -m bench.serving one        only one bare ASGI entry that also runs the pages (what `valtti serve` does)
    python -m bench.serving two        only WSGI for the pages and an ASGI process beside it for the stream

Figures are ratios of one machine on one day. The load comes from the same machine.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valtti.project.settings")
import django

django.setup()

from tests.abuse.house import ROOT, House, clean_environment, free_port  # noqa: E402
from valtti.core import clock  # noqa: E402
from valtti.core.events import Cursor  # noqa: E402
from valtti.core.live import tickets  # noqa: E402

SECONDS, CONNECTIONS, LISTENERS, DRIPPING, HINTS = 5.0, 16, 800, 300, 10
EMPTY, ONE_QUERY = "/health/live", "/ui/hue.css"


class OnePort(House):
    """`valtti serve`: pages and stream from the same processes."""

    title = "one port"

    @property
    def live_port(self) -> int:
        return self.port

    def begin(self) -> None:
        self.start()

    def pages(self) -> list[int]:
        return self.processes("web")


class TwoPorts(House):
    """granian with WSGI for the pages, granian with ASGI for the stream, workers beside them."""

    title = "two ports"
    common = ("--no-ws", "--http", "1", "--respawn-failed-workers", "--no-access-log", "--log-level", "error")

    def begin(self) -> None:
        self.live_port = free_port()
        self.servers = [
            self.server("wsgi", "valtti.project.wsgi:application", self.port, "--blocking-threads", "4"),
            self.server("asgi", "valtti.project.asgi:application", self.live_port, "--backpressure", "8192"),
        ]
        self.until(self.answers, "pages answer")
        self.start("--only", "worker")

    def server(self, interface: str, target: str, port: int, *words: str) -> subprocess.Popen[bytes]:
        told = clean_environment(self.data, self.port) | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "granian", "--interface", interface, "--port", str(port), "--workers", "2"]
        with self.log.open("ab") as log:
            return subprocess.Popen([*command, *self.common, *words, target], env=told, stdout=log, stderr=log)

    def pages(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.servers[0].pid)], capture_output=True, text=True)
        return [int(word) for word in found.stdout.split()]

    def end(self) -> None:
        for server in getattr(self, "servers", []):
            server.terminate()
            server.wait(10)
        super().end()


type Shape = OnePort | TwoPorts


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """One GET on an open connection; the status."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12])


async def rate(shape: Shape, path: str) -> float:
    """Pages a second over some open connections."""
    until, count = time.monotonic() + SECONDS, 0

    async def one() -> None:
        nonlocal count
        reader, writer = await asyncio.open_connection("127.0.0.1", shape.port)
        while time.monotonic() < until:
            assert await ask(reader, writer, path) == 200
            count += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return count / SECONDS


async def waits(shape: Shape, seconds: float = 3.0) -> str:
    """How long single pages take, one after the other, each over a connection of its own."""
    taken, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            async with asyncio.timeout(3):
                reader, writer = await asyncio.open_connection("127.0.0.1", shape.port)
                await ask(reader, writer, ONE_QUERY)
                writer.close()
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            return "no page within 3 s"
        taken.append(time.monotonic() - began)
    return f"median {median(taken) * 1000:.0f} ms, longest {max(taken) * 1000:.0f} ms"


async def dripping(shape: Shape) -> str:
    """The same while 300 bodies never end."""
    with ExitStack() as lines:
        for _ in range(DRIPPING):
            line = lines.enter_context(shape.connect(10))
            line.sendall(b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nx")
        return await waits(shape)


async def listening(shape: Shape) -> tuple[str, float]:
    """How late hints are with many listeners, and pages a second meanwhile."""
    heard: list[float] = []
    opened = await asyncio.gather(*(listen(shape, user, heard) for user in range(LISTENERS)))
    late: list[float] = []
    for _ in range(HINTS):
        heard.clear()
        began = time.monotonic()
        await asyncio.to_thread(shape.tell, 1)
        await asyncio.sleep(1.0)
        late += [moment - began for moment in heard]
    quick = await rate(shape, ONE_QUERY)
    for task in opened:
        if task is not None:
            task.cancel()
    late = sorted(late) or [float("inf")]
    took = sum(task is not None for task in opened)
    whole = f"{len(late)} of {took * HINTS} heard" if len(late) != took * HINTS else "all heard"
    return f"{took} listen, {whole}, 99 % within {late[len(late) * 99 // 100 - 1] * 1000:.0f} ms", quick


async def listen(shape: Shape, user: int, heard: list[float]) -> asyncio.Task[None] | None:
    """Open one stream; None when it is refused."""
    ticket = tickets.make(user=user, login=0, topics=["case:1"], after=Cursor(), now=clock.now())
    reader, writer = await asyncio.open_connection("127.0.0.1", shape.live_port)
    writer.write(f"GET /live/?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    if not (await reader.readline()).startswith(b"HTTP/1.1 200"):
        return None
    await reader.readuntil(b"event: hello")

    async def run() -> None:
        async for line in reader:
            if line.startswith(b"data: {"):
                heard.append(time.monotonic())
        writer.close()

    return asyncio.create_task(run())


def killed(shape: Shape) -> str:
    """Seconds until a page answers after every page process was killed, three times in a row."""
    took: list[str] = []
    for _ in range(3):
        for process in shape.pages():
            os.kill(process, signal.SIGKILL)
        time.sleep(0.05)
        began = time.monotonic()
        while not shape.answers():
            if time.monotonic() - began > 15:
                return ", ".join([*took, "not back within 15 s"])
            time.sleep(0.02)
        took.append(f"{time.monotonic() - began:.1f} s")
    return ", ".join(took)


async def measure(shape: Shape, say: Callable[[str, str], None]) -> None:
    """All figures of one shape."""
    steps: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("empty page", lambda: _shown(rate(shape, EMPTY))),
        ("page with one query", lambda: _shown(rate(shape, ONE_QUERY))),
        ("single pages", lambda: waits(shape)),
        ("single pages, 300 dripping bodies", lambda: dripping(shape)),
    ]
    for title, step in steps:
        say(title, await step())
    late, quick = await listening(shape)
    say("hints", late)
    say("page with one query meanwhile", f"{quick:.0f} pages/s")


async def _shown(figure: Awaitable[float]) -> str:
    return f"{await figure:.0f} pages/s"


def main(words: list[str]) -> None:
    """Measure the shapes that were asked for."""
    known: dict[str, type[OnePort] | type[TwoPorts]] = {"one": OnePort, "two": TwoPorts}
    for word in words or list(known):
        shape = known[word]()
        from django.conf import settings

        settings.SECRET_KEYS = (shape.data / "keys" / "secret.key").read_text().split()
        settings.FIELD_KEYS = settings.SECRET_KEYS

        def say(title: str, figure: str, shape: Shape = shape) -> None:
            sys.stdout.write(f"{shape.title:<10} {title:<36} {figure}\n")
            sys.stdout.flush()

        try:
            say("load of the machine before", f"{os.getloadavg()[0]:.1f}")
            shape.begin()
            asyncio.run(measure(shape, say))
            say("back after kill -9", killed(shape))
        finally:
            shape.end()


if __name__ == "__main__":
    main(sys.argv[1:])
