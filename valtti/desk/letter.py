"""A letter as the desk receives it: read by channels, judged here. Pure data, no rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One address of a letter; `address` is normalised for matching, `shown` as written."""

    address: str
    shown: str
    name: str = ""
    deceptive: bool = False


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """One reply token that verified under our keys: it names a case and the contact point it was sent to."""

    case_id: int
    contact_point_id: int
    expired: bool = False


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One file of a letter; its bytes are stored under their hash already."""

    sha256: str
    name: str
    safe_name: str
    media_type: str
    sniffed_type: str
    size: int
    content_id: str = ""
    inline: bool = False
    state: str = "ok"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the desk needs to know of one letter. `earlier_ids` are In-Reply-To and References, newest first."""

    raw_item_id: int
    mailbox: str
    team_id: int
    received_at: datetime
    sender: Person | None
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    subject: str = ""
    subject_plain: str = ""
    text: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    hidden: tuple[dict[str, str | int], ...] = ()
    html_sha256: str = ""
    language: str = ""
    message_id: str = ""
    earlier_ids: tuple[str, ...] = ()
    token: TokenSeen | None = None
    token_broken: bool = False
    trust: str = "unknown"
    is_automatic: bool = False
    automatic_kind: str = ""
    may_be_answered_automatically: bool = True
    files: tuple[LetterFile, ...] = ()
    notice: str = ""
    silent: bool = False
    channel: str = "email"
    mailbox_languages: tuple[str, ...] = field(default=("fi",))
