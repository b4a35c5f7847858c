"""News told by this room."""

from __future__ import annotations

from valtti.core import events

events.declare(
    "mail.quarantined",
    "mail.released",
    "mail.refused",
    "mailbox.made",
    "mailbox.changed",
    "mailbox.failing",
    "mailbox.recovered",
    room="channels",
)
