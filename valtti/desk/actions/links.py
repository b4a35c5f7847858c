"""Cases that belong together, and suggestions that they might."""

from __future__ import annotations

from django.db import transaction

from valtti.desk.actions.keeping import tell
from valtti.desk.models import Case, CaseLink
from valtti.people.models import User

KINDS = ("duplicate", "follows", "caused_by", "parent", "perhaps")


@transaction.atomic
def link_cases(*, a: Case, b: Case, kind: str, by: User | None) -> CaseLink:
    """`b` follows, duplicates or was caused by `a`; nothing else changes in either."""
    if kind not in KINDS or a.pk == b.pk:
        raise AssertionError(f"{b.pk} cannot be {kind} of {a.pk}")
    link, is_new = CaseLink.objects.get_or_create(a=a, b=b, kind=kind, defaults={"made_by": by})
    if is_new:
        tell("case.linked", case=b, subject=link, by=by, facts={"kind": kind, "other": a.pk})
    return link


@transaction.atomic
def settle_suggestion(*, link: CaseLink, by: User, kind: str = "") -> CaseLink | None:
    """The same matter after all (`kind` follows or duplicate), or not: then the suggestion goes."""
    a, b = link.a, link.b
    CaseLink.objects.filter(pk=link.pk, kind="perhaps").delete()
    return link_cases(a=a, b=b, kind=kind, by=by) if kind else None
