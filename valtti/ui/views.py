"""The catalogue of parts, the house's hue, and the ear for reports of the content policy."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from valtti.core import clock
from valtti.ui import specimens
from valtti.ui.house import house
from valtti.ui.http import page

_log = logging.getLogger("valtti.ui")
LONGEST_REPORT = 4096


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every part in every state, as browser tests photograph it."""
    with clock.at(specimens.NOW):
        return page(request, "ui/catalogue.html", specimens.all_of_them())


@login_not_required
@require_GET
def hue(request: HttpRequest) -> HttpResponse:
    """The one line that turns the house's colours."""
    sheet = f":root {{ --hue: {house().hue % 360}; }}\n"
    return HttpResponse(sheet, content_type="text/css", headers={"Cache-Control": "max-age=300"})


@csrf_exempt
@login_not_required
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """A browser says what the content policy stopped: one line in the log."""
    _log.warning("content policy: %s", request.read(LONGEST_REPORT).decode("utf-8", "replace"))
    return HttpResponse(status=204)
