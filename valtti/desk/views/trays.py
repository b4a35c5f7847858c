"""Small trays with one decision each: senders who wait, letters that are perhaps only thanks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from valtti.core.permissions import may
from valtti.desk.actions import intake
from valtti.desk.actions import thanks as gratitude
from valtti.desk.models import Case, Encounter, Participant
from valtti.desk.queries.trays import pending_for, pending_of, perhaps_thanks_for
from valtti.desk.views.access import reader, served_case
from valtti.people.models import User
from valtti.ui.http import leave, page


@require_safe
def senders(request: HttpRequest) -> HttpResponse:
    """Who has written into a case and is not known there."""
    return page(request, "desk/senders.html#list", {"senders": pending_for(reader(request))})


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Admit a sender, refuse them, or give their words a case of their own."""
    seen = Participant.objects.filter(case__in=Case.objects.visible_to(reader(request)))
    participant = get_object_or_404(seen, pk=pk)
    case = served_case(request, participant.case_id)
    if not may(reader(request), "senders.admit", case.team):
        raise Http404
    _decide(request.POST.get("decision", ""), participant, reader(request))
    return leave(request, case)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Closed cases in which the last word looks like nothing but thanks."""
    return page(request, "desk/thanks.html#list", {"thanks": perhaps_thanks_for(reader(request))})


@require_POST
def thanks_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Only thanks, or a matter that opens the case again."""
    seen = Encounter.objects.filter(case__in=Case.objects.visible_to(reader(request)))
    encounter = get_object_or_404(seen, pk=pk)
    served_case(request, encounter.case_id)
    if request.POST.get("decision") == "thanks":
        gratitude.confirm_thanks(encounter=encounter, by=reader(request))
    else:
        gratitude.deny_thanks(encounter=encounter, by=reader(request))
    return leave(request, "desk:thanks")


def _decide(decision: str, participant: Participant, by: User) -> None:
    if decision == "admit":
        intake.admit(participant=participant, by=by)
    elif decision == "refuse":
        intake.refuse(participant=participant, by=by)
    elif decision == "own_case":
        for message in pending_of(participant):
            intake.own_case(message=message, by=by)
