"""A new case by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from valtti.core.permissions import needs
from valtti.customers.models import Customer
from valtti.desk.actions import intake
from valtti.desk.forms.opening import NewCaseForm
from valtti.desk.models import Case
from valtti.desk.queries.caller import caller_of
from valtti.desk.views.access import reader
from valtti.people.models import User
from valtti.ui.http import leave, page


@needs("cases.serve")
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write down a call or a visit, or begin a letter; with a customer's number their details stand there already."""
    user = reader(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk) if pk else None
    form = NewCaseForm(request.POST or None, user=user, initial=NewCaseForm.known(customer))
    if request.method == "POST" and form.is_valid():
        return leave(request, _open(form, user))
    context = {"form": form, "customer": customer, "caller": caller_of(str(form["address"].value() or ""), user)}
    return page(request, "desk/new_case.html", context, status=422 if form.errors else 200)


@needs("cases.serve")
@require_safe
def caller(request: HttpRequest) -> HttpResponse:
    """Who has the address or number that is being typed, and what is open with them."""
    known = caller_of(request.GET.get("address", "")[:320], reader(request))
    return render(request, "desk/new_case.html#caller", {"caller": known})


def _open(form: NewCaseForm, user: User) -> Case:
    said = dict(form.cleaned_data)
    caller = intake.Caller(said.pop("address"), said.pop("kind"), said.pop("name"), said["language"])
    return intake.open_by_hand(customer=caller, opened_by=user, **said)
