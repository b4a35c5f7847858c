"""Who looks at a case, and who writes in it."""

from __future__ import annotations

from django.db import transaction

from valtti.core import clock
from valtti.desk.models import Case, Presence
from valtti.people.models import User


@transaction.atomic
def touch(*, case: Case, user: User, writing: bool = False) -> Presence:
    """A sign of life from the page, each 15 seconds; not audited."""
    now = clock.now()
    row, _is_new = Presence.objects.get_or_create(case=case, user=user, defaults={"seen_at": now})
    row.seen_at = now
    row.writing_since = (row.writing_since or now) if writing else None
    row.save(update_fields=["seen_at", "writing_since"])
    return row
