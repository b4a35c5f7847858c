"""Try a mailbox's servers step by step and say what each step found; sends nothing, changes nothing."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils.timezone import localtime

from valtti.channels.email import smtp
from valtti.channels.email.findings import Finding
from valtti.channels.email.house import password_of, server_of
from valtti.channels.email.imap import Connection, opened
from valtti.channels.email.lines import MailFault
from valtti.channels.models import Mailbox
from valtti.core import clock

SKEW_MINUTES = 5


class Steps:
    """Findings in order, each with how long it took."""

    def __init__(self, **facts: str) -> None:
        self.facts = facts
        self.found: list[Finding] = []
        self._since = time.monotonic()

    def say(self, code: str, state: str = "good", **facts: str) -> None:
        now = time.monotonic()
        self.found.append(
            {"code": code, "state": state, "facts": {**self.facts, **facts}, "ms": round((now - self._since) * 1000)}
        )
        self._since = now

    @contextmanager
    def until_fault(self, **facts: str) -> Iterator[None]:
        """The steps inside; the first fault is the last finding."""
        try:
            yield
        except MailFault as fault:
            self.say(fault.code, "bad", detail=fault.detail, **facts)


def check(mailbox: Mailbox) -> list[Finding]:
    """Both directions; a mailbox whose letters come by hand or stay in the tray says so."""
    return [*_incoming(mailbox), *outgoing(mailbox)]


def _incoming(mailbox: Mailbox) -> list[Finding]:
    steps = Steps(side="in", host=mailbox.imap_host, port=str(mailbox.imap_port), user=mailbox.imap_user)
    if not mailbox.imap_host:
        steps.say("not_fetched", "warn")
        return steps.found
    with steps.until_fault(), opened(mailbox.imap_host, mailbox.imap_port, mailbox.imap_security) as connection:
        steps.say("name_found")
        _say_line(steps, connection.socket)
        connection.enter(mailbox.imap_user, password_of(mailbox.imap_password))
        steps.say("logged_in")
        steps.say("idle" if connection.can_idle else "no_idle", "good" if connection.can_idle else "warn")
        for folder in mailbox.folders.order_by("name"):
            with steps.until_fault(folder=folder.name):
                _look_into(steps, connection, folder.name)
    return steps.found


def _look_into(steps: Steps, connection: Connection, folder: str) -> None:
    connection.open(folder)
    uids = connection.found("ALL")
    steps.say("folder_found", folder=folder, count=str(len(uids)))
    newest = connection.listed(uids[-1:])
    if newest and newest[0].at:
        minutes = round((newest[0].at - clock.now()).total_seconds() / 60)
        steps.say("clock_skew" if minutes > SKEW_MINUTES else "clock_right", *_warn(minutes), minutes=str(minutes))


def _warn(minutes: int) -> tuple[str, ...]:
    return ("warn",) if minutes > SKEW_MINUTES else ()


def outgoing(mailbox: Mailbox) -> list[Finding]:
    """The way out alone."""
    steps = Steps(side="out", host=mailbox.smtp_host, port=str(mailbox.smtp_port), user=mailbox.smtp_user)
    if mailbox.uses_tray:
        steps.say("tray", "warn")
        return steps.found
    if not mailbox.smtp_host:
        steps.say("not_sent", "warn")
        return steps.found
    with steps.until_fault(), smtp.opened(server_of(mailbox)) as client:
        _say_line(steps, client.sock)
        steps.say("letters_leave")
    return steps.found


def _say_line(steps: Steps, line: object) -> None:
    if not isinstance(line, ssl.SSLSocket):
        steps.say("line_plain")
        return
    steps.say("line_secret", version=line.version() or "", until=_good_until(line.getpeercert))


def _good_until(certificate: Callable[[], object]) -> str:
    given = certificate()
    ends = given.get("notAfter") if isinstance(given, dict) else None
    if not ends:
        return "–"
    return localtime(datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC)).date().isoformat()
