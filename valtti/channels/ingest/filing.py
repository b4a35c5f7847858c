"""File: one item, one transaction, one fate. A fault in it puts this item in quarantine and delays no other."""

from __future__ import annotations

import hashlib
import logging
from typing import Any, assert_never

from django.db import InterfaceError, OperationalError, models, transaction

from valtti.channels.email import drafting
from valtti.channels.email.schema import Letter as Read
from valtti.channels.ingest import judging, reports
from valtti.channels.ingest.judging import Verdict
from valtti.channels.ingest.reading import VERSION, Reading
from valtti.channels.models import Filing, Quarantine, RawItem, Refusal
from valtti.core import events
from valtti.desk.actions import intake
from valtti.people.models import User

logger = logging.getLogger(__name__)

PREVIEW_LENGTH = 4_000

type Outcome = Filing | Quarantine | Refusal


def settle(item: RawItem, reading: Reading) -> Outcome:
    """Give the item its fate; one that has one keeps it."""
    try:
        return _settle(item, reading)
    except (OperationalError, InterfaceError):
        raise  # the database is away, not the letter's fault: the task comes again
    except Exception as fault:
        logger.error("a letter could not be filed", extra={"raw_item": item.pk, "fault": type(fault).__name__})
        return _set_aside(item, reading, "filing_failed", type(fault).__name__)


def fate_of(item: RawItem) -> Outcome | None:
    """What has become of it so far; None while it waits."""
    return (
        Filing.objects.filter(raw_item=item).first()
        or Refusal.objects.filter(raw_item=item).first()
        or Quarantine.objects.undecided().filter(raw_item=item).first()
    )


@transaction.atomic
def _settle(item: RawItem, reading: Reading) -> Outcome:
    row = RawItem.objects.select_for_update(of=("self",)).select_related("mailbox__team").get(pk=item.pk)
    if (fate := fate_of(row)) is not None:
        return fate
    note_ids(row, reading)
    return carry_out(row, reading, judging.judge(row, reading.read))


def carry_out(item: RawItem, reading: Reading, verdict: Verdict) -> Outcome:
    """Write the fate a verdict names; inside the caller's transaction."""
    match verdict.fate:
        case "message":
            message = intake.receive(letter=drafting.letter(item, reading))
            return file(item, reading.read, "message", message)
        case "report" | "receipt":
            return file(item, reading.read, verdict.fate, reports.tell(item, reading.read))
        case "link":
            return file(item, reading.read, "link", same_as=verdict.same_as)
        case "quarantine":
            return quarantine(item, reading.read, verdict.why)
        case "refuse":
            return refuse(item, verdict.why)
        case never:
            assert_never(never)


def file(
    item: RawItem, read: Read, as_what: str, subject: models.Model | None = None, *, same_as: RawItem | None = None
) -> Filing:
    """It became something."""
    return Filing.objects.create(
        raw_item=item,
        as_what=as_what,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        same_as=same_as,
        interpreter=VERSION,
        reading=summary(read),
    )


def quarantine(item: RawItem, read: Read, why: str, detail: str = "") -> Quarantine:
    """A person has to look: kept with the reason and with what can be shown of it."""
    row = Quarantine.objects.create(
        raw_item=item, why=why, detail=detail, interpreter=VERSION, shown=preview(read), reading=summary(read)
    )
    team_id = item.mailbox.team_id if item.mailbox else None
    events.record("mail.quarantined", subject=row, team_id=team_id, facts={"why": why}, silent=item.silent)
    return row


def refuse(item: RawItem, rule: str, by: User | None = None) -> Refusal:
    """Refused by a named rule; the bytes stay."""
    row = Refusal.objects.create(raw_item=item, rule=rule, by=by, interpreter=VERSION)
    team_id = item.mailbox.team_id if item.mailbox else None
    events.record("mail.refused", subject=row, by=by, team_id=team_id, facts={"rule": rule}, silent=item.silent)
    return row


def read_ids(item: RawItem, reading: Reading) -> None:
    """The ids by which the same letter is recognised at another address or under a new number; not saved yet."""
    item.message_id = reading.read["headers"]["message_id"][:998]
    item.body_sha256 = body_hash(reading.raw)


def note_ids(item: RawItem, reading: Reading) -> None:
    """Read them and keep them."""
    read_ids(item, reading)
    item.save(update_fields=["message_id", "body_sha256"])


def body_hash(raw: bytes) -> str:
    """The hash of what follows the header block, line ends made equal."""
    even = raw.replace(b"\r\n", b"\n")
    _head, _, body = even.partition(b"\n\n")
    return hashlib.sha256(body).hexdigest()


def summary(read: Read) -> dict[str, Any]:
    """What the source page tells of the reading: why folded, why automatic, how far trusted."""
    return {
        "outcome": read["outcome"],
        "kind": read["kind"],
        "reasons": read["reasons"],
        "trust": read["trust"],
        "problems": read["problems"][:50],
        "hidden": read["reply"]["hidden"],
        "tokens": [{"where": token["where"], "state": token["state"]} for token in read["tokens"]],
        "limits": read["limits"],
        "report": read["report"],
        "parts": read["parts"][:100],
    }


def preview(read: Read) -> dict[str, Any]:
    """What the quarantine page shows: who wrote to whom, about what, and the first words."""
    return {
        "sender": judging.sender_of(read),
        "from": [one["raw"] for one in read["headers"]["from"]][:5],
        "to": [one["raw"] for one in read["headers"]["to"]][:20],
        "subject": read["headers"]["subject"],
        "date": date["raw"] if (date := read["headers"]["date"]) else "",
        "text": read["body"]["text"][:PREVIEW_LENGTH],
    }


@transaction.atomic
def _set_aside(item: RawItem, reading: Reading, why: str, detail: str) -> Outcome:
    row = RawItem.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=item.pk)
    return fate_of(row) or quarantine(row, reading.read, why, detail)
