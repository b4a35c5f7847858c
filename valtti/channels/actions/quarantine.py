"""A person decides on a letter in quarantine: a case of its own, a note, no thank you, or another try."""

from __future__ import annotations

from django.db import transaction

from valtti.channels.email import drafting
from valtti.channels.impossible import AlreadyDecided, NotACustomer
from valtti.channels.ingest import filing, replaying
from valtti.channels.ingest.judging import is_ours, sender_of
from valtti.channels.ingest.reading import Readers, Reading
from valtti.channels.models import Block, Filing, Quarantine, RawItem, Refusal
from valtti.core import audit, clock
from valtti.desk.actions import intake
from valtti.desk.models import Case
from valtti.people.models import User


def file_as_case(*, quarantine: Quarantine, by: User) -> Filing:
    """It becomes a case, or joins the one its headers prove. Letters of our own people cannot."""
    with Readers() as readers, readers.read(quarantine.raw_item) as reading:
        if is_ours(sender_of(reading.read)):
            raise NotACustomer
        return _file(quarantine, reading, by)


def file_as_note(*, quarantine: Quarantine, case: Case, by: User) -> Filing:
    """It becomes a note on a case: read by us, never sent, nobody's answer."""
    with Readers() as readers, readers.read(quarantine.raw_item) as reading:
        return _file(quarantine, reading, by, note_on=case)


@transaction.atomic
def refuse_letter(*, quarantine: Quarantine, by: User, block_sender: bool = False) -> Refusal:
    """We do not want it; the bytes stay for the retention time. The sender can be blocked for the team."""
    row = _standing(quarantine)
    replaying.release(row, by=by, released_as="refused")
    if block_sender and (address := row.shown.get("sender", "")):
        _block(row.raw_item, address, by)
    audit.note("letter.refused", by=by, subject=row.raw_item)
    return filing.refuse(row.raw_item, "by_hand", by=by)


def read_again(*, quarantine: Quarantine, by: User) -> replaying.Replayed:
    """Today's code may be able to read what yesterday's could not."""
    items = RawItem.objects.filter(pk=quarantine.raw_item_id)
    return replaying.replay(items=items, by=by)[0]


@transaction.atomic
def lift_block(*, block: Block, by: User) -> Block:
    """Letters of this sender come through again."""
    row = Block.objects.select_for_update().get(pk=block.pk)
    if row.lifted_at is not None:
        raise AlreadyDecided
    row.lifted_by, row.lifted_at = by, clock.now()
    row.save(update_fields=["lifted_by", "lifted_at"])
    return row


@transaction.atomic
def _file(quarantine: Quarantine, reading: Reading, by: User, note_on: Case | None = None) -> Filing:
    row = _standing(quarantine)
    letter = drafting.letter(row.raw_item, reading)
    if note_on is None:
        message = intake.receive(letter=letter)
    else:
        message = intake.file_as_note(letter=letter, case=note_on, by=by)
    replaying.release(row, by=by, released_as="note" if note_on else "message")
    return filing.file(row.raw_item, reading.read, "message", message)


def _standing(quarantine: Quarantine) -> Quarantine:
    rows = Quarantine.objects.select_for_update(of=("self",)).select_related("raw_item__mailbox__team")
    row = rows.get(pk=quarantine.pk)
    if row.released_at is not None:
        raise AlreadyDecided
    return row


def _block(item: RawItem, address: str, by: User) -> None:
    if item.mailbox is not None and not is_ours(address):
        Block.objects.get_or_create(
            address=address, team=item.mailbox.team, lifted_at=None, defaults={"blocked_by": by}
        )
