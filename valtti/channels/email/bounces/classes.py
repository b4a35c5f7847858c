"""From what a server said to one class, and whether that will last."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from valtti.channels.email.schema import Lasting

LASTING: dict[str, Lasting] = {
    "user_unknown": "permanent",
    "user_disabled": "permanent",
    "user_moved": "permanent",
    "domain_unknown": "permanent",
    "no_mx": "permanent",
    "mailbox_full": "temporary",
    "system_full": "temporary",
    "over_quota": "temporary",
    "message_too_big": "permanent",
    "sender_refused": "permanent",
    "sender_auth": "permanent",
    "reputation_blocked": "permanent",
    "spam_refused": "permanent",
    "content_refused": "permanent",
    "virus": "permanent",
    "policy": "permanent",
    "rate_limited": "temporary",
    "relay_denied": "permanent",
    "connection_refused": "temporary",
    "network_error": "temporary",
    "expired": "temporary",
    "greylisted": "temporary",
    "not_accepting": "temporary",
    "protocol_error": "permanent",
    "list_refused": "permanent",
    "delivered": "unknown",
    "vacation": "unknown",
    "complaint": "unknown",
    "other": "unknown",
}
STAYS_TEMPORARY = frozenset({"expired", "mailbox_full"})
# RFC 3463 and its registry, by subject and detail; "" where the text must say.
STATUSES = {
    "1.1": "user_unknown",
    "1.2": "domain_unknown",
    "1.3": "user_unknown",
    "1.4": "user_unknown",
    "1.6": "user_moved",
    "1.7": "sender_refused",
    "1.8": "sender_refused",
    "1.10": "no_mx",
    "2.1": "user_disabled",
    "2.2": "mailbox_full",
    "2.3": "message_too_big",
    "2.4": "list_refused",
    "3.1": "system_full",
    "3.2": "not_accepting",
    "3.3": "protocol_error",
    "3.4": "message_too_big",
    "4.1": "connection_refused",
    "4.2": "network_error",
    "4.3": "network_error",
    "4.4": "domain_unknown",
    "4.5": "not_accepting",
    "4.6": "network_error",
    "4.7": "expired",
    "6.1": "content_refused",
    "6.2": "content_refused",
    "6.3": "content_refused",
    "7.1": "policy",
    "7.2": "list_refused",
    "7.8": "sender_auth",
    "7.9": "sender_auth",
    "7.20": "sender_auth",
    "7.21": "sender_auth",
    "7.22": "sender_auth",
    "7.23": "sender_auth",
    "7.24": "sender_auth",
    "7.25": "sender_auth",
    "7.26": "sender_auth",
    "7.27": "no_mx",
    "7.28": "rate_limited",
}
_SUBJECTS = {"5": "protocol_error", "6": "content_refused", "7": "policy"}
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([245][0-5]\d)(?=[ \-;:#)])")
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One phrase of the table."""

    bounce_class: str
    language: str
    pattern: re.Pattern[str]
    example: str


@cache
def phrases() -> list[Row]:
    """The table, in order."""
    rows = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))["row"]
    return [Row(row["class"], row["language"], re.compile(row["pattern"]), row["example"]) for row in rows]


def flat(text: str) -> str:
    """Text as the tables expect it."""
    return " ".join(text[:_MOST_TEXT].lower().split())


def by_text(text: str) -> str | None:
    """The class that the words name."""
    words = flat(text)
    return next((row.bounce_class for row in phrases() if row.pattern.search(words)), None)


def by_status(status: str | None) -> str | None:
    """The class that an RFC 3463 status names; None for x.0.0 and what the registry leaves open."""
    if not status:
        return None
    digit, _, rest = status.partition(".")
    if digit == "2":
        return "delivered"
    subject, _, detail = rest.partition(".")
    return STATUSES.get(rest) or (_SUBJECTS.get(subject) if detail != "0" or subject == "7" else None)


def status_in(text: str) -> str | None:
    """The first status in a text, not 2.x.x where another stands."""
    found = [match[0] for match in _STATUS.finditer(text[:_MOST_TEXT])]
    return next((one for one in found if not one.startswith("2")), found[0] if found else None)


def reply_in(text: str) -> str | None:
    """The first SMTP reply code in a text that is no success."""
    found = [match[1] for match in _REPLY.finditer(text[:_MOST_TEXT])]
    return next((one for one in found if not one.startswith("2")), None)


def lasting(bounce_class: str, status: str | None, reply: str | None) -> Lasting:
    """The class's own answer, corrected by the first digit; what expired or is full stays temporary."""
    digit = (status or reply or "")[:1]
    if bounce_class in STAYS_TEMPORARY:
        return "temporary"
    corrected: dict[str, Lasting] = {"4": "temporary", "5": "permanent", "2": "unknown"}
    return corrected.get(digit, LASTING[bounce_class])


def classify(status: str | None, text: str) -> str:
    """The text goes before the status: servers choose words with more care than numbers."""
    told = by_text(text) if text else None
    named = by_status(status)
    if told in {None, "policy", "not_accepting"} and named and named not in {"policy", "protocol_error"}:
        return named
    return told or named or "other"
