"""One's own page for saying that one is here, away or off duty."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from valtti.core import clock
from valtti.core.permissions import needs
from valtti.desk.actions.availability import set_availability
from valtti.desk.forms.availability import AvailabilityForm
from valtti.desk.models.words import Presentness
from valtti.desk.queries.availability import absence_of
from valtti.desk.views.access import reader
from valtti.ui.http import leave, page


@needs("cases.serve")
@require_http_methods(["GET", "HEAD", "POST"])
def availability(request: HttpRequest) -> HttpResponse:
    """Say it; the lead then sees which promises nobody who is here answers for."""
    user = reader(request)
    spell = absence_of(user, clock.now())
    initial = {"state": spell.state, "until": spell.until_at} if spell else {"state": Presentness.FREE}
    form = AvailabilityForm(request.POST or None, initial=initial)
    if form.is_valid():
        set_availability(user=user, **form.cleaned_data)
        return leave(request, "/")
    return page(request, "desk/availability.html", {"form": form}, status=422 if form.errors else 200)
