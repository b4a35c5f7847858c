"""Headers of every answer, and the house's "no" turned into words: 409, 429 or 503."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from valtti.core.impossible import Impossible
from valtti.core.limits import TooMany, Uncounted
from valtti.ui.csp import NOTHING
from valtti.ui.http import refuse, resting, slow_down

type Answer = Callable[[HttpRequest], HttpResponse]

_OFF = "accelerometer camera display-capture geolocation gyroscope microphone midi payment usb xr-spatial-tracking"
SAME_ON_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            *(f"{name}=()" for name in _OFF.split()),
            "publickey-credentials-get=(self)",
            "publickey-credentials-create=(self)",
        ]
    ),
    "Content-Security-Policy": NOTHING,
}


class HeadersMiddleware:
    """Stands before everything that answers, so that files, redirects and errors carry the same headers as pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        has_token = "token" in getattr(request.resolver_match, "kwargs", {})
        if has_token or settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        for name, value in SAME_ON_ALL.items():
            response.headers.setdefault(name, value)
        return response


class ImpossibleMiddleware:
    """No view catches an `Impossible`, nor a limit: here they become words for people."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Impossible():
                return refuse(request, exception)
            case TooMany():
                return slow_down(request, exception.retry_after)
            case Uncounted():
                return resting(request)
            case _:
                return None
