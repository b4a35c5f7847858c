"""A letter as the desk receives it: read by channels, judged here. Pure data, no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from valtti.core.nul import without_nul


def shown_first(text: str, ranges: Sequence[Sequence[int]]) -> str:
    """The parts of a text that are not folded; all of it when nothing is."""
    return "\n".join(text[start:end] for start, end in ranges) if ranges else text


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

    def columns(self) -> dict[str, str | int | bool]:
        """The columns of a file's row."""
        columns: dict[str, str | int | bool] = {
            "sha256": self.sha256,
            "name": self.name[:255],
            "safe_name": self.safe_name[:255],
            "media_type": self.media_type[:120],
            "sniffed_type": self.sniffed_type[:120],
            "size": self.size,
            "content_id": self.content_id[:255],
            "inline": self.inline,
            "state": self.state,
        }
        return without_nul(columns)


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

    @property
    def visible(self) -> str:
        """What is shown first: the parts of the text that are not folded."""
        return shown_first(self.text, self.ranges)

    def columns(self) -> dict[str, Any]:
        """The columns of a message's row that say what was written, where and when."""
        columns = {
            "raw_item_id": self.raw_item_id,
            "mailbox": self.mailbox[:320],
            "channel": self.channel,
            "at": self.received_at,
            "subject": self.subject[:500],
            "language": self.language[:8],
            "text": self.text,
            "ranges": [list(span) for span in self.ranges],
            "hidden": list(self.hidden),
            "html_sha256": self.html_sha256,
            "message_id": self.message_id[:998],
            "trust": self.trust,
        }
        return without_nul(columns)
