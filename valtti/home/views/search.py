"""Search over customers, cases and messages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from valtti.core import limits
from valtti.home.found import find
from valtti.people.models import User
from valtti.ui.http import page

OPERATORS = (
    *("from:", "team:", "mine:", "tag:", "topic:", "channel:", "turn:", "is:unanswered", "is:promise-late"),
    *("has:file", "before:2026-11-20", "after:2026-11-01", "ref:", "customer:", '"…"', "-"),
)
LONGEST_START = 7
"""Digits of the place where a page of results begins."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the user may see that holds the words, in every bent form."""
    user = request.user
    assert isinstance(user, User)
    text = request.GET.get("q", "").strip()
    context: dict[str, object] = {"text": text, "operators": OPERATORS}
    if text:
        limits.demand("search", user.pk)
        newest = request.GET.get("order") == "newest"
        context["found"] = find(user, text, newest=newest, start=_start(request.GET.get("start", "")))
    return page(request, "home/search.html#finds", context)


def _start(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_START else 0
