"""What machines ask: alive, ready, numbers."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from valtti.core import health, metrics

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""Headers by which a proxy on this machine shows that somebody else asks through it."""


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers. Touches nothing."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The house can work: 200, or 503. No details: anybody may ask."""
    try:
        is_ready = health.is_ready(_missing)
    except DatabaseError:
        connection.close()
        is_ready = False
    words = "ready\n" if is_ready else "not ready\n"
    return HttpResponse(words, content_type="text/plain", status=200 if is_ready else 503)


@login_not_required
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Counters and gauges for Prometheus: with the token, or from this machine where none is set."""
    if not _may_read_numbers(request):
        raise Http404
    text = metrics.text(health.counters(), health.gauges())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_numbers(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _missing() -> list[object]:
    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))
