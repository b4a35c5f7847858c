"""Cases that belong together, and suggestions that they might."""

from __future__ import annotations

from django.db import transaction

from valtti.desk.actions.keeping import locked, tell
from valtti.desk.impossible import SuggestionIsSettled
from valtti.desk.models import Case, CaseLink
from valtti.people.models import User

SETTLED = "settled"
KINDS = ("duplicate", "follows", "caused_by", "parent", "perhaps")


@transaction.atomic
def link_cases(*, a: Case, b: Case, kind: str, by: User | None) -> CaseLink:
    """`b` follows, duplicates or was caused by `a`; nothing else changes. What was settled is not suggested again."""
    if kind not in KINDS or a.pk == b.pk:
        raise AssertionError(f"{b.pk} cannot be {kind} of {a.pk}")
    settled = CaseLink.objects.filter(a=a, b=b, kind=SETTLED).first() if kind == "perhaps" else None
    if settled is not None:
        return settled
    link, is_new = CaseLink.objects.get_or_create(a=a, b=b, kind=kind, defaults={"made_by": by})
    if is_new:
        tell("case.linked", case=b, subject=link, by=by, facts={"kind": kind, "other": a.pk})
    return link


@transaction.atomic
def settle_suggestion(*, link: CaseLink, by: User, kind: str = "") -> CaseLink | None:
    """The same matter after all (`kind` follows or duplicate), or not; the suggestion stays as settled."""
    b = locked(link.b)
    if not CaseLink.objects.filter(pk=link.pk, kind="perhaps").update(kind=SETTLED):
        raise SuggestionIsSettled
    tell("case.suggestion_settled", case=b, subject=link, by=by, facts={"other": link.a_id, "kind": kind})
    return link_cases(a=link.a, b=b, kind=kind, by=by) if kind else None
