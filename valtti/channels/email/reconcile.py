"""Night work at a mail server: compare its list with ours, fetch what is missing, delete what is due, fetch the big."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from valtti.channels.email import fetch
from valtti.channels.email.imap import Connection
from valtti.channels.email.lines import MailFault
from valtti.channels.ingest.replaying import replay
from valtti.channels.models import Folder, RawItem
from valtti.channels.models.mailbox import AfterCommit
from valtti.core import clock, files


def compare(folder: Folder) -> None:
    """What lies there and here, per folder; letters missing here are fetched at once."""
    try:
        with fetch.connected(folder.mailbox) as connection:
            _compare(connection, folder)
    except MailFault as fault:
        fetch.note_failure(folder, fault.code)


def fetch_whole(item: RawItem) -> RawItem | None:
    """Store the whole of a letter that was left behind; it is read again with what came. None when it is gone."""
    folder = Folder.objects.filter(mailbox=item.mailbox, name=item.envelope.get("folder", "")).first()
    if folder is None or item.mailbox is None or not item.envelope.get("left_on_server"):
        return None
    with fetch.connected(item.mailbox) as connection:
        raw = fetch.take_whole(connection, folder, item)
    return _replace_head(item, raw) if raw else None


def _compare(connection: Connection, folder: Folder) -> None:
    deletes = folder.mailbox.after_commit == AfterCommit.DELETE
    validity, _next_uid = connection.open(folder.name, readonly=not deletes)
    if validity != folder.uidvalidity:
        return  # the fetcher lists such a folder anew; there is nothing to compare yet
    there = {uid for uid in connection.found("ALL") if folder.after_uid < uid <= folder.last_uid}
    here = _ledger(folder)
    missing = sorted(there - set(here))
    fetched = fetch.take_uids(connection, folder, missing)
    if deletes:
        _delete_due(connection, folder, {uid: here[uid] for uid in there & set(here)})
    _note(folder, on_server=len(there), missing=len(missing) - len(fetched), gone=len(set(here) - there))


def _ledger(folder: Folder) -> dict[int, RawItem]:
    """Our items of this folder under its present numbering, by UID."""
    prefix = f"{folder.uidvalidity}:"
    items = RawItem.objects.filter(mailbox=folder.mailbox, external_id__startswith=prefix)
    return {
        int(item.envelope["uid"]): item
        for item in items.only("id", "external_id", "envelope", "sha256", "received_at")
        if item.envelope.get("folder") == folder.name
    }


def _delete_due(connection: Connection, folder: Folder, held: dict[int, RawItem]) -> None:
    before = clock.now() - timedelta(days=folder.mailbox.after_commit_days)
    due = [uid for uid, item in held.items() if item.received_at < before and fetch.is_safe_here(item)]
    for start in range(0, len(due), fetch.SLICE):
        connection.remove(due[start : start + fetch.SLICE])


@transaction.atomic
def _note(folder: Folder, *, on_server: int, missing: int, gone: int) -> None:
    folder.on_server, folder.missing_here, folder.gone_there = on_server, missing, gone
    folder.compared_at = clock.now()
    folder.save(update_fields=["on_server", "missing_here", "gone_there", "compared_at"])


def _replace_head(item: RawItem, raw: bytes) -> RawItem:
    digest = files.keep(raw)
    with transaction.atomic():
        row = RawItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        row.sha256, row.size = digest, len(raw)
        row.envelope = {**row.envelope, "left_on_server": False, "head_sha256": item.sha256}
        row.save(update_fields=["sha256", "size", "envelope"])
    replay(items=RawItem.objects.filter(pk=item.pk))
    return row
