"""Small trays with one decision each: senders who wait, letters that are perhaps only thanks."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from valtti.core import permissions
from valtti.core.permissions import may, needs
from valtti.desk.actions import intake
from valtti.desk.actions import thanks as gratitude
from valtti.desk.impossible import AlreadyDecided
from valtti.desk.models import Case, Encounter, Message, Participant
from valtti.desk.queries.trays import pending_for, pending_of, perhaps_thanks_for
from valtti.desk.views.access import reader, served_case
from valtti.people.models import User
from valtti.ui.http import leave, page


@needs("cases.read")
@require_safe
def senders(request: HttpRequest) -> HttpResponse:
    """Who has written into a case and is not known there."""
    user = reader(request)
    context = {"senders": pending_for(user), "admits": permissions.teams_with(user, "senders.admit")}
    return page(request, "desk/senders.html#list", context)


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Admit a sender, refuse them, or give their words a case of their own."""
    participant = get_object_or_404(Participant.objects.visible_to(reader(request)), pk=pk)
    case = served_case(request, participant.case_id)
    if not may(reader(request), "senders.admit", case.team):
        raise Http404
    new_case = _decide(request.POST.get("decision", ""), participant, reader(request))
    return leave(request, new_case or case)


@needs("cases.read")
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Closed cases in which the last word looks like nothing but thanks."""
    user = reader(request)
    context = {"thanks": perhaps_thanks_for(user), "serves": permissions.teams_with(user, "cases.serve")}
    return page(request, "desk/thanks.html#list", context)


@require_POST
def thanks_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Only thanks, or a matter that opens the case again."""
    encounter = get_object_or_404(Encounter.objects.visible_to(reader(request)), pk=pk)
    served_case(request, encounter.case_id)
    match request.POST.get("decision"):
        case "thanks":
            gratitude.confirm_thanks(encounter=encounter, by=reader(request))
        case "matter":
            gratitude.deny_thanks(encounter=encounter, by=reader(request))
        case _:
            raise BadRequest
    return leave(request, "desk:thanks")


def _decide(decision: str, participant: Participant, by: User) -> Case | None:
    """The case their words have moved to, when they have."""
    match decision:
        case "admit":
            intake.admit(participant=participant, by=by)
        case "refuse":
            intake.refuse(participant=participant, by=by)
        case "own_case":
            return intake.own_case(message=_first_of(participant), by=by)
        case _:
            raise BadRequest
    return None


def _first_of(participant: Participant) -> Message:
    waiting = pending_of(participant)
    if not waiting:
        raise AlreadyDecided
    return waiting[0]
