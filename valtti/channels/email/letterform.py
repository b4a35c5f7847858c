"""A letter of ours as bytes: headers, text, simple HTML and files, built once and never again (pure)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from valtti.channels.email import letterhtml
from valtti.channels.email.letterhtml import Board

_MOST_REFERENCES = 30
_ID = re.compile(r"[!-;=?-~]{1,900}")
"""An id that may stand in a header; foreign letters bring others, which are left out."""


class HeaderRefused(ValueError):
    """A value would break out of its header line."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file that goes with the letter."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a letter is made of. `body` is the whole text; `words`, `writer`, `board`, `foot` are it in parts."""

    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    body: str
    language: str
    message_id: str
    at: datetime
    loop_marker: str
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    words: str = ""
    writer: str = ""
    board: Board | None = None
    foot: tuple[str, ...] = ()
    files: tuple[Attached, ...] = ()


def build(parts: Parts) -> bytes:
    """The letter, ready for SMTP: CRLF, seven bits, no Bcc. Raises HeaderRefused on CR, LF or NUL in a header."""
    _refuse_breaks(parts)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = _address(parts.sender, parts.sender_name)
    letter["To"] = [_address(address) for address in parts.to]
    if parts.reply_to:
        letter["Reply-To"] = _address(parts.reply_to, parts.sender_name)
    letter["Subject"] = one_line(parts.subject)
    letter["Date"] = format_datetime(parts.at)
    letter["Content-Language"] = parts.language
    letter["X-Valtti-Loop"] = parts.loop_marker
    if parts.automatic:
        letter["Auto-Submitted"] = "auto-replied" if parts.in_reply_to else "auto-generated"
        letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(_text(parts), cte="quoted-printable")
    letter.add_alternative(_html(parts), subtype="html", cte="quoted-printable")
    for file in parts.files:
        _attach(letter, file)
    return _id_lines(parts) + letter.as_bytes()


def _id_lines(parts: Parts) -> bytes:
    # By hand: the library folds a long id by turning it into an encoded word, which breaks every thread.
    lines = [f"Message-ID: <{parts.message_id}>"]
    if _ID.fullmatch(parts.in_reply_to):
        lines.append(f"In-Reply-To: <{parts.in_reply_to}>")
    sound = [one for one in parts.references if _ID.fullmatch(one)]
    if sound:
        kept = sound[:1] + sound[1:][-_MOST_REFERENCES:]
        lines.append("References: " + "\r\n ".join(f"<{one}>" for one in kept))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=one_line(name), username=local, domain=_ascii_domain(domain))


def one_line(text: str) -> str:
    """Form feeds, line separators and their like are line ends to the library, blanks to us."""
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError:
        return domain


def _attach(letter: EmailMessage, file: Attached) -> None:
    main, _, sub = file.media_type.partition("/")
    if not sub or main in {"message", "multipart"}:
        main, sub = "application", "octet-stream"
    letter.add_attachment(file.data, maintype=main, subtype=sub, filename=one_line(file.name))


def _text(parts: Parts) -> str:
    return parts.body.strip("\n") + "\n"


def _html(parts: Parts) -> str:
    return letterhtml.page(
        language=parts.language,
        title=parts.subject,
        text=parts.words or parts.body,
        last_line=parts.writer,
        board=parts.board,
        foot="\n".join(parts.foot),
    )


def _refuse_breaks(parts: Parts) -> None:
    ids = (parts.message_id, parts.in_reply_to, *parts.references)
    values = (parts.sender, parts.sender_name, *parts.to, parts.subject, parts.language, parts.reply_to, *ids)
    names = tuple(value for file in parts.files for value in (file.name, file.media_type))
    if any(sign in value for value in (*values, *names) for sign in "\r\n\0"):
        raise HeaderRefused
