"""The news that this room tells."""

from __future__ import annotations

from valtti.core import events

events.declare(
    "customer.added",
    "customer.changed",
    "customer.merged",
    "customer.unmerged",
    "customer.admitted",
    "contact.added",
    "contact.verified",
    "contact.bouncing",
    "contact.works",
    "contact.retired",
    "consent.given",
    "consent.withdrawn",
    "quiet.began",
    "quiet.ended",
    room="customers",
)
