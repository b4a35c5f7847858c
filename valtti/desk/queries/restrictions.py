"""Why a case is restricted, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from valtti.desk.models import Case, Restriction
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Closed:
    """The restriction that stands, None where the mark came without words; `readers` are all who see the case."""

    restriction: Restriction | None
    readers: list[User]


def closed_of(case: Case) -> Closed | None:
    """None where the whole team sees it."""
    if not case.restricted:
        return None
    let_in = Q(pk__in=case.let_in.values("user")) | Q(pk=case.assignee_id or 0)
    standing = case.restrictions.filter(lifted_at=None).select_related("restricted_by").first()
    return Closed(standing, list(User.objects.active().filter(let_in).order_by("name")))
