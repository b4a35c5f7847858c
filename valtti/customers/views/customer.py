"""The list of customers, and one customer in one line of time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from valtti.core.numbers import row_number
from valtti.core.permissions import needs
from valtti.customers.forms import ConsentForm, ContactPointForm, DetailsForm, MergeForm
from valtti.customers.models import Customer
from valtti.customers.narrowing import by_channel, by_matter, query_of, wanted_of
from valtti.customers.queries import card_of, customers_for, root_of, serves
from valtti.customers.timeline import EVERYTHING, for_customer
from valtti.customers.views.access import reader, seen_customer
from valtti.ui.http import leave, page

TEMPLATE = "customers/customer.html"
PAGE = 100


@needs("cases.read")
@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Everybody whom one's teams serve, by name."""
    words = request.GET.get("q", "")[:100]
    found = Paginator(customers_for(reader(request), words=words), PAGE).get_page(request.GET.get("page"))
    return page(request, "customers/customers.html#list", {"customers": found, "words": words})


@require_safe
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: everything in one line of time, from every channel."""
    seen = seen_customer(request, pk)
    if (root := root_of(seen)).pk != seen.pk:
        return leave(request, root)
    return show(request, seen)


def show(request: HttpRequest, customer: Customer, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The customer as they stand now, with the form just filled in wrongly in its place."""
    return page(request, TEMPLATE, context_of(request, customer, **forms), status=status)


def context_of(request: HttpRequest, customer: Customer, **forms: Any) -> dict[str, Any]:
    """Everything `customers/customer.html` draws."""
    user = reader(request)
    since = row_number(request.GET.get("before"))
    wanted = wanted_of(request.GET)
    timeline = for_customer(customer, user, since, wanted=wanted)
    context: dict[str, Any] = {
        "customer": customer,
        "card": card_of(customer, user),
        "timeline": timeline,
        "folded": [line for line in timeline.lines if line.folded],
        "wrong": any(form.errors for form in forms.values()),
        "serves": serves(user, customer),
        "older": since is not None,
        "narrowed": wanted != EVERYTHING,
        "by_channel": by_channel(wanted),
        "by_matter": by_matter(wanted),
        "newest": query_of(wanted),
        "further": query_of(wanted, before=timeline.before or 0),
    }
    blank = {
        "details": DetailsForm.of(customer),
        "reaching": ContactPointForm(initial={"language": customer.language}, auto_id="reaching_%s"),
        "asking": ConsentForm(auto_id="asking_%s"),
        "merging": MergeForm(customer=customer, user=user, auto_id="merging_%s"),
    }
    return context | blank | forms
