"""Closing a case to all but a few, and opening it to its team again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from valtti.desk.actions import restrictions
from valtti.desk.forms.deeds import ReasonForm, RestrictionForm
from valtti.desk.views.access import reader, restrictable_case
from valtti.desk.views.shown import show, shown_after


@require_POST
def restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """Restrict the case, or say anew who may see it."""
    case, user = restrictable_case(request, pk), reader(request)
    form = RestrictionForm(request.POST, case=case, by=user)
    if not form.is_valid():
        return show(request, case, restricting=form, status=422)
    deed = restrictions.name_readers if case.restricted else restrictions.restrict_case
    deed(case=case, by=user, **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the whole team see it again."""
    case = restrictable_case(request, pk)
    form = ReasonForm(request.POST, auto_id="lifting_%s")
    if not form.is_valid():
        return show(request, case, lifting=form, status=422)
    restrictions.lift_restriction(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)
