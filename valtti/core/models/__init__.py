"""Rows of the ground floor. No foreign key leaves this room: upper rooms are named softly by kind and id."""

from valtti.core.models.audit import AuditEntry, AuditSalt
from valtti.core.models.calendar import Calendar, CalendarVersion
from valtti.core.models.event import Event
from valtti.core.models.limits import Bucket
from valtti.core.models.post import Attempt, OutgoingPost, SourcePause
from valtti.core.models.process import Heartbeat, Lease
from valtti.core.models.search import SearchEntry
from valtti.core.models.task import Slot, Task

__all__ = [
    "Attempt",
    "AuditEntry",
    "AuditSalt",
    "Bucket",
    "Calendar",
    "CalendarVersion",
    "Event",
    "Heartbeat",
    "Lease",
    "OutgoingPost",
    "SearchEntry",
    "Slot",
    "SourcePause",
    "Task",
]
