"""The log and who reacts: record(), on(), since()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction
from django.db.models import Q

from valtti.core import clock
from valtti.core.db import committed, wake
from valtti.core.models import Event, Task
from valtti.core.requests import current_request_id

type Reaction = Callable[[Event], None]


class Actor(Protocol):
    """Whoever does a deed: a user row, known here only by its number."""

    @property
    def pk(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Registered:
    """One reaction: its name in tasks, what it listens to, and whether it also hears silent news."""

    name: str
    kind: str
    function: Reaction
    also_silent: bool


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the log, in commit order. Written `xid.id`, as a browser gives it back."""

    xid: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.xid}.{self.id}"

    @classmethod
    def of(cls, event: Event) -> Cursor:
        """The place of one event."""
        return cls(event.xid, event.pk)

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """What `str()` wrote; None for anything else."""
        xid, dot, number = text.partition(".")
        is_ours = bool(dot) and all(part.isascii() and part.isdecimal() and len(part) < 19 for part in (xid, number))
        return cls(int(xid), int(number)) if is_ours else None


_reactions: dict[str, list[Registered]] = {}
_by_name: dict[str, Registered] = {}
_kinds: dict[str, str] = {}


def declare(*kinds: str, room: str) -> None:
    """Name the news a room tells; a kind is declared once, in that room's events.py."""
    for kind in kinds:
        if _kinds.setdefault(kind, room) != room:
            raise AssertionError(f"{kind} is declared by {_kinds[kind]} and by {room}")


def declared() -> dict[str, str]:
    """Every declared kind and the room that tells it."""
    return dict(_kinds)


def reactions() -> list[Registered]:
    """Every registered reaction, by kind and name."""
    return sorted(_by_name.values(), key=lambda item: (item.kind, item.name))


def on(kind: str, *, also_silent: bool = False) -> Callable[[Reaction], Reaction]:
    """Register a reaction: short, safe twice, run as a task queued in the deed's own transaction."""

    def register(function: Reaction) -> Reaction:
        name = f"{function.__module__}.{function.__qualname__}@{kind}"
        entry = Registered(name=name, kind=kind, function=function, also_silent=also_silent)
        _reactions.setdefault(kind, []).append(entry)
        _by_name[name] = entry
        return function

    return register


def reaction_named(name: str) -> Registered | None:
    """The reaction a task names, or None when this version of the house does not know it."""
    return _by_name.get(name)


def record(
    kind: str,
    *,
    subject: models.Model,
    by: Actor | None = None,
    customer_id: int | None = None,
    team_id: int | None = None,
    facts: dict[str, Any] | None = None,
    silent: bool = False,
) -> Event:
    """Write one piece of news and, in the same transaction, one task per reaction to it."""
    if kind not in _kinds:
        raise AssertionError(f"{kind} is not declared in any events.py")
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("events.record() belongs inside the deed's transaction")
    event = Event.objects.create(
        kind=kind,
        actor_id=by.pk if by is not None else None,
        customer_id=customer_id,
        team_id=team_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        facts=facts or {},
        silent=silent,
    )
    Task.objects.bulk_create(_tasks_for(event, _reactions.get(kind, ())))
    wake.tell()
    return event


def since(cursor: Cursor, limit: int = 500) -> list[Event]:
    """What was committed after the cursor, oldest first. A slow transaction delays the news, it never loses any."""
    later = Q(xid__gt=cursor.xid) | Q(xid=cursor.xid, id__gt=cursor.id)
    return list(committed(Event.objects.filter(later))[:limit])


def latest() -> Cursor:
    """The end of the log: what `since()` has to tell begins here."""
    last = committed(Event.objects.all()).last()
    return Cursor.of(last) if last else Cursor()


def _tasks_for(event: Event, entries: Iterable[Registered]) -> list[Task]:
    moment = clock.now()
    return [
        Task(
            name="valtti.core.reacting.react",
            arguments={"args": [event.pk, entry.name], "kwargs": {}},
            key=f"event:{event.pk}:{entry.name}",
            cause=current_request_id(),
            enqueued_at=moment,
            run_at=moment,
        )
        for entry in entries
        if entry.also_silent or not event.silent
    ]
