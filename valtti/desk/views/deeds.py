"""Closing, reopening, giving, labelling, being there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from valtti.desk.actions import assignments, closures, topics
from valtti.desk.actions import presence as presences
from valtti.desk.forms.deeds import AssignmentForm, ClosureForm, ReopeningForm, TagForm, TopicForm
from valtti.desk.queries.case_page import others_at
from valtti.desk.views.access import reader, seen_case, served_case
from valtti.desk.views.shown import show, shown_after
from valtti.ui.http import page


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the case with how it ended."""
    case = served_case(request, pk)
    form = ClosureForm(request.POST, auto_id="closing_%s")
    if not form.is_valid():
        return show(request, case, closing=form, status=422)
    closures.close_case(case=case, closed_by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    case = served_case(request, pk)
    form = ReopeningForm(request.POST, auto_id="reopening_%s")
    if not form.is_valid():
        return show(request, case, reopening=form, status=422)
    closures.reopen_case(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case, give it, or hand it back."""
    case = served_case(request, pk)
    form = AssignmentForm(request.POST, team=case.team, auto_id="giving_%s")
    if not form.is_valid():
        return show(request, case, giving=form, status=422)
    said = form.cleaned_data
    if said["user"] is None:
        assignments.hand_back(case=case, by=reader(request), reason=said["reason"])
    else:
        assignments.assign(case=case, to=said["user"], by=reader(request), reason=said["reason"])
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
    form = TagForm(request.POST)
    if not form.is_valid():
        return show(request, case, tagging=form, status=422)
    if form.cleaned_data["remove"]:
        topics.remove_tag(case=case, tag=form.cleaned_data["remove"], by=reader(request))
    elif form.cleaned_data["name"]:
        topics.add_tag(case=case, name=form.cleaned_data["name"], by=reader(request))
    return shown_after(request, case)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is looking, or writing."""
    case = seen_case(request, pk)
    presences.touch(case=case, user=reader(request), writing=request.POST.get("writing") == "1")
    return page(request, "desk/case_detail.html#others", {"case": case, "others": others_at(case, reader(request))})
