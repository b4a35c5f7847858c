"""The headers of a letter as one object, and who wrote it."""

from __future__ import annotations

import re

from valtti.channels.email.notes import Notes
from valtti.channels.email.options import Options
from valtti.channels.email.parse import addresses, dates, headers, ids
from valtti.channels.email.parse.headers import Field
from valtti.channels.email.parse.text import one_line
from valtti.channels.email.schema import Address, Date, Headers
from valtti.core.subjects import plain_subject

_SINGLE = (
    "from",
    "sender",
    "reply-to",
    "date",
    "subject",
    "message-id",
    "to",
    "cc",
    "bcc",
    "in-reply-to",
    "references",
)
_LISTED = re.compile(r"<([^<>\s]{1,255})>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
_PRIORITIES = {"1": "high", "2": "high", "3": "normal", "4": "low", "5": "low"}
_PRIORITIES |= {"urgent": "high", "high": "high", "highest": "high", "normal": "normal", "medium": "normal"}
_PRIORITIES |= {"non-urgent": "low", "low": "low", "lowest": "low"}


class Head:
    """Reads the fields of one letter."""

    def __init__(self, fields: list[Field], charset: str | None, notes: Notes) -> None:
        self.fields = fields
        self.charset = charset
        self.notes = notes

    def text(self, key: str) -> str | None:
        """The decoded value of the first header of that name, on one line; None when there is none."""
        found = headers.first(self.fields, key)
        return one_line(found.value(self.charset)) if found else None

    def addresses(self, key: str, most: int | None = None) -> list[Address]:
        """The addresses of every header of that name; `most` headers of them."""
        found = [field for field in headers.every(self.fields, key)[:most] if field.raw.strip()]
        return [one for field in found for one in addresses.parse(field.text(self.charset), self.notes)]

    def ids(self, key: str) -> list[str]:
        """The ids of every header of that name."""
        return ids.several([field.text() for field in headers.every(self.fields, key)], self.notes)

    def note_doubles(self) -> None:
        """Doubled headers are remembered with the value that was not used."""
        for key in _SINGLE:
            for field in headers.every(self.fields, key)[1:]:
                self.notes.problem("header_doubled", key, one_line(field.value(self.charset)))

    def date(self) -> Date | None:
        """The Date header."""
        written = self.text("date")
        return dates.read(written, self.notes) if written is not None else None

    def return_path(self) -> list[Address]:
        """Empty: no header. One entry without an address: `<>`."""
        found = headers.first(self.fields, "return-path")
        if found is None:
            return []
        return [one for one in self.addresses("return-path", 1) if one["address"]][:1] or [addresses.null()]

    def list_id(self) -> str | None:
        """The list's id without its description."""
        written = self.text("list-id")
        if not written:
            return None
        inside = _LISTED.search(written)
        return inside[1] if inside else written.split()[-1].strip("<>")

    def languages(self) -> list[str]:
        """The languages the letter names."""
        return _LANGUAGE.findall((self.text("content-language") or "")[:400].lower())[:20]

    def priority(self) -> str | None:
        """high, normal or low, if a program said so."""
        for key in ("importance", "priority", "x-priority", "x-msmail-priority"):
            words = (self.text(key) or "").lower().replace("(", " ").split()
            if words and words[0] in _PRIORITIES:
                return _PRIORITIES[words[0]]
        return None


def read(fields: list[Field], charset: str | None, made_id: str, notes: Notes) -> Headers:
    """All headers of the schema."""
    head = Head(fields, charset, notes)
    head.note_doubles()
    identifier = ids.one(found.text()) if (found := headers.first(fields, "message-id")) else None
    if identifier is None:
        notes.problem("message_id_missing", "message-id")
    subject = head.text("subject") or ""
    return {
        "message_id": identifier or made_id,
        "message_id_made": identifier is None,
        "date": head.date(),
        "subject": subject,
        "subject_plain": plain_subject(subject),
        "from": head.addresses("from", 1),
        "sender": head.addresses("sender", 1),
        "reply_to": head.addresses("reply-to", 1),
        "to": head.addresses("to"),
        "cc": head.addresses("cc"),
        "bcc": head.addresses("bcc"),
        "delivered_to": head.addresses("delivered-to") or head.addresses("x-original-to"),
        "return_path": head.return_path(),
        "in_reply_to": head.ids("in-reply-to"),
        "references": head.ids("references"),
        "list_id": head.list_id(),
        "languages": head.languages(),
        "priority": head.priority(),
        "mailer": head.text("x-mailer") or head.text("user-agent"),
        "all": [[field.name, one_line(field.value(charset))] for field in fields],
    }


def author_of(headers_: Headers) -> Address | None:
    """The real writer: the first valid From; Sender only when From has none. Never Reply-To."""
    return next((one for one in [*headers_["from"], *headers_["sender"]] if one["valid"]), None)


def answer_to(headers_: Headers, author: Address | None, options: Options) -> list[Address]:
    """Reply-To when it is valid and not one of ours, else the author."""
    ours = {address.lower() for address in options.own_addresses}
    good = [one for one in headers_["reply_to"] if one["valid"] and (one["ascii"] or "").lower() not in ours]
    return good or ([author] if author else [])
