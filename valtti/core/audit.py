"""Who saw, who changed, why: noted with the deed, sealed into a chain of hashes soon after, verified at any time."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest

from valtti.core.db import committed
from valtti.core.models import AuditEntry
from valtti.core.requests import current_request_id

_log = logging.getLogger("valtti.audit")
SLICE = 500
SEALED = ("who", "as_role", "what", "subject_kind", "subject_id", "why", "before", "after", "request", "address")


def note(
    what: str,
    *,
    by: Any = None,
    as_role: str = "",
    subject: models.Model | None = None,
    why: str = "",
    before: Any = None,
    after: Any = None,
    request: HttpRequest | None = None,
) -> AuditEntry:
    """Write one entry in the deed's own transaction. `before` and `after` are plain values; a name or an
    address of a person stands there as `audit_marks.marked` makes it."""
    return AuditEntry.objects.create(
        what=what,
        who=getattr(by, "pk", None),
        as_role=as_role,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        why=why[:400],
        before=before,
        after=after,
        request=current_request_id(),
        address=str(request.META.get("REMOTE_ADDR", ""))[:64] if request is not None else "",
    )


def was_noted(what: str, *, by: Any, subject: models.Model, since: datetime) -> bool:
    """The same person did the same with the same row a short while ago."""
    mine = AuditEntry.objects.filter(what=what, who=by.pk, subject_kind=subject._meta.label_lower)
    return mine.filter(subject_id=subject.pk, at__gt=since).exists()


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: what an anchor names."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds. `broken_at` is the first number that does not fit, `why` in words."""

    last: Link
    broken_at: int | None = None
    why: str = ""


@transaction.atomic
def seal(limit: int = SLICE) -> int:
    """Append new entries to the chain in the order they were committed; how many. One worker at a time."""
    last = _last()
    entries = list(committed(AuditEntry.objects.filter(seq=None).select_for_update())[:limit])
    for entry in entries:
        entry.seq, entry.previous_hash = last.seq + 1, last.hash
        entry.own_hash = hash_of(entry)
        entry.save(update_fields=["seq", "previous_hash", "own_hash"])
        last = Link(entry.seq, entry.own_hash)
    return len(entries)


def anchor() -> Link:
    """The end of the chain, said in the log: kept elsewhere, it shows that nothing was cut off."""
    last = _last()
    _log.info("audit anchor %s", last)
    return last


def verify(anchors: list[Link] | None = None) -> Verdict:
    """Go along the whole chain; stops at the first link that does not fit."""
    wanted = {link.seq: link.hash for link in anchors or []}
    last = Link(0, "")
    for entry in _sealed():
        if why := _fault(entry, last, wanted):
            return Verdict(last, last.seq + 1, why)
        last = Link(last.seq + 1, entry.own_hash)
    if beyond := [seq for seq in wanted if seq > last.seq]:
        return Verdict(last, last.seq + 1, f"The chain ends before the anchor {min(beyond)}.")
    return Verdict(last)


def hash_of(entry: AuditEntry) -> str:
    """What a sealed entry must hash to: its place, the link before it and everything it says."""
    said = {name: getattr(entry, name) for name in SEALED}
    said |= {"seq": entry.seq, "previous": entry.previous_hash, "at": entry.at.isoformat(timespec="microseconds")}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _fault(entry: AuditEntry, last: Link, wanted: dict[int, str]) -> str:
    if entry.seq != last.seq + 1:
        return f"Entry {last.seq + 1} is missing."
    if entry.previous_hash != last.hash or entry.own_hash != hash_of(entry):
        return f"Entry {entry.seq} was altered."
    if wanted.get(entry.seq, entry.own_hash) != entry.own_hash:
        return f"Entry {entry.seq} is not the one the anchor names."
    return ""


def _last() -> Link:
    entry = AuditEntry.objects.exclude(seq=None).order_by("-seq").only("seq", "own_hash").first()
    return Link(entry.seq or 0, entry.own_hash) if entry else Link(0, "")


def _sealed() -> Iterator[AuditEntry]:
    """In slices by number, so that no reader stays open for minutes."""
    seq = 0
    while rows := list(AuditEntry.objects.filter(seq__gt=seq).order_by("seq")[:SLICE]):
        yield from rows
        seq = rows[-1].seq or 0
