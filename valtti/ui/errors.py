"""Pages for what went wrong: named as handlers in the site map, and as the view of a failed form check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from valtti.core import clock
from valtti.core.requests import current_request_id
from valtti.ui.context import incident
from valtti.ui.http import SAID, say, wants_part


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came cannot be read."""
    remedy = _("The address or the form came in broken. Go back and send it again.")
    return say(request, status=400, reason=_("This cannot be read"), remedy=remedy)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: somebody who is known may not do this."""
    remedy = _("Your role does not cover this. Ask a team lead or an administrator to do it or to change your role.")
    return say(request, status=403, reason=_("Not yours to do"), remedy=remedy)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's mark is missing or too old; nothing was done."""
    remedy = _("The page stood open too long, or cookies are off. Nothing was saved: load the page again and resend.")
    return say(request, status=403, reason=_("The form is too old"), remedy=remedy)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this reader; the two look the same."""
    remedy = _(
        "There is nothing at this address that you may see. "
        "It may have moved, been merged into another case, or belong to another team."
    )
    return say(request, status=404, reason=_("The page is not here"), remedy=remedy)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Plain, no scripts, no database: only the number to report and the time."""
    context = {
        "reason": _("We dropped a card"),
        "remedy": _("It is ours to mend, and it has been noted. What you wrote lies in drafts and in this page."),
        "incident": incident(current_request_id()),
        "at": clock.now(),
        "path": request.get_full_path() if request.method == "GET" else "/",
    }
    if not wants_part(request):
        return HttpResponse(render_to_string("ui/broken.html", context), status=500)
    response = HttpResponse(render_to_string("ui/parts.html#refusal", context), status=500)
    response["HX-Retarget"], response["HX-Reswap"] = SAID, "innerHTML"
    return response
