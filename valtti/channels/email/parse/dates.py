"""The Date header: the sender's moment with the sender's offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from valtti.channels.email.notes import Notes
from valtti.channels.email.schema import Date
from valtti.core.caps import LETTER_FIELD_BYTES

_ZONES = {"EET": 120, "EEST": 180, "MSK": 180, "MSD": 240, "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "WET": 0}
_ZONES |= {"BST": 60, "JST": 540, "IST": 330, "WEST": 60, "KST": 540}
_NAMED = re.compile(r"\b([A-Z]{3,4})\b\)?\s*$")
_STATED = re.compile(r"[+-]\d{2}:?\d{2}\b|\b(?:UT|UTC|GMT|Z)\b", re.I)
_UNKNOWN = re.compile(r"-00:?00(?:\s*\(.*)?\s*$")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def moment(text: str) -> datetime | None:
    """The moment a date text names, without offset when it names none; None when it cannot be read."""
    text = text[:LETTER_FIELD_BYTES].strip()
    if _ISO.match(text):
        try:
            return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            return None
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        return datetime(*parsed[:6], tzinfo=_zone(text, parsed[9]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zone(text: str, seconds: int | None) -> timezone | None:
    """The offset. Names without a number are read where they mean one thing in our countries."""
    if _UNKNOWN.search(text):
        return None
    if not seconds and not _STATED.search(text):
        # The library says nought for a zone that is missing or that it does not know.
        named = _NAMED.search(text)
        return timezone(timedelta(minutes=_ZONES[named[1]])) if named and named[1] in _ZONES else None
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def read(text: str, notes: Notes) -> Date:
    """The three forms of a date."""
    found = moment(text)
    if found is None:
        notes.problem("date_unreadable", "date", text)
        return {"raw": text, "iso": None, "utc": None}
    utc = found.astimezone(UTC).isoformat().replace("+00:00", "Z") if found.tzinfo and found.year > 1 else None
    return {"raw": text, "iso": found.isoformat(), "utc": utc}
