"""Second factors that came or went."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from valtti.core import keys
from valtti.people import log
from valtti.people.actions.sessions import end_sessions
from valtti.people.models import User

SEEDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@transaction.atomic
def rekey_factors() -> int:
    """Encrypt seeds anew that lie under an older field key; how many."""
    changed = 0
    for row in Authenticator.objects.select_for_update().filter(type__in=SEEDS):
        name = SEEDS[row.type]
        if not keys.is_current(row.data[name]):
            row.data[name] = keys.encrypt(keys.decrypt(row.data[name]))
            row.save(update_fields=["data"])
            changed += 1
    return changed


@transaction.atomic
def note_change(*, user: User, kind: str, what: str, keep_session: int | None) -> None:
    """Write down a changed factor; every other login of the person ends."""
    log.note(what, by=user, subject=user, after=kind)
    end_sessions(user=user, why="factors", by=user, besides=keep_session)
