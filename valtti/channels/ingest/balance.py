"""Balance: received = filed + quarantined + refused + waiting, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from valtti.channels.models import Mailbox, RawItem

_COUNTS = {
    "received": Count("pk"),
    "filed": Count("pk", filter=Q(is_filed=True)),
    "quarantined": Count("pk", filter=Q(is_filed=False, is_refused=False, is_quarantined=True)),
    "refused": Count("pk", filter=Q(is_filed=False, is_refused=True)),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """How many came in and what became of them. `on` is the day, or None for all days together."""

    received: int
    filed: int
    quarantined: int
    refused: int
    on: date | None = None

    @property
    def waiting(self) -> int:
        """Stored and not yet read; at rest there are none."""
        return self.received - self.filed - self.quarantined - self.refused

    @property
    def set_aside(self) -> int:
        """Kept out of the queue: quarantined or refused."""
        return self.quarantined + self.refused


def balance(mailbox: Mailbox | None = None) -> Balance:
    """The count of one mailbox, or of the house."""
    counts: dict[str, int] = _items(mailbox).aggregate(**_COUNTS)
    return Balance(counts["received"], counts["filed"], counts["quarantined"], counts["refused"])


def balance_per_day(mailbox: Mailbox, *, since: datetime) -> list[Balance]:
    """One count a day on which something came, in the current time zone, oldest first."""
    days = _items(mailbox).filter(received_at__gte=since).annotate(on=TruncDate("received_at")).values("on")
    rows = days.annotate(**_COUNTS).order_by("on").values_list("received", "filed", "quarantined", "refused", "on")
    return [Balance(*row) for row in rows]


def _items(mailbox: Mailbox | None) -> QuerySet[RawItem]:
    items = RawItem.objects.with_fate()
    return items if mailbox is None else items.filter(mailbox=mailbox)
