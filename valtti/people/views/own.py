"""One's own settings: name, language, theme, keys, undo span, and the own logins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valtti.people import queries
from valtti.people.actions import sessions
from valtti.people.forms.own import OwnSettingsForm
from valtti.people.models import Session
from valtti.people.views.access import me
from valtti.ui.http import page


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """One's own settings and logins."""
    form = OwnSettingsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if not form.is_valid():
        context = {"form": form, "own": queries.own_doors(me(request), request.session)}
        return page(request, "people/settings.html", context, status=422 if form.is_bound else 200)
    form.save()
    messages.success(request, _("Your settings are saved."))
    return redirect("people:settings")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own logins."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    sessions.end_session(session=session, why="by_hand", by=me(request))
    messages.success(request, _("That login has ended."))
    return redirect("people:settings")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own logins but this one."""
    mine = queries.own_session_id(request.session)
    sessions.end_sessions(user=me(request), why="by_hand", by=me(request), besides=mine)
    messages.success(request, _("All your other logins have ended."))
    return redirect("people:settings")
