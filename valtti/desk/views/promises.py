"""Promises: the list, and how one ends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valtti.desk.actions import promises as deeds
from valtti.desk.forms.deeds import KeepingForm, MovingForm, WithdrawalForm
from valtti.desk.queries.promises import promises_for
from valtti.desk.views.access import reader, served_promise
from valtti.ui.http import leave, page

FORM = ["GET", "HEAD", "POST"]


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
    return page(request, "desk/keeping.html", {"promise": promise, "form": form}, status=422 if form.errors else 200)


@require_http_methods(FORM)
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Move it to another time."""
    promise = served_promise(request, pk)
    form = MovingForm(request.POST or None, initial={"text": promise.text})
    if form.is_valid():
        deeds.move(promise=promise, by=reader(request), **form.cleaned_data)
        return leave(request, promise.case)
    return page(request, "desk/moving.html", {"promise": promise, "form": form}, status=422 if form.errors else 200)


@require_http_methods(FORM)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer no longer wishes it."""
    promise = served_promise(request, pk)
    form = WithdrawalForm(request.POST or None, promise=promise)
    if form.is_valid():
        deeds.withdraw(promise=promise, by=reader(request), evidence=form.cleaned_data["evidence"])
        return leave(request, promise.case)
    return page(request, "desk/withdrawal.html", {"promise": promise, "form": form}, status=422 if form.errors else 200)


@require_POST
def giving_up(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be kept: said so, and counted as broken."""
    promise = served_promise(request, pk)
    deeds.give_up(promise=promise, by=reader(request), reason=request.POST.get("reason", "")[:200])
    return leave(request, promise.case)
