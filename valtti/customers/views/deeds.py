"""What a clerk changes about a customer."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from valtti.core.numbers import row_number
from valtti.customers import actions
from valtti.customers.forms import ConsentForm, ContactPointForm, DetailsForm, MergeForm
from valtti.customers.queries import consents_of, merges_of, points_of
from valtti.customers.views.access import own_customer, reader, served_customer
from valtti.customers.views.customer import show
from valtti.ui.http import leave


@require_POST
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, language, how they like to be served."""
    customer = served_customer(request, pk)
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return show(request, customer, details=form, status=422)
    own_customer(request, customer)
    actions.save_details(customer=customer, by=reader(request), **form.cleaned_data)
    return leave(request, customer)


@require_POST
def contact_points(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a way to reach the customer."""
    customer = served_customer(request, pk)
    form = ContactPointForm(request.POST, auto_id="reaching_%s")
    if not form.is_valid():
        return show(request, customer, reaching=form, status=422)
    actions.add_contact_point(customer=customer, by=reader(request), **form.cleaned_data)
    return leave(request, customer)


@require_POST
def contact_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """One way to reach the customer works again, or is no longer theirs."""
    customer = served_customer(request, pk)
    row = get_object_or_404(points_of(customer), pk=point)
    match request.POST.get("state"):
        case "works":
            actions.mark_working(contact_point=row, by=reader(request))
        case "gone":
            own_customer(request, customer)
            actions.retire_contact_point(contact_point=row, by=reader(request))
        case _:
            raise BadRequest
    return leave(request, customer)


@require_POST
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a consent, or its withdrawal."""
    customer = served_customer(request, pk)
    if withdrawn := request.POST.get("withdraw"):
        row = get_object_or_404(consents_of(customer), pk=row_number(withdrawn) or 0)
        actions.withdraw_consent(consent=row, by=reader(request))
        return leave(request, customer)
    form = ConsentForm(request.POST, auto_id="asking_%s")
    if not form.is_valid():
        return show(request, customer, asking=form, status=422)
    actions.note_consent(customer=customer, by=reader(request), **form.cleaned_data)
    return leave(request, customer)


@require_POST
def merges(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records are one person; it can be undone."""
    customer = served_customer(request, pk)
    form = MergeForm(request.POST, customer=customer, user=reader(request), auto_id="merging_%s")
    if not form.is_valid():
        return show(request, customer, merging=form, status=422)
    said = form.cleaned_data
    for person in (customer, said["absorbed"]):
        own_customer(request, person)
    actions.merge(kept=customer, absorbed=said["absorbed"], by=reader(request), reason=said["reason"])
    return leave(request, customer)


@require_POST
def unmerging(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    """Undo a merge: both records stand alone again."""
    customer = served_customer(request, pk)
    row = get_object_or_404(merges_of(own_customer(request, customer)), pk=merge)
    actions.unmerge(merge=row, by=reader(request))
    return leave(request, customer)
