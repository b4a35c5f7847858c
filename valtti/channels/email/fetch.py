"""Fetch one folder: UIDVALIDITY and UID are the cursor; bytes are stored and committed before it moves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import batched

from django.db import transaction

from valtti.channels.email.house import password_of
from valtti.channels.email.imap import Connection, Lying, opened
from valtti.channels.ingest.keeping import keep
from valtti.channels.models import Folder, Mailbox, RawItem
from valtti.channels.models.mailbox import AfterCommit
from valtti.core import caps, clock, events, files

SLICE = 50


@contextmanager
def connected(mailbox: Mailbox) -> Iterator[Connection]:
    """A connection of this mailbox, logged in. Raises MailFault."""
    with opened(mailbox.imap_host, mailbox.imap_port, mailbox.imap_security) as connection:
        connection.enter(mailbox.imap_user, password_of(mailbox.imap_password))
        yield connection


def fetch_new(
    connection: Connection,
    folder: Folder,
    *,
    stop: Callable[[], bool] = bool,
    fence: Callable[[], None] = lambda: None,
) -> int:
    """Take what is new in a folder, in slices; how many letters were stored.

    `fence` is called in each transaction that moves the cursor, and raises when another fetcher has taken over.
    """
    moves = folder.mailbox.after_commit == AfterCommit.MOVE
    validity, next_uid = connection.open(folder.name, readonly=not moves)
    _settle_validity(folder, validity, next_uid)
    stored = 0
    new = [uid for uid in connection.found(f"UID {folder.last_uid + 1}:*") if uid > folder.last_uid]
    for part in batched(new, SLICE):
        if stop():
            break
        items = _take(connection, folder, part)
        _advance(folder, part[-1], fence)
        stored += len(items)
        if moves:
            _carry_off(connection, folder.mailbox, items)
    _note_success(folder)
    return stored


def take_uids(connection: Connection, folder: Folder, uids: Sequence[int]) -> list[RawItem]:
    """Take these letters whatever the cursor says; for the nightly comparison."""
    return [item for part in batched(uids, SLICE) for item in _take(connection, folder, part)]


def take_whole(connection: Connection, folder: Folder, item: RawItem) -> bytes | None:
    """The whole of a letter that was left at its server for its size; None when it is gone from there."""
    connection.open(folder.name)
    return connection.whole(int(item.envelope["uid"]))


def note_failure(folder: Folder, code: str) -> None:
    """Remember what went wrong, since when, and tell the house once when it has lasted a quarter of an hour."""
    with transaction.atomic():
        row = Folder.objects.select_for_update().select_related("mailbox").get(pk=folder.pk)
        row.last_error, row.failures = code, row.failures + 1
        row.error_since = row.error_since or clock.now()
        told = row.in_alarm and not row.alarm_told
        row.alarm_told = row.alarm_told or told
        row.save(update_fields=["last_error", "failures", "error_since", "alarm_told"])
        if told:
            events.record("mailbox.failing", subject=row.mailbox, team_id=row.mailbox.team_id, facts={"why": code})


def _note_success(folder: Folder) -> None:
    with transaction.atomic():
        row = Folder.objects.select_for_update().select_related("mailbox").get(pk=folder.pk)
        if row.alarm_told:
            events.record("mailbox.recovered", subject=row.mailbox, team_id=row.mailbox.team_id)
        row.checked_at, row.last_error, row.error_since = clock.now(), "", None
        row.failures, row.alarm_told = 0, False
        row.save(update_fields=["checked_at", "last_error", "error_since", "failures", "alarm_told"])


@transaction.atomic
def _settle_validity(folder: Folder, validity: int, next_uid: int) -> None:
    if folder.uidvalidity == validity:
        return
    if folder.uidvalidity is None:
        _begin(folder, next_uid)
    else:
        # The server numbers anew: the folder is listed from its first letter, what is held already gets linked.
        folder.last_uid = folder.after_uid = 0
        folder.silent_until_uid = 0
    folder.uidvalidity = validity
    folder.save(update_fields=["uidvalidity", "last_uid", "after_uid", "silent_until_uid"])


def _begin(folder: Folder, next_uid: int) -> None:
    """A new folder: the past is taken silently if asked for, else it begins from now on."""
    if folder.with_past:
        folder.silent_until_uid = max(0, next_uid - 1)
    else:
        folder.last_uid = folder.after_uid = max(0, next_uid - 1)


def _take(connection: Connection, folder: Folder, uids: Sequence[int]) -> list[RawItem]:
    taken = [_keep(connection, folder, lying) for lying in connection.listed(uids)]
    return [item for item in taken if item is not None]


def _keep(connection: Connection, folder: Folder, lying: Lying) -> RawItem | None:
    too_big = lying.size > caps.LETTER_BYTES
    raw = connection.head(lying.uid) if too_big else connection.whole(lying.uid)
    if raw is None:  # expunged by somebody else since it was listed
        return None
    return keep(
        mailbox=folder.mailbox,
        raw=raw,
        external_id=external_id(folder, lying.uid),
        received_at=lying.at,
        envelope={
            "folder": folder.name,
            "uid": lying.uid,
            "uidvalidity": folder.uidvalidity,
            "flags": list(lying.flags),
            "size": lying.size,
            "left_on_server": too_big,
        },
        silent=lying.uid <= folder.silent_until_uid or _is_from_before_us(folder, lying),
    )


def _is_from_before_us(folder: Folder, lying: Lying) -> bool:
    """After new numbering, letters older than the mailbox's life here come up: nobody is mailed because of them."""
    before = folder.mailbox.made_at - timedelta(days=1)
    return folder.after_uid == 0 and lying.at is not None and lying.at < before


def external_id(folder: Folder, uid: int) -> str:
    """How an item of this folder is told apart; two folders of one mailbox may share their UIDVALIDITY."""
    own = "" if folder.name.upper() == "INBOX" else f":{folder.pk}"
    return f"{folder.uidvalidity}:{uid}{own}"


@transaction.atomic
def _advance(folder: Folder, uid: int, fence: Callable[[], None]) -> None:
    fence()
    folder.last_uid = uid
    folder.save(update_fields=["last_uid"])


def _carry_off(connection: Connection, mailbox: Mailbox, items: Sequence[RawItem]) -> None:
    safe = [int(item.envelope["uid"]) for item in items if is_safe_here(item)]
    if safe:
        connection.carry_off(safe, mailbox.after_commit_folder)


def is_safe_here(item: RawItem) -> bool:
    """The whole letter is on our disk: read back and hashed again."""
    if item.envelope.get("left_on_server"):
        return False
    try:
        return hashlib.sha256(files.read(item.sha256)).hexdigest() == item.sha256
    except OSError:
        return False
