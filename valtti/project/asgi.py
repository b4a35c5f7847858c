"""The one door of a web process: pages for everybody, the live stream for whoever has a ticket."""

from __future__ import annotations

import asyncio
import os
from collections.abc import MutableMapping
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valtti.project.settings")
handler = get_wsgi_application()

from django.conf import settings  # noqa: E402

from valtti.core.live.asgi import LiveApp, Receive, Send  # noqa: E402
from valtti.core.live.feed import Feed  # noqa: E402
from valtti.project.door import networks  # noqa: E402
from valtti.project.pages import PagesApp  # noqa: E402

LIVE = "/live/"
feed = Feed()
live = LiveApp(feed)
pages = PagesApp(handler, settings.WEB_THREADS, networks(settings.TRUSTED_PROXIES))


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """ASGI's entry."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == LIVE:
        await live(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            feed.start(asyncio.get_running_loop())
            await send({"type": "lifespan.startup.complete"})
        else:
            feed.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
