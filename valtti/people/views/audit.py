"""The audit log, for auditors: read only, paged by key."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from valtti.core.permissions import needs
from valtti.people import auditing
from valtti.ui.http import page


@needs("audit.read")
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The entries that were asked for, newest first."""
    wanted = auditing.wanted(request.GET)
    return page(request, "people/audit.html#entries", {"log": auditing.entries(wanted), "wanted": wanted})
