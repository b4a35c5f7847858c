"""The number of the request being served, passed on into tasks and log lines."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="")
_WELL_FORMED = re.compile(r"[0-9a-f-]{8,64}")


def current_request_id() -> str:
    """The id of this request or of the request that caused this task; empty outside both."""
    return _current.get()


def set_request_id(request_id: str) -> None:
    """Let what follows on this thread count as caused by `request_id`."""
    _current.set(request_id)


class RequestMiddleware:
    """Gives each request a number, taken over only from a trusted proxy, and returns it as X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("valtti.request_id", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        set_request_id(request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
