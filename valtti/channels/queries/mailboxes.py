"""What the mailbox pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from valtti.channels.bars import Day, Plot, plot
from valtti.channels.email import findings
from valtti.channels.ingest.balance import Balance, balance, balance_per_day
from valtti.channels.models import Folder, Mailbox, MailboxCheck, RawItem
from valtti.core import clock, outbox
from valtti.core.models import SourcePause
from valtti.people.models import User

DAYS, DAYS_NARROW = 14, 7
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Step:
    """One finding as the page shows it."""

    fill: str
    urgency: str
    word: Any
    sentence: str
    ms: int
    side: Any = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A folder that cannot be read, since when, in words."""

    folder: str
    since: datetime
    sentence: str
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class MailboxPage:
    """Everything the page of one mailbox shows."""

    mailbox: Mailbox
    folders: Sequence[Folder]
    total: Balance
    days: Sequence[Day]
    broad: Plot
    narrow: Plot
    two_weeks: Balance
    troubles: Sequence[Trouble]
    left_behind: Sequence[RawItem]
    on_server: int | None
    here: int
    missing: int
    read_at: datetime | None
    paused: SourcePause | None
    paused_sentence: str


def mailboxes_of(user: User) -> QuerySet[Mailbox]:
    """Those the user may see, with their teams and folders."""
    return Mailbox.objects.visible_to(user).select_related("team").prefetch_related("folders")


def mailbox_page(mailbox: Mailbox) -> MailboxPage:
    """The balance of two weeks, what the server holds, what is wrong."""
    folders = list(mailbox.folders.order_by("name"))
    days = days_of(mailbox)
    compared = [folder for folder in folders if folder.on_server is not None]
    on_server = sum(folder.on_server or 0 for folder in compared)
    missing = sum(folder.missing_here for folder in compared)
    paused = outbox.paused(mailbox.address)
    return MailboxPage(
        mailbox=mailbox,
        folders=folders,
        total=balance(mailbox),
        days=days,
        broad=plot(days),
        narrow=plot(days[-DAYS_NARROW:], narrow=True),
        two_weeks=_sum(days),
        troubles=[_trouble(folder) for folder in folders if folder.error_since],
        left_behind=list(_left_behind(mailbox)[:20]),
        on_server=on_server if compared else None,
        here=on_server - missing,
        missing=missing,
        read_at=max((folder.checked_at for folder in folders if folder.checked_at), default=None),
        paused=paused,
        paused_sentence=_sentence(paused.why, mailbox) if paused else "",
    )


def days_of(mailbox: Mailbox) -> list[Day]:
    """The last two weeks, day by day; a day on which nothing came is a day of nought."""
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=DAYS - 1)
    came = {count.on: count for count in balance_per_day(mailbox, since=first)}
    wanted = [first.date() + timedelta(days=number) for number in range(DAYS)]
    return [_day(came.get(on) or Balance(0, 0, 0, 0, on)) for on in wanted]


def steps(check: MailboxCheck) -> list[Step]:
    """The findings of one check in the reader's language."""
    fills = {"good": ("full", "good"), "warn": ("half", "warn"), "bad": ("open", "bad")}
    return [
        Step(
            *fills.get(found["state"], ("open", "bad")),
            word=findings.WORDS.get(found["code"], findings.WORDS["closed"]).word,
            sentence=findings.sentence(found["code"], found["facts"]),
            ms=found["ms"],
            side=findings.SIDES.get(found["facts"].get("side", ""), ""),
        )
        for found in check.findings
    ]


def is_given_up(check: MailboxCheck) -> bool:
    """No worker has taken it for minutes: the page stops asking and says so."""
    return check.done_at is None and clock.now() - check.asked_at > PATIENCE


def _day(count: Balance) -> Day:
    assert count.on is not None
    return Day(count.on, count.filed, count.set_aside, count.received, count.quarantined, count.refused)


def _sum(days: Sequence[Day]) -> Balance:
    return Balance(
        received=sum(day.received for day in days),
        filed=sum(day.filed for day in days),
        quarantined=sum(day.quarantined for day in days),
        refused=sum(day.refused for day in days),
    )


def _trouble(folder: Folder) -> Trouble:
    assert folder.error_since is not None
    facts = {"host": folder.mailbox.imap_host, "port": str(folder.mailbox.imap_port), "folder": folder.name}
    return Trouble(folder.name, folder.error_since, findings.sentence(folder.last_error, facts), folder.in_alarm)


def _sentence(code: str, mailbox: Mailbox) -> str:
    return findings.sentence(code, {"host": mailbox.smtp_host, "port": str(mailbox.smtp_port)})


def _left_behind(mailbox: Mailbox) -> QuerySet[RawItem]:
    items = RawItem.objects.filter(mailbox=mailbox, envelope__left_on_server=True)
    return items.select_related("filing").order_by("-received_at")
