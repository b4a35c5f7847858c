"""Closing, reopening, giving, labelling, being there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from valtti.desk.actions import assignments, closures, intake, topics
from valtti.desk.actions import presence as presences
from valtti.desk.forms.deeds import AssignmentForm, ClosureForm, ReopeningForm, TagForm, TopicForm, WhoseForm
from valtti.desk.models import Case
from valtti.desk.queries.case_page import others_at
from valtti.desk.queries.presence import is_writing
from valtti.desk.views.access import assignable_case, may_reassign, reader, seen_case, served_case
from valtti.desk.views.shown import show, shown_after, tells_what_moved
from valtti.people.models import User
from valtti.ui.http import leave, page


@require_POST
@tells_what_moved
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the case with how it ended."""
    case = served_case(request, pk)
    form = ClosureForm(request.POST, auto_id="closing_%s")
    if not form.is_valid():
        return show(request, case, closing=form, status=422)
    closures.close_case(case=case, closed_by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
@tells_what_moved
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    case = served_case(request, pk)
    form = ReopeningForm(request.POST, auto_id="reopening_%s")
    if not form.is_valid():
        return show(request, case, reopening=form, status=422)
    closures.reopen_case(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
@tells_what_moved
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case or hand it back; whoever may reassign gives it to somebody."""
    case, user = assignable_case(request, pk), reader(request)
    form = AssignmentForm(request.POST, case=case, by=user, leads=may_reassign(user, case))
    if not form.is_valid():
        return show(request, case, giving=form, status=422)
    _give(case, user, **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the case is about."""
    case = served_case(request, pk)
    form = TopicForm(request.POST, auto_id="topic_%s")
    if not form.is_valid():
        return show(request, case, topic=form, status=422)
    topics.set_topic(case=case, topic=form.cleaned_data["topic"], by=reader(request))
    return shown_after(request, case)


@require_POST
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a tag on, or take one off."""
    case = served_case(request, pk)
    form = TagForm(request.POST, case=case)
    if not form.is_valid():
        return show(request, case, tagging=form, status=422)
    if form.cleaned_data["remove"]:
        topics.remove_tag(case=case, tag=form.cleaned_data["remove"], by=reader(request))
    elif form.cleaned_data["name"]:
        topics.add_tag(case=case, name=form.cleaned_data["name"], by=reader(request))
    return shown_after(request, case)


@require_POST
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose matter it is, when the address alone did not."""
    case = served_case(request, pk)
    form = WhoseForm(request.POST, case=case)
    if not form.is_valid():
        return show(request, case, whose=form, status=422)
    intake.confirm_customer(case=case, customer=form.customer, by=reader(request))
    return leave(request, case)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign of life from the page; whoever has saved a draft a moment ago is writing."""
    case, user = seen_case(request, pk), reader(request)
    presences.touch(case=case, user=user, writing=is_writing(case, user))
    return page(request, "desk/case_detail.html#others", {"case": case, "others": others_at(case, user)})


def _give(case: Case, by: User, *, user: User | None, reason: str, seen_event: int) -> None:
    if user is None:
        assignments.hand_back(case=case, by=by, reason=reason, seen_event=seen_event)
    else:
        way = "taken" if user == by else "given"
        assignments.assign(case=case, to=user, by=by, reason=reason, way=way, seen_event=seen_event)
