"""Keep: the bytes to the disk, then their row; what was held before is recognised by its external id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from valtti.channels.models import Mailbox, RawItem
from valtti.core import clock, files


def keep(
    *,
    mailbox: Mailbox,
    raw: bytes,
    external_id: str,
    received_at: datetime | None = None,
    envelope: Mapping[str, Any] | None = None,
    silent: bool = False,
    later: bool = True,
) -> RawItem:
    """Store what came in and queue its reading; with `later=False` the caller reads it itself.

    The same external id of the same mailbox gives the row that is there, with `already_held` set.
    """
    digest = files.keep(raw)
    fields = {
        "mailbox": mailbox,
        "received_at": received_at or clock.now(),
        "sha256": digest,
        "size": len(raw),
        "envelope": dict(envelope or {}),
        "silent": silent,
    }
    return _row(mailbox.address, external_id, fields, later=later)


@transaction.atomic
def _row(source: str, external_id: str, fields: dict[str, Any], *, later: bool) -> RawItem:
    item, is_new = RawItem.objects.get_or_create(
        channel="email", source=source, external_id=external_id, defaults=fields
    )
    item.already_held = not is_new
    if is_new and later:
        from valtti.channels.tasks import interpret_item

        interpret_item.enqueue(item.pk)
    return item
