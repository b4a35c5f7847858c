"""The news that the ground floor tells itself."""

from __future__ import annotations

from valtti.core import events

events.declare(
    "post.accepted",
    "post.delayed",
    "post.delivered",
    "post.bounced",
    "post.complained",
    "post.failed",
    "post.uncertain",
    "post.cancelled",
    "source.paused",
    "source.resumed",
    room="core",
)
