"""News told by the room `people`."""

from __future__ import annotations

from valtti.core import events

events.declare(
    "user.invited",
    "user.joined",
    "user.left",
    "user.returned",
    "user.roles_changed",
    "user.factors_reset",
    "user.guessed_at",
    "session.ended",
    "team.made",
    "team.changed",
    "team.retired",
    "team.reopened",
    "calendar.hours_published",
    "calendar.hours_withdrawn",
    room="people",
)
