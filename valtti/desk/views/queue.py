"""The queue, and the case to take next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from valtti.core.numbers import row_number
from valtti.core.permissions import may, needs
from valtti.desk.queries.choices import choices_for
from valtti.desk.queries.filters import Filters
from valtti.desk.queries.queue import Queue, next_case, queue_for
from valtti.desk.views.access import reader
from valtti.ui.http import leave, page


@needs("cases.read")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The list in work order; the whole filter stands in the address."""
    user = reader(request)
    filters = Filters.from_query(request.GET)
    found = queue_for(user, filters)
    choices = choices_for(user, filters)
    context = {
        "queue": found,
        "choices": choices,
        "filters": filters,
        "to": _ways(filters, found),
        "serves": may(user, "cases.serve"),
        "topics": " ".join(f"team:{team.pk}" for team in found.teams),
    }
    return page(request, "desk/queue.html#list", context)


@needs("cases.serve")
@require_POST
def next_one(request: HttpRequest) -> HttpResponse:
    """Go to the best case to take now."""
    case = next_case(reader(request), after=row_number(request.POST.get("after")))
    if case is None:
        messages.success(request, _("Nobody waits for you now."))
        return leave(request, "desk:queue")
    return leave(request, case)


def _ways(filters: Filters, found: Queue) -> dict[str, str]:
    """Addresses of the neighbouring lists."""
    return {
        "open": filters.but(state="open").query,
        "all": filters.but(state="all").query,
        "previous": filters.but(page=found.page - 1).query if found.page > 1 else "",
        "next": filters.but(page=found.page + 1).query if found.page < found.pages else "",
    }
