"""Tasks that only the tests enqueue: they write the audit log, because it is a table of this room anybody may write."""

from __future__ import annotations

import os
import time
from typing import Any

from valtti.core.models import AuditEntry
from valtti.core.tasks import Unknown, task


def wrote(what: str) -> int:
    """How often this was written."""
    return AuditEntry.objects.filter(what=what).count()


@task(key="once:{0}")
def write_once(what: str) -> None:
    AuditEntry.objects.create(what=what)


@task()
def write(what: str) -> str:
    AuditEntry.objects.create(what=what)
    return what


@task(max_attempts=3, backoff=lambda attempt: 10.0 * attempt)
def write_and_break(what: str) -> None:
    AuditEntry.objects.create(what=what)
    raise ValueError("the world is not as it should be")


@task(key="waiting:index:{0}")
def index(what: str) -> None:
    AuditEntry.objects.create(what=f"index {what}")


@task()
def not_known_here() -> None:
    raise Unknown("a reaction of tomorrow")


@task(takes_context=True)
def tell_attempt(context: Any, what: str) -> int:
    AuditEntry.objects.create(what=what)
    return int(context.attempt)


@task(queue_name="mail")
def sleep_and_write(what: str, seconds: float) -> None:
    """Outside a transaction: the sleep stands for the network."""
    AuditEntry.objects.create(what=f"began {what}", after={"pid": os.getpid()})
    time.sleep(seconds)
    AuditEntry.objects.create(what=f"ended {what}", after={"pid": os.getpid()})


@task()
def write_then_sleep(what: str, seconds: float) -> None:
    """In a transaction: killed while it sleeps, it has written nothing."""
    time.sleep(seconds)
    AuditEntry.objects.create(what=what, after={"pid": os.getpid()})
