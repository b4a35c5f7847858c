"""Work at mail servers, done later by a worker: no connection leaves a web process."""

from __future__ import annotations

from valtti.channels.actions import mailboxes
from valtti.channels.email import check, reconcile, trial
from valtti.channels.models import Folder, MailboxCheck, RawItem
from valtti.core.schedule import daily
from valtti.core.tasks import task


@task(queue_name="mail", priority=20, max_attempts=2)
def check_mailbox(check_id: int, with_letter: bool = False) -> None:
    """Try a mailbox's servers, on request with a letter to who asked, and keep what was found."""
    asked = MailboxCheck.objects.select_related("mailbox", "asked_by").filter(pk=check_id, done_at=None).first()
    if asked is None:
        return
    found = check.check(asked.mailbox)
    if with_letter and asked.asked_by is not None and asked.asked_by.is_active:
        found += trial.send(asked.mailbox, asked.asked_by)
    mailboxes.keep_findings(check=asked, findings=found)


@task(queue_name="mail")
def fetch_whole(raw_item_id: int) -> None:
    """Fetch a letter that was left at its server for its size."""
    item = RawItem.objects.select_related("mailbox__team").filter(pk=raw_item_id).first()
    if item is not None:
        reconcile.fetch_whole(item)


@task(queue_name="mail")
def compare_folder(folder_id: int) -> None:
    """Compare a folder with its server, fetch what is missing here, carry out what is due there."""
    folder = Folder.objects.select_related("mailbox__team").filter(pk=folder_id).first()
    if folder is not None:
        reconcile.compare(folder)


@daily("03:20")
@task(queue_name="mail")
def compare_all() -> None:
    """Queue the comparison of every folder that is fetched."""
    for folder in Folder.objects.filter(mailbox__active=True).exclude(mailbox__imap_host=""):
        compare_folder.enqueue(folder.pk)
