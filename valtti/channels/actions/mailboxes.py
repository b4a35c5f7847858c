"""Deeds on mailboxes: set up, change, have tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from valtti.channels.email.findings import Finding
from valtti.channels.impossible import NothingLeftThere
from valtti.channels.models import Folder, Mailbox, MailboxCheck, RawItem
from valtti.core import audit, clock, events, keys, outbox
from valtti.people.models import Team, User

SECRETS = ("imap_password", "smtp_password")


@transaction.atomic
def set_up_mailbox(
    *, fields: Mapping[str, Any], folders: Sequence[str], with_past: bool = False, by: User | None = None
) -> Mailbox:
    """A new mailbox and the folders it is read from; secrets are stored encrypted."""
    mailbox = Mailbox()
    _write(mailbox, fields)
    mailbox.save()
    for name in folders:
        mailbox.folders.create(name=name, with_past=with_past)
    events.record("mailbox.made", subject=mailbox, by=by, team_id=mailbox.team_id)
    audit.note("mailbox.made", by=by, subject=mailbox, after=_public(mailbox))
    return mailbox


@transaction.atomic
def change_mailbox(
    *, mailbox: Mailbox, fields: Mapping[str, Any], folders: Sequence[str], with_past: bool = False, by: User
) -> Mailbox:
    """New settings. An empty password keeps the stored one; a folder that is no longer named is no longer read."""
    row = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
    before = _public(row)
    _write(row, fields)
    row.save()
    _settle_folders(row, folders, with_past)
    events.record("mailbox.changed", subject=row, by=by, team_id=row.team_id)
    audit.note("mailbox.changed", by=by, subject=row, before=before, after=_public(row))
    return row


@transaction.atomic
def ensure_mailbox(*, address: str, team: Team) -> Mailbox:
    """The mailbox of this address, made without servers when it is not there yet."""
    known = Mailbox.objects.filter(address__iexact=address).first()
    return known or set_up_mailbox(fields={"address": address, "team": team}, folders=[])


@transaction.atomic
def ask_check(*, mailbox: Mailbox, asked_by: User, with_letter: bool = False) -> MailboxCheck:
    """Queue one try of a mailbox's servers. `with_letter`: who asks gets a letter through it, at the own address."""
    from valtti.channels.email.tasks import check_mailbox

    asked = mailbox.checks.create(asked_by=asked_by)
    check_mailbox.enqueue(asked.pk, with_letter)
    return asked


@transaction.atomic
def ask_whole(*, item: RawItem) -> None:
    """Queue fetching a letter that was left at its server."""
    from valtti.channels.email.tasks import fetch_whole

    if not item.envelope.get("left_on_server"):
        raise NothingLeftThere
    fetch_whole.enqueue(item.pk)


@transaction.atomic
def keep_findings(*, check: MailboxCheck, findings: Sequence[Finding]) -> MailboxCheck:
    """What a try found. When letters can leave, those that waited go at once."""
    row = MailboxCheck.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=check.pk)
    row.done_at, row.findings = clock.now(), list(findings)
    row.save(update_fields=["done_at", "findings"])
    if any(found["code"] == "letters_leave" for found in findings):
        outbox.resume(row.mailbox.address)
    return row


def _write(mailbox: Mailbox, fields: Mapping[str, Any]) -> None:
    for name in (*_PLAIN, "address", "team"):
        if name in fields:
            setattr(mailbox, name, fields[name])
    for name in SECRETS:
        if given := fields.get(name):
            setattr(mailbox, name, keys.encrypt(given))
            setattr(mailbox, f"{name}_at", clock.now())


def _settle_folders(mailbox: Mailbox, names: Sequence[str], with_past: bool) -> None:
    Folder.objects.filter(mailbox=mailbox).exclude(name__in=names).delete()
    for name in names:
        mailbox.folders.get_or_create(name=name, defaults={"with_past": with_past})


def _public(mailbox: Mailbox) -> dict[str, Any]:
    return {name: getattr(mailbox, name) for name in (*_PLAIN, "team_id")}


_PLAIN = (
    "sender_name",
    "language",
    "imap_host",
    "imap_port",
    "imap_security",
    "imap_user",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "smtp_user",
    "authserv_id",
    "subaddress_ok",
    "after_commit",
    "after_commit_folder",
    "after_commit_days",
    "active",
)
