"""Do the books of the house agree: every letter accounted for, every derived column as its rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db.models import Sum

from valtti.channels.ingest import balance
from valtti.channels.models import Mailbox, RawItem
from valtti.core import clock
from valtti.desk.queries import check_cases

UNREAD_AFTER = timedelta(minutes=10)
MOST_SHOWN = 20


def letters_adrift() -> Iterator[tuple[str, str]]:
    """Mailboxes of which a letter is without a fate, or lies at the server and not here: about which, and in words."""
    late = RawItem.objects.waiting().filter(received_at__lt=clock.now() - UNREAD_AFTER)
    for mailbox in Mailbox.objects.all():
        unread = late.filter(mailbox=mailbox).count()
        missing = mailbox.folders.aggregate(missing=Sum("missing_here"))["missing"] or 0
        if unread:
            yield mailbox.address, f"{_counted(mailbox)}, without a fate for ten minutes and more: {unread}."
        if missing:
            yield mailbox.address, f"Letters on the server that are not here: {missing}."


def columns_apart() -> Iterator[str]:
    """Cases whose stored columns are not what their rows say, the first few of them in words, then how many more."""
    found = check_cases()
    for one in islice(found, MOST_SHOWN):
        yield f"Case {one.case.pk}: {one.what} is {one.stored!r}, its rows say {one.derived!r}."
    if more := sum(1 for _ in found):
        yield f"Further differences: {more}."


def _counted(mailbox: Mailbox) -> str:
    count = balance(mailbox)
    return (
        f"Letters received: {count.received}, filed: {count.filed}, quarantined: {count.quarantined}, "
        f"refused: {count.refused}"
    )
