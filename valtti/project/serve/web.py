"""What a web process does: granian inside our own process, on a port it shares with its siblings."""

from __future__ import annotations

import asyncio
import random
import signal

from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from valtti.core import process
from valtti.core.heart import Heart
from valtti.project.serve.lock import address

HEADER_MILLISECONDS = 10_000
HEADER_BYTES = 64 * 1024
MOST_CONCURRENT = 8192
LOOK_SECONDS = 10.0
MOST_MEMORY_MB = 700
LIFETIME_SECONDS = 12 * 3600
STOP_SECONDS = 3.0


def make_ready() -> None:
    """Load the site before the first fork: middleware, site map, views."""
    from valtti.project import asgi  # noqa: F401

    get_resolver().reverse_dict  # noqa: B018


def main(place: str, bind: str) -> None:
    """Serve until asked to stop, or until this process has grown too big or too old."""
    heart = Heart(process.own_name(place), "web")
    heart.start()
    asyncio.run(_serve(bind))
    heart.stop()


async def _serve(bind: str) -> None:
    server = _server(bind)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = asyncio.create_task(server.serve())
    await _until_the_end(stop, serving)
    await _end(server, serving)


def _server(bind: str) -> Server:
    from valtti.project.asgi import application

    host, port = address(bind)
    return Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=MOST_CONCURRENT,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=HEADER_BYTES),
        log_enabled=False,
    )


async def _until_the_end(stop: asyncio.Event, serving: asyncio.Task[None]) -> None:
    loop = asyncio.get_running_loop()
    last = loop.time() + LIFETIME_SECONDS * random.uniform(0.9, 1.1)
    waiting = asyncio.create_task(stop.wait())
    while loop.time() < last and process.memory_mb() < MOST_MEMORY_MB:
        done, _ = await asyncio.wait({waiting, serving}, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if done:
            return


async def _end(server: Server, serving: asyncio.Task[None]) -> None:
    """Streams end at once and come again elsewhere; pages being answered have some seconds."""
    from valtti.project.asgi import feed

    feed.stop()
    server.stop()
    await asyncio.wait({serving}, timeout=STOP_SECONDS)
