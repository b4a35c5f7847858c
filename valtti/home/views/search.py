"""Search over customers, cases and messages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from valtti.core import limits
from valtti.home.found import find
from valtti.people.models import User
from valtti.ui.http import page

OPERATORS = (
    "from:",
    "to:",
    "team:",
    "mine:",
    "tag:",
    "topic:",
    "channel:",
    "turn:",
    "is:unanswered",
    "is:promise-late",
)
MORE_OPERATORS = ("has:file", "before:2026-11-20", "after:2026-11-01", "ref:", "customer:", '"…"', "-")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the user may see that holds the words, in every bent form."""
    user = request.user
    assert isinstance(user, User)
    text = request.GET.get("q", "").strip()
    start = request.GET.get("start", "")
    context: dict[str, object] = {"text": text, "operators": (*OPERATORS, *MORE_OPERATORS)}
    if text:
        limits.demand("search", user.pk)
        newest = request.GET.get("order") == "newest"
        begin = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0
        context["found"] = find(user, text, newest=newest, start=begin)
    return page(request, "home/search.html#finds", context)
