"""The page of one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from valtti.customers.models import Customer
from valtti.desk.actions.restrictions import note_reading
from valtti.desk.queries.matters import matters_of
from valtti.desk.views.access import reader, seen_case
from valtti.desk.views.shown import board_shown, show
from valtti.ui.http import page


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Conversation, promise, customer: everything one needs to know without asking."""
    case = seen_case(request, pk)
    note_reading(case=case, by=reader(request))
    return show(request, case)


@require_safe
def customer_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """On the customer's page: what they wait for, and their open cases."""
    user = reader(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    matters = matters_of(customer, user)
    board = board_shown(matters.board, matters.board.promise.case) if matters.board else None
    context = {"matters": matters, "board": board, "customer": customer}
    return page(request, "desk/customer_panel.html#customer_panel", context)
