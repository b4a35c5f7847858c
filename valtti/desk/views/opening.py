"""A new case by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from valtti.core import permissions
from valtti.customers.actions import identify
from valtti.desk.actions import intake
from valtti.desk.forms.opening import NewCaseForm
from valtti.desk.models import Case
from valtti.desk.views.access import reader
from valtti.people.models import User
from valtti.ui.http import leave, page


@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Write down a call or a visit, or begin a letter."""
    user = reader(request)
    if not permissions.teams_with(user, "cases.serve"):
        raise Http404
    initial = {"address": request.GET.get("address", ""), "name": request.GET.get("name", "")}
    form = NewCaseForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        return leave(request, _open(form, user))
    return page(request, "desk/new_case.html", {"form": form}, status=422 if form.errors else 200)


def _open(form: NewCaseForm, user: User) -> Case:
    said = dict(form.cleaned_data)
    address, name = said.pop("address"), said.pop("name")
    found = identify(address=address, shown=address, name=name, language=said["language"])
    return intake.open_by_hand(customer=found.customer, opened_by=user, **said)
