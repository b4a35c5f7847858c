"""What the ground floor does by itself: sealing the audit log, tidying at night."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection

from valtti.core import audit, clock, heart, limits, queue
from valtti.core.db.tidying import forget_expired_cache, take_in_wal
from valtti.core.models import Slot
from valtti.core.residents import Stay, resident
from valtti.core.schedule import daily, every
from valtti.core.tasks import task

SEAL_SECONDS = 10.0
KEEP_FINISHED = timedelta(days=7)
KEEP_TURNS = timedelta(days=30)


def seal_audit(_key: str, stay: Stay) -> None:
    """Seal new audit entries each ten seconds, one process of the house at a time."""
    while not stay.wait(SEAL_SECONDS):
        while audit.seal() and not stay.is_over:
            pass
        connection.close_if_unusable_or_obsolete()


@daily("03:10")
@task(queue_name="heavy")
def tidy() -> None:
    """Forget what nobody asks for any more, and anchor the audit log."""
    now = clock.now()
    queue.forget_finished(now - KEEP_FINISHED)
    Slot.objects.filter(slot__lt=now - KEEP_TURNS).delete()
    limits.forget_full()
    forget_expired_cache(str(settings.CACHES["default"]["LOCATION"]))
    audit.anchor()
    take_in_wal()


@every(minutes=1)
@task()
def fold_counters() -> None:
    """Keep what processes that have gone had counted."""
    heart.fold_silent()


resident("audit seal", seal_audit)
