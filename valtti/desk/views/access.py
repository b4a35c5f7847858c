"""The first move of every view: who asks, and the row they may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from valtti.core.permissions import may
from valtti.desk.models import Case, Message, Promise
from valtti.people.models import User


def reader(request: HttpRequest) -> User:
    """The user who asks; pages of the desk are for users only."""
    assert isinstance(request.user, User)
    return request.user


def seen_case(request: HttpRequest, pk: int) -> Case:
    """A case this user may see, else 404."""
    cases = Case.objects.visible_to(reader(request)).select_related("customer", "team__calendar", "topic", "assignee")
    return get_object_or_404(cases, pk=pk)


def served_case(request: HttpRequest, pk: int) -> Case:
    """A case this user may work on, else 404: a coach reads and does not write."""
    case = seen_case(request, pk)
    if not may(reader(request), "cases.serve", case.team):
        raise Http404
    return case


def assignable_case(request: HttpRequest, pk: int) -> Case:
    """A case whose owner this user may change, else 404."""
    case = served_case(request, pk)
    if not may_assign(reader(request), case):
        raise Http404
    return case


def restrictable_case(request: HttpRequest, pk: int) -> Case:
    """A case this user may restrict and open again, else 404."""
    case = seen_case(request, pk)
    if not may(reader(request), "cases.restrict", case.team):
        raise Http404
    return case


def may_assign(user: User, case: Case) -> bool:
    """One's own case and nobody's; a colleague's takes the right to reassign."""
    return case.assignee_id in {None, user.pk} or may_reassign(user, case)


def may_reassign(user: User, case: Case) -> bool:
    """The user gives cases of this team to others."""
    return may(user, "cases.reassign", case.team)


def served_promise(request: HttpRequest, pk: int) -> Promise:
    """A promise in a case this user may work on."""
    seen = Promise.objects.visible_to(reader(request))
    promise = get_object_or_404(seen.select_related("case__team__calendar"), pk=pk)
    served_case(request, promise.case_id)
    return promise


def seen_message(request: HttpRequest, pk: int) -> Message:
    """A message in a case this user may see."""
    seen = Message.objects.visible_to(reader(request))
    return get_object_or_404(seen.select_related("case", "post"), pk=pk)
