"""How a view answers: a page or its part, a deed done, a refusal. The only file that reads htmx's headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valtti.core.impossible import Impossible

type Context = Mapping[str, Any]

SAID = "#said"
"""Where the shell keeps a place for what the house has to say."""


def wants_part(request: HttpRequest) -> bool:
    """True when the browser asks for one part of a page it already shows."""
    return request.headers.get("HX-Request-Type") == "partial" and "HX-History-Restore-Request" not in request.headers


def looked_at(request: HttpRequest) -> str:
    """The path of the page in front of the reader: a part is drawn into another page than its own address."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path if wants_part(request) else request.path


def page(request: HttpRequest, template: str, context: Context | None = None, *, status: int = 200) -> HttpResponse:
    """Answer "room/page.html#part": the part to a request for a part, the whole page to any other."""
    whole, _hash, part = template.partition("#")
    name = template if part and wants_part(request) else whole
    return _varied(HttpResponse(render_to_string(name, dict(context or {}), request), status=status))


def done(request: HttpRequest, template: str, context: Context | None = None, *, to: Any) -> HttpResponse:
    """A deed is done: the part as it stands now, or a redirect to `to` (a row, a URL or its name)."""
    if wants_part(request):
        return page(request, template, context)
    return leave(request, to)


def leave(request: HttpRequest, to: Any) -> HttpResponse:
    """Go on to another page: 303, or htmx's own word for it."""
    address = resolve_url(to)
    if wants_part(request):
        return _varied(HttpResponse(headers={"HX-Redirect": address}))
    return _varied(HttpResponseRedirect(address, status=303))


def refuse(request: HttpRequest, impossible: Impossible) -> HttpResponse:
    """409: why a deed cannot be done and what to do instead; what was typed stays in the page."""
    return say(request, status=409, reason=impossible.reason, remedy=impossible.remedy)


def slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: too many tries; says when to try again."""
    minutes = -(-seconds // 60)
    remedy = ngettext("Try again in %(minutes)s minute.", "Try again in %(minutes)s minutes.", minutes)
    response = say(request, status=429, reason=_("Too many tries"), remedy=remedy % {"minutes": minutes})
    response["Retry-After"] = str(seconds)
    return response


def resting(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """503: the house cannot answer for a moment; nothing was changed."""
    remedy = _("Nothing was changed. What you wrote is still in this page: try again in a minute.")
    response = say(request, status=503, reason=_("We cannot answer just now"), remedy=remedy)
    response["Retry-After"] = str(seconds)
    return response


def say(request: HttpRequest, *, status: int, reason: object, remedy: object, art: str = "apart") -> HttpResponse:
    """A refusal in words: beside what the page shows already, or a page that is only a message."""
    context = {"status": status, "reason": reason, "remedy": remedy, "art": art}
    if not wants_part(request):
        return _varied(HttpResponse(render_to_string("ui/message.html", context, request), status=status))
    response = HttpResponse(render_to_string("ui/parts.html#refusal", context, request), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = SAID, "innerHTML"
    return _varied(response)


def _varied(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request-Type", "HX-History-Restore-Request"])
    return response
