"""The site for other servers, such as Django's own in development: the same door in front of the same pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.core.wsgi import get_wsgi_application

from valtti.project import door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valtti.project.settings")

type Environ = dict[str, Any]
type App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Guard:
    """Drops the process's environment, refuses what no page should see, reads the body before the page does."""

    def __init__(self, app: App, trusted: list[door.Network]) -> None:
        self.app, self.trusted = app, trusted

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        headers = _headers(environ)
        version = environ.get("SERVER_PROTOCOL", "HTTP/1.1").partition("/")[2]
        refusal = door.refusal(environ["REQUEST_METHOD"], version, headers)
        body = b"" if refusal else _body(environ, door.content_length(headers) or 0)
        if refusal is None and len(body) != (door.content_length(headers) or 0):
            refusal = door.Refusal(HTTPStatus.BAD_REQUEST)
        if refusal is not None:
            start_response(f"{refusal.status.value} {refusal.status.phrase}", [("Content-Length", "0")])
            return []
        return self.app(self._cleaned(environ, headers, body), start_response)

    def _cleaned(self, environ: Environ, headers: list[door.Header], body: bytes) -> Environ:
        caller = door.caller(environ.get("REMOTE_ADDR", ""), headers, self.trusted)
        clean = {name: value for name, value in environ.items() if name not in os.environ}
        clean |= {"REMOTE_ADDR": caller.address, "wsgi.input": BytesIO(body), "valtti.request_id": caller.request_id}
        if caller.is_secure:
            clean["wsgi.url_scheme"] = "https"
        return clean


def _headers(environ: Environ) -> list[door.Header]:
    named = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_") and name not in os.environ}
    named |= {"CONTENT_LENGTH": length} if (length := environ.get("CONTENT_LENGTH")) else {}
    return [(name.lower().replace("_", "-").encode(), value.encode("latin-1")) for name, value in named.items()]


def _body(environ: Environ, length: int) -> bytes:
    return bytes(environ["wsgi.input"].read(length)) if length else b""


def _application() -> App:
    inner = get_wsgi_application()
    from django.conf import settings

    return Guard(inner, door.networks(settings.TRUSTED_PROXIES))


application = _application()
