"""Marks in recorded texts for what is known only when they are told again: days, moments, our letters' numbers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from valtti.channels.email.secrets import reply_keys
from valtti.channels.email.thread import NONCE_LENGTH, make_token
from valtti.desk import letters
from valtti.project.demo import slots
from valtti.project.demo.anchor import Anchor

BEGIN, END = "\ue400", "\ue401"
"""Of the private use area: no letter of the demo has them."""

_MARK = re.compile(f"{BEGIN}([a-z]):([^{END}]*){END}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)")


def day(language: str, days: int) -> str:
    """A day as a customer or agent writes it."""
    return _mark("d", language, days)


def moment(language: str, seconds: float, now: float) -> str:
    """An instant as our letters say it, seen from `now`."""
    return _mark("m", language, seconds, now)


def number(case_id: int, contact_point_id: int, expires: int, post_id: int) -> str:
    """The left half of one of our Message-IDs: it is signed, so it is made anew in every house."""
    return _mark("n", case_id, contact_point_id, expires, post_id)


def hidden(text: str, anchor: Anchor) -> str:
    """A whole value that is an ISO instant, as a mark; other texts as they are."""
    if not _INSTANT.fullmatch(text):
        return text
    at = datetime.fromisoformat(text)
    return _mark("u" if text.endswith("+00:00") else "l", anchor.seconds(at))


def shown(text: str, anchor: Anchor) -> str:
    """The text with all its marks told for this anchor."""
    return _MARK.sub(lambda found: _TELL[found[1]](anchor, *found[2].split(",")), text) if BEGIN in text else text


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """Every text inside a JSON value changed; the names of its fields stay."""
    match value:
        case str():
            return change(value)
        case list():
            return [everywhere(one, change) for one in value]
        case dict():
            return {key: everywhere(one, change) for key, one in value.items()}
        case _:
            return value


def _mark(kind: str, *parts: object) -> str:
    return f"{BEGIN}{kind}:{','.join(map(str, parts))}{END}"


def _day(anchor: Anchor, language: str, days: str) -> str:
    return slots.day_in(anchor.day(int(days)), language)


def _moment(anchor: Anchor, language: str, seconds: str, now: str) -> str:
    at, seen = anchor.moment(float(seconds)), anchor.moment(float(now))
    return letters.moment(language, at, anchor.zone, seen)


def _number(anchor: Anchor, case_id: str, contact_point_id: str, expires: str, post_id: str) -> str:
    token = make_token(
        case_id=int(case_id),
        contact_point_id=int(contact_point_id),
        expires_on=anchor.day(int(expires)),
        keys=reply_keys(),
    )
    chance = hashlib.sha256(f"{post_id}/{anchor.monday}".encode()).digest()
    return f"{token}.{base64.b32encode(chance).decode('ascii').lower()[:NONCE_LENGTH]}"


_TELL: dict[str, Callable[..., str]] = {
    "d": _day,
    "m": _moment,
    "n": _number,
    "u": lambda anchor, seconds: anchor.moment(float(seconds)).isoformat(),
    "l": lambda anchor, seconds: anchor.local(float(seconds)).isoformat(),
}
