"""Tickets: signed for ten minutes, naming whose login it is, what the page may hear, and from where in the log on."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from valtti.core import keys
from valtti.core.events import Cursor

LASTS = timedelta(minutes=10)
PURPOSE = "live ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says. `login` is the number of the login; when that ends, so does the stream."""

    user: int
    login: int
    topics: frozenset[str]
    after: Cursor
    until: datetime


def make(*, user: int, login: int, topics: Iterable[str], after: Cursor, now: datetime) -> str:
    """A ticket as it stands in an address."""
    until = int((now + LASTS).timestamp())
    said = json.dumps([user, login, sorted(topics), str(after), until], separators=(",", ":")).encode()
    return f"{_text(said)}.{_text(keys.sign(PURPOSE, said))}"


def read(text: str, *, now: datetime) -> Ticket | None:
    """What a ticket says; None when it is not ours, was altered or has run out."""
    said, _, signature = text.partition(".")
    try:
        body = _bytes(said)
        if not keys.is_signed(PURPOSE, body, _bytes(signature)):
            return None
    except (binascii.Error, ValueError):
        return None
    user, login, topics, after, until = json.loads(body)
    ends = datetime.fromtimestamp(until, now.tzinfo)
    return Ticket(user, login, frozenset(topics), Cursor.read(after) or Cursor(), ends) if ends > now else None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
