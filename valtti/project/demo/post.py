"""A customer's letter as a mail program would send it, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr

LINE_END = "\r\n"
CHECKED_BY = "mx.kaiku.example"
"""The firm's own mail server: what it says of a sender is believed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a customer wrote. `number` is its Message-ID, `answers` those of the letters before, oldest first."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    number: str
    answers: tuple[str, ...] = ()

    def sent(self, at: datetime) -> bytes:
        """RFC 5322 bytes, as sent at that moment."""
        domain = self.address.rpartition("@")[2]
        lines = [
            f"Authentication-Results: {CHECKED_BY}; dkim=pass header.d={domain};",
            f" spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}",
            f"From: {formataddr((str(Header(self.name, 'utf-8')), self.address))}",
            f"To: <{self.to}>",
            f"Subject: {Header(self.subject, 'utf-8').encode(linesep=LINE_END)}",
            f"Date: {format_datetime(at)}",
            f"Message-ID: <{self.number}>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        if self.answers:
            references = f"{LINE_END} ".join(f"<{number}>" for number in self.answers)
            lines += [f"In-Reply-To: <{self.answers[-1]}>", f"References: {references}"]
        return LINE_END.join([*lines, "", *self.text.splitlines(), ""]).encode()
