"""Fetching that never ends: one thread a folder, somewhere in the house, under a lease."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import close_old_connections

from valtti.channels.email import fetch
from valtti.channels.email.imap import Connection
from valtti.channels.email.lines import MailFault
from valtti.channels.models import Folder
from valtti.core.residents import Stay

POLL_SECONDS = 60.0
IDLE_SECONDS = 9 * 60.0
LOOK_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 900.0


def wanted() -> Iterable[str]:
    """Every folder of a mailbox that is fetched."""
    folders = Folder.objects.filter(mailbox__active=True).exclude(mailbox__imap_host="")
    return [str(pk) for pk in folders.values_list("pk", flat=True)]


def stay_with(key: str, stay: Stay) -> None:
    """Fetch one folder until asked to leave; faults are told on the mailbox's page and tried again, ever slower."""
    pause = FIRST_PAUSE
    while not stay.is_over and (folder := _folder(key)) is not None:
        try:
            if _fetch(folder, stay):
                pause = FIRST_PAUSE
                continue
        except MailFault as fault:
            fetch.note_failure(folder, fault.code)
        close_old_connections()
        if stay.wait(pause):
            return
        pause = min(pause * 2, LONGEST_PAUSE)


def _fetch(folder: Folder, stay: Stay) -> bool:
    """True when the line ended in peace: after a good while, or because the settings have changed."""
    settings, passes = _settings(folder), 0
    try:
        with fetch.connected(folder.mailbox) as connection:
            while not stay.is_over:
                fetch.fetch_new(connection, folder, stop=lambda: stay.is_over, fence=stay.fence)
                passes += 1
                _wait(connection, stay)
                fresh = _folder(str(folder.pk))
                if fresh is None or _settings(fresh) != settings:
                    return True
                folder = fresh
    except MailFault as fault:
        # Servers end long lines as they please; only a line that breaks before its first pass is a fault.
        if fault.code == "closed" and passes:
            return True
        raise
    return True


def _wait(connection: Connection, stay: Stay) -> None:
    if connection.can_idle:
        connection.wait_for_news(IDLE_SECONDS, lambda: stay.wait(0) or stay.is_over, LOOK_SECONDS)
    else:
        stay.wait(POLL_SECONDS)
    close_old_connections()


def _folder(key: str) -> Folder | None:
    folders = Folder.objects.select_related("mailbox__team").filter(mailbox__active=True)
    return folders.exclude(mailbox__imap_host="").filter(pk=int(key)).first()


def _settings(folder: Folder) -> tuple[Any, ...]:
    mailbox = folder.mailbox
    names = ("imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "after_commit", "active")
    return (folder.name, *(getattr(mailbox, name) for name in names), mailbox.after_commit_folder)
