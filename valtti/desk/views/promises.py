"""Promises: the list, and how one ends."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valtti.core.permissions import needs
from valtti.desk.actions import promises as deeds
from valtti.desk.forms.promises import GivingUpForm, KeepingForm, MovingForm, WithdrawalForm
from valtti.desk.models import Promise
from valtti.desk.queries.promises import promises_for
from valtti.desk.views.access import reader, served_promise
from valtti.ui.http import leave, page

FORM = ["GET", "HEAD", "POST"]


@needs("cases.read")
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Promises that stand, late first, then today by hour."""
    who = "all" if request.GET.get("who") == "all" else "mine"
    return page(request, "desk/promises.html#list", {"list": promises_for(reader(request), who=who)})


@require_http_methods(FORM)
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which message kept it."""
    promise = served_promise(request, pk)
    form = KeepingForm(request.POST or None, promise=promise)
    if form.is_valid():
        deeds.keep(promise=promise, by=reader(request), **form.cleaned_data)
        return leave(request, promise.case)
    return _shown(request, "keeping", promise, form)


@require_http_methods(FORM)
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Move it to another time."""
    promise = served_promise(request, pk)
    form = MovingForm(request.POST or None, promise=promise)
    if form.is_valid():
        deeds.move(promise=promise, by=reader(request), **form.cleaned_data)
        return leave(request, promise.case)
    return _shown(request, "moving", promise, form)


@require_http_methods(FORM)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer no longer wishes it."""
    promise = served_promise(request, pk)
    form = WithdrawalForm(request.POST or None, promise=promise)
    if form.is_valid():
        deeds.withdraw(promise=promise, by=reader(request), **form.cleaned_data)
        return leave(request, promise.case)
    return _shown(request, "withdrawal", promise, form)


@require_POST
def giving_up(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be kept: said so, and counted as broken."""
    promise = served_promise(request, pk)
    form = GivingUpForm(request.POST)
    if form.is_valid():
        deeds.give_up(promise=promise, by=reader(request), **form.cleaned_data)
        return leave(request, promise.case)
    return _shown(request, "keeping", promise, KeepingForm(promise=promise), broken=form)


def _shown(
    request: HttpRequest, how: str, promise: Promise, form: Form, broken: GivingUpForm | None = None
) -> HttpResponse:
    wrong = bool(form.errors or (broken and broken.errors))
    context = {"promise": promise, "form": form, "broken": broken or GivingUpForm(auto_id="broken_%s")}
    return page(request, f"desk/{how}.html", context, status=422 if wrong else 200)
