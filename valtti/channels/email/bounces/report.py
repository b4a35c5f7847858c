"""Whether a letter is a report on one of ours, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.channels.email.bounces import spoken, standard
from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import headers, ids
from valtti.channels.email.parse.bodies import MESSAGES
from valtti.channels.email.parse.head import Head
from valtti.channels.email.parse.headers import Field
from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import Address, Headers, Original, Recipient, Report

_STATUS = {"message/delivery-status", "message/global-delivery-status"}
_DISPOSITION = {"message/disposition-notification", "message/global-disposition-notification"}
_HEADERS = {"text/rfc822-headers", "message/global-headers"}
_NOTHING: Original = {"message_id": None, "subject": None, "from": None, "to": None}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a report can be read from."""

    parts: list[Part]
    headers: Headers
    author: Address | None
    text: str
    notes: Notes


def _find(seen: Seen, types: set[str]) -> list[Part]:
    return [part for part in seen.parts if part.media_type in types and not part.children]


def original_of(fields: list[Field]) -> Original:
    """Our own letter, by its headers."""
    head = Head(fields, None, Notes())
    sender, to = head.addresses("from", 1), head.addresses("to", 1)
    identifier = headers.first(fields, "message-id")
    return {
        "message_id": ids.one(identifier.text()) if identifier else None,
        "subject": head.text("subject"),
        "from": sender[0]["address"] if sender else None,
        "to": to[0]["address"] if to else None,
    }


def _original(seen: Seen) -> Original:
    for part in _find(seen, MESSAGES | _HEADERS):
        fields = standard.first_headers(part, Notes())
        if fields:
            return original_of(fields)
    copy = spoken.returned(seen.text)
    if copy is not None:
        data = copy.encode("utf-8", "replace")
        return original_of(headers.read(data, 0, len(data), Notes()).fields)
    return _NOTHING


def _report(kind: str, seen: Seen, group: standard.Group, recipients: list[Recipient]) -> Report:
    assert kind in {"bounce", "delay", "delivered", "complaint", "receipt"}
    mta = group.get("reporting-mta") or group.get("reporting-ua")
    return {
        "kind": kind,  # type: ignore[typeddict-item]
        "reporting_mta": (mta.partition(";")[2].strip() or mta.strip()) if mta else None,
        "arrived": standard.arrived(group.get("arrival-date") or group.get("received-date")),
        "original": _original(seen),
        "recipients": recipients,
    }


def _delivery(seen: Seen) -> Report | None:
    """RFC 3464. The worst action names the kind. Without a readable recipient the words may still tell."""
    groups = [group for part in _find(seen, _STATUS) for group in standard.groups(part)]
    if not groups:
        return None
    found = [one for group in groups if (one := standard.recipient(group, seen.text))]
    actions = {one["action"] for one in found}
    if not found:
        return None
    if "failed" in actions or actions == {None}:
        kind = "bounce"
    else:
        kind = "delay" if "delayed" in actions else "delivered"
    heading = next((group for group in groups if "reporting-mta" in group), groups[0])
    return _report(kind, seen, heading, found)


def _disposition(seen: Seen) -> Report | None:
    for part in _find(seen, _DISPOSITION):
        group = {name: value for found in standard.groups(part) for name, value in found.items()}
        report = _report("receipt", seen, group, [])
        if "original-message-id" in group:
            report["original"] = {**report["original"], "message_id": ids.one(group["original-message-id"])}
        return report
    return None


def _feedback(seen: Seen) -> Report | None:
    for part in _find(seen, {"message/feedback-report"}):
        group = {name: value for found in standard.groups(part) for name, value in found.items()}
        final = standard.address(group.get("original-rcpt-to"))
        return _report("complaint", seen, group, [_complaint(final)] if final else [])
    return None


def _complaint(address: str) -> Recipient:
    return {
        "final": address,
        "original": None,
        "action": None,
        "status": None,
        "reply_code": None,
        "diagnostic": None,
        "class": "complaint",
        "lasting": "unknown",
        "evidence": "standard",
    }


def _spoken(seen: Seen) -> Report | None:
    """Plain words count only from a mail system, and only with the returned letter or an address in them."""
    null_sender = any(one["address"] is None for one in seen.headers["return_path"])
    if not (null_sender or spoken.is_daemon(seen.author)):
        return None
    told = f"{seen.headers['subject']}\n{spoken.own_words(seen.text)}"
    delayed, failed = spoken.says_delayed(told), spoken.says_failed(told)
    if not (delayed or failed):
        return None
    has_copy = bool(_find(seen, MESSAGES | _HEADERS)) or spoken.returned(seen.text) is not None
    recipients = spoken.recipients(seen.text, _not_recipients(seen))
    if not recipients and not has_copy:
        return None
    report = _report("delay" if delayed else "bounce", seen, {}, recipients)
    if not recipients and report["original"]["to"]:
        report["recipients"] = [_guessed(report["original"]["to"], seen.text)]
    return report


def _guessed(address: str, text: str) -> Recipient:
    found = spoken.recipients(f"{address}\n{spoken.own_words(text)}", set())
    return {**found[0], "evidence": "guessed"} if found else _complaint(address)


def _not_recipients(seen: Seen) -> set[str]:
    """The writer of the report and the reader of it are not who could not be reached."""
    people = [*seen.headers["from"], *seen.headers["to"], *seen.headers["delivered_to"]]
    return {(one["address"] or "").lower() for one in people} | {"postmaster"}


def read(seen: Seen) -> Report | None:
    """The report of a letter, standard first; None when it is none."""
    return _delivery(seen) or _disposition(seen) or _feedback(seen) or _spoken(seen)
