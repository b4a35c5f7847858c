"""In which order hits stand: own reference, words as typed, other forms; within each by title and freshness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from valtti.core import clock, references, search_text
from valtti.core.db.search import Matching
from valtti.core.models import SearchEntry
from valtti.core.search_match import Anywhere, Asked

FRESH = ((7, 16), (30, 8), (180, 4), (730, 2))
"""Days since, and how much such an entry weighs beside one older than all of them."""


def ordered(
    found: QuerySet[SearchEntry], terms: Sequence[Asked], text: str, *, newest_first: bool
) -> QuerySet[SearchEntry]:
    """The same on both databases: no engine's own idea of relevance comes into it."""
    if newest_first or not terms:
        return found.order_by("-at", "-pk")
    return found.order_by(_rank(terms, text).desc(), _weight(terms).desc(), "-at", "-pk")


def _rank(terms: Sequence[Asked], text: str) -> Case:
    own = tuple(Anywhere(search_text.own_reference(number)) for number in references.found_in(text))
    as_written = Matching(tuple(term.as_written for term in terms))
    in_any_form = Matching(tuple(term.in_any_form for term in terms))
    by_reference = [When(Matching((own,)), then=Value(3))] if own else []
    return _case(*by_reference, When(as_written, then=Value(2)), When(in_any_form, then=Value(1)), default=0)


def _weight(terms: Sequence[Asked]) -> CombinedExpression:
    in_title = Matching(tuple(either for term in terms for either in term.in_title))
    now = clock.now()
    fresh = [When(at__gte=now - timedelta(days=days), then=Value(weight)) for days, weight in FRESH]
    return _case(When(in_title, then=Value(2)), default=1) * _case(*fresh, default=1)


def _case(*whens: When, default: int) -> Case:
    return Case(*whens, default=Value(default), output_field=IntegerField())
