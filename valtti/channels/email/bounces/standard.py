"""Reports in the standard forms: delivery status (RFC 3464), disposition (RFC 8098), feedback (RFC 5965)."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from valtti.channels.email.bounces import classes
from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import addresses, charset, headers
from valtti.channels.email.parse.text import clean, one_line
from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import Recipient

_ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}
_BLANK = re.compile(r"\n[ \t]*\n")
_MOST_RECIPIENTS = 200

type Group = dict[str, str]


def _group(block: str) -> Group:
    """One block of fields; folded lines joined."""
    fields: Group = {}
    name = ""
    for line in block.split("\n"):
        if line[:1] in {" ", "\t"} and name:
            fields[name] += " " + line.strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields.setdefault(name, value.strip())
    return fields


def groups(part: Part) -> list[Group]:
    """The blocks of a status part, those with fields in them."""
    text = clean(charset.decode(part.data, part.params.get("charset"), language=None).text)
    return [found for block in _BLANK.split(text)[: _MOST_RECIPIENTS + 5] if (found := _group(block))]


def _typed(value: str | None) -> str | None:
    """`rfc822; matti@firma.example` without its type."""
    if not value:
        return None
    return one_line(value.partition(";")[2] or value) or None


def address(value: str | None) -> str | None:
    """The address of a typed field, plain."""
    typed = _typed(value)
    if not typed:
        return None
    found = addresses.parse(typed)
    return (found[0]["address"] or typed) if found else typed


def arrived(value: str | None) -> str | None:
    """ISO with the offset."""
    try:
        return parsedate_to_datetime(value).isoformat() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def recipient(group: Group, told: str) -> Recipient | None:
    """One recipient of a delivery status; `told` is the human part, used when the fields say nothing."""
    final, original = address(group.get("final-recipient")), address(group.get("original-recipient"))
    if final is None and original is None:
        return None
    action = (group.get("action", "").split() or [""])[0].lower()
    diagnostic = _typed(group.get("diagnostic-code"))
    written = classes.status_in(group.get("status", ""))
    vague = written is None or written.endswith(".0.0")
    status = (classes.status_in(diagnostic or "") or written) if vague else written
    reply = classes.reply_in(diagnostic + " ") if diagnostic else None
    if action in {"delivered", "relayed", "expanded"}:
        found = "delivered"
    else:
        found = classes.classify(status, diagnostic or "")
        if found == "other" or (found in {"policy", "protocol_error"} and diagnostic is None):
            found = classes.by_text(told) or found
    return {
        "final": final,
        "original": original,
        "action": action if action in _ACTIONS else None,
        "status": status,
        "reply_code": reply,
        "diagnostic": diagnostic,
        "class": found,
        "lasting": classes.lasting(found, status, reply),
        "evidence": "standard",
    }


def first_headers(part: Part, notes: Notes) -> list[headers.Field]:
    """The headers of a returned letter, whole or only its headers."""
    return headers.read(part.data, 0, len(part.data), notes, part.path).fields
