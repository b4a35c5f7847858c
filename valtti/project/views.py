"""Pages about the house itself: its health, and the next ticket of the live stream."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from valtti.core import audit, health, tasks
from valtti.core.permissions import needs
from valtti.project import live
from valtti.ui.http import done, page

SHOWN = 50


@never_cache
@require_safe
def ticket(request: HttpRequest) -> HttpResponse:
    """The stream's address with a fresh ticket, as plain text."""
    return HttpResponse(live.address_again(request), content_type="text/plain")


@never_cache
@needs("health.read")
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """Dead tasks, post not left, paused mailboxes, processes."""
    return page(request, "project/health.html", _context())


@needs("health.read")
@require_POST
def rerun(request: HttpRequest, pk: int) -> HttpResponse:
    """A dead task is tried once more."""
    task = tasks.run_again(get_object_or_404(health.dead_tasks(), pk=pk))
    audit.note("task.run_again", by=request.user, subject=task, request=request)
    return done(request, "project/health.html#dead", _context(), to="project:health")


def _context() -> dict[str, object]:
    return {"state": health.look(), "dead": health.dead_tasks()[:SHOWN], "lines": health.lines()}
