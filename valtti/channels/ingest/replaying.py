"""Replay: read kept items again with today's code. No second message, nothing sent, no clock moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from valtti.channels.email import drafting
from valtti.channels.ingest.filing import Outcome, carry_out, fate_of, note_ids, read_ids, summary
from valtti.channels.ingest.judging import judge
from valtti.channels.ingest.reading import VERSION, Readers, Reading
from valtti.channels.models import Filing, Quarantine, RawItem
from valtti.core import clock, events
from valtti.desk.actions import rereading
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Replayed:
    """One item read again: its fate now and what came out differently."""

    item: RawItem
    fate: Outcome | None
    differences: tuple[str, ...] = ()


def replay(*, items: QuerySet[RawItem], dry_run: bool = False, by: User | None = None) -> list[Replayed]:
    """Read these again, oldest first. With `dry_run` the differences are only listed."""
    return list(replay_each(items=items, dry_run=dry_run, by=by))


def replay_each(*, items: QuerySet[RawItem], dry_run: bool = False, by: User | None = None) -> Iterator[Replayed]:
    """The same, one by one as they are done."""
    with Readers() as readers:
        for item in items.select_related("mailbox__team").order_by("pk").iterator(chunk_size=100):
            with readers.read(item) as reading:
                yield _again(item, reading, dry_run=dry_run, by=by)


@transaction.atomic
def _again(item: RawItem, reading: Reading, *, dry_run: bool, by: User | None) -> Replayed:
    row = RawItem.objects.select_for_update(of=("self",)).select_related("mailbox__team").get(pk=item.pk)
    match fate := fate_of(row):
        case Filing():
            return Replayed(row, fate, _reread(row, fate, reading, dry_run=dry_run))
        case Quarantine():
            return _perhaps_release(row, fate, reading, dry_run=dry_run, by=by)
        case None if not dry_run:
            note_ids(row, reading)
            return Replayed(row, carry_out(row, reading, judge(row, reading.read)), ("fate",))
        case _:
            return Replayed(row, fate)


def _reread(item: RawItem, filing: Filing, reading: Reading, *, dry_run: bool) -> tuple[str, ...]:
    now = summary(reading.read)
    found = {name for name in now if name != "limits" and now[name] != filing.reading.get(name)}
    if filing.as_what == "message" and filing.subject_id is not None:
        letter = drafting.letter(item, reading)
        found |= set(rereading.reread(message_id=filing.subject_id, letter=letter, dry_run=dry_run))
    if not dry_run:
        filing.interpreter, filing.reading = VERSION, now
        filing.save(update_fields=["interpreter", "reading"])
    return tuple(sorted(found))


def _perhaps_release(
    item: RawItem, standing: Quarantine, reading: Reading, *, dry_run: bool, by: User | None
) -> Replayed:
    read_ids(item, reading)
    verdict = judge(item, reading.read)
    if not dry_run:
        note_ids(item, reading)
    if verdict.fate == "quarantine":
        return Replayed(item, standing, ("why",) if verdict.why != standing.why else ())
    if dry_run:
        return Replayed(item, standing, ("fate",))
    release(standing, by=by, released_as=verdict.fate)
    return Replayed(item, carry_out(item, reading, verdict), ("fate",))


def release(standing: Quarantine, *, by: User | None, released_as: str) -> None:
    """End a quarantine: who, when and as what; inside the caller's transaction."""
    standing.released_at, standing.released_by, standing.released_as = clock.now(), by, released_as
    standing.save(update_fields=["released_at", "released_by", "released_as"])
    team_id = standing.raw_item.mailbox.team_id if standing.raw_item.mailbox else None
    events.record("mail.released", subject=standing, by=by, team_id=team_id, facts={"as": released_as})
