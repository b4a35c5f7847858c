"""The number of the request being served, passed on into tasks and log lines."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from valtti.core import metrics

_log = logging.getLogger("valtti.requests")
_current: ContextVar[str] = ContextVar("request_id", default="")
_WELL_FORMED = re.compile(r"[0-9a-f-]{8,64}")


def current_request_id() -> str:
    """The id of this request or of the request that caused this task; empty outside both."""
    return _current.get()


def set_request_id(request_id: str) -> None:
    """Let what follows on this thread count as caused by `request_id`."""
    _current.set(request_id)


class RequestMiddleware:
    """Numbers each request, taken over only from a trusted proxy, returns it as X-Request-ID, and writes its line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("valtti.request_id", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        set_request_id(request_id)
        began, asked = time.perf_counter(), _Counter()
        with connection.execute_wrapper(asked):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        _write_line(request, response, time.perf_counter() - began, asked.queries)
        return response


class _Counter:
    """Counts statements."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.queries += 1
        return execute(*statement)


def _write_line(request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
    """The route's name, never the address: paths and queries hold tokens."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    metrics.request_answered(route, response.status_code, seconds)
    facts = {
        "user": getattr(request.__dict__.get("_cached_user"), "pk", None),
        "route": route,
        "method": request.method,
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "queries": queries,
    }
    _log.info("answered", extra={"facts": facts})
