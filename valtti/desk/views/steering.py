"""Moving to another team, title and urgency, waiting for a third party, deciding on a suggestion."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from valtti.desk.actions import assignments, links, pauses, topics
from valtti.desk.forms.steering import HeadingForm, SuggestionForm, TeamForm, WaitingForm
from valtti.desk.models import Case, CaseLink
from valtti.desk.views.access import assignable_case, reader, served_case
from valtti.desk.views.shown import show, shown_after, tells_what_moved
from valtti.ui.http import leave


@require_POST
@tells_what_moved
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Another team serves the case; whoever does not see it there is back in the queue."""
    case = assignable_case(request, pk)
    form = TeamForm(request.POST, case=case)
    if not form.is_valid():
        return show(request, case, teaming=form, status=422)
    assignments.move_team(case=case, by=reader(request), **form.cleaned_data)
    stays = Case.objects.visible_to(reader(request)).filter(pk=case.pk).exists()
    return leave(request, case if stays else "desk:queue")


@require_POST
def heading(request: HttpRequest, pk: int) -> HttpResponse:
    """A better title, another urgency."""
    case = served_case(request, pk)
    form = HeadingForm(request.POST, auto_id="heading_%s")
    if not form.is_valid():
        return show(request, case, heading=form, status=422)
    topics.describe(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
@tells_what_moved
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """We wait for a third party until a day."""
    case = served_case(request, pk)
    form = WaitingForm(request.POST, auto_id="waiting_%s")
    if not form.is_valid():
        return show(request, case, waiting=form, status=422)
    pauses.wait_for(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def resuming(request: HttpRequest, pk: int) -> HttpResponse:
    """The turn is ours again."""
    case = served_case(request, pk)
    pauses.resume(case=case, by=reader(request))
    return shown_after(request, case)


@require_POST
def suggestion(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Perhaps the same matter: it is, or it is not."""
    case = served_case(request, pk)
    suggested = get_object_or_404(CaseLink.objects.visible_to(reader(request)).of(case), pk=link)
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    links.settle_suggestion(link=suggested, by=reader(request), kind=form.cleaned_data["kind"])
    return shown_after(request, case)
