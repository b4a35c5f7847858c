"""Reading what was kept, done later by a worker."""

from __future__ import annotations

from datetime import timedelta

from valtti.channels.ingest.interpreting import interpret, interpret_many
from valtti.channels.models import RawItem
from valtti.core import clock
from valtti.core.schedule import every
from valtti.core.tasks import task

SWEEP_AFTER = timedelta(minutes=2)


@task(queue_name="mail", priority=10, key="waiting:interpret:{0}")
def interpret_item(raw_item_id: int) -> None:
    """Give one kept item its fate."""
    item = RawItem.objects.select_related("mailbox__team").filter(pk=raw_item_id).first()
    if item is not None:
        interpret(item)


@every(minutes=1)
@task(queue_name="mail")
def sweep() -> None:
    """Read what was kept and whose reader died before its task was queued: at rest nothing waits."""
    late = RawItem.objects.waiting().filter(received_at__lt=clock.now() - SWEEP_AFTER).order_by("pk")
    for _fate in interpret_many(late.select_related("mailbox__team")[:100]):
        pass
