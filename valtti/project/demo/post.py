"""A customer's letter as a mail program would send it, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from hashlib import sha256


def letter(
    *, sender: tuple[str, str], to: str, subject: str, text: str, at: datetime, answers: Sequence[str] = ()
) -> bytes:
    """RFC 5322 bytes. `answers` are the Message-IDs of the letters before, oldest first."""
    name, address = sender
    lines = [
        f"From: {formataddr((str(Header(name, 'utf-8')), address))}",
        f"To: <{to}>",
        f"Subject: {Header(subject, 'utf-8').encode()}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{_number(address, subject, text, at.isoformat())}@{_domain(address)}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if answers:
        lines += [f"In-Reply-To: <{answers[-1]}>", "References: " + " ".join(f"<{number}>" for number in answers)]
    return "\r\n".join([*lines, "", *text.splitlines(), ""]).encode()


def _number(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
