"""The shape of a read letter, key by key: `valtti.mail/1`. JSON Schema is made from these types."""

from __future__ import annotations

from typing import Final, Literal, TypedDict

SCHEMA: Final = "valtti.mail/1"

type Outcome = Literal["parsed", "limited", "unreadable"]
type Kind = Literal[
    "person",
    "auto_reply",
    "vacation",
    "bounce",
    "delay",
    "delivered",
    "complaint",
    "receipt",
    "list",
    "notification",
    "own_loop",
    "unsure",
]
type Role = Literal[
    "container", "text", "html", "alternative", "inline", "attachment", "message", "report", "signature"
]
type HiddenKind = Literal[
    "quote", "attribution", "header_block", "signature", "device_line", "disclaimer", "list_footer"
]
type CharsetBy = Literal["bom", "declared", "meta", "utf8", "detected", "fallback"]
type Lasting = Literal["permanent", "temporary", "unknown"]
type Evidence = Literal["standard", "text", "guessed"]
type TrustResult = Literal["verified", "unverified", "failed", "unknown"]


class Address(TypedDict):
    """One mailbox: `address` with a Unicode domain for people, `ascii` with an A-label for matching."""

    name: str | None
    address: str | None
    ascii: str | None
    group: str | None
    raw: str
    valid: bool
    deceptive: bool


class Problem(TypedDict):
    """Something odd that stopped nothing."""

    code: str
    where: str
    detail: str


class Date(TypedDict):
    """`iso` keeps the sender's offset; `utc` is null when the offset is unknown."""

    raw: str
    iso: str | None
    utc: str | None


Headers = TypedDict(
    "Headers",
    {
        "message_id": str,
        "message_id_made": bool,
        "date": Date | None,
        "subject": str,
        "subject_plain": str,
        "from": list[Address],
        "sender": list[Address],
        "reply_to": list[Address],
        "to": list[Address],
        "cc": list[Address],
        "bcc": list[Address],
        "delivered_to": list[Address],
        "return_path": list[Address],
        "in_reply_to": list[str],
        "references": list[str],
        "list_id": str | None,
        "languages": list[str],
        "priority": str | None,
        "mailer": str | None,
        "all": list[list[str]],
    },
)


class Body(TypedDict):
    """What is shown. `html` is as the sender made it and unsafe; `html_safe` went through both cleaners."""

    chosen: Literal["text/plain", "text/html"] | None
    text: str
    text_from: Literal["part", "html", "none"]
    html: str | None
    html_safe: str | None
    charset: str | None
    charset_by: CharsetBy | None
    language: str | None


class Hidden(TypedDict):
    """A folded stretch of `body.text` and the rule that folded it."""

    kind: HiddenKind
    start: int
    end: int
    rule: str


Forward = TypedDict(
    "Forward",
    {
        "from": Address | None,
        "to": list[Address],
        "date": str | None,
        "subject": str | None,
        "text": str,
        "start": int,
        "end": int,
    },
)


class Reply(TypedDict):
    """Text shown first. The ranges joined are `visible`; nothing is deleted, only folded."""

    visible: str
    ranges: list[list[int]]
    hidden: list[Hidden]
    signature: str | None
    inline: bool
    forwards: list[Forward]


class PartRow(TypedDict):
    """One MIME part, in preorder. `size` and `sha256` are of the decoded bytes, null for containers."""

    index: int
    path: str
    media_type: str
    charset: str | None
    encoding: str | None
    disposition: str | None
    name: str | None
    content_id: str | None
    size: int | None
    sha256: str | None
    role: Role
    stored: str | None


class Attachment(TypedDict):
    """A part that is neither the body, nor an alternative of it, nor a container."""

    part: int | None
    name: str | None
    safe_name: str
    media_type: str
    sniffed_type: str
    size: int
    sha256: str
    sha256_lf: str
    content_id: str | None
    inline: bool
    source: Literal["mime", "uuencode"]
    state: Literal["ok", "withheld", "encrypted"]
    stored: str | None


class Reason(TypedDict):
    """A row of the table of automatic messages that matched."""

    rule: str
    header: str
    value: str


Original = TypedDict(
    "Original", {"message_id": str | None, "subject": str | None, "from": str | None, "to": str | None}
)

Recipient = TypedDict(
    "Recipient",
    {
        "final": str | None,
        "original": str | None,
        "action": str | None,
        "status": str | None,
        "reply_code": str | None,
        "diagnostic": str | None,
        "class": str,
        "lasting": Lasting,
        "evidence": Evidence,
    },
)


class Report(TypedDict):
    """What became of a letter of ours, told by a standard report or in free text."""

    kind: Literal["bounce", "delay", "delivered", "complaint", "receipt"]
    reporting_mta: str | None
    arrived: str | None
    original: Original
    recipients: list[Recipient]


class Trust(TypedDict):
    """What the one trusted server said about the sender."""

    result: TrustResult
    authserv_id: str | None
    spf: str | None
    dkim: str | None
    dmarc: str | None
    signed_by: str | None
    from_domain: str | None


class Token(TypedDict):
    """Something that looks like our reply token; whether it is true needs the key."""

    where: Literal["address", "message_id", "references"]
    text: str
    state: Literal["well_formed", "malformed"]


class Limits(TypedDict):
    """Caps that were met, by the names of `valtti.core.caps`, and what reading used."""

    hit: list[str]
    parts: int
    depth: int
    cpu_ms: int


class Letter(TypedDict):
    """A whole letter as read: one JSON object, every key always present."""

    schema: Literal["valtti.mail/1"]
    file: str
    size: int
    sha256: str
    outcome: Outcome
    problems: list[Problem]
    headers: Headers
    author: Address | None
    answer_to: list[Address]
    body: Body
    reply: Reply
    parts: list[PartRow]
    attachments: list[Attachment]
    embedded: list[Letter]
    kind: Kind
    automatic: bool
    reasons: list[Reason]
    may_answer_automatically: bool
    report: Report | None
    trust: Trust
    tokens: list[Token]
    limits: Limits
